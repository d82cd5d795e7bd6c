#include "server/mail/news.hpp"

#include "protocol/limits.hpp"

#include <algorithm>

namespace warsha::mail {

namespace {

using review::ContributionState;
using review::ProposalState;
namespace action = review::action;

bool contains(const auto& all, const auto& one) {
  return std::ranges::find(all, one) != all.end();
}

/// One entry on the docket before it.
struct Reader {
  const review::Docket& before;
  const review::Entry& entry;

  using Outcome = std::vector<News>;

  [[nodiscard]] News news(NewsKind kind) const {
    News made;
    made.kind = kind;
    made.at = entry.at;
    return made;
  }
  [[nodiscard]] News of(NewsKind kind, const ContributionId& contribution) const {
    auto made = news(kind);
    made.contributions = {contribution};
    return made;
  }
  /// Of a proposal, and so of all that it was made from.
  [[nodiscard]] News of(NewsKind kind, const ProposalId& id) const {
    auto made = news(kind);
    add(made, id);
    made.title = before.proposals.at(id).title;
    return made;
  }
  void add(News& made, const ProposalId& id) const {
    const auto& proposal = before.proposals.at(id);
    made.proposals.push_back(id);
    for (const auto& contribution : proposal.contributions)
      made.contributions.push_back(contribution);
  }
  [[nodiscard]] News of(NewsKind kind, const review::Commitment& commitment) const {
    auto made = news(kind);
    for (const auto& id : commitment.proposals)
      add(made, id);
    made.commitment = commitment.words.title;
    made.administration = commitment.lead;
    return made;
  }

  Outcome operator()(const action::Return& done) const {
    auto made = of(NewsKind::returned, done.contribution);
    made.own = true;
    made.note = done.note;
    return {made};
  }
  Outcome operator()(const action::Refuse& done) const {
    auto made = of(NewsKind::refused, done.contribution);
    made.refusal = done.reason;
    made.words = done.words;
    return {made};
  }
  Outcome operator()(const action::Reconsider& done) const {
    return {of(NewsKind::reopened, done.contribution)};
  }
  Outcome operator()(const action::Propose& done) const {
    auto made = news(NewsKind::joined);
    made.contributions = done.contributions;
    made.title = done.title;
    return {made};
  }
  Outcome operator()(const action::Join& done) const {
    auto made = news(NewsKind::joined);
    made.contributions = done.contributions;
    made.title = before.proposals.at(done.proposal).title;
    return {made};
  }
  Outcome operator()(const action::Leave& done) const { return {of(NewsKind::reopened, done.contribution)}; }
  Outcome operator()(const action::DissolveProposal& done) const {
    auto made = of(NewsKind::reopened, done.proposal);
    made.words = done.words;
    return {made};
  }
  Outcome operator()(const action::MergeProposal& done) const {
    auto made = of(NewsKind::joined, done.proposal);
    made.title = before.proposals.at(done.into).title;
    made.words = done.words;
    return {made};
  }
  Outcome operator()(const action::UnmergeProposal& done) const {
    const auto& proposal = before.proposals.at(done.proposal);
    auto made = news(NewsKind::joined);
    made.proposals = {done.proposal};
    made.contributions = before.to_give_back(proposal);
    made.title = proposal.title;
    return {made};
  }

