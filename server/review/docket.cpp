#include "server/review/docket.hpp"

#include "protocol/limits.hpp"

#include <algorithm>
#include <iterator>

namespace warsha::review {

ProposalPair pair_of(const ProposalId& one, const ProposalId& other) {
  return std::minmax(one, other);
}

const Proposal* Docket::find(const ProposalId& id) const {
  const auto found = proposals.find(id);
  return found == proposals.end() ? nullptr : &found->second;
}

ContributionState Docket::state_of(const ContributionId& id) const {
  const auto found = contributions.find(id);
  return found == contributions.end() ? ContributionState::waiting : found->second.state;
}

const Commitment* Docket::find(const CommitmentId& id) const {
  const auto found = commitments.find(id);
  return found == commitments.end() ? nullptr : &found->second;
}

namespace {

/// Of which decision for several is the proposal's answer, the published one or that which waits?
std::optional<CommandId> together(const Proposal& proposal) {
  const auto& given = proposal.answer ? proposal.answer : proposal.proposed;
  return given ? given->together : std::nullopt;
}

} // namespace

std::vector<ProposalId> Docket::answered_with(const Proposal& proposal) const {
  std::vector<ProposalId> all;
  if (const auto decision = together(proposal))
    for (const auto& [id, one] : proposals)
      if (together(one) == decision)
        all.push_back(id);
  return all.size() > 1 ? all : std::vector<ProposalId>();
}

const CommitteeList* Docket::find(const ListId& id) const {
  const auto found = lists.find(id);
  return found == lists.end() ? nullptr : &found->second;
}

const Question* Docket::find(const QuestionId& id) const {
  const auto found = questions.find(id);
  return found == questions.end() ? nullptr : &found->second;
}

const std::vector<WeightedCriterion>& Docket::grid() const {
  return grids.empty() ? shipped_grid() : grids.back().criteria;
}

const CommitteeList* Docket::last_list_of(const Proposal& proposal) const {
  for (auto id = proposal.lists.rbegin(); id != proposal.lists.rend(); ++id)
    if (const auto& list = lists.at(*id); !list.withdrawn)
      return &list;
  return nullptr;
}

Standing Docket::standing_of(const Proposal& proposal, TimeMs now) const {
  const auto* list = last_list_of(proposal);
  return list ? standing_in(*list, proposal.id, now) : Standing::not_asked;
}

const Contestation* Docket::contestation_of(const ContributionId& id) const {
  const auto found = contributions.find(id);
  return found == contributions.end() || !found->second.contestation ? nullptr : &*found->second.contestation;
}

bool Docket::stands_apart(const ContributionId& id) const {
  const auto found = contributions.find(id);
  return found != contributions.end() && found->second.stands_apart;
}

const Proposal* Docket::carried_on_in(const ProposalId& id) const {
  const auto* proposal = find(id);
  while (proposal && proposal->ending && proposal->ending->into)
    proposal = find(*proposal->ending->into);
  return proposal;
}

std::vector<ContributionId> Docket::to_give_back(const Proposal& merged) const {
  std::vector<ContributionId> all;
  if (merged.ending && merged.ending->into)
    std::ranges::copy_if(merged.ending->contributions, std::back_inserter(all), [&](const auto& id) {
      return contributions.at(id).proposal == merged.ending->into;
    });
  return all;
}

std::optional<Contested> contestable(const Docket& docket, const store::ContributionRow& row) {
  switch (docket.state_of(row.id)) {
  case ContributionState::refused:
    return Contested::refused;
  case ContributionState::proposed: {
    const auto& proposal = docket.proposals.at(*docket.contributions.at(row.id).proposal);
    if (proposal.answer && proposal.answer->answer.kind == AnswerKind::out_of_scope)
      return Contested::out_of_scope;
    return proposal.contributions.size() > 1 ? std::optional(Contested::proposed) : std::nullopt;
  }
  default:
    return decided_as(docket, row) != row.id ? std::optional(Contested::merged) : std::nullopt;
  }
}

bool took_contested_decision(const Docket& docket, const ContributionId& id, const ActorId& account) {
  const auto* contestation = docket.contestation_of(id);
  if (!contestation)
    return false;
  if (contestation->contested == account)
    return true;
  const auto& in = docket.contributions.at(id).proposal;
  const auto* proposal = in && contestation->against == Contested::out_of_scope ? docket.find(*in) : nullptr;
  return proposal && proposal->answer && proposal->answer->by == account;
}

ContributionId decided_as(const Docket& docket, const store::ContributionRow& row) {
  if (!row.merged_into || row.state != "shown")
    return row.id;
  const bool own = docket.stands_apart(row.id) || docket.state_of(row.id) != ContributionState::waiting;
  return own ? row.id : *row.merged_into;
}

std::string holder_of(const Proposal& proposal) {
  if (proposal.ending)
    return {};
  if (proposal.state != ProposalState::transferred)
    return proposal.lead;
  const auto& owner = proposal.hops.back().to;
  return proposal.declined_by.contains(owner) || proposal.declined_by.size() >= limits::kTransfers
             ? std::string()
             : owner;
}

bool is_to_arbitrate(const Proposal& proposal) {
  return proposal.state == ProposalState::transferred && holder_of(proposal).empty();
}

bool is_due_soon(const Proposal& proposal, TimeMs now) {
  return !proposal.answer && proposal.due_at && working_days_late(*proposal.due_at, now) == 0 &&
         working_days_between(now, *proposal.due_at) <= limits::kDueSoonWorkingDays;
}

bool is_taken(const Proposal& proposal) {
  return proposal.answer && (proposal.answer->answer.kind == AnswerKind::taken ||
                             proposal.answer->answer.kind == AnswerKind::taken_in_part);
}

bool is_with(const Proposal& proposal, const std::string& administration) {
  return !proposal.ending &&
         (holder_of(proposal) == administration ||
          std::ranges::find(proposal.contributing, administration) != proposal.contributing.end());
}

bool is_open(const Docket& docket, const Question& question) {
  const auto& proposal = docket.proposals.at(question.proposal);
  return !question.reply && !proposal.answer && holder_of(proposal) == question.administration;
}

bool is_asked(const Docket& docket, const Question& question, const store::ContributionRow& row) {
  const auto found = docket.contributions.find(decided_as(docket, row));
  return question.to == Asked::authors && found != docket.contributions.end() &&
         found->second.proposal == question.proposal;
}

bool may_reply(const Docket& docket, const Question& question, const store::ContributionRow& row) {
  const auto before = question.replies.find(row.id);
  return is_asked(docket, question, row) && is_open(docket, question) &&
         (before == question.replies.end() || before->second.state == ReplyState::withheld);
}

namespace {

/// One entry onto one docket.
struct Applier {
  Docket& docket;
  const Entry& entry;

