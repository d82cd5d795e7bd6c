#pragma once

#include "protocol/ids.hpp"
#include "protocol/limits.hpp"
#include "protocol/members.hpp"
#include "protocol/messages.hpp"
#include "server/review/commitment_actions.hpp"
#include "server/review/grid_actions.hpp"
#include "server/review/list_actions.hpp"
#include "server/review/pair_actions.hpp"
#include "server/review/question_actions.hpp"
#include "server/review/words.hpp"

#include <optional>
#include <string>
#include <type_traits>
#include <variant>
#include <vector>

/// What people do with contributions after the meeting. An accepted action is kept as it was said: the ledger
/// of a consultation is the list of its actions, and every state follows from it.
namespace warsha::review {

/// Why something said in a meeting is not carried forward.
enum class RefusalReason : std::uint8_t {
  out_of_scope,
  personal_matter,
  unclear,
  already_answered,
  not_a_proposal
};

/// What a member of the committee thinks of a proposal.
enum class Stance : std::uint8_t { support, reservation, against };

/// What an administration answers.
enum class AnswerKind : std::uint8_t {
  taken,
  taken_in_part,
  already_done,
  later,
  not_feasible,
  out_of_scope,
  not_ours
};

/// The decision that an author says is wrong.
enum class Contested : std::uint8_t {
  refused,
  proposed,    // joined with others in a proposal
  merged,      // into another in the meeting
  out_of_scope // as the administration answered
};

namespace action {

struct Screen { // one organiser's rating of a contribution, each 1 to 5
  static constexpr auto kName = "screen";
  ContributionId contribution;
  std::int64_t clarity{};
  std::int64_t precision{};
  std::int64_t link{}; // with the principles of openness

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("clarity", self.clarity, {.least = 1, .most = limits::kRatingMost});
    visit("contribution", self.contribution);
    visit("link", self.link, {.least = 1, .most = limits::kRatingMost});
    visit("precision", self.precision, {.least = 1, .most = limits::kRatingMost});
  }
};
struct Return { // asks the author to say it more clearly
  static constexpr auto kName = "return";
  ContributionId contribution;
  std::string note;

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("contribution", self.contribution);
    visit("note", self.note, {.text = limits::kReasonGraphemes});
  }
};
struct Revise { // the author's answer to that
  static constexpr auto kName = "revise";
  ContributionId contribution;
  std::string text;

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("contribution", self.contribution);
    visit("text", self.text, {.text = limits::kContributionGraphemes});
  }
};
struct Refuse {
  static constexpr auto kName = "refuse";
  ContributionId contribution;
  RefusalReason reason{};
  Words words;

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("contribution", self.contribution);
    visit("reason", self.reason);
    visit("words", self.words);
  }
};
struct Reconsider { // takes a refusal or a return back
  static constexpr auto kName = "reconsider";
  ContributionId contribution;

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("contribution", self.contribution);
  }
};

struct Propose {
  static constexpr auto kName = "propose";
  std::string title;
  std::string text;
  std::vector<ContributionId> contributions;

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("contributions", self.contributions,
          {.items_least = 1, .items_most = limits::kProposalContributions});
    visit("text", self.text, {.text = limits::kProposalGraphemes});
    visit("title", self.title, {.line = limits::kProposalTitleGraphemes});
  }
};
struct RewordProposal {
  static constexpr auto kName = "reword_proposal";
  ProposalId proposal;
  std::string title;
  std::string text;

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("proposal", self.proposal);
    visit("text", self.text, {.text = limits::kProposalGraphemes});
    visit("title", self.title, {.line = limits::kProposalTitleGraphemes});
  }
};
struct Join {
  static constexpr auto kName = "join";
  ProposalId proposal;
  std::vector<ContributionId> contributions;

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("contributions", self.contributions,
          {.items_least = 1, .items_most = limits::kProposalContributions});
    visit("proposal", self.proposal);
  }
};
struct Leave {
  static constexpr auto kName = "leave";
  ProposalId proposal;
  ContributionId contribution;

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("contribution", self.contribution);
    visit("proposal", self.proposal);
  }
};

