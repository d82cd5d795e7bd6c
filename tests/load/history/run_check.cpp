#include "tests/load/history/history_check.hpp"
#include "tests/load/net/http_client.hpp"
#include "tests/load/scenarios/scenarios.hpp"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <stdexcept>

namespace warsha::load {

namespace {

constexpr std::size_t kViolationsInWords = 50;
constexpr std::size_t kHttpConnections = 16;
constexpr auto kReceiptTime = std::chrono::seconds(120);

History read_logs(const std::string& folder) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder))
    if (entry.path().extension() == ".log")
      files.push_back(entry.path());
  if (files.empty())
    throw std::runtime_error("--log: " + folder + " holds no history");
  std::ranges::sort(files);
  History history;
  for (const auto& file : files) {
    std::fprintf(stderr, "reading %s\n", file.filename().c_str());
    std::ifstream log(file, std::ios::binary);
    read_history(log, file.filename(), history);
  }
  return history;
}

/// Asks a running server for each receipt, as anybody who holds one does.
void ask_for_receipts(const Options& options, const History& history, HistoryReport& report) {
  EventLoop loop;
  const auto server = server_of(options);
  HttpClient http(loop, server, kHttpConnections);
  std::size_t asked = 0;
  std::size_t answered = 0;
  for (const auto& [id, command] : history.commands) {
    if (command.acks.empty() || command.acks.front().receipt.empty())
      continue;
    ++asked;
    const auto& ack = command.acks.front();
    http.ask({"GET", "/api/receipts/" + ack.receipt}, [&, id = id](const HttpReply& reply) {
      ++answered;
      const auto fate = nlohmann::json::parse(reply.body, nullptr, false);
      const bool leads = reply.status == 200 && fate.is_object() && fate.contains("place") &&
                         fate.at("place").value("seq", std::uint64_t{0}) == ack.seq;
      if (!leads)
        report.violations.push_back({"the server does not resolve its receipt " + ack.receipt + " (status " +
                                         std::to_string(reply.status) + ")",
                                     history.clients[ack.client].name,
                                     {},
                                     id,
                                     ack.seq});
    });
  }
  if (!loop.run_until([&] { return answered == asked; }, Clock::now() + kReceiptTime))
    throw std::runtime_error("the server answered for " + std::to_string(answered) + " of " +
                             std::to_string(asked) + " receipts only");
}

void print(const HistoryReport& report, const History& history) {
  std::printf("%zu clients in %llu workshops; %llu commands, %llu acknowledged, %llu without effect, "
              "%llu unanswered\n",
              history.clients.size(), static_cast<unsigned long long>(report.workshops),
              static_cast<unsigned long long>(history.commands.size()),
              static_cast<unsigned long long>(report.acked),
              static_cast<unsigned long long>(report.without_effect),
              static_cast<unsigned long long>(report.unanswered));
  std::printf(
      "%llu deliveries, %llu different texts of %llu events, %llu snapshots of %llu boards, %llu receipts\n",
      static_cast<unsigned long long>(history.deliveries), static_cast<unsigned long long>(report.texts),
      static_cast<unsigned long long>(report.events), static_cast<unsigned long long>(history.snapshots),
      static_cast<unsigned long long>(report.boards), static_cast<unsigned long long>(report.receipts));
  if (history.repeated > 0)
    std::printf("%llu events were sent again to clients who had them\n",
                static_cast<unsigned long long>(history.repeated));
  for (std::size_t i = 0; i < std::min(report.violations.size(), kViolationsInWords); ++i)
    std::printf("VIOLATION %s\n", report.violations[i].line().c_str());
  if (report.violations.size() > kViolationsInWords)
    std::printf("VIOLATION and %zu more\n", report.violations.size() - kViolationsInWords);
  if (report.violations.empty())
    std::printf("every acknowledged command is there exactly once, and every view is the one sequence\n");
  else
    std::printf("%zu violations\n", report.violations.size());
}

} // namespace

int run_check(const Options& options) {
  const auto history = read_logs(options.log_folder);
  const auto database = open_database(options.database);
  auto report = check_history(history, *database);
  if (options.ask_receipts)
    ask_for_receipts(options, history, report);
  print(report, history);
  if (!options.json_file.empty()) {
    nlohmann::ordered_json out{{"violations", nlohmann::ordered_json::array()}};
    for (const auto& violation : report.violations)
      out["violations"].push_back({{"what", violation.what},
                                   {"workshop", violation.workshop},
                                   {"client", violation.client},
                                   {"command", violation.command},
                                   {"seq", violation.seq}});
    out["acked"] = report.acked;
    out["events"] = report.events;
    out["deliveries"] = history.deliveries;
    out["boards"] = report.boards;
    out["receipts"] = report.receipts;
    std::ofstream(options.json_file) << out.dump(2) << '\n';
  }
  return report.violations.empty() ? 0 : 1;
}

} // namespace warsha::load