  Reviewed& at(const ContributionId& id) const {
    auto& reviewed = docket.contributions[id];
    reviewed.changed_seq = entry.seq;
    return reviewed;
  }
  Commitment& at(const CommitmentId& id) const {
    auto& commitment = docket.commitments.at(id);
    commitment.changed_seq = entry.seq;
    return commitment;
  }
  Proposal& at(const ProposalId& id) const {
    auto& proposal = docket.proposals.at(id);
    proposal.changed_seq = entry.seq;
    return proposal;
  }
  void move(const ContributionId& id, ContributionState state) const {
    auto& reviewed = at(id);
    reviewed.state = state;
    reviewed.at = entry.at;
    reviewed.by = entry.by;
    if (state != ContributionState::proposed)
      reviewed.proposal.reset();
  }
  void put_into(const ProposalId& proposal, const ContributionId& id) const {
    move(id, ContributionState::proposed);
    at(id).proposal = proposal;
    at(proposal).contributions.push_back(id);
  }

  void operator()(const action::Screen& done) const {
    at(done.contribution).screenings[entry.by] = {done.clarity, done.precision, done.link, entry.at,
                                                  entry.seq};
  }
  void operator()(const action::Return& done) const {
    move(done.contribution, ContributionState::returned);
    at(done.contribution).return_note = done.note;
  }
  void operator()(const action::Revise& done) const {
    move(done.contribution, ContributionState::waiting);
    at(done.contribution).revised = done.text;
    at(done.contribution).revised_seq = entry.seq;
  }
  void operator()(const action::Refuse& done) const {
    move(done.contribution, ContributionState::refused);
    at(done.contribution).refusal = done;
  }
  void operator()(const action::Reconsider& done) const {
    move(done.contribution, ContributionState::waiting);
    at(done.contribution).refusal.reset();
  }

