#include "server/aggregation/support.hpp"
#include "tests/aggregation/benches.hpp"

#include <cmath>
#include <cstdio>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <stdexcept>

namespace warsha::bench {

namespace {

constexpr const char* kConversation = "bg2050-volunteers";
constexpr double kPublishedTo = 5e-7 + 1e-12; // the files' rounding

template <class Take> void each_row(const std::string& path, Take take) {
  std::ifstream file(path);
  if (!file)
    throw std::runtime_error(path + " cannot be read");
  for (std::string line; std::getline(file, line);)
    if (line.find(kConversation) != std::string::npos)
      if (const auto row = nlohmann::json::parse(line); row.at("conv") == kConversation)
        take(row);
}

} // namespace

bool check_agreement(const std::string& comments_path, const std::string& votes_path) {
  std::map<int, std::map<int, aggregation::GroupVotes>> votes; // comment -> group
  std::map<int, bool> groups;
  each_row(votes_path, [&](const nlohmann::json& row) {
    if (row.at("g").is_null())
      return;
    const int group = row.at("g").get<int>();
    groups[group] = true;
    for (const char* kind : {"a", "d", "x"})
      for (const int comment : row.at(kind).get<std::vector<int>>()) {
        auto& cell = votes[comment][group];
        ++cell.seen;
        cell.agrees += kind[0] == 'a';
      }
  });
  std::size_t compared = 0;
  double largest = 0;
  each_row(comments_path, [&](const nlohmann::json& row) {
    if (!row.contains("gic_published") || row.at("gic_published").is_null())
      return;
    std::vector<aggregation::GroupVotes> by_group;
    for (const auto& [group, there] : groups)
      by_group.push_back(votes[row.at("tid").get<int>()][group]);
    largest = std::max(
        largest, std::abs(aggregation::agreement_across(by_group) - row.at("gic_published").get<double>()));
    ++compared;
  });
  const bool reproduced = compared > 0 && largest <= kPublishedTo;
  std::printf(
      "\nAgreement across groups, %s: %zu comments, largest difference from the published figure %.1e: %s\n",
      kConversation, compared, largest, reproduced ? "reproduced" : "NOT reproduced");
  return reproduced;
}

} // namespace warsha::bench
