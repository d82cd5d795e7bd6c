#include "server/review/lists.hpp"

#include <algorithm>

namespace warsha::review {

namespace {

ListResult result_of_silence(const CommitteeList& list) {
  const auto objected = std::ranges::count_if(
      list.words.proposals, [&](const ProposalId& proposal) { return is_objected(list, proposal); });
  if (objected == 0)
    return ListResult::approved;
  return static_cast<std::size_t>(objected) == list.words.proposals.size() ? ListResult::rejected
                                                                           : ListResult::approved_in_part;
}

ListResult result_of_vote(const CommitteeList& list) {
  const auto ballots = count(list);
  if (ballots.cast() < static_cast<std::size_t>(list.words.quorum.value_or(1)))
    return ListResult::no_quorum;
  const bool carried = list.words.majority == Majority::two_thirds
                           ? ballots.approve > 0 && ballots.approve >= 2 * ballots.reject
                           : ballots.approve > ballots.reject;
  return carried ? ListResult::approved : ListResult::rejected;
}

} // namespace

Count count(const CommitteeList& list) {
  Count count;
  for (const auto& [member, cast] : list.ballots)
    ++(cast.ballot == Ballot::approve  ? count.approve
       : cast.ballot == Ballot::reject ? count.reject
                                       : count.abstain);
  return count;
}

bool is_objected(const CommitteeList& list, const ProposalId& proposal) {
  const auto found = list.objections.find(proposal);
  return found != list.objections.end() && !found->second.empty();
}

ListResult result_of(const CommitteeList& list, TimeMs now) {
  if (list.withdrawn)
    return ListResult::withdrawn;
  if (!list.over && now <= list.ends)
    return ListResult::open;
  return list.words.rule == ListRule::silence ? result_of_silence(list) : result_of_vote(list);
}

Standing standing_in(const CommitteeList& list, const ProposalId& proposal, TimeMs now) {
  switch (result_of(list, now)) {
  case ListResult::open:
    return Standing::open;
  case ListResult::no_quorum:
    return Standing::no_quorum;
  case ListResult::withdrawn:
    return Standing::not_asked;
  case ListResult::approved:
    return Standing::approved;
  case ListResult::approved_in_part:
    return is_objected(list, proposal) ? Standing::objected : Standing::approved;
  case ListResult::rejected:
    return list.words.rule == ListRule::silence ? Standing::objected : Standing::rejected;
  }
  return Standing::not_asked;
}

bool is_against(Standing standing) {
  return standing == Standing::objected || standing == Standing::rejected || standing == Standing::no_quorum;
}

} // namespace warsha::review
