#include "server/access/rights.hpp"
#include "server/review/docket.hpp"

#include <algorithm>
#include <set>

namespace warsha::review {

namespace {

using Outcome = std::optional<Rejection>;

Rejection reject(Code code, std::string field = {}) {
  return {code, std::move(field), std::nullopt};
}

/// Has this person a role that may use the action at all?
bool may(const Reviewer& reviewer, std::string_view action) {
  return (reviewer.organiser && access::may_review(Role::organiser, action)) ||
         (reviewer.committee && access::may_review(Role::committee, action)) ||
         (reviewer.author && access::may_review(Role::participant, action)) ||
         (!reviewer.administrations.empty() && access::may_review(Role::reviewer, action));
}

/// One command against one docket.
struct Decider {
  const Docket& docket;
  const Command& command;
  const Reviewer& reviewer;
  const Surroundings& known;
  const TimeMs now;

  // --- What several need -----------------------------------------------------------------------

  /// A contribution of this consultation that still stands.
  [[nodiscard]] Outcome check_contribution(const ContributionId& id, const char* field) const {
    const auto row = known.contribution(id);
    if (!row)
      return reject(Code::contribution_not_found, field);
    if (row->state == "withdrawn")
      return reject(Code::contribution_withdrawn, field);
    if (row->state == "hidden" || row->state == "waiting" || row->veiled)
      return reject(Code::contribution_hidden, field);
    return check_unchanged(docket.contributions.contains(id) ? docket.contributions.at(id).changed_seq : 0);
  }
  /// Nobody changed it since the sender looked.
  [[nodiscard]] Outcome check_unchanged(Seq changed_seq) const {
    if (command.expected_seq && changed_seq > *command.expected_seq)
      return reject(Code::changed_meanwhile);
    return std::nullopt;
  }
  [[nodiscard]] Outcome check_free(const ContributionId& id, const char* field) const {
    if (auto wrong = check_contribution(id, field))
      return wrong;
    if (docket.state_of(id) == ContributionState::proposed)
      return reject(Code::already_proposed, field);
    if (docket.state_of(id) == ContributionState::refused)
      return reject(Code::already_refused, field);
    return std::nullopt;
  }
  /// What its author contests is somebody else's to take back.
  [[nodiscard]] Outcome check_uncontested(const ContributionId& id) const {
    const auto* contestation = docket.contestation_of(id);
    return contestation && !contestation->decision ? Outcome(reject(Code::contested, "contribution"))
                                                   : std::nullopt;
  }
  [[nodiscard]] Outcome check_all_free(const std::vector<ContributionId>& ids) const {
    for (const auto& id : ids)
      if (auto wrong = check_free(id, "contributions"))
        return wrong;
    return std::nullopt;
  }
  /// A proposal that its organiser may still change.
  [[nodiscard]] Outcome check_changeable(const ProposalId& id) const {
    const auto* proposal = docket.find(id);
    if (!proposal)
      return reject(Code::proposal_not_found, "proposal");
    if (proposal->ending) // a colleague dissolved it, or merged it into another
      return reject(Code::changed_meanwhile, "proposal");
    if (proposal->state == ProposalState::answered)
      return reject(Code::already_answered, "proposal");
    return check_unchanged(proposal->changed_seq);
  }
  /// A proposal that is with this reviewer's administration.
  [[nodiscard]] Outcome check_with_us(const ProposalId& id) const {
    const auto* proposal = docket.find(id);
    if (!proposal || !reviewer.administrations.contains(proposal->lead))
      return reject(proposal ? Code::not_permitted : Code::proposal_not_found, "proposal");
    if (proposal->ending || proposal->state == ProposalState::transferred)
      return reject(Code::not_routed, "proposal");
    if (proposal->state == ProposalState::answered)
      return reject(Code::already_answered, "proposal");
    return check_unchanged(proposal->changed_seq);
  }
  [[nodiscard]] Outcome check_administration(const std::string& id, const char* field) const {
    return known.is_administration(id) ? std::nullopt
                                       : Outcome(reject(Code::administration_not_found, field));
  }

  // --- Screening ---------------------------------------------------------------------------------