  Outcome operator()(const action::Route& done) const {
    const auto& proposal = before.proposals.at(done.proposal);
    const bool is_there =
        proposal.state == ProposalState::routed || proposal.state == ProposalState::answer_proposed;
    if (is_there && proposal.lead == done.lead)
      return {}; // only who helps changed
    auto made = of(NewsKind::routed, done.proposal);
    made.administration = done.lead;
    made.due_at = review::after_working_days(entry.at, limits::kAnswerWorkingDays);
    return {made};
  }
  Outcome operator()(const action::Decline& done) const {
    auto made = of(NewsKind::declined, done.proposal);
    made.administration = review::holder_of(before.proposals.at(done.proposal));
    made.words = done.words;
    return {made};
  }
  Outcome operator()(const action::Accept& done) const { return {accepted(done.proposal)}; }
  Outcome operator()(const action::Share& done) const {
    auto made = accepted(done.proposal);
    made.words = done.words;
    return {made};
  }
  [[nodiscard]] News accepted(const ProposalId& id) const {
    auto made = of(NewsKind::routed, id);
    made.administration = review::holder_of(before.proposals.at(id));
    made.due_at = review::after_working_days(entry.at, limits::kAnswerWorkingDays);
    return made;
  }
  Outcome operator()(const action::Approve& done) const { return published({done.proposal}); }
  /// Each with the words that are its own.
  Outcome operator()(const action::ApproveTogether& done) const { return published(done.proposals); }
  [[nodiscard]] Outcome published(const std::vector<ProposalId>& proposals) const {
    Outcome all;
    for (const auto& id : proposals) {
      const auto& proposed = before.proposals.at(id).proposed;
      if (!proposed)
        continue;
      auto made = of(NewsKind::answered, id);
      made.answer = proposed->answer.kind;
      made.words = proposed->answer.words;
      made.link = proposed->answer.link.value_or("");
      made.administration = proposed->administration;
      all.push_back(std::move(made));
    }
    return all;
  }

  Outcome operator()(const action::Ask& done) const {
    if (done.to != review::Asked::authors)
      return {};
    const auto& proposal = before.proposals.at(done.proposal);
    auto made = news(NewsKind::asked);
    made.contributions = proposal.contributions;
    made.authors_only = true;
    made.title = proposal.title;
    made.administration = proposal.lead;
    made.note = done.text;
    return {made};
  }
  Outcome operator()(const action::WithholdReply& done) const {
    auto made = of(NewsKind::withheld, done.contribution);
    made.own = true;
    made.authors_only = true;
    made.note = done.note;
    return {made};
  }

  Outcome operator()(const action::DecideContestation& done) const {
    auto made =
        of(done.upheld ? NewsKind::contestation_upheld : NewsKind::contestation_rejected, done.contribution);
    made.own = true;
    made.words = done.words;
    Outcome all{made};
    if (auto dissolved = dissolved_by(done))
      all.push_back(std::move(*dissolved));
    return all;
  }
  /// An upheld objection may take out all that a proposal was made from: who follows that, or what stood
  /// under the contribution, is told as well.
  [[nodiscard]] std::optional<News> dissolved_by(const action::DecideContestation& done) const {
    const auto& reviewed = before.contributions.at(done.contribution);
    if (!done.upheld || !reviewed.proposal || reviewed.contestation->against == review::Contested::merged ||
        before.proposals.at(*reviewed.proposal).contributions.size() > 1)
      return std::nullopt;
    auto made = of(NewsKind::reopened, *reviewed.proposal);
    made.words = done.words;
    return made;
  }
  Outcome operator()(const action::ConfirmCommitment& done) const {
    const auto& commitment = before.commitments.at(done.commitment);
    auto made = of(NewsKind::committed, commitment);
    made.words = commitment.words.description;
    return {made};
  }
  Outcome operator()(const action::Progress& done) const {
    auto made = of(NewsKind::progressed, before.commitments.at(done.commitment));
    made.progress = done.status;
    made.words = done.words;
    made.link = done.link.value_or("");
    return {made};
  }

  // Between those who work on it, or not decided yet.
  Outcome operator()(const action::Screen&) const { return {}; }
  Outcome operator()(const action::Revise&) const { return {}; }
  Outcome operator()(const action::RewordProposal&) const { return {}; }
  Outcome operator()(const action::Note&) const { return {}; }
  Outcome operator()(const action::Assign&) const { return {}; }
  Outcome operator()(const action::Answer&) const { return {}; }
  Outcome operator()(const action::AnswerTogether&) const { return {}; }
  Outcome operator()(const action::RejectAnswer&) const { return {}; }
  Outcome operator()(const action::Contest&) const { return {}; }
  Outcome operator()(const action::Opine&) const { return {}; }
  Outcome operator()(const action::Commit&) const { return {}; }
  Outcome operator()(const action::ReturnCommitment&) const { return {}; }
  Outcome operator()(const action::Reply&) const { return {}; }
  Outcome operator()(const action::ReplyAsAuthor&) const { return {}; }

