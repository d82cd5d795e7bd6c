#include "server/review/told.hpp"

#include <algorithm>

namespace warsha::review {

std::optional<TimeMs> decided_at(const Docket& docket, const store::ContributionRow& row) {
  if (row.state == "withdrawn")
    return std::nullopt;
  const auto found = docket.contributions.find(decided_as(docket, row));
  if (found == docket.contributions.end())
    return std::nullopt;
  const auto& reviewed = found->second;
  if (reviewed.state == ContributionState::refused)
    return reviewed.at;
  const auto* proposal = reviewed.proposal ? docket.find(*reviewed.proposal) : nullptr;
  return proposal && proposal->answer ? std::optional(proposal->answer->at) : std::nullopt;
}

ToldAuthors told_authors(const Docket& docket, std::span<const store::ContributionRow> contributions,
                         const std::multimap<ContributionId, TimeMs>& mails,
                         const std::map<ContributionId, TimeMs>& reads) {
  ToldAuthors told;
  for (const auto& row : contributions) {
    const auto decided = decided_at(docket, row);
    if (!decided)
      continue;
    ++told.decided;
    const auto [first, last] = mails.equal_range(row.id);
    const auto read = reads.find(row.id);
    if (std::any_of(first, last, [&](const auto& mail) { return mail.second == *decided; }))
      ++told.by_mail;
    else if (read != reads.end() && read->second >= *decided)
      ++told.on_device;
    else
      told.unreached.push_back(row.id);
  }
  return told;
}

} // namespace warsha::review
