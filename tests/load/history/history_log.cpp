#include "tests/load/history/history_log.hpp"

#include "tests/load/live/live_message.hpp"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <functional>
#include <stdexcept>
#include <unistd.h>

namespace warsha::load {

namespace {

constexpr std::size_t kFlushBytes = std::size_t{1} << 20;

std::string file_name() {
  using namespace std::chrono;
  const auto now = duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count();
  return "history-" + std::to_string(now) + "-" + std::to_string(::getpid()) + ".log";
}

} // namespace

HistoryLog::HistoryLog(const std::string& folder) {
  std::filesystem::create_directories(folder);
  file_.open(std::filesystem::path(folder) / file_name(), std::ios::binary);
  if (!file_)
    throw std::runtime_error("--log: no file can be made in " + folder);
}

HistoryLog::~HistoryLog() {
  try {
    flush();
  } catch (const std::exception&) {
    // The checker finds that the end is missing.
  }
}

void HistoryLog::flush() {
  file_.write(buffer_.data(), static_cast<std::streamsize>(buffer_.size()));
  file_.flush();
  buffer_.clear();
  if (!file_)
    throw std::runtime_error("--log: the history can't be written");
}

void HistoryLog::line(std::string_view kind, std::size_t client) {
  if (buffer_.size() > kFlushBytes)
    flush();
  buffer_.append(kind).append(" ").append(std::to_string(client));
}

std::size_t HistoryLog::add_client(const std::string& workshop, bool staff) {
  const auto number = clients_.size();
  line("client", number);
  const std::string who = staff ? " staff" : " participant";
  buffer_.append(" ").append(workshop).append(who).append("\n");
  const auto [found, is_new] = audience_numbers_.try_emplace(workshop + who, audiences_.size());
  if (is_new)
    audiences_.emplace_back();
  clients_.push_back({found->second, false});
  return number;
}

void HistoryLog::actor(std::size_t client, const std::string& id) {
  if (clients_[client].actor_known)
    return;
  clients_[client].actor_known = true;
  line("actor", client);
  buffer_.append(" ").append(id).append("\n");
}

void HistoryLog::sent(std::size_t client, std::string_view message) {
  line("sent", client);
  buffer_.append(" ").append(message).append("\n");
}

void HistoryLog::acked(std::size_t client, const std::string& command, std::uint64_t seq,
                       const std::string& receipt) {
  line("ack", client);
  buffer_.append(" ").append(command).append(" ").append(std::to_string(seq)).append(" ");
  buffer_.append(receipt.empty() ? "-" : receipt).append("\n");
}

void HistoryLog::rejected(std::size_t client, const std::string& command, const std::string& code) {
  line("reject", client);
  buffer_.append(" ").append(command).append(" ").append(code).append("\n");
}

void HistoryLog::forgot(std::size_t client) {
  line("fresh", client);
  buffer_.append("\n");
}

void HistoryLog::hello(std::size_t client, bool has_position, std::uint64_t seq) {
  line("hello", client);
  buffer_.append(" ").append(has_position ? std::to_string(seq) : "-").append("\n");
}

void HistoryLog::snapshot(std::size_t client, std::uint64_t seq, const std::string& epoch,
                          const std::string& text) {
  auto& audience = audiences_[clients_[client].audience];
  if (audience.boards.insert(std::hash<std::string_view>{}(text)).second) {
    line("board", client);
    buffer_.append(" ").append(std::to_string(seq)).append(" ").append(text).append("\n");
  }
  line("snapshot", client);
  buffer_.append(" ").append(std::to_string(seq)).append(" ").append(epoch).append("\n");
}

void HistoryLog::saw(std::size_t client, std::uint64_t first, std::uint64_t last, std::string_view message) {
  const auto events = split_events(message);
  std::string variants;
  bool all_first = true;
  auto next = first;
  for (const auto& event : events) {
    if (event.seq < next || event.seq > last)
      return broken(client, first, last);
    for (; next < event.seq; ++next) {
      variants.append(" -");
      all_first = false;
    }
    const auto variant = variant_of(client, event.seq, event.text);
    all_first &= variant == 0;
    variants.append(" ").append(std::to_string(variant));
    ++next;
  }
  if (events.empty() || next != last + 1)
    return broken(client, first, last);
  line("saw", client);
  buffer_.append(" ").append(std::to_string(first)).append(" ").append(std::to_string(last));
  buffer_.append(all_first ? std::string_view{} : variants).append("\n");
}

void HistoryLog::broken(std::size_t client, std::uint64_t first, std::uint64_t last) {
  line("broken", client);
  buffer_.append(" ").append(std::to_string(first)).append(" ").append(std::to_string(last)).append("\n");
}

/// The number of this text among those of its seq; a new one is written down.
std::size_t HistoryLog::variant_of(std::size_t client, std::uint64_t seq, std::string_view text) {
  auto& hashes = audiences_[clients_[client].audience].event_hashes[seq];
  const auto hash = std::hash<std::string_view>{}(text);
  const auto known = std::ranges::find(hashes, hash);
  const auto variant = static_cast<std::size_t>(known - hashes.begin());
  if (known != hashes.end())
    return variant;
  hashes.push_back(hash);
  line("event", client);
  buffer_.append(" ").append(std::to_string(seq)).append(" ").append(std::to_string(variant)).append(" ");
  buffer_.append(text).append("\n");
  return variant;
}

void HistoryLog::ended(std::size_t client, std::uint64_t seq) {
  line("end", client);
  buffer_.append(" ").append(std::to_string(seq)).append("\n");
}

} // namespace warsha::load
