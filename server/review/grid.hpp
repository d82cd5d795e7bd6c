#pragma once

#include "protocol/messages.hpp"
#include "server/review/grid_actions.hpp"

#include <optional>
#include <vector>

/// Versions of the plan's grid, as the ledger has them.
namespace warsha::review {

struct GridVersion {
  std::vector<WeightedCriterion> criteria;
  std::optional<Words> why; // none for the first
  TimeMs at{};
  ActorId by;
};

/// For consultations whose organiser published none: support 30, breadth 20, clarity 15, precision 15,
/// link 20.
[[nodiscard]] const std::vector<WeightedCriterion>& shipped_grid();

[[nodiscard]] std::int64_t sum_of_weights(const std::vector<WeightedCriterion>& criteria);
[[nodiscard]] bool has(const std::vector<WeightedCriterion>& criteria, Criterion criterion);

/// What one person said of the criteria that administrations rate.
[[nodiscard]] std::vector<std::pair<Criterion, std::int64_t>> values_of(const action::Rate& rating);

} // namespace warsha::review
