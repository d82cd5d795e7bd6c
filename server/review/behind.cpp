#include "server/review/behind.hpp"

#include <algorithm>
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

namespace {

/// A solution and the result that came with it, in the next event, are said by the same people.
const store::ContributionRow* solution_of(const std::vector<const store::ContributionRow*>& said,
                                          const store::ContributionRow& result) {
  const auto found = std::ranges::find_if(said, [&](const auto* row) {
    return row->kind == Kind::solution && row->author == result.author &&
           row->added_seq + 1 == result.added_seq;
  });
  return result.kind == Kind::result && found != said.end() ? *found : nullptr;
}

std::int64_t people_of(const Dossier& dossier, const std::vector<const store::ContributionRow*>& said) {
  std::int64_t people = 0;
  std::set<ActorId> alone;
  for (const auto* row : said) {
    if (const auto* solution = solution_of(said, *row)) {
      people += std::max<std::int64_t>(0, row->people - solution->people);
      continue;
    }
    // What staff wrote down is of somebody else each time.
    if (row->people > 1 || !dossier.participants.contains(row->author))
      people += row->people;
    else if (alone.insert(row->author).second)
      ++people;
  }
  return people;
}

} // namespace

nlohmann::json view_behind(const Dossier& dossier, const std::vector<const store::ContributionRow*>& said,
                           Reader reader) {
  nlohmann::json out{{"contributions", said.size()}};
  if (reader != Reader::everybody)
    out["people"] = people_of(dossier, said);
  return out;
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
