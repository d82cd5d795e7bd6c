#include "server/review/scores.hpp"

#include "server/aggregation/defaults.hpp"
#include "server/aggregation/support.hpp"
#include "server/review/in_both.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <numeric>

namespace warsha::review {

using nlohmann::json;

namespace {

/// From 1 to 5 onto 0 to 1.
double scaled(std::int64_t rating) {
  return static_cast<double>(rating - 1) / 4;
}

double confidence() {
  return aggregation::shipped_parameters().scoring.z;
}

std::vector<Group> groups_of(const Docket& docket, const Dossier& dossier, const Proposal& proposal) {
  std::map<WorkshopId, std::int64_t> most_supports;
  for (const auto& [workshop, rows] : dossier.contributions)
    for (const auto& row : rows)
      if (std::ranges::find(proposal.contributions, decided_as(docket, row)) != proposal.contributions.end())
        most_supports[workshop] = std::max(most_supports[workshop], row.supports);
  std::vector<Group> groups;
  for (const auto& [workshop, people] : dossier.people) {
    const auto found = most_supports.find(workshop);
    if (found == most_supports.end()) {
      groups.push_back({workshop, 0, 0});
      continue;
    }
    const auto supporters = static_cast<std::size_t>(found->second);
    groups.push_back({workshop, supporters, std::max(people, supporters)});
  }
  return groups;
}

void add_counted(Basis& basis) {
  std::size_t supporters = 0;
  std::size_t asked = 0;
  std::vector<std::size_t> by_workshop;
  std::vector<aggregation::GroupVotes> votes;
  for (const auto& group : basis.groups) {
    supporters += group.supporters;
    asked += group.asked;
    by_workshop.push_back(group.supporters);
    votes.push_back({group.supporters, group.asked});
  }
  const auto add = [&](Criterion criterion, double value) {
    basis.ratings.push_back({name(criterion), value, "support"});
  };
  if (asked > 0) {
    add(Criterion::support, aggregation::wilson(supporters, asked, confidence()).lower);
    add(Criterion::agreement, aggregation::agreement_across(votes));
  }
  if (by_workshop.size() > 1)
    add(Criterion::breadth, aggregation::breadth(by_workshop));
}

void add_screenings(Basis& basis, const Docket& docket, const Proposal& proposal) {
  for (const auto& id : proposal.contributions)
    if (const auto found = docket.contributions.find(id); found != docket.contributions.end())
      for (const auto& [account, screening] : found->second.screenings) {
        basis.ratings.push_back({name(Criterion::clarity), scaled(screening.clarity), "screening"});
        basis.ratings.push_back({name(Criterion::precision), scaled(screening.precision), "screening"});
        basis.ratings.push_back({name(Criterion::link), scaled(screening.link), "screening"});
      }
}

void add_ratings(Basis& basis, const Proposal& proposal) {
  for (const auto& [rater, rated] : proposal.ratings)
    if (is_with(proposal, rater.first))
      for (const auto& [criterion, value] : rated.values)
        basis.ratings.push_back({name(criterion), scaled(value), rater.first});
}

json view(const aggregation::CriterionScore& criterion) {
  json out{{"criterion", criterion.criterion},
           {"weight", criterion.weight},
           {"share", criterion.share},
           {"disagreement", criterion.disagreement}};
  if (criterion.value)
    out["value"] = *criterion.value;
  json ratings = json::array();
  for (const auto& rating : criterion.ratings)
    ratings.push_back({{"value", rating.value}, {"origin", rating.origin}});
  out["ratings"] = std::move(ratings);
  return out;
}

} // namespace

Basis basis_of(const Docket& docket, const Dossier& dossier, const Proposal& proposal) {
  Basis basis{groups_of(docket, dossier, proposal), {}};
  add_counted(basis);
  add_screenings(basis, docket, proposal);
  add_ratings(basis, proposal);
  return basis;
}

std::vector<aggregation::Criterion> weights_of(const std::vector<WeightedCriterion>& criteria) {
  std::vector<aggregation::Criterion> out;
  for (const auto& one : criteria)
    out.push_back({name(one.criterion), static_cast<double>(one.weight)});
  return out;
}

json view_score(const Docket& docket, const Dossier& dossier, const Proposal& proposal) {
  const auto basis = basis_of(docket, dossier, proposal);
  const auto score = aggregation::score(weights_of(docket.grid()), basis.ratings);
  json criteria = json::array();
  for (const auto& criterion : score.criteria)
    criteria.push_back(view(criterion));
  json groups = json::array();
  for (const auto& group : basis.groups)
    groups.push_back(
        {{"workshop", group.workshop.text()}, {"supporters", group.supporters}, {"asked", group.asked}});
  json out{{"lowest", score.lowest},      {"highest", score.highest}, {"grid_version", docket.grids.size()},
           {"groups", std::move(groups)}, {"z", confidence()},        {"criteria", std::move(criteria)}};
  if (score.value)
    out["value"] = *score.value;
  return out;
}

json view_criteria(const std::vector<WeightedCriterion>& criteria) {
  json out = json::array();
  for (const auto& one : criteria)
    out.push_back({{"criterion", name(one.criterion)}, {"weight", one.weight}});
  return out;
}

json view_grids(const Docket& docket, const Dossier& dossier, Reader reader) {
  json out = json::array();
  for (const auto& grid : docket.grids) {
    json one{{"version", out.size() + 1}, {"at", grid.at}, {"criteria", view_criteria(grid.criteria)}};
    if (grid.why)
      one["why"] = in_both(*grid.why);
    if (reader != Reader::everybody)
      one["by"] = name_of(dossier, grid.by);
    out.push_back(std::move(one));
  }
  return out;
}

json view_preview(const Docket& docket, const Dossier& dossier,
                  const std::vector<WeightedCriterion>& criteria) {
  const auto in_force = weights_of(docket.grid());
  const auto wanted = weights_of(criteria);
  std::vector<const Proposal*> proposals;
  std::vector<aggregation::Score> before;
  std::vector<aggregation::Score> after;
  for (const auto& [id, proposal] : docket.proposals) {
    const auto basis = basis_of(docket, dossier, proposal);
    proposals.push_back(&proposal);
    before.push_back(aggregation::score(in_force, basis.ratings));
    after.push_back(aggregation::score(wanted, basis.ratings));
  }
  std::vector<std::size_t> was(proposals.size());
  for (const auto& ranked : aggregation::rank(before))
    was[ranked.proposal] = ranked.rank;
  json out = json::array();
  for (const auto& ranked : aggregation::rank(after)) {
    const auto& score = after[ranked.proposal];
    json one{{"id", proposals[ranked.proposal]->id.text()},
             {"title", proposals[ranked.proposal]->title},
             {"rank", ranked.rank},
             {"was", was[ranked.proposal]},
             {"lowest", score.lowest},
             {"highest", score.highest}};
    if (score.value)
      one["value"] = *score.value;
    out.push_back(std::move(one));
  }
  return {{"proposals", std::move(out)}};
}

} // namespace warsha::review