struct DissolveProposal { // what it was made from is free again
  static constexpr auto kName = "dissolve_proposal";
  ProposalId proposal;
  Words words;

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("proposal", self.proposal);
    visit("words", self.words);
  }
};
struct MergeProposal { // all that it was made from goes on in another
  static constexpr auto kName = "merge_proposal";
  ProposalId into;
  ProposalId proposal;
  Words words;

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("into", self.into);
    visit("proposal", self.proposal);
    visit("words", self.words);
  }
};
struct UnmergeProposal { // takes that back
  static constexpr auto kName = "unmerge_proposal";
  ProposalId proposal;

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("proposal", self.proposal);
  }
};

/// One that the router advised, and how sure it was.
struct Advised {
  std::string administration;
  std::int64_t per_mille{};

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("administration", self.administration, {.line = limits::kAdministrationIdBytes});
    visit("per_mille", self.per_mille, {.most = 1000});
  }
};
struct Advice {
  std::vector<Advised> first; // best first
  std::string version;        // of the router's parameters

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("first", self.first, {.items_most = limits::kAdvised});
    visit("version", self.version, {.line = limits::kAdministrationIdBytes});
  }
};
struct Route {
  static constexpr auto kName = "route";
  ProposalId proposal;
  std::string lead;
  std::vector<std::string> contributing{};
  /// What the router said when it was decided: the server's word, never the command's.
  std::optional<Advice> advice{};

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("advice", self.advice);
    visit("contributing", self.contributing,
          {.items_most = limits::kContributingAdministrations, .sparse = true});
    visit("lead", self.lead, {.line = limits::kAdministrationIdBytes});
    visit("proposal", self.proposal);
  }
};
struct Decline { // "not ours": says which unit says so, and whose it is
  static constexpr auto kName = "decline";
  ProposalId proposal;
  std::string unit;
  std::string owner;
  Words words;

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("owner", self.owner, {.line = limits::kAdministrationIdBytes});
    visit("proposal", self.proposal);
    visit("unit", self.unit, {.line = limits::kProposalTitleGraphemes});
    visit("words", self.words);
  }
};
struct Accept { // by whom another administration named as the owner: it is theirs from now on
  static constexpr auto kName = "accept";
  ProposalId proposal;

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("proposal", self.proposal);
  }
};
struct Share { // likewise, and theirs too who named it: they contribute
  static constexpr auto kName = "share";
  ProposalId proposal;
  Words words;

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("proposal", self.proposal);
    visit("words", self.words);
  }
};
struct Note { // among the members of one administration
  static constexpr auto kName = "note";
  ProposalId proposal;
  std::string text;

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("proposal", self.proposal);
    visit("text", self.text, {.text = limits::kProposalGraphemes});
  }
};
struct Assign { // among the members of one administration; to nobody: takes it back
  static constexpr auto kName = "assign";
  ProposalId proposal;
  std::optional<ActorId> to{};

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("proposal", self.proposal);
    visit("to", self.to);
  }
};
struct Answer {
  static constexpr auto kName = "answer";
  ProposalId proposal;
  AnswerKind kind{};
  Words words;
  std::optional<std::string> link{};
  std::optional<std::string> owner{};
  std::optional<CommitmentId> commitment{}; // one that is published already, which takes this in

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("commitment", self.commitment);
    visit("kind", self.kind);
    visit("link", self.link, {.line = limits::kLinkGraphemes});
    visit("owner", self.owner, {.line = limits::kAdministrationIdBytes});
    visit("proposal", self.proposal);
    visit("words", self.words);
  }
};
struct Approve { // a second person publishes the answer
  static constexpr auto kName = "approve";
  ProposalId proposal;

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("proposal", self.proposal);
  }
};
struct RejectAnswer {
  static constexpr auto kName = "reject_answer";
  ProposalId proposal;
  std::string text;

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("proposal", self.proposal);
    visit("text", self.text, {.text = limits::kProposalGraphemes});
  }
};

struct AnsweredAlike { // one of several, with words of its own after those that all share
  ProposalId proposal;
  std::optional<Words> own{};

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("own", self.own);
    visit("proposal", self.proposal);
  }
};
struct AnswerTogether { // one decision for several proposals of one lead; it is published for all at once
  static constexpr auto kName = "answer_together";
  std::vector<AnsweredAlike> proposals;
  AnswerKind kind{};
  Words words;
  std::optional<std::string> link{};
  std::optional<std::string> owner{};
  std::optional<CommitmentId> commitment{};

