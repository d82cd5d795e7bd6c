#pragma once

#include "tests/load/options.hpp"

namespace warsha::load {

/// Each plays one scenario, prints its table, writes its JSON, and gives the exit status. What makes it
/// impossible is thrown as std::runtime_error, in one line.

/// Rooms of people who speak at a fixed total rate, or at the highest that the server sustains.
[[nodiscard]] int run_steady(const Options& options);
/// People who are there and say nothing.
[[nodiscard]] int run_idle(const Options& options);
/// Everybody of one room supports something within two seconds, in rooms of several sizes.
[[nodiscard]] int run_vote(const Options& options);
/// Everybody loses the network, and comes back at the same moment.
[[nodiscard]] int run_return(const Options& options);
/// A steady load with and without people who read nothing, in turn.
[[nodiscard]] int run_slow(const Options& options);
/// Workshops side by side through all their phases, with people who come and go.
[[nodiscard]] int run_day(const Options& options);

/// Compares the logs of --log with the server's database (see history_check.hpp).
[[nodiscard]] int run_check(const Options& options);

} // namespace warsha::load
