#include "server/review/grid.hpp"

#include <algorithm>
#include <numeric>

namespace warsha::review {

const std::vector<WeightedCriterion>& shipped_grid() {
  static const std::vector<WeightedCriterion> kGrid{{Criterion::support, 30},
                                                    {Criterion::breadth, 20},
                                                    {Criterion::clarity, 15},
                                                    {Criterion::precision, 15},
                                                    {Criterion::link, 20}};
  return kGrid;
}

std::int64_t sum_of_weights(const std::vector<WeightedCriterion>& criteria) {
  return std::accumulate(criteria.begin(), criteria.end(), std::int64_t{0},
                         [](std::int64_t sum, const WeightedCriterion& one) { return sum + one.weight; });
}

bool has(const std::vector<WeightedCriterion>& criteria, Criterion criterion) {
  return std::ranges::find(criteria, criterion, &WeightedCriterion::criterion) != criteria.end();
}

std::vector<std::pair<Criterion, std::int64_t>> values_of(const action::Rate& rating) {
  std::vector<std::pair<Criterion, std::int64_t>> values;
  const auto add = [&](Criterion criterion, const std::optional<std::int64_t>& value) {
    if (value)
      values.emplace_back(criterion, *value);
  };
  add(Criterion::need, rating.need);
  add(Criterion::feasibility, rating.feasibility);
  add(Criterion::cost, rating.cost);
  add(Criterion::legal_base, rating.legal_base);
  add(Criterion::measurable, rating.measurable);
  return values;
}

} // namespace warsha::review