  /// What one of them is answered.
  [[nodiscard]] Answer answer_to(const AnsweredAlike& one) const {
    auto whole = words;
    if (one.own) {
      whole.ar += "\n" + one.own->ar;
      whole.fr += "\n" + one.own->fr;
    }
    return {one.proposal, kind, std::move(whole), link, owner, commitment};
  }

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("commitment", self.commitment);
    visit("kind", self.kind);
    visit("link", self.link, {.line = limits::kLinkGraphemes});
    visit("owner", self.owner, {.line = limits::kAdministrationIdBytes});
    visit("proposals", self.proposals, {.items_least = 2, .items_most = limits::kProposalsTogether});
    visit("words", self.words);
  }
};
struct ApproveTogether { // a second person publishes several answers: all of them or none
  static constexpr auto kName = "approve_together";
  std::vector<ProposalId> proposals;

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("proposals", self.proposals, {.items_least = 1, .items_most = limits::kProposalsTogether});
  }
};

struct Contest { // the author says that a decision is wrong
  static constexpr auto kName = "contest";
  ContributionId contribution;
  std::string text;
  std::optional<Contested> against{}; // none: the refusal, or that it was joined with others
  std::optional<ActorId> contested{}; // who merged it in the meeting

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("against", self.against);
    visit("contested", self.contested);
    visit("contribution", self.contribution);
    visit("text", self.text, {.text = limits::kContestationGraphemes});
  }
};
struct DecideContestation { // upheld: the contested decision is taken back
  static constexpr auto kName = "decide_contestation";
  ContributionId contribution;
  bool upheld{};
  Words words;

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("contribution", self.contribution);
    visit("upheld", self.upheld);
    visit("words", self.words);
  }
};
struct Opine { // one member of the committee, on what an administration answers or is about to
  static constexpr auto kName = "opine";
  ProposalId proposal;
  Stance stance{};
  Words words;

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("proposal", self.proposal);
    visit("stance", self.stance);
    visit("words", self.words);
  }
};

} // namespace action

using Action =
    std::variant<action::Screen, action::Return, action::Revise, action::Refuse, action::Reconsider,
                 action::Propose, action::RewordProposal, action::Join, action::Leave, action::Route,
                 action::Decline, action::Note, action::Answer, action::Approve, action::RejectAnswer,
                 action::Contest, action::DecideContestation, action::Opine, action::Commit,
                 action::ConfirmCommitment, action::ReturnCommitment, action::Progress, action::Assign,
                 action::AnswerTogether, action::ApproveTogether, action::Accept, action::PublishGrid,
                 action::ChangeGrid, action::Rate, action::SubmitList, action::WithdrawList, action::Object,
                 action::WithdrawObjection, action::Vote, action::DissolveProposal, action::MergeProposal,
                 action::UnmergeProposal, action::Share, action::Ask, action::Reply, action::ReplyAsAuthor,
                 action::PublishReply, action::WithholdReply, action::TellApart, action::CompareAgain,
                 action::LinkProposals, action::UnlinkProposals>;

/// Names of the alternatives of Action, in their order.
inline constexpr auto kActionNames =
    []<class... Alternative>(std::type_identity<std::variant<Alternative...>>) {
      return std::array<std::string_view, sizeof...(Alternative)>{Alternative::kName...};
    }(std::type_identity<Action>{});

} // namespace warsha::review

template <> struct warsha::Words<warsha::review::RefusalReason> {
  static constexpr std::array kAll{"out_of_scope", "personal_matter", "unclear", "already_answered",
                                   "not_a_proposal"};
};
template <> struct warsha::Words<warsha::review::Contested> {
  static constexpr std::array kAll{"refused", "proposed", "merged", "out_of_scope"};
};
template <> struct warsha::Words<warsha::review::AnswerKind> {
  static constexpr std::array kAll{"taken",        "taken_in_part", "already_done", "later",
                                   "not_feasible", "out_of_scope",  "not_ours"};
};
template <> struct warsha::Words<warsha::review::Stance> {
  static constexpr std::array kAll{"support", "reservation", "against"};
};