  void operator()(const action::Propose& done) const {
    Proposal proposal;
    proposal.id = id_cast<ProposalId>(entry.id);
    proposal.title = done.title;
    proposal.text = done.text;
    proposal.at = entry.at;
    proposal.changed_seq = entry.seq;
    docket.proposals.emplace(proposal.id, proposal);
    for (const auto& id : done.contributions)
      put_into(proposal.id, id);
  }
  /// One that was not dissolved, nor merged into another.
  Proposal& present(const ProposalId& id) const {
    auto& proposal = at(id);
    if (proposal.ending)
      throw std::out_of_range("the proposal stands no more");
    return proposal;
  }
  void operator()(const action::RewordProposal& done) const {
    auto& proposal = present(done.proposal);
    proposal.title = done.title;
    proposal.text = done.text;
    drop_proposed_answer(proposal);
  }
  /// An answer is published to the words that it was written for.
  static void drop_proposed_answer(Proposal& proposal) {
    if (proposal.state != ProposalState::answer_proposed)
      return;
    proposal.proposed.reset();
    proposal.state = ProposalState::routed;
  }
  void operator()(const action::Join& done) const {
    drop_proposed_answer(present(done.proposal));
    for (const auto& id : done.contributions)
      put_into(done.proposal, id);
  }
  void take_out(const ProposalId& proposal, const ContributionId& id) const {
    move(id, ContributionState::waiting);
    std::erase(at(proposal).contributions, id);
    drop_proposed_answer(at(proposal));
  }
  void operator()(const action::Leave& done) const { take_out(done.proposal, done.contribution); }

  /// It stands no more; what it was made from is elsewhere from now on. The day it was due is kept for when
  /// it comes back: nobody holds it meanwhile, and so nobody is late.
  Ending& end(Proposal& proposal, ProposalState as, const Words& words,
              std::vector<ContributionId> made_from) const {
    proposal.ending = Ending{entry.at, entry.by, words, std::move(made_from), {}, proposal.state};
    proposal.state = as;
    proposal.proposed.reset();
    proposal.assigned.reset();
    return *proposal.ending;
  }
  static const Proposal& standing(const Proposal& proposal) {
    if (proposal.ending || proposal.answer)
      throw std::out_of_range("nothing can be changed of the proposal");
    return proposal;
  }
  void operator()(const action::DissolveProposal& done) const {
    const auto made_from = standing(at(done.proposal)).contributions;
    for (const auto& id : made_from)
      take_out(done.proposal, id);
    end(at(done.proposal), ProposalState::dissolved, done.words, made_from);
  }
  void operator()(const action::MergeProposal& done) const {
    if (done.proposal == done.into)
      throw std::out_of_range("a proposal is not merged into itself");
    drop_proposed_answer(at(done.into));
    standing(at(done.into));
    const auto made_from = standing(at(done.proposal)).contributions;
    for (const auto& id : made_from) {
      take_out(done.proposal, id);
      put_into(done.into, id);
    }
    end(at(done.proposal), ProposalState::merged, done.words, made_from).into = done.into;
  }
  void operator()(const action::UnmergeProposal& done) const {
    auto& proposal = at(done.proposal);
    const auto back = docket.to_give_back(proposal);
    if (back.empty())
      throw std::out_of_range("there is nothing to give back");
    const auto ending = *proposal.ending;
    standing(at(*ending.into));
    proposal.ending.reset();
    proposal.state = ending.before;
    if (proposal.due_at)
      proposal.due_at = due_after_absence(*proposal.due_at, ending.at);
    for (const auto& id : back) {
      take_out(*ending.into, id);
      put_into(done.proposal, id);
    }
  }

  /// Nobody could answer while it was away: those days are added. What was late already stays as late.
  [[nodiscard]] TimeMs due_after_absence(TimeMs due_at, TimeMs left_at) const {
    const auto away = working_days_between(left_at, entry.at);
    return due_at < left_at || away == 0 ? due_at : after_working_days(due_at, away);
  }

