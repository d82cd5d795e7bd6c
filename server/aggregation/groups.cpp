#include "server/aggregation/groups.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

namespace warsha::aggregation {

std::vector<std::vector<std::string>> group(std::vector<ScoredPair> pairs, double at_least) {
  std::erase_if(pairs, [&](const auto& pair) { return pair.score < at_least || pair.first == pair.second; });
  for (ScoredPair& pair : pairs)
    if (pair.second < pair.first)
      std::swap(pair.first, pair.second);
  std::sort(pairs.begin(), pairs.end(), [](const auto& a, const auto& b) {
    return std::tie(b.score, a.first, a.second) < std::tie(a.score, b.first, b.second);
  });

  std::set<std::pair<std::string_view, std::string_view>> alike;
  std::map<std::string_view, std::size_t> group_of;
  std::vector<std::vector<std::string_view>> members;
  for (const ScoredPair& pair : pairs) {
    alike.emplace(pair.first, pair.second);
    for (const std::string_view id : {std::string_view(pair.first), std::string_view(pair.second)})
      if (group_of.emplace(id, members.size()).second)
        members.push_back({id});
  }
  const auto all_alike = [&](const auto& a, const auto& b) {
    return std::all_of(a.begin(), a.end(), [&](auto x) {
      return std::all_of(b.begin(), b.end(), [&](auto y) { return alike.contains(std::minmax(x, y)); });
    });
  };
  for (const ScoredPair& pair : pairs) {
    const std::size_t a = group_of.at(pair.first), b = group_of.at(pair.second);
    if (a == b || !all_alike(members[a], members[b]))
      continue;
    for (const std::string_view id : members[b])
      group_of[id] = a;
    members[a].insert(members[a].end(), members[b].begin(), members[b].end());
    members[b].clear();
  }

  std::vector<std::vector<std::string>> groups;
  for (const auto& ids : members)
    if (ids.size() > 1)
      groups.emplace_back(ids.begin(), ids.end());
  for (auto& ids : groups)
    std::sort(ids.begin(), ids.end());
  std::sort(groups.begin(), groups.end());
  return groups;
}

} // namespace warsha::aggregation