  Outcome operator()(const action::Screen& wanted) const {
    return check_contribution(wanted.contribution, "contribution");
  }
  Outcome operator()(const action::Return& wanted) const {
    return check_free(wanted.contribution, "contribution");
  }
  Outcome operator()(const action::Revise& wanted) const {
    if (docket.state_of(wanted.contribution) != ContributionState::returned)
      return reject(Code::not_returned, "contribution");
    return check_contribution(wanted.contribution, "contribution");
  }
  Outcome operator()(const action::Refuse& wanted) const {
    return check_free(wanted.contribution, "contribution");
  }
  Outcome operator()(const action::Reconsider& wanted) const {
    if (auto wrong = check_contribution(wanted.contribution, "contribution"))
      return wrong;
    const auto state = docket.state_of(wanted.contribution);
    if (state != ContributionState::refused && state != ContributionState::returned)
      return reject(Code::nothing_to_reconsider, "contribution");
    return check_uncontested(wanted.contribution);
  }

  // --- Proposals -----------------------------------------------------------------------------------

  Outcome operator()(const action::Propose& wanted) const { return check_all_free(wanted.contributions); }
  Outcome operator()(const action::RewordProposal& wanted) const { return check_changeable(wanted.proposal); }
  Outcome operator()(const action::Join& wanted) const {
    if (auto wrong = check_changeable(wanted.proposal))
      return wrong;
    return check_all_free(wanted.contributions);
  }
  Outcome operator()(const action::Leave& wanted) const {
    if (auto wrong = check_changeable(wanted.proposal))
      return wrong;
    const auto& members = docket.find(wanted.proposal)->contributions;
    if (std::find(members.begin(), members.end(), wanted.contribution) == members.end())
      return reject(Code::contribution_not_found, "contribution");
    if (members.size() == 1)
      return reject(Code::last_contribution, "contribution");
    return check_uncontested(wanted.contribution);
  }
  [[nodiscard]] Outcome check_uncontested(const std::vector<ContributionId>& ids) const {
    for (const auto& id : ids)
      if (auto wrong = check_uncontested(id))
        return Rejection{wrong->code, "proposal", {}};
    return std::nullopt;
  }
  Outcome operator()(const action::DissolveProposal& wanted) const {
    if (auto wrong = check_changeable(wanted.proposal))
      return wrong;
    return check_uncontested(docket.find(wanted.proposal)->contributions);
  }
  Outcome operator()(const action::MergeProposal& wanted) const {
    if (wanted.into == wanted.proposal)
      return reject(Code::invalid_value, "into");
    for (const auto& id : {wanted.proposal, wanted.into})
      if (auto wrong = check_changeable(id))
        return wrong;
    return check_uncontested(docket.find(wanted.proposal)->contributions);
  }
  /// Only as long as the other one can still be changed, and keeps something of its own.
  Outcome operator()(const action::UnmergeProposal& wanted) const {
    const auto* proposal = docket.find(wanted.proposal);
    if (!proposal)
      return reject(Code::proposal_not_found, "proposal");
    if (!proposal->ending || !proposal->ending->into)
      return reject(Code::changed_meanwhile, "proposal");
    if (auto wrong = check_unchanged(proposal->changed_seq))
      return wrong;
    const auto& into = *docket.find(*proposal->ending->into);
    if (into.ending)
      return reject(Code::changed_meanwhile, "proposal");
    if (into.state == ProposalState::answered)
      return reject(Code::already_answered, "proposal");
    if (auto wrong = check_unchanged(into.changed_seq)) // its proposed answer would be dropped unseen
      return wrong;
    const auto back = docket.to_give_back(*proposal);
    if (back.empty() || back.size() == into.contributions.size())
      return reject(Code::last_contribution, "proposal");
    return check_uncontested(back);
  }

  // --- Routing and answers ----------------------------------------------------------------------------

