#include "server/review/behind.hpp"

#include <nlohmann/json.hpp>
#include <set>

namespace warsha::review {

Merged merged_in(const Docket& docket, const Dossier& dossier) {
  Merged merged;
  for (const auto& [workshop, rows] : dossier.contributions)
    for (const auto& row : rows)
      if (const auto head = decided_as(docket, row); head != row.id && !row.veiled)
        merged.emplace(head, &row);
  return merged;
}

nlohmann::json view_behind(const Dossier& dossier, const std::vector<const store::ContributionRow*>& said) {
  std::int64_t people = 0;
  std::set<ActorId> alone;
  for (const auto* row : said) {
    // What staff wrote down is of somebody else each time.
    if (row->people > 1 || dossier.names_of_staff.contains(row->author))
      people += row->people;
    else if (alone.insert(row->author).second)
      ++people;
  }
  return {{"contributions", said.size()}, {"people", people}};
}

std::vector<const store::ContributionRow*> with_merged(const Merged& merged,
                                                       const store::ContributionRow& head) {
  std::vector<const store::ContributionRow*> all{&head};
  const auto [first, last] = merged.equal_range(head.id);
  for (auto one = first; one != last; ++one)
    all.push_back(one->second);
  return all;
}

} // namespace warsha::review
