#include "server/review/routing_advice.hpp"

#include "server/aggregation/defaults.hpp"

#include <algorithm>

namespace warsha::review {

namespace {

bool same(const std::vector<aggregation::Decision>& one, const std::vector<aggregation::Decision>& other) {
  return std::equal(one.begin(), one.end(), other.begin(), other.end(), [](const auto& a, const auto& b) {
    return a.id == b.id && a.text == b.text && a.title == b.title && a.administrations == b.administrations &&
           a.not_ours == b.not_ours;
  });
}

} // namespace

aggregation::Routing RoutingAdvice::suggest(const std::vector<aggregation::Decision>& decisions,
                                            const aggregation::Question& question) {
  std::shared_ptr<const aggregation::Router> router;
  {
    const std::lock_guard lock(mutex_);
    if (!router_ || !same(known_, decisions)) {
      auto fresh = std::make_shared<aggregation::Router>(aggregation::shipped_lexicon(),
                                                         aggregation::shipped_parameters(),
                                                         aggregation::shipped_register().administrations);
      fresh->learn(decisions);
      router_ = std::move(fresh);
      known_ = decisions;
    }
    router = router_;
  }
  return router->route(question);
}

std::vector<aggregation::Decision> decisions_of(const Docket& docket) {
  std::vector<aggregation::Decision> decisions;
  for (const auto& [id, proposal] : docket.proposals) {
    // With an administration that did not say "not ours", or said so: either teaches.
    const bool confirmed = proposal.state == ProposalState::routed ||
                           proposal.state == ProposalState::answer_proposed ||
                           proposal.state == ProposalState::answered;
    if (!confirmed && proposal.declined_by.empty())
      continue;
    aggregation::Decision decision;
    decision.id = id.text();
    decision.text = proposal.title + ". " + proposal.text;
    if (confirmed)
      decision.administrations.push_back(proposal.lead);
    // Who shared it, or was asked to help afterwards, has to do with it all the same.
    for (const auto& one : proposal.declined_by)
      if (!confirmed || !is_with(proposal, one))
        decision.not_ours.push_back(one);
    decisions.push_back(std::move(decision));
  }
  return decisions;
}

} // namespace warsha::review
