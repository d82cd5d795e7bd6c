#include "server/review/balance.hpp"

namespace warsha::review {

namespace {

/// Counts one contribution where what is decided of `id` puts it.
void add(Fates& fates, const Docket& docket, const ContributionId& id) {
  const auto found = docket.contributions.find(id);
  switch (docket.state_of(id)) {
  case ContributionState::proposed: {
    const auto& proposal = docket.proposals.at(*found->second.proposal);
    if (proposal.answer)
      ++fates.answered[proposal.answer->answer.kind];
    else
      ++fates.in_review;
    return;
  }
  case ContributionState::refused:
    ++fates.refused[found->second.refusal->reason];
    return;
  case ContributionState::returned:
    ++fates.returned;
    return;
  case ContributionState::waiting:
    ++fates.waiting;
    return;
  }
}

} // namespace

std::size_t Fates::sum() const {
  std::size_t sum = waiting + returned + in_review;
  for (const auto& [kind, count] : answered)
    sum += count;
  for (const auto& [reason, count] : refused)
    sum += count;
  return sum;
}

std::size_t Balance::sum() const {
  return fates.sum() + merged.sum() + withdrawn + hidden;
}

Balance balance_of(const Docket& docket, std::span<const store::ContributionRow> contributions) {
  Balance balance;
  for (const auto& row : contributions) {
    ++balance.received;
    const auto state = docket.state_of(row.id);
    const bool decided = state == ContributionState::proposed || state == ContributionState::refused;
    if (row.state == "withdrawn")
      ++balance.withdrawn;
    else if (row.state == "hidden" && !decided)
      ++balance.hidden;
    else if (const auto id = decided_as(docket, row); id != row.id)
      add(balance.merged, docket, id);
    else
      add(balance.fates, docket, row.id);
  }
  return balance;
}

} // namespace warsha::review