  void operator()(const action::Route& done) const {
    auto& proposal = present(done.proposal);
    docket.routings.push_back({entry.seq, entry.at, done.proposal, done.lead, done.advice});
    proposal.hops.push_back(
        {entry.at, is_with_somebody(proposal) ? proposal.lead : "", done.lead, {}, {}, {}});
    // Only another lead, or one that said "not ours" before, gets days of its own.
    if (proposal.lead != done.lead || !is_with_somebody(proposal))
      proposal.due_at = after_working_days(entry.at, limits::kAnswerWorkingDays);
    if (proposal.lead != done.lead)
      proposal.assigned.reset();
    proposal.state = ProposalState::routed;
    proposal.lead = done.lead;
    proposal.contributing = done.contributing;
    proposal.proposed.reset();
  }
  static bool is_with_somebody(const Proposal& proposal) {
    return proposal.state == ProposalState::routed || proposal.state == ProposalState::answer_proposed;
  }
  void operator()(const action::Decline& done) const {
    auto& proposal = at(done.proposal);
    const auto from = holder_of(proposal);
    if (from.empty() || proposal.state == ProposalState::answered)
      throw std::out_of_range("it is with nobody who could decline");
    proposal.hops.push_back({entry.at, from, done.owner, done.words, done.unit, {}});
    proposal.declined_by.insert(from);
    proposal.state = ProposalState::transferred;
    proposal.due_at.reset(); // nobody is late with what is nobody's
    proposal.proposed.reset();
  }
  void operator()(const action::Accept& done) const { accept(at(done.proposal)); }
  void operator()(const action::Share& done) const {
    auto& proposal = at(done.proposal);
    accept(proposal);
    auto& hop = proposal.hops.back();
    hop.shared = done.words;
    if (std::ranges::find(proposal.contributing, hop.from) == proposal.contributing.end())
      proposal.contributing.push_back(hop.from);
  }
  void accept(Proposal& proposal) const {
    if (proposal.state != ProposalState::transferred || holder_of(proposal).empty())
      throw std::out_of_range("nobody was named who could accept");
    proposal.lead = holder_of(proposal);
    std::erase(proposal.contributing, proposal.lead); // it leads now
    proposal.hops.back().accepted_at = entry.at;
    proposal.state = ProposalState::routed;
    proposal.due_at = after_working_days(entry.at, limits::kAnswerWorkingDays);
    proposal.assigned.reset();
  }
  void operator()(const action::Note& done) const {
    auto& proposal = docket.proposals.at(done.proposal); // nothing that others may see is changed
    proposal.notes.push_back({proposal.lead, entry.by, done.text, entry.at});
  }
  void operator()(const action::Assign& done) const {
    auto& proposal = docket.proposals.at(done.proposal); // likewise
    proposal.assigned = done.to;
    proposal.assigned_at = entry.at;
  }
  void operator()(const action::Answer& done) const { propose_answer(done, std::nullopt); }
  void operator()(const action::AnswerTogether& done) const {
    for (const auto& one : done.proposals)
      propose_answer(done.answer_to(one), entry.id);
  }
  void propose_answer(action::Answer answer, std::optional<CommandId> together) const {
    auto& proposal = at(answer.proposal);
    if (!is_with_somebody(proposal))
      throw std::out_of_range("it is with nobody who could answer");
    proposal.proposed = PublishedAnswer{std::move(answer), proposal.lead, entry.at, entry.by,
                                        entry.seq,         std::nullopt,  together};
    proposal.state = ProposalState::answer_proposed;
  }
  void operator()(const action::Approve& done) const { publish(done.proposal); }
  void operator()(const action::ApproveTogether& done) const {
    for (const auto& id : done.proposals)
      publish(id);
  }
  void publish(const ProposalId& id) const {
    auto& proposal = at(id);
    if (!proposal.proposed)
      throw std::out_of_range("there is no answer to approve");
    proposal.answer = proposal.proposed;
    proposal.answer->at = entry.at;
    proposal.answer->approved_by = entry.by;
    proposal.proposed.reset();
    proposal.state = ProposalState::answered;
    if (const auto& into = proposal.answer->answer.commitment) {
      proposal.commitment = *into;
      at(*into).proposals.push_back(proposal.id);
    }
  }
  void operator()(const action::RejectAnswer& done) const {
    auto& proposal = at(done.proposal);
    proposal.notes.push_back({proposal.lead, entry.by, done.text, entry.at, true});
    proposal.proposed.reset();
    proposal.state = ProposalState::routed;
  }

