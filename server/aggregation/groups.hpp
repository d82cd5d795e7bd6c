#pragma once

#include "server/aggregation/similarity.hpp"

#include <string>
#include <vector>

namespace warsha::aggregation {

/// Groups whose members are all alike: two texts are in one group only if their own pair reaches `at_least`,
/// so that a chain of likenesses never joins what has nothing in common (complete linkage). The likest pairs
/// are joined first; a pair that is not given counts as unlike. Groups of one are left out. Members and
/// groups are ordered by id; the order of `pairs` doesn't matter.
[[nodiscard]] std::vector<std::vector<std::string>> group(std::vector<ScoredPair> pairs, double at_least);

} // namespace warsha::aggregation