  Outcome operator()(const action::Route& wanted) const {
    if (auto wrong = check_changeable(wanted.proposal))
      return wrong;
    if (auto wrong = check_administration(wanted.lead, "lead"))
      return wrong;
    for (const auto& one : wanted.contributing)
      if (auto wrong = check_administration(one, "contributing"))
        return wrong;
    return std::ranges::find(wanted.contributing, wanted.lead) == wanted.contributing.end()
               ? std::nullopt
               : Outcome(reject(Code::invalid_value, "contributing"));
  }
  /// A proposal that another administration named this reviewer's as the owner of.
  [[nodiscard]] Outcome check_offered_to_us(const ProposalId& id) const {
    const auto* proposal = docket.find(id);
    if (!proposal || !reviewer.administrations.contains(holder_of(*proposal)))
      return reject(proposal ? Code::not_permitted : Code::proposal_not_found, "proposal");
    return proposal->state == ProposalState::transferred ? check_unchanged(proposal->changed_seq)
                                                         : Outcome(reject(Code::not_routed, "proposal"));
  }
  Outcome operator()(const action::Accept& wanted) const { return check_offered_to_us(wanted.proposal); }
  Outcome operator()(const action::Share& wanted) const {
    if (auto wrong = check_offered_to_us(wanted.proposal))
      return wrong;
    return docket.find(wanted.proposal)->contributing.size() < limits::kContributingAdministrations
               ? std::nullopt
               : Outcome(reject(Code::invalid_value, "proposal"));
  }
  Outcome operator()(const action::Decline& wanted) const {
    const auto* proposal = docket.find(wanted.proposal);
    const bool offered = proposal && proposal->state == ProposalState::transferred;
    if (auto wrong = offered ? check_offered_to_us(wanted.proposal) : check_with_us(wanted.proposal))
      return wrong;
    if (wanted.owner == holder_of(*proposal))
      return reject(Code::owner_required, "owner");
    return check_administration(wanted.owner, "owner");
  }
  Outcome operator()(const action::Note& wanted) const { return check_with_us(wanted.proposal); }
  Outcome operator()(const action::Assign& wanted) const {
    if (auto wrong = check_with_us(wanted.proposal))
      return wrong;
    return !wanted.to || known.is_member(*wanted.to, docket.find(wanted.proposal)->lead)
               ? std::nullopt
               : Outcome(reject(Code::invalid_value, "to"));
  }
  Outcome operator()(const action::Answer& wanted) const {
    if (auto wrong = check_with_us(wanted.proposal))
      return wrong;
    if (wanted.link && !wanted.link->starts_with("https://"))
      return reject(Code::invalid_value, "link");
    if (wanted.kind == AnswerKind::already_done && !wanted.link)
      return reject(Code::link_required, "link");
    if (wanted.kind == AnswerKind::not_ours && !wanted.owner)
      return reject(Code::owner_required, "owner");
    if (wanted.commitment)
      if (auto wrong = check_may_take_in(wanted))
        return wrong;
    return wanted.owner ? check_administration(*wanted.owner, "owner") : std::nullopt;
  }
  /// An answer names a commitment of its own administration that is published.
  [[nodiscard]] Outcome check_may_take_in(const action::Answer& answer) const {
    if (answer.kind != AnswerKind::taken && answer.kind != AnswerKind::taken_in_part)
      return reject(Code::not_taken, "commitment");
    const auto* commitment = docket.find(*answer.commitment);
    if (!commitment || commitment->lead != docket.find(answer.proposal)->lead)
      return reject(Code::commitment_not_found, "commitment");
    return commitment->state == CommitmentState::confirmed
               ? std::nullopt
               : Outcome(reject(Code::commitment_not_confirmed, "commitment"));
  }
  /// One decision is of one administration, and names each proposal once.
  Outcome operator()(const action::AnswerTogether& wanted) const {
    std::vector<ProposalId> named;
    for (const auto& one : wanted.proposals) {
      if (auto wrong = (*this)(wanted.answer_to(one)))
        return wrong;
      named.push_back(one.proposal);
      if (docket.find(one.proposal)->lead != docket.find(named.front())->lead)
        return reject(Code::invalid_value, "proposals");
    }
    return check_named_once(named);
  }
  [[nodiscard]] static Outcome check_named_once(const std::vector<ProposalId>& proposals) {
    return std::set<ProposalId>(proposals.begin(), proposals.end()).size() == proposals.size()
               ? std::nullopt
               : Outcome(reject(Code::invalid_value, "proposals"));
  }
  /// An answer that waits for this person: it is their administration's, and not their own.
  [[nodiscard]] Outcome check_may_publish(const ProposalId& id) const {
    if (auto wrong = check_with_us(id))
      return wrong;
    const auto& proposed = docket.find(id)->proposed;
    if (!proposed)
      return reject(Code::no_answer_proposed, "proposal");
    if (proposed->by == reviewer.id)
      return reject(Code::second_person_needed, "proposal");
    return std::nullopt;
  }
  Outcome operator()(const action::Approve& wanted) const {
    if (auto wrong = check_may_publish(wanted.proposal))
      return wrong;
    return docket.answered_with(*docket.find(wanted.proposal)).empty()
               ? std::nullopt
               : Outcome(reject(Code::answered_together, "proposal"));
  }
  Outcome operator()(const action::ApproveTogether& wanted) const {
    if (auto wrong = check_named_once(wanted.proposals))
      return wrong;
    for (const auto& id : wanted.proposals) {
      if (auto wrong = check_may_publish(id))
        return wrong;
      for (const auto& other : docket.answered_with(*docket.find(id)))
        if (std::ranges::find(wanted.proposals, other) == wanted.proposals.end())
          return reject(Code::answered_together, "proposals");
    }
    return std::nullopt;
  }
  Outcome operator()(const action::RejectAnswer& wanted) const {
    if (auto wrong = check_with_us(wanted.proposal))
      return wrong;
    return docket.find(wanted.proposal)->proposed ? std::nullopt
                                                  : Outcome(reject(Code::no_answer_proposed, "proposal"));
  }

