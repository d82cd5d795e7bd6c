#pragma once

#include <cstddef>
#include <span>

/// How strongly and how widely people want a thing, as numbers from 0 to 1 that small counts cannot inflate.
namespace warsha::aggregation {

struct Interval {
  double lower = 0;
  double upper = 1;
};

/// Wilson's score interval (1927) for `yes` of `asked`; z = 1.96 for 95 %. Nobody asked: [0, 1].
[[nodiscard]] Interval wilson(std::size_t yes, std::size_t asked, double z);

/// How evenly the support comes from the places (regions, workshops, kinds of people): from 0, all of one
/// place or none, to 1, the same number from each; the entropy of the shares over the logarithm of the number
/// of places.
[[nodiscard]] double breadth(std::span<const std::size_t> supporters_by_place);

struct GroupVotes {
  std::size_t agrees = 0;
  /// Everybody of the group to whom it was shown: who agreed, disagreed or passed.
  std::size_t seen = 0;
};

/// Product over the groups of (agrees + 1) / (seen + 2): what every declared group wants outranks what one
/// wants loudly (Polis' group-informed consensus). A group that saw nothing counts one half. No groups: 1.
[[nodiscard]] double agreement_across(std::span<const GroupVotes> groups);

} // namespace warsha::aggregation
