#include "server/aggregation/support.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace warsha::aggregation {

Interval wilson(std::size_t yes, std::size_t asked, double z) {
  if (asked == 0)
    return {};
  const auto n = static_cast<double>(asked);
  const double share = static_cast<double>(yes) / n;
  const double z2 = z * z;
  const double centre = share + z2 / (2 * n);
  const double reach = z * std::sqrt(share * (1 - share) / n + z2 / (4 * n * n));
  return {std::max(0.0, (centre - reach) / (1 + z2 / n)), std::min(1.0, (centre + reach) / (1 + z2 / n))};
}

double breadth(std::span<const std::size_t> supporters_by_place) {
  const auto all = static_cast<double>(
      std::accumulate(supporters_by_place.begin(), supporters_by_place.end(), std::size_t{0}));
  if (all == 0 || supporters_by_place.size() < 2)
    return 0;
  double entropy = 0;
  for (const std::size_t supporters : supporters_by_place)
    if (supporters > 0) {
      const double share = static_cast<double>(supporters) / all;
      entropy -= share * std::log(share);
    }
  return entropy / std::log(static_cast<double>(supporters_by_place.size()));
}

double agreement_across(std::span<const GroupVotes> groups) {
  double product = 1;
  for (const GroupVotes& group : groups)
    product *= static_cast<double>(group.agrees + 1) / static_cast<double>(group.seen + 2);
  return product;
}

} // namespace warsha::aggregation
