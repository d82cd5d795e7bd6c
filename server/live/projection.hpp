#pragma once

#include "server/live/board.hpp"
#include "server/store/journal.hpp"

namespace warsha::live {

/// The row of the store's projection for a contribution as it stands.
[[nodiscard]] store::ContributionRow row_of(const Contribution& contribution);

} // namespace warsha::live
