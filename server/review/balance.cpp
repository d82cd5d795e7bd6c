#include "server/review/balance.hpp"

namespace warsha::review {

std::size_t Balance::sum() const {
  std::size_t sum = waiting + returned + in_review + withdrawn + hidden + merged;
  for (const auto& [kind, count] : answered)
    sum += count;
  for (const auto& [reason, count] : refused)
    sum += count;
  return sum;
}

Balance balance_of(const Docket& docket, std::span<const store::ContributionRow> contributions) {
  Balance balance;
  for (const auto& row : contributions) {
    ++balance.received;
    const auto found = docket.contributions.find(row.id);
    const auto state = docket.state_of(row.id);
    if (row.state == "withdrawn") {
      ++balance.withdrawn;
    } else if (state == ContributionState::proposed) {
      const auto& proposal = docket.proposals.at(*found->second.proposal);
      if (proposal.answer)
        ++balance.answered[proposal.answer->answer.kind];
      else
        ++balance.in_review;
    } else if (state == ContributionState::refused) {
      ++balance.refused[found->second.refusal->reason];
    } else if (row.state == "hidden") {
      ++balance.hidden;
    } else if (row.merged_into) {
      ++balance.merged;
    } else if (state == ContributionState::returned) {
      ++balance.returned;
    } else {
      ++balance.waiting;
    }
  }
  return balance;
}

} // namespace warsha::review
