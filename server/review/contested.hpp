#pragma once

#include "server/review/docket.hpp"

namespace warsha::review {

/// Did this person take the decision that the contribution's author objects to: alone, or as who wrote the
/// answer that somebody else published? False when there is no objection.
[[nodiscard]] inline bool took_contested_decision(const Docket& docket, const ContributionId& id,
                                                  const ActorId& account) {
  const auto* contestation = docket.contestation_of(id);
  if (!contestation)
    return false;
  if (contestation->contested == account)
    return true;
  const auto& in = docket.contributions.at(id).proposal;
  const auto* proposal = in && contestation->against == Contested::out_of_scope ? docket.find(*in) : nullptr;
  return proposal && proposal->answer && proposal->answer->by == account;
}

} // namespace warsha::review