  // On the proposal's page beside its way, which it leaves as it is.
  Outcome operator()(const action::PublishReply&) const { return {}; }

  // How proposals are weighed, and what the committee says of a list: public on its pages, and no fate yet.
  // What comes of it is told when a commitment is confirmed.
  Outcome operator()(const action::PublishGrid&) const { return {}; }
  Outcome operator()(const action::ChangeGrid&) const { return {}; }
  Outcome operator()(const action::Rate&) const { return {}; }
  Outcome operator()(const action::SubmitList&) const { return {}; }
  Outcome operator()(const action::WithdrawList&) const { return {}; }
  Outcome operator()(const action::Object&) const { return {}; }
  Outcome operator()(const action::WithdrawObjection&) const { return {}; }
  Outcome operator()(const action::Vote&) const { return {}; }
  // Nothing is decided of the proposals, and each keeps its way: their pages tell it.
  Outcome operator()(const action::TellApart&) const { return {}; }
  Outcome operator()(const action::CompareAgain&) const { return {}; }
  Outcome operator()(const action::LinkProposals&) const { return {}; }
  Outcome operator()(const action::UnlinkProposals&) const { return {}; }
};

/// What stands under another shares its fate.
std::optional<ContributionId> followed_contribution(const store::Follower& follower,
                                                    const review::Docket& before, bool own) {
  const auto id = ContributionId::parse(follower.subscription.target);
  if (!id || own || !follower.merged_into || before.state_of(*id) != ContributionState::waiting)
    return id;
  return before.stands_apart(*id) ? id : follower.merged_into;
}

bool concerns(const News& news, const review::Docket& before, const store::Follower& follower) {
  const auto& subscription = follower.subscription;
  switch (subscription.about) {
  case store::About::contribution: {
    const auto id = followed_contribution(follower, before, news.own);
    return id && contains(news.contributions, *id);
  }
  case store::About::proposal: {
    // What was merged into another goes on there.
    const auto id = ProposalId::parse(subscription.target);
    const auto* now = id ? before.carried_on_in(*id) : nullptr;
    return id && (contains(news.proposals, *id) || (now && contains(news.proposals, now->id)));
  }
  case store::About::consultation:
    return false; // told of the day's answers together
  }
  return false;
}

/// The public page says nothing of an objection to what may not be read.
bool may_know(const News& news, const store::Follower& follower) {
  if (news.authors_only && follower.subscription.relation == store::Relation::reader)
    return false;
  const bool of_contestation =
      news.kind == NewsKind::contestation_upheld || news.kind == NewsKind::contestation_rejected;
  return !of_contestation || follower.text || follower.subscription.relation != store::Relation::reader;
}

} // namespace

std::vector<News> news_of(const review::Docket& before, const review::Entry& entry) {
  return std::visit(Reader{before, entry}, entry.action);
}

std::vector<Told> who_is_told(const News& news, Seq seq, const review::Docket& before,
                              const std::vector<store::Follower>& followers) {
  std::vector<Told> all;
  for (const auto& follower : followers) {
    if (seq <= follower.subscription.told_seq || !concerns(news, before, follower) ||
        !may_know(news, follower))
      continue;
    auto told = std::ranges::find(all, follower.subscription.recipient, &Told::recipient);
    if (told == all.end())
      told = all.insert(all.end(), {follower.subscription.recipient, follower.language, {}});
    told->parts.push_back(follower);
  }
  for (auto& told : all)
    std::ranges::stable_sort(told.parts, [](const store::Follower& a, const store::Follower& b) {
      return a.subscription.relation > b.subscription.relation;
    });
  return all;
}

} // namespace warsha::mail