  // --- Questions -----------------------------------------------------------------------------------------

  Outcome operator()(const action::Ask& wanted) const {
    if (auto wrong = check_with_us(wanted.proposal))
      return wrong;
    const auto& lead = docket.find(wanted.proposal)->lead;
    const auto asked = std::ranges::count_if(docket.questions, [&](const auto& one) {
      return one.second.proposal == wanted.proposal && one.second.administration == lead;
    });
    return static_cast<std::size_t>(asked) < limits::kQuestionsAsked
               ? std::nullopt
               : Outcome(reject(Code::too_many_questions, "proposal"));
  }
  Outcome operator()(const action::Reply& wanted) const {
    const auto* question = docket.find(wanted.question);
    if (!question || question->to != Asked::organiser)
      return reject(Code::question_not_found, "question");
    if (auto wrong = check_unchanged(question->changed_seq))
      return wrong;
    return is_open(docket, *question) ? std::nullopt : Outcome(reject(Code::question_closed, "question"));
  }
  Outcome operator()(const action::ReplyAsAuthor& wanted) const {
    if (auto wrong = check_contribution(wanted.contribution, "contribution"))
      return wrong;
    const auto* question = docket.find(wanted.question);
    if (!question || question->to != Asked::authors)
      return reject(Code::question_not_found, "question");
    return may_reply(docket, *question, *known.contribution(wanted.contribution))
               ? std::nullopt
               : Outcome(reject(Code::question_closed, "question"));
  }
  /// A reply of an author that an organiser has not decided about.
  [[nodiscard]] Outcome check_reply_waits(const QuestionId& id, const ContributionId& contribution) const {
    const auto* question = docket.find(id);
    if (!question)
      return reject(Code::question_not_found, "question");
    const auto reply = question->replies.find(contribution);
    if (reply == question->replies.end())
      return reject(Code::no_reply_waiting, "contribution");
    if (auto wrong = check_unchanged(reply->second.changed_seq))
      return wrong;
    return reply->second.state == ReplyState::waiting
               ? std::nullopt
               : Outcome(reject(Code::no_reply_waiting, "contribution"));
  }
  Outcome operator()(const action::PublishReply& wanted) const {
    return check_reply_waits(wanted.question, wanted.contribution);
  }
  Outcome operator()(const action::WithholdReply& wanted) const {
    return check_reply_waits(wanted.question, wanted.contribution);
  }

  // --- Contestation and the committee ------------------------------------------------------------------

