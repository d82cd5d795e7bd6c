#include "server/review/docket.hpp"

#include "protocol/limits.hpp"

#include <algorithm>

namespace warsha::review {

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

bool Docket::is_contestable(const ContributionId& id) const {
  const auto state = state_of(id);
  if (state == ContributionState::proposed)
    return proposals.at(*contributions.at(id).proposal).contributions.size() > 1;
  return state == ContributionState::refused;
}

ContributionId decided_as(const Docket& docket, const store::ContributionRow& row) {
  return row.merged_into && row.state == "shown" && docket.state_of(row.id) == ContributionState::waiting
             ? *row.merged_into
             : row.id;
}

std::string holder_of(const Proposal& proposal) {
  if (proposal.state != ProposalState::transferred)
    return proposal.lead;
  const auto& owner = proposal.hops.back().to;
  return proposal.declined_by.contains(owner) || proposal.declined_by.size() >= limits::kTransfers
             ? std::string()
             : owner;
}

bool is_taken(const Proposal& proposal) {
  return proposal.answer && (proposal.answer->answer.kind == AnswerKind::taken ||
                             proposal.answer->answer.kind == AnswerKind::taken_in_part);
}

bool is_with(const Proposal& proposal, const std::string& administration) {
  return holder_of(proposal) == administration ||
         std::ranges::find(proposal.contributing, administration) != proposal.contributing.end();
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
    at(done.contribution).screenings[entry.by] = {done.clarity, done.precision, done.link, entry.at};
  }
  void operator()(const action::Return& done) const {
    move(done.contribution, ContributionState::returned);
    at(done.contribution).return_note = done.note;
  }
  void operator()(const action::Revise& done) const {
    move(done.contribution, ContributionState::waiting);
    at(done.contribution).revised = done.text;
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
  void operator()(const action::RewordProposal& done) const {
    auto& proposal = at(done.proposal);
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
    drop_proposed_answer(at(done.proposal));
    for (const auto& id : done.contributions)
      put_into(done.proposal, id);
  }
  void take_out(const ProposalId& proposal, const ContributionId& id) const {
    move(id, ContributionState::waiting);
    std::erase(at(proposal).contributions, id);
    drop_proposed_answer(at(proposal));
  }
  void operator()(const action::Leave& done) const { take_out(done.proposal, done.contribution); }

  void operator()(const action::Route& done) const {
    auto& proposal = at(done.proposal);
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
  void operator()(const action::Accept& done) const {
    auto& proposal = at(done.proposal);
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
    proposal.proposed =
        PublishedAnswer{std::move(answer), proposal.lead, entry.at, entry.by, std::nullopt, together};
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
    reviewed.contestation = Contestation{done.text, entry.at, reviewed.state, reviewed.by, {}, {}, {}};
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
    if (const auto proposal = reviewed.proposal)
      return take_out(*proposal, done.contribution);
    move(done.contribution, ContributionState::waiting);
    reviewed.refusal.reset();
  }
  void operator()(const action::Opine& done) const {
    // Beside the matter: whoever works on it goes on.
    docket.proposals.at(done.proposal).opinions[entry.by] = {done.stance, done.words, entry.at};
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
};

} // namespace

void apply(Docket& docket, const Entry& entry) {
  std::visit(Applier{docket, entry}, entry.action);
  docket.seq = entry.seq;
}

} // namespace warsha::review
