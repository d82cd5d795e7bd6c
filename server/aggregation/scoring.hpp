#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

/// Proposals against a published grid of weighted criteria. Every figure can be recomputed by hand:
///   value of a criterion = mean of its ratings;
///   score = Σ weight × value ÷ Σ weight, over the criteria that are known;
///   lowest (highest) = the same over all criteria, the unknown ones taken as 0 (1).
namespace warsha::aggregation {

struct Criterion {
  std::string id;
  double weight = 1; // 0 or more
};

/// One rating of one criterion, from 0 to 1.
struct Rating {
  std::string criterion;
  double value = 0;
  /// Who or what it comes from: a rater, "support", "breadth".
  std::string origin;
};

struct CriterionScore {
  std::string criterion;
  double weight = 0;
  /// Weight ÷ all weights of the grid.
  double share = 0;
  /// None: unknown, which is not 0.
  std::optional<double> value;
  /// Highest minus lowest rating; 0 with fewer than two.
  double disagreement = 0;
  /// As given, ordered by origin, then value.
  std::vector<Rating> ratings;
};

struct Score {
  /// None when no criterion with a weight is known.
  std::optional<double> value;
  double lowest = 0;
  double highest = 1;
  /// In the grid's order.
  std::vector<CriterionScore> criteria;
};

/// Ratings of criteria that the grid hasn't are left out.
[[nodiscard]] Score score(std::span<const Criterion> grid, std::span<const Rating> ratings);

struct Ranked {
  std::size_t proposal = 0; // index in what was given
  std::size_t rank = 1;     // 1, 2, 2, 4: equals share the better place; without a value: after all with one
};

/// In the order of rank, then of what was given. Values nearer than 1e-9 are equal.
[[nodiscard]] std::vector<Ranked> rank(std::span<const Score> scores);

/// What a proposal's score would be with other weights, from its criteria alone.
[[nodiscard]] Score reweigh(const Score& score, std::span<const Criterion> grid);

struct Move {
  std::size_t proposal = 0;
  std::size_t from = 0; // rank
  std::size_t to = 0;
};

/// Who changes place when the grid becomes this one; those who stay are left out. In the order given.
[[nodiscard]] std::vector<Move> moves(std::span<const Score> scores, std::span<const Criterion> grid);

struct Sensitivity {
  std::string criterion;
  /// The weight was multiplied by this.
  double factor = 1;
  std::vector<Move> moves;
};

/// moves() with each criterion's weight halved and doubled in turn: which places hang on which weight.
[[nodiscard]] std::vector<Sensitivity> sensitivity(std::span<const Score> scores,
                                                   std::span<const Criterion> grid);

} // namespace warsha::aggregation