  Outcome operator()(const action::Contest& wanted) const {
    const auto row = known.contribution(wanted.contribution);
    if (!row)
      return reject(Code::contribution_not_found, "contribution");
    if (row->state == "withdrawn")
      return reject(Code::contribution_withdrawn, "contribution");
    if (docket.contestation_of(wanted.contribution))
      return reject(Code::already_contested, "contribution");
    const auto against = contestable(docket, *row);
    if (!against)
      return reject(Code::nothing_to_contest, "contribution");
    return !wanted.against || wanted.against == against
               ? std::nullopt
               : Outcome(reject(Code::changed_meanwhile, "contribution"));
  }
  Outcome operator()(const action::DecideContestation& wanted) const {
    const auto* contestation = docket.contestation_of(wanted.contribution);
    if (!contestation || contestation->decision)
      return reject(Code::no_contestation, "contribution");
    if (took_contested_decision(docket, wanted.contribution, reviewer.id))
      return reject(Code::somebody_else_needed, "contribution");
    if (wanted.upheld && contestation->against == Contested::proposed && is_alone(wanted.contribution))
      return reject(Code::last_contribution, "contribution"); // the others left meanwhile
    return check_unchanged(docket.contributions.at(wanted.contribution).changed_seq);
  }
  [[nodiscard]] bool is_alone(const ContributionId& id) const {
    const auto& proposal = docket.contributions.at(id).proposal;
    return proposal && docket.find(*proposal)->contributions.size() == 1;
  }
  /// On an answer, whatever it says, before it is published too.
  Outcome operator()(const action::Opine& wanted) const {
    const auto* proposal = docket.find(wanted.proposal);
    if (!proposal)
      return reject(Code::proposal_not_found, "proposal");
    if (proposal->ending)
      return reject(Code::changed_meanwhile, "proposal");
    if (auto wrong = check_unchanged(proposal->changed_seq)) // it would be said of an answer not seen
      return wrong;
    return proposal->answer || proposal->proposed ? std::nullopt
                                                  : Outcome(reject(Code::no_answer_proposed, "proposal"));
  }

  // --- Commitments --------------------------------------------------------------------------------------

  Outcome operator()(const action::Commit& wanted) const {
    if (wanted.commitment) {
      const auto* written = docket.find(*wanted.commitment);
      if (!written || !reviewer.administrations.contains(written->lead))
        return reject(written ? Code::not_permitted : Code::commitment_not_found, "commitment");
      if (written->state == CommitmentState::confirmed)
        return reject(Code::commitment_confirmed, "commitment");
      if (auto wrong = check_unchanged(written->changed_seq))
        return wrong;
    }
    for (const auto& id : wanted.proposals)
      if (auto wrong = check_may_enter(id, wanted))
        return wrong;
    for (const auto& activity : wanted.activities) {
      const auto starts = end_of_day(activity.starts);
      const auto ends = end_of_day(activity.ends);
      if (!starts || !ends || *ends < *starts)
        return reject(Code::invalid_value, "activities");
    }
    return std::nullopt;
  }
  /// A proposal that one administration, this reviewer's, said it takes, and that no other commitment has.
  [[nodiscard]] Outcome check_may_enter(const ProposalId& id, const action::Commit& wanted) const {
    const auto* proposal = docket.find(id);
    if (!proposal)
      return reject(Code::proposal_not_found, "proposals");
    const auto lead = wanted.commitment ? docket.find(*wanted.commitment)->lead
                                        : docket.find(wanted.proposals.front())->lead;
    if (proposal->lead != lead || !reviewer.administrations.contains(lead))
      return reject(Code::not_permitted, "proposals");
    if (!is_taken(*proposal))
      return reject(Code::not_taken, "proposals");
    if (proposal->commitment && proposal->commitment != wanted.commitment)
      return reject(Code::already_committed, "proposals");
    return std::nullopt;
  }
  /// A commitment whose words may still change, for who steers the plan.
  [[nodiscard]] Outcome check_unconfirmed(const CommitmentId& id) const {
    const auto* commitment = docket.find(id);
    if (!commitment)
      return reject(Code::commitment_not_found, "commitment");
    if (commitment->state == CommitmentState::confirmed)
      return reject(Code::commitment_confirmed, "commitment");
    if (commitment->by == reviewer.id)
      return reject(Code::somebody_else_needed, "commitment");
    return check_unchanged(commitment->changed_seq);
  }
  Outcome operator()(const action::ConfirmCommitment& wanted) const {
    if (auto wrong = check_unconfirmed(wanted.commitment))
      return wrong;
    bool against = false;
    for (const auto& id : docket.find(wanted.commitment)->proposals) {
      const auto standing = docket.standing_of(*docket.find(id), now);
      // Its members were given until a day. Who will not wait withdraws the list, in public.
      if (standing == Standing::open)
        return reject(Code::list_open, "commitment");
      against = against || is_against(standing);
    }
    if (against != wanted.words.has_value())
      return reject(against ? Code::missing_field : Code::invalid_value, "words");
    return std::nullopt;
  }
  Outcome operator()(const action::ReturnCommitment& wanted) const {
    return check_unconfirmed(wanted.commitment);
  }
  Outcome operator()(const action::Progress& wanted) const {
    const auto* commitment = docket.find(wanted.commitment);
    if (!commitment || !reviewer.administrations.contains(commitment->lead))
      return reject(commitment ? Code::not_permitted : Code::commitment_not_found, "commitment");
    if (commitment->state != CommitmentState::confirmed)
      return reject(Code::commitment_not_confirmed, "commitment");
    if (static_cast<std::size_t>(wanted.activity) > commitment->words.activities.size())
      return reject(Code::activity_not_found, "activity");
    if (wanted.link && !wanted.link->starts_with("https://"))
      return reject(Code::invalid_value, "link");
    return check_unchanged(commitment->changed_seq);
  }