  void operator()(const action::Contest& done) const {
    auto& reviewed = at(done.contribution);
    const auto against = done.against.value_or(
        reviewed.state == ContributionState::refused ? Contested::refused : Contested::proposed);
    reviewed.contestation =
        Contestation{done.text, entry.at, against, whose_decision(done, against, reviewed), {}, {}, {}};
  }
  [[nodiscard]] ActorId whose_decision(const action::Contest& done, Contested against,
                                       const Reviewed& reviewed) const {
    switch (against) {
    case Contested::merged:
      return done.contested.value_or(ActorId{});
    case Contested::out_of_scope:
      if (const auto* proposal = reviewed.proposal ? docket.find(*reviewed.proposal) : nullptr;
          proposal && proposal->answer)
        return proposal->answer->approved_by.value_or(proposal->answer->by);
      throw std::out_of_range("there is no answer to contest");
    default:
      return reviewed.by;
    }
  }
  void operator()(const action::DecideContestation& done) const {
    auto& reviewed = at(done.contribution);
    if (!reviewed.contestation)
      throw std::out_of_range("there is no contestation to decide");
    auto& contestation = *reviewed.contestation;
    contestation.decision = done;
    contestation.decided_at = entry.at;
    contestation.decided_by = entry.by;
    if (!done.upheld)
      return;
    if (contestation.against == Contested::merged) {
      reviewed.stands_apart = true;
      return;
    }
    if (const auto id = reviewed.proposal) {
      take_out(*id, done.contribution);
      // What an administration answered out of scope may have been all that the proposal was made from.
      if (auto& proposal = at(*id); proposal.contributions.empty())
        end(proposal, ProposalState::dissolved, done.words, {done.contribution});
      return;
    }
    move(done.contribution, ContributionState::waiting);
    reviewed.refusal.reset();
  }
  void operator()(const action::Opine& done) const {
    // Beside the matter: whoever works on it goes on.
    docket.proposals.at(done.proposal).opinions[entry.by] = {done.stance, done.words, entry.at, entry.seq};
  }

  void operator()(const action::Commit& done) const {
    const auto id = done.commitment.value_or(id_cast<CommitmentId>(entry.id));
    auto& commitment = docket.commitments[id];
    for (const auto& proposal : commitment.proposals)
      docket.proposals.at(proposal).commitment.reset();
    commitment.id = id;
    commitment.lead = docket.proposals.at(done.proposals.front()).lead;
    commitment.words = done;
    commitment.proposals = done.proposals;
    commitment.state = CommitmentState::drafted;
    commitment.at = entry.at;
    commitment.by = entry.by;
    commitment.changed_seq = entry.seq;
    for (const auto& proposal : done.proposals)
      docket.proposals.at(proposal).commitment = id;
  }
  void operator()(const action::ConfirmCommitment& done) const {
    auto& commitment = at(done.commitment);
    commitment.state = CommitmentState::confirmed;
    commitment.confirmed_at = entry.at;
    commitment.confirmed_by = entry.by;
    commitment.despite = done.words;
    for (const auto& id : commitment.proposals)
      rest_on_result(docket.proposals.at(id));
  }
  /// What the committee made of the proposal was decided upon: a clock that is set back does not open its
  /// list again. Nothing else closes one before its day: an entry may be of a machine whose clock was wrong.
  void rest_on_result(const Proposal& proposal) const {
    if (const auto* list = docket.last_list_of(proposal))
      docket.lists.at(list->id).over = true;
  }
  void operator()(const action::ReturnCommitment& done) const {
    auto& commitment = at(done.commitment);
    commitment.state = CommitmentState::returned;
    commitment.return_note = done.text;
  }
  void operator()(const action::Progress& done) const {
    at(done.commitment).reports.push_back({done, entry.at, entry.by});
  }

  // Beside the matter: whoever works on the proposal goes on.
  void operator()(const action::Ask& done) const {
    const auto& proposal = docket.proposals.at(done.proposal);
    if (holder_of(proposal).empty())
      throw std::out_of_range("it is with nobody who could ask");
    Question question;
    question.id = id_cast<QuestionId>(entry.id);
    question.proposal = done.proposal;
    question.administration = proposal.lead;
    question.to = done.to;
    question.text = done.text;
    question.at = entry.at;
    question.by = entry.by;
    question.changed_seq = entry.seq;
    docket.questions.emplace(question.id, std::move(question));
  }
  void operator()(const action::Reply& done) const {
    auto& question = docket.questions.at(done.question);
    if (question.to != Asked::organiser || question.reply)
      throw std::out_of_range("the question waits for no reply of an organiser");
    question.reply = OrganisersReply{done.text, entry.at, entry.by};
    question.changed_seq = entry.seq;
  }
  void operator()(const action::ReplyAsAuthor& done) const {
    auto& question = docket.questions.at(done.question);
    const auto before = question.replies.find(done.contribution);
    if (question.to != Asked::authors ||
        (before != question.replies.end() && before->second.state != ReplyState::withheld))
      throw std::out_of_range("the question waits for no reply of this author");
    question.replies[done.contribution] = {done.text, entry.at, ReplyState::waiting, {}, entry.seq};
  }
  void operator()(const action::PublishReply& done) const {
    waiting_reply(done.question, done.contribution).state = ReplyState::published;
  }
  void operator()(const action::WithholdReply& done) const {
    auto& reply = waiting_reply(done.question, done.contribution);
    reply.state = ReplyState::withheld;
    reply.note = done.note;
  }
  AuthorsReply& waiting_reply(const QuestionId& question, const ContributionId& contribution) const {
    auto& reply = docket.questions.at(question).replies.at(contribution);
    if (reply.state != ReplyState::waiting)
      throw std::out_of_range("the reply waits for no decision");
    reply.changed_seq = entry.seq;
    return reply;
  }

