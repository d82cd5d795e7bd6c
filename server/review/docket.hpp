#pragma once

#include "protocol/rejection.hpp"
#include "server/review/actions.hpp"
#include "server/review/commitments.hpp"
#include "server/review/grid.hpp"
#include "server/review/lists.hpp"
#include "server/review/questions.hpp"
#include "server/store/journal.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <variant>
#include <vector>

/// The review's rules: a pure state machine over one consultation, as server/live/board.hpp is over one
/// workshop.
///   decide(docket, command, reviewer, known, now) -> nothing (it is fine), or why not
///   apply(docket, entry)                     -> the docket after it
namespace warsha::review {

/// An action in the ledger.
struct Entry {
  Seq seq{};
  TimeMs at{};
  ActorId by; // account; all zero for an author, who is known by the receipt alone
  CommandId id;
  Action action;
};

struct Screening {
  std::int64_t clarity{};
  std::int64_t precision{};
  std::int64_t link{};
  TimeMs at{};
  Seq seq{}; // of its entry
};

enum class ContributionState : std::uint8_t { waiting, returned, proposed, refused };

/// An author's word against a decision, and what somebody else answered. There is one for each contribution.
struct Contestation {
  std::string text;
  TimeMs at{};
  Contested against{};
  ActorId contested; // whose decision it is; all zero: nobody knows
  std::optional<action::DecideContestation> decision;
  TimeMs decided_at{};
  ActorId decided_by;
};

/// What the review did with a contribution.
struct Reviewed {
  std::map<ActorId, Screening> screenings; // one for each organiser
  ContributionState state = ContributionState::waiting;
  std::optional<action::Refuse> refusal;
  std::string return_note;
  std::optional<std::string> revised; // the author's clearer words
  Seq revised_seq{};                  // of the entry that brought them
  bool stands_apart = false;          // what it was merged into in the meeting is none of its own
  std::optional<ProposalId> proposal;
  std::optional<Contestation> contestation;
  TimeMs at{}; // of the last change of its state
  ActorId by;
  Seq changed_seq{};

  /// Was it said of words that the author has made clearer since?
  [[nodiscard]] bool is_of_old_words(const Screening& screening) const { return screening.seq < revised_seq; }
};

struct Hop {
  TimeMs at{};
  std::string from; // empty: the organiser
  std::string to;   // empty: back to the organiser
  std::optional<Words> why;
  std::string unit;
  std::optional<TimeMs> accepted_at; // by `to`, of a proposal that `from` declined
  std::optional<Words> shared{};     // by `to`, with `from`: why it is of both
};

struct PublishedAnswer {
  action::Answer answer;
  std::string administration;
  TimeMs at{};
  ActorId by;
  Seq seq{}; // of the entry that wrote it
  std::optional<ActorId> approved_by;
  std::optional<CommandId> together; // of the one decision that answers others as well
};

struct InternalNote {
  std::string administration;
  ActorId by;
  std::string text;
  TimeMs at{};
  bool rejects_answer = false; // says why an answer was sent back to whoever wrote it
};

struct Opinion {
  Stance stance{};
  Words words;
  TimeMs at{};
  Seq seq{};
};

/// What one person said of a proposal for an administration.
struct Rated {
  std::vector<std::pair<Criterion, std::int64_t>> values; // each 1 to 5
  TimeMs at{};
};

enum class ProposalState : std::uint8_t {
  open,
  routed,
  transferred,
  answer_proposed,
  answered,
  dissolved,
  merged
};

/// Where a proposal went that stands no more.
struct Ending {
  TimeMs at{};
  ActorId by;
  Words words;
  std::vector<ContributionId> contributions; // that it was made from
  std::optional<ProposalId> into;            // none: they are free again, each on its own
  ProposalState before{};
};

struct Proposal {
  ProposalId id;
  std::string title;
  std::string text;
  std::vector<ContributionId> contributions;
  ProposalState state = ProposalState::open;
  std::string lead;
  std::vector<std::string> contributing;
  std::vector<Hop> hops;
  std::optional<PublishedAnswer> proposed;
  std::optional<PublishedAnswer> answer;
  std::vector<InternalNote> notes;
  std::set<std::string> declined_by;
  std::map<ActorId, Opinion> opinions;                      // one for each member of the committee
  std::map<std::pair<std::string, ActorId>, Rated> ratings; // one of each member of each administration
  std::vector<ListId> lists; // on which the committee was asked, the latest last
  std::optional<CommitmentId> commitment;
  std::optional<ActorId> assigned; // a member of the lead, for its members only
  TimeMs assigned_at{};            // or taken from everybody
  TimeMs at{};
  std::optional<TimeMs> due_at;
  std::optional<Ending> ending; // while it is dissolved or merged
  Seq changed_seq{};
};

/// That a proposal was sent to an administration, and what the router had advised.
struct RoutingDecision {
  Seq seq{};
  TimeMs at{};
  ProposalId proposal;
  std::string lead;
  std::optional<action::Advice> advice; // none: it was not asked for then
};

/// Two proposals, the smaller id first: which of them was named first says nothing.
using ProposalPair = std::pair<ProposalId, ProposalId>;
[[nodiscard]] ProposalPair pair_of(const ProposalId& one, const ProposalId& other);

struct Docket {
  ConsultationId consultation;
  Seq seq = 0;
  std::map<ContributionId, Reviewed> contributions; // those that something was done with
  std::map<ProposalId, Proposal> proposals;
  std::map<CommitmentId, Commitment> commitments;
  std::map<ListId, CommitteeList> lists;
  std::vector<RoutingDecision> routings; // in order
  std::map<QuestionId, Question> questions;
  std::vector<GridVersion> grids;       // version 1 first; none: the shipped grid, version 0
  Seq grid_seq = 0;                     // of the last of them
  std::set<ProposalPair> told_apart;    // of both in this consultation, or of one in another of the plan
  std::map<ProposalPair, TimeMs> links; // of one here and one in another consultation of the plan; since when