  // --- The grid -----------------------------------------------------------------------------------------

  [[nodiscard]] Outcome check_grid(const std::vector<WeightedCriterion>& criteria) const {
    for (const auto& one : criteria)
      if (std::ranges::count(criteria, one.criterion, &WeightedCriterion::criterion) > 1)
        return reject(Code::invalid_value, "criteria");
    if (sum_of_weights(criteria) != limits::kWeights)
      return Rejection{Code::invalid_value, "criteria", limits::kWeights};
    return check_unchanged(docket.grid_seq);
  }
  Outcome operator()(const action::PublishGrid& wanted) const {
    if (!docket.grids.empty()) // somebody else was first
      return reject(Code::changed_meanwhile, "criteria");
    return check_grid(wanted.criteria);
  }
  Outcome operator()(const action::ChangeGrid& wanted) const {
    if (docket.grids.empty() || wanted.criteria == docket.grid())
      return reject(Code::invalid_value, "criteria");
    return check_grid(wanted.criteria);
  }
  Outcome operator()(const action::Rate& wanted) const {
    const auto* proposal = docket.find(wanted.proposal);
    if (!proposal)
      return reject(Code::proposal_not_found, "proposal");
    if (!reviewer.administrations.contains(wanted.administration) ||
        !is_with(*proposal, wanted.administration))
      return reject(Code::not_permitted, "administration");
    const auto values = values_of(wanted);
    if (values.empty())
      return reject(Code::missing_field, "need");
    for (const auto& [criterion, value] : values)
      if (!has(docket.grid(), criterion))
        return reject(Code::changed_meanwhile, name(criterion));
    return check_unchanged(proposal->changed_seq);
  }

  // --- Lists for the committee ----------------------------------------------------------------------------

  Outcome operator()(const action::SubmitList& wanted) const {
    if (auto wrong = check_named_once(wanted.proposals))
      return wrong;
    for (const auto& id : wanted.proposals)
      if (auto wrong = check_may_be_listed(id))
        return wrong;
    const auto ends = end_of_day(wanted.until);
    if (!ends)
      return reject(Code::invalid_value, "until");
    using std::chrono::milliseconds;
    if (*ends - now < milliseconds(limits::kListTimeLeast).count() ||
        *ends - now > milliseconds(limits::kListTimeMost).count())
      return reject(Code::invalid_value, "until");
    const bool votes = wanted.rule == ListRule::vote;
    if (votes != wanted.quorum.has_value())
      return reject(votes ? Code::missing_field : Code::invalid_value, "quorum");
    if (votes != wanted.majority.has_value())
      return reject(votes ? Code::missing_field : Code::invalid_value, "majority");
    const auto members = known.members_of_committee();
    if (members == 0) // nobody's silence approves nothing
      return reject(Code::invalid_value, "rule");
    if (votes && static_cast<std::size_t>(*wanted.quorum) > members)
      return Rejection{Code::invalid_value, "quorum", static_cast<std::int64_t>(members)};
    return std::nullopt;
  }
  /// Taken, in no published commitment, and the committee neither has it nor approved it.
  [[nodiscard]] Outcome check_may_be_listed(const ProposalId& id) const {
    const auto* proposal = docket.find(id);
    if (!proposal)
      return reject(Code::proposal_not_found, "proposals");
    if (!is_taken(*proposal))
      return reject(Code::not_taken, "proposals");
    if (proposal->commitment && docket.find(*proposal->commitment)->state == CommitmentState::confirmed)
      return reject(Code::commitment_confirmed, "proposals");
    const auto standing = docket.standing_of(*proposal, now);
    return standing == Standing::open || standing == Standing::approved
               ? Outcome(reject(Code::already_listed, "proposals"))
               : std::nullopt;
  }
  [[nodiscard]] Outcome check_list_open(const ListId& id) const {
    const auto* list = docket.find(id);
    if (!list)
      return reject(Code::not_found, "list");
    if (result_of(*list, now) != ListResult::open)
      return reject(Code::list_over, "list");
    return check_unchanged(list->changed_seq);
  }
  Outcome operator()(const action::WithdrawList& wanted) const { return check_list_open(wanted.list); }
  [[nodiscard]] Outcome check_objectionable(const ListId& id, const ProposalId& proposal) const {
    if (auto wrong = check_list_open(id))
      return wrong;
    const auto& words = docket.find(id)->words;
    if (words.rule != ListRule::silence)
      return reject(Code::invalid_value, "list");
    return std::ranges::find(words.proposals, proposal) == words.proposals.end()
               ? Outcome(reject(Code::proposal_not_found, "proposal"))
               : std::nullopt;
  }
  Outcome operator()(const action::Object& wanted) const {
    return check_objectionable(wanted.list, wanted.proposal);
  }
  Outcome operator()(const action::WithdrawObjection& wanted) const {
    if (auto wrong = check_objectionable(wanted.list, wanted.proposal))
      return wrong;
    const auto& objections = docket.find(wanted.list)->objections;
    const auto found = objections.find(wanted.proposal);
    return found != objections.end() && found->second.contains(reviewer.id)
               ? std::nullopt
               : Outcome(reject(Code::invalid_value, "proposal"));
  }
  Outcome operator()(const action::Vote& wanted) const {
    if (auto wrong = check_list_open(wanted.list))
      return wrong;
    // Where silence approves, a reason against is one against a proposal.
    if (docket.find(wanted.list)->words.rule == ListRule::silence && wanted.ballot != Ballot::approve)
      return reject(Code::invalid_value, "ballot");
    if (wanted.ballot == Ballot::reject && !wanted.words)
      return reject(Code::missing_field, "words");
    return std::nullopt;
  }

