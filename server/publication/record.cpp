#include "server/publication/record.hpp"

#include "server/review/balance.hpp"
#include "server/review/behind.hpp"
#include "server/review/commitment_views.hpp"
#include "server/review/list_views.hpp"
#include "server/review/question_views.hpp"
#include "server/review/scores.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>
#include <span>
#include <unordered_map>

namespace warsha::publication {

using nlohmann::json;
using review::ContributionState;

namespace {

json ids(const auto& all) {
  json out = json::array();
  for (const auto& id : all)
    out.push_back(id.text());
  return out;
}

/// Everything that the review and the room know of what was said, to tell of one after the other.
struct Said {
  const review::Docket& docket;
  const review::Dossier& dossier;
  review::Merged merged = review::merged_in(docket, dossier);
  std::unordered_map<ContributionId, const store::ContributionRow*> rows{};
  std::set<ContributionId> in_ended{}; // in a proposal that stands no more: it was public with it

  Said(const review::Docket& of_docket, const review::Dossier& of_dossier)
      : docket(of_docket), dossier(of_dossier) {
    for (const auto& [workshop, all] : dossier.contributions)
      for (const auto& row : all)
        rows.emplace(row.id, &row);
    for (const auto& [id, proposal] : docket.proposals)
      if (proposal.ending)
        in_ended.insert(proposal.ending->contributions.begin(), proposal.ending->contributions.end());
  }
  /// Null: it was said after the dossier was read.
  [[nodiscard]] const store::ContributionRow* find(const ContributionId& id) const {
    const auto found = rows.find(id);
    return found == rows.end() ? nullptr : found->second;
  }
  /// Did the review do something with it, or with what it was merged into?
  [[nodiscard]] bool is_taken_up(const ContributionId& id) const {
    const auto* row = find(id);
    return in_ended.contains(id) ||
           docket.state_of(row ? review::decided_as(docket, *row) : id) != ContributionState::waiting;
  }
};

/// Where a contribution stands, in one word; of a proposed one its proposal says the rest.
std::string state_of(const Said& said, const live::Contribution& contribution) {
  if (contribution.state == live::State::withdrawn || contribution.state == live::State::hidden)
    return name(contribution.state);
  const auto* row = said.find(contribution.id);
  const bool shares = row && review::decided_as(said.docket, *row) != row->id;
  return shares ? "merged" : name(said.docket.state_of(contribution.id));
}

bool may_be_read(const live::Contribution& contribution) {
  return contribution.state == live::State::shown && !contribution.veiled;
}

/// How many had rated it when it was decided; a rating that was changed since is of afterwards.
std::size_t rated_before(const review::Reviewed& reviewed) {
  return static_cast<std::size_t>(std::ranges::count_if(
      reviewed.screenings, [&](const auto& one) { return one.second.at <= reviewed.at; }));
}

/// `readable`: its own words may be told, and so may what its author wrote about them since.
void add_review(json& out, const review::Reviewed& reviewed, bool readable) {
  if (reviewed.proposal)
    out["proposal"] = reviewed.proposal->text();
  if (reviewed.state == ContributionState::proposed || reviewed.state == ContributionState::refused)
    out["ratings"] = rated_before(reviewed);
  if (reviewed.revised && readable)
    out["revised"] = *reviewed.revised;
  if (reviewed.refusal)
    out["refused"] = {{"reason", name(reviewed.refusal->reason)},
                      {"words", {{"ar", reviewed.refusal->words.ar}, {"fr", reviewed.refusal->words.fr}}},
                      {"at", reviewed.at}};
  if (reviewed.contestation && readable)
    out["contestation"] = review::view_contestation(*reviewed.contestation, review::Reader::everybody);
}

/// What it was merged into in the meeting, what was merged into it, and how many contributions that makes.
void add_merged(json& out, const Said& said, const ContributionId& id) {
  const auto* row = said.find(id);
  if (!row)
    return;
  out["people"] = row->people;
  if (row->merged_into && !said.docket.stands_apart(id))
    out["merged_into"] = row->merged_into->text();
  const auto together = review::with_merged(said.merged, *row);
  if (together.size() == 1)
    return;
  for (const auto* under : std::span(together).subspan(1))
    out["merged"].push_back(under->id.text());
  out["behind"] = review::view_behind(said.dossier, together, review::Reader::everybody);
}

json view(const Said& said, const live::Board& board, const live::Contribution& contribution) {
  json out{{"id", contribution.id.text()},
           {"kind", name(contribution.kind)},
           {"workshop", board.workshop.text()},
           {"at", contribution.at},
           {"people", contribution.people},
           {"channel", name(contribution.channel)},
           {"state", state_of(said, contribution)},
           {"answers", ids(contribution.answers)},
           {"follows_from", ids(contribution.follows_from)}};
  if (may_be_read(contribution))
    out["text"] = contribution.text;
  if (!board.tallies_hidden)
    out["supports"] = contribution.supporters.size();
  if (contribution.theme)
    if (const auto* theme = board.find(*contribution.theme))
      out["theme"] = theme->title;
  add_merged(out, said, contribution.id);
  if (contribution.state == live::State::hidden) {
    if (contribution.ground)
      out["ground"] = name(*contribution.ground);
    if (!contribution.reason.empty())
      out["reason"] = contribution.reason;
  }
  if (const auto found = said.docket.contributions.find(contribution.id);
      found != said.docket.contributions.end())
    add_review(out, found->second, may_be_read(contribution));
  return out;
}

/// One that stands no more, with the questions that were public with it.
json view_ended(const Said& said, const review::Proposal& proposal) {
  auto out = review::view_ended(said.docket, proposal);
  if (auto questions = review::view_questions(said.docket, said.dossier, proposal, review::Reader::everybody);
      !questions.empty())
    out["questions"] = std::move(questions);
  return out;
}

/// Without the votes of workshops whose tallies are kept from everybody: what nobody may know is unknown to a
/// score as well. None when there are no such workshops.
std::optional<review::Dossier> without_hidden_tallies(const review::Dossier& dossier) {
  std::optional<review::Dossier> known;
  for (const auto& [workshop, board] : dossier.boards)
    if (board->tallies_hidden) {
      if (!known)
        known = dossier;
      known->people.erase(workshop);
    }
  return known;
}

json titled(const store::PlanTitle& title) {
  return {{"ar", title.ar}, {"fr", title.fr}};
}

json view(const store::PlanRow& plan) {
  json axes = json::array();
  for (const auto& axis : plan.axes)
    axes.push_back(titled(axis));
  return {{"id", plan.id.text()},
          {"title", titled(plan.title)},
          {"first_year", plan.first_year},
          {"last_year", plan.last_year},
          {"axes", std::move(axes)}};
}

json view(const store::ConsultationRow& about, const std::optional<store::PlanRow>& plan) {
  json out{{"id", about.id.text()},      {"title", about.title},
           {"language", about.language}, {"region", about.region},
           {"city", about.city},         {"venue", about.venue},
           {"date", about.date},         {"organisers", about.organisers}};
  if (plan)
    out["plan"] = view(*plan);
  return out;
}

/// Of those pairs one is here and the other in another consultation of the plan; none: both are here.
json view(const review::Docket& docket, const review::ProposalPair& pair) {
  const bool first_is_here = docket.find(pair.first) != nullptr;
  if (first_is_here && docket.find(pair.second))
    return nullptr;
  const auto& [here, other] = first_is_here ? pair : review::ProposalPair(pair.second, pair.first);
  return {{"proposal", here.text()}, {"other", other.text()}};
}

json view_links(const review::Docket& docket) {
  json out = json::array();
  for (const auto& [pair, since] : docket.links) {
    auto one = view(docket, pair);
    if (one.is_null())
      continue;
    one["at"] = since;
    out.push_back(std::move(one));
  }
  return out;
}

json view_told_apart(const review::Docket& docket) {
  json out = json::array();
  for (const auto& pair : docket.told_apart)
    if (auto one = view(docket, pair); !one.is_null())
      out.push_back(std::move(one));
  return out;
}

} // namespace

json make_record(const review::Docket& docket, const review::Dossier& dossier, TimeMs now) {
  json workshops = json::array();
  json contributions = json::array();
  const auto without_tallies = without_hidden_tallies(dossier);
  const Said said(docket, without_tallies ? *without_tallies : dossier);
  std::vector<store::ContributionRow> all;
  for (const auto& workshop : dossier.workshops) {
    const auto& board = *dossier.boards.at(workshop.id);
    const bool closed = board.phase == Phase::closed;
    std::size_t received = 0;
    for (const auto& contribution : board.contributions) {
      ++received;
      if (closed || said.is_taken_up(contribution.id))
        contributions.push_back(view(said, board, contribution));
    }
    const auto& rows = dossier.contributions.at(workshop.id);
    all.insert(all.end(), rows.begin(), rows.end());
    workshops.push_back({{"id", workshop.id.text()},
                         {"title", workshop.title},
                         {"closed", closed},
                         {"contributions", received},
                         {"balance", review::view_balance(review::balance_of(docket, rows))}});
    if (board.form)
      workshops.back()["form"] = {{"opens_at", board.form->opens_at}, {"closes_at", board.form->closes_at}};
    else
      workshops.back()["people"] = dossier.people.at(workshop.id).size();
  }
  json proposals = json::array();
  json ended = json::array();
  for (const auto& [id, proposal] : docket.proposals)
    if (proposal.ending)
      ended.push_back(view_ended(said, proposal));
    else
      proposals.push_back(
          review::view_proposal(docket, said.dossier, said.merged, proposal, review::Reader::everybody, now));
  json commitments = json::array();
  for (const auto& [id, commitment] : docket.commitments)
    if (commitment.state == review::CommitmentState::confirmed)
      commitments.push_back(
          review::view_commitment(docket, dossier, commitment, review::Reader::everybody, now));
  return {{"format", kRecordFormat},
          {"consultation", view(dossier.consultation, dossier.plan)},
          {"grid", review::view_criteria(docket.grid())},
          {"grids", review::view_grids(docket, dossier, review::Reader::everybody)},
          {"workshops", std::move(workshops)},
          {"contributions", std::move(contributions)},
          {"proposals", std::move(proposals)},
          {"ended_proposals", std::move(ended)},
          {"links", view_links(docket)},
          {"told_apart", view_told_apart(docket)},
          {"commitments", std::move(commitments)},
          {"lists", review::view_lists(docket, dossier, review::Reader::everybody, {}, now)},
          {"overrulings", review::view_overrulings(docket, now)},
          {"balance", review::view_balance(review::balance_of(docket, all))}};
}

} // namespace warsha::publication