  [[nodiscard]] const Proposal* find(const ProposalId& id) const;
  [[nodiscard]] const Commitment* find(const CommitmentId& id) const;
  /// The proposals whose answer, proposed or published, is of the same decision as this one's; itself too
  /// when there are others. Empty: it was answered alone, or not at all.
  [[nodiscard]] std::vector<ProposalId> answered_with(const Proposal& proposal) const;
  [[nodiscard]] const CommitteeList* find(const ListId& id) const;
  [[nodiscard]] const Question* find(const QuestionId& id) const;
  /// In force.
  [[nodiscard]] const std::vector<WeightedCriterion>& grid() const;
  /// On which the committee was asked last, and which was not withdrawn; null: it was not asked.
  [[nodiscard]] const CommitteeList* last_list_of(const Proposal& proposal) const;
  /// What the committee made of the proposal in it.
  [[nodiscard]] Standing standing_of(const Proposal& proposal, TimeMs now) const;
  [[nodiscard]] ContributionState state_of(const ContributionId& id) const;
  /// None was made yet.
  [[nodiscard]] const Contestation* contestation_of(const ContributionId& id) const;
  /// What it was merged into in the meeting is none of its own: its author's objection to that was upheld.
  [[nodiscard]] bool stands_apart(const ContributionId& id) const;
  /// The proposal, or what it was merged into since, in the end; null when there is no such proposal.
  [[nodiscard]] const Proposal* carried_on_in(const ProposalId& id) const;
  /// Of a proposal that was merged into another: what it was made from and is there still.
  [[nodiscard]] std::vector<ContributionId> to_give_back(const Proposal& merged) const;
};

/// The decision that its author may contest: none, when there is nothing to object to.
[[nodiscard]] std::optional<Contested> contestable(const Docket& docket, const store::ContributionRow& row);

/// Did this person take the decision that the contribution's author objects to: alone, or as who wrote the
/// answer that somebody else published? False when there is no objection.
[[nodiscard]] bool took_contested_decision(const Docket& docket, const ContributionId& id,
                                           const ActorId& account);

/// Whose decisions are a contribution's: its own, or those of what it was merged into in the meeting, while
/// it is shown and has none of its own.
[[nodiscard]] ContributionId decided_as(const Docket& docket, const store::ContributionRow& row);

/// The administration that a proposal is with: its lead, or whom the lead named as the owner, until they
/// accept or decline. Empty: the organiser has to say whose it is.
[[nodiscard]] std::string holder_of(const Proposal& proposal);

/// Handed on as often as may be, or back to who declined it: the organiser says whose it is.
[[nodiscard]] bool is_to_arbitrate(const Proposal& proposal);

/// Is its answer due in the next limits::kDueSoonWorkingDays, and not late?
[[nodiscard]] bool is_due_soon(const Proposal& proposal, TimeMs now);

/// Can it enter a commitment, as its administration answered?
[[nodiscard]] bool is_taken(const Proposal& proposal);

/// Has this administration to do with it now: as its holder, or contributing?
[[nodiscard]] bool is_with(const Proposal& proposal, const std::string& administration);

/// Does it wait for a reply? Not when it has one of the organiser, when the proposal has its answer or stands
/// no more, or when it is not with the administration that asks.
[[nodiscard]] bool is_open(const Docket& docket, const Question& question);

/// Is the contribution's author among those whom the question is to? What was merged into a contribution in
/// the meeting and shares its fate has an author too.
[[nodiscard]] bool is_asked(const Docket& docket, const Question& question,
                            const store::ContributionRow& row);

/// May the contribution's author reply to the question now?
[[nodiscard]] bool may_reply(const Docket& docket, const Question& question,
                             const store::ContributionRow& row);

/// Who acts: what their grants give them in this consultation.
struct Reviewer {
  ActorId id;
  bool organiser = false;
  bool author = false; // holds the receipt of the contribution; to contest: the pass of who wrote it
  std::set<std::string> administrations;
  bool committee = false;
};

struct Command {
  CommandId id;
  Action action;
  std::optional<Seq> expected_seq; // of the last change of what it is about, as the sender saw it
};

/// What is known beside the ledger.
struct Surroundings {
  /// The contribution, if it is one of this consultation.
  std::function<std::optional<store::ContributionRow>(const ContributionId&)> contribution;
  std::function<bool(const std::string&)> is_administration;
  /// Is the account a member of the administration?
  std::function<bool(const ActorId&, const std::string&)> is_member;
  std::function<std::size_t()> members_of_committee;
  /// Was it proposed in another consultation of the same plan?
  std::function<bool(const ProposalId&)> is_elsewhere_in_plan;
};

/// None: it may be done. Checks rights first, then that nobody changed the matter meanwhile, then the rules.
[[nodiscard]] std::optional<Rejection> decide(const Docket& docket, const Command& command,
                                              const Reviewer& reviewer, const Surroundings& known,
                                              TimeMs now);
/// Takes the next entry (seq = docket.seq + 1), which was decided on this very docket. Of another machine's
/// ledger it throws std::out_of_range when an entry names what isn't there, or cannot follow.
void apply(Docket& docket, const Entry& entry);

/// The end of the last of so many working days (Monday to Friday, without the national holidays of fixed
/// days) after a time; both UTC.
[[nodiscard]] TimeMs after_working_days(TimeMs from, int days);
[[nodiscard]] bool is_working_day(TimeMs at);
/// Working days that begin after one time and up to another; 0 when it is not later.
[[nodiscard]] int working_days_between(TimeMs from, TimeMs to);
/// Whole working days that have passed since the due time; 0 before it.
[[nodiscard]] int working_days_late(TimeMs due_at, TimeMs now);

} // namespace warsha::review

template <> struct warsha::Words<warsha::review::ContributionState> {
  static constexpr std::array kAll{"waiting", "returned", "proposed", "refused"};
};
template <> struct warsha::Words<warsha::review::ProposalState> {
  static constexpr std::array kAll{"open",     "routed",    "transferred", "answer_proposed",
                                   "answered", "dissolved", "merged"};
};