  // --- Pairs of proposals --------------------------------------------------------------------------------

  /// One of this consultation. What is said of a pair changes neither: an answered one has twins too.
  [[nodiscard]] Outcome check_ours(const ProposalId& id) const {
    const auto* proposal = docket.find(id);
    if (!proposal)
      return reject(Code::proposal_not_found, "proposal");
    return proposal->ending ? Outcome(reject(Code::changed_meanwhile, "proposal")) : std::nullopt;
  }
  [[nodiscard]] Outcome check_elsewhere(const ProposalId& id) const {
    if (docket.find(id)) // those are merged
      return reject(Code::invalid_value, "other");
    return known.is_elsewhere_in_plan(id) ? std::nullopt : Outcome(reject(Code::proposal_not_found, "other"));
  }
  /// A colleague was quicker: it is so already, or no more.
  static Outcome check_change(bool changes) {
    return changes ? std::nullopt : Outcome(reject(Code::changed_meanwhile, "other"));
  }
  Outcome operator()(const action::TellApart& wanted) const {
    if (auto wrong = check_ours(wanted.proposal))
      return wrong;
    if (wanted.other == wanted.proposal)
      return reject(Code::invalid_value, "other");
    if (!docket.find(wanted.other))
      if (auto wrong = check_elsewhere(wanted.other))
        return wrong;
    return check_change(!docket.told_apart.contains(pair_of(wanted.proposal, wanted.other)));
  }
  Outcome operator()(const action::CompareAgain& wanted) const {
    return check_change(docket.told_apart.contains(pair_of(wanted.proposal, wanted.other)));
  }
  Outcome operator()(const action::LinkProposals& wanted) const {
    if (auto wrong = check_ours(wanted.proposal))
      return wrong;
    if (auto wrong = check_elsewhere(wanted.other))
      return wrong;
    return check_change(!docket.links.contains(pair_of(wanted.proposal, wanted.other)));
  }
  Outcome operator()(const action::UnlinkProposals& wanted) const {
    return check_change(docket.links.contains(pair_of(wanted.proposal, wanted.other)));
  }
};

} // namespace

std::optional<Rejection> decide(const Docket& docket, const Command& command, const Reviewer& reviewer,
                                const Surroundings& known, TimeMs now) {
  if (!may(reviewer, kActionNames[command.action.index()]))
    return reject(Code::not_permitted);
  return std::visit(Decider{docket, command, reviewer, known, now}, command.action);
}

} // namespace warsha::review
