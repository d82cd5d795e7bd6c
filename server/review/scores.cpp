#include "server/review/scores.hpp"

#include "server/aggregation/defaults.hpp"
#include "server/aggregation/support.hpp"
#include "server/review/in_both.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

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

/// Who supports what, of one workshop.
struct Supported {
  std::size_t supports = 0;
  std::set<ActorId> people;
};

std::map<WorkshopId, Supported> supported_in(const Docket& docket, const Dossier& dossier,
                                             const Proposal& proposal) {
  const std::set<ContributionId> made_from(proposal.contributions.begin(), proposal.contributions.end());
  std::map<WorkshopId, Supported> all;
  for (const auto& [workshop, rows] : dossier.contributions)
    for (const auto& row : rows) {
      if (!made_from.contains(decided_as(docket, row)))
        continue;
      auto& there = all[workshop];
      if (const auto found = dossier.supporters.find(row.id); found != dossier.supporters.end()) {
        there.supports += found->second.size();
        there.people.insert(found->second.begin(), found->second.end());
      }
    }
  return all;
}

void add_groups(Basis& basis, const Docket& docket, const Dossier& dossier, const Proposal& proposal) {
  const auto supported = supported_in(docket, dossier, proposal);
  std::set<ActorId> supporters;
  std::set<ActorId> asked;
  for (const auto& [workshop, people] : dossier.people) {
    const auto found = supported.find(workshop);
    if (found == supported.end()) {
      basis.groups.push_back({workshop});
      continue;
    }
    const auto& there = found->second;
    auto asked_there = people;
    asked_there.insert(there.people.begin(), there.people.end());
    basis.groups.push_back({workshop, there.supports, there.people.size(), asked_there.size()});
    supporters.insert(there.people.begin(), there.people.end());
    asked.merge(asked_there);
  }
  basis.supporters = supporters.size();
  basis.asked = asked.size();
}

void add_counted(Basis& basis) {
  std::vector<std::size_t> by_workshop;
  std::vector<aggregation::GroupVotes> votes;
  for (const auto& group : basis.groups) {
    by_workshop.push_back(group.supporters);
    votes.push_back({group.supporters, group.asked});
  }
  const auto add = [&](Criterion criterion, double value) {
    basis.ratings.push_back({name(criterion), value, "support"});
  };
  if (basis.asked > 0) {
    add(Criterion::support, aggregation::wilson(basis.supporters, basis.asked, confidence()).lower);
    add(Criterion::agreement, aggregation::agreement_across(votes));
  }
  if (by_workshop.size() > 1)
    add(Criterion::breadth, aggregation::breadth(by_workshop));
}

void add_screenings(Basis& basis, const Docket& docket, const Proposal& proposal) {
  for (const auto& id : proposal.contributions)
    if (const auto found = docket.contributions.find(id); found != docket.contributions.end())
      for (const auto& [account, screening] : found->second.screenings) {
        if (found->second.is_of_old_words(screening))
          continue;
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
  Basis basis;
  add_groups(basis, docket, dossier, proposal);
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
    groups.push_back({{"workshop", group.workshop.text()},
                      {"supports", group.supports},
                      {"supporters", group.supporters},
                      {"asked", group.asked}});
  json out{
      {"lowest", score.lowest},      {"highest", score.highest},       {"grid_version", docket.grids.size()},
      {"groups", std::move(groups)}, {"supporters", basis.supporters}, {"asked", basis.asked},
      {"z", confidence()},           {"criteria", std::move(criteria)}};
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
    if (proposal.ending)
      continue;
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