  void add_grid(const std::vector<WeightedCriterion>& criteria, std::optional<Words> why) const {
    docket.grids.push_back({criteria, std::move(why), entry.at, entry.by});
    docket.grid_seq = entry.seq;
  }
  void operator()(const action::PublishGrid& done) const { add_grid(done.criteria, std::nullopt); }
  void operator()(const action::ChangeGrid& done) const { add_grid(done.criteria, done.words); }
  void operator()(const action::Rate& done) const {
    // Beside the matter, as an opinion is.
    docket.proposals.at(done.proposal).ratings[{done.administration, entry.by}] = {values_of(done), entry.at};
  }

  void operator()(const action::SubmitList& done) const {
    const auto ends = end_of_day(done.until);
    if (!ends || (done.rule == ListRule::vote && (!done.quorum || !done.majority)))
      throw std::out_of_range("there is no such day, or no rule to count by");
    const auto id = id_cast<ListId>(entry.id);
    for (const auto& proposal : done.proposals) {
      if (!docket.proposals.at(proposal).answer)
        throw std::out_of_range("there is no answer to approve");
      rest_on_result(docket.proposals.at(proposal));
      docket.proposals.at(proposal).lists.push_back(id);
    }
    auto& list = docket.lists[id];
    list.id = id;
    list.words = done;
    list.at = entry.at;
    list.by = entry.by;
    list.ends = *ends;
    list.changed_seq = entry.seq;
  }
  /// Null when the list is over: what comes late, in whatever ledger, changes no result.
  CommitteeList* open_list(const ListId& id) const {
    auto& list = docket.lists.at(id);
    return result_of(list, entry.at) == ListResult::open ? &list : nullptr;
  }
  void operator()(const action::WithdrawList& done) const {
    if (auto* list = open_list(done.list)) {
      list->withdrawn = Withdrawal{done.words, entry.at};
      list->changed_seq = entry.seq;
    }
  }
  // Members speak beside each other: none of them changes what another one sees as theirs.
  void operator()(const action::Object& done) const {
    if (auto* list = open_list(done.list))
      list->objections[done.proposal][entry.by] = {done.words, entry.at};
  }
  void operator()(const action::WithdrawObjection& done) const {
    if (auto* list = open_list(done.list))
      list->objections[done.proposal].erase(entry.by);
  }
  void operator()(const action::Vote& done) const {
    if (auto* list = open_list(done.list))
      list->ballots[entry.by] = {done.ballot, done.words, entry.at};
  }

  void operator()(const action::TellApart& done) const {
    docket.told_apart.insert(pair_of(done.proposal, done.other));
    docket.links.erase(pair_of(done.proposal, done.other));
  }
  void operator()(const action::CompareAgain& done) const {
    docket.told_apart.erase(pair_of(done.proposal, done.other));
  }
  void operator()(const action::LinkProposals& done) const {
    if (!docket.find(done.proposal) || docket.find(done.other))
      throw std::out_of_range("a link leads from a proposal of this consultation to one of another");
    docket.told_apart.erase(pair_of(done.proposal, done.other));
    docket.links.emplace(pair_of(done.proposal, done.other), entry.at);
  }
  void operator()(const action::UnlinkProposals& done) const {
    docket.links.erase(pair_of(done.proposal, done.other));
  }
};

} // namespace

void apply(Docket& docket, const Entry& entry) {
  std::visit(Applier{docket, entry}, entry.action);
  docket.seq = entry.seq;
}

} // namespace warsha::review
