#pragma once

#include "tests/load/options.hpp"

namespace warsha::load {

/// Each plays one scenario, prints its table, writes its JSON, and gives the exit status. What makes it
/// impossible is thrown as std::runtime_error, in one line.

/// Rooms of people who speak at a fixed total rate, or at the highest that the server sustains.
[[nodiscard]] int run_steady(const Options& options);

} // namespace warsha::load
