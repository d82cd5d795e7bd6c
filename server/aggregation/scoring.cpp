#include "server/aggregation/scoring.hpp"

#include <algorithm>
#include <numeric>
#include <tuple>

namespace warsha::aggregation {

namespace {

constexpr double kEqual = 1e-9;

/// Sets shares, value and interval out of weights and criterion values.
void conclude(Score& score) {
  double all = 0, known = 0, sum = 0;
  for (const CriterionScore& criterion : score.criteria) {
    all += criterion.weight;
    if (criterion.value) {
      known += criterion.weight;
      sum += criterion.weight * *criterion.value;
    }
  }
  for (CriterionScore& criterion : score.criteria)
    criterion.share = all > 0 ? criterion.weight / all : 0;
  score.value = known > 0 ? std::optional(sum / known) : std::nullopt;
  score.lowest = all > 0 ? sum / all : 0;
  score.highest = all > 0 ? (sum + all - known) / all : 1;
}

std::vector<std::size_t> ranks_by_proposal(std::span<const Score> scores) {
  std::vector<std::size_t> ranks(scores.size());
  for (const Ranked& ranked : rank(scores))
    ranks[ranked.proposal] = ranked.rank;
  return ranks;
}

} // namespace

Score score(std::span<const Criterion> grid, std::span<const Rating> ratings) {
  Score result;
  for (const Criterion& criterion : grid) {
    CriterionScore& entry = result.criteria.emplace_back();
    entry.criterion = criterion.id;
    entry.weight = criterion.weight;
    for (const Rating& rating : ratings)
      if (rating.criterion == criterion.id)
        entry.ratings.push_back(rating);
    if (entry.ratings.empty())
      continue;
    std::sort(entry.ratings.begin(), entry.ratings.end(), [](const auto& a, const auto& b) {
      return std::tie(a.origin, a.value) < std::tie(b.origin, b.value);
    });
    double sum = 0, least = entry.ratings.front().value, most = least;
    for (const Rating& rating : entry.ratings) {
      sum += rating.value;
      least = std::min(least, rating.value);
      most = std::max(most, rating.value);
    }
    entry.value = sum / static_cast<double>(entry.ratings.size());
    entry.disagreement = most - least;
  }
  conclude(result);
  return result;
}

std::vector<Ranked> rank(std::span<const Score> scores) {
  std::vector<std::size_t> order(scores.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const auto value = [&](std::size_t i) { return scores[i].value.value_or(-1); };
  std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return value(a) > value(b); });
  std::vector<Ranked> ranked;
  for (std::size_t i = 0; i < order.size(); ++i) {
    const bool equal = i > 0 && value(order[i - 1]) - value(order[i]) < kEqual;
    ranked.push_back({order[i], equal ? ranked.back().rank : i + 1});
  }
  std::sort(ranked.begin(), ranked.end(), [](const auto& a, const auto& b) {
    return std::tie(a.rank, a.proposal) < std::tie(b.rank, b.proposal);
  });
  return ranked;
}

Score reweigh(const Score& score, std::span<const Criterion> grid) {
  Score result;
  for (const Criterion& criterion : grid) {
    const auto found = std::find_if(score.criteria.begin(), score.criteria.end(),
                                    [&](const auto& known) { return known.criterion == criterion.id; });
    CriterionScore& entry = result.criteria.emplace_back();
    if (found != score.criteria.end())
      entry = *found;
    entry.criterion = criterion.id;
    entry.weight = criterion.weight;
  }
  conclude(result);
  return result;
}

std::vector<Move> moves(std::span<const Score> scores, std::span<const Criterion> grid) {
  std::vector<Score> reweighed;
  reweighed.reserve(scores.size());
  for (const Score& before : scores)
    reweighed.push_back(reweigh(before, grid));
  const auto from = ranks_by_proposal(scores);
  const auto to = ranks_by_proposal(reweighed);
  std::vector<Move> moved;
  for (std::size_t i = 0; i < scores.size(); ++i)
    if (from[i] != to[i])
      moved.push_back({i, from[i], to[i]});
  return moved;
}

std::vector<Sensitivity> sensitivity(std::span<const Score> scores, std::span<const Criterion> grid) {
  std::vector<Sensitivity> out;
  std::vector<Criterion> changed(grid.begin(), grid.end());
  for (std::size_t i = 0; i < grid.size(); ++i)
    for (const double factor : {0.5, 2.0}) {
      changed[i].weight = grid[i].weight * factor;
      out.push_back({grid[i].id, factor, moves(scores, changed)});
      changed[i].weight = grid[i].weight;
    }
  return out;
}

} // namespace warsha::aggregation
