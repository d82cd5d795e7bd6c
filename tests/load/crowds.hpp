#pragma once

#include "tests/load/crowd.hpp"
#include "tests/load/net/stream.hpp"
#include "tests/load/options.hpp"

namespace warsha::load {

/// The participants for --target.
[[nodiscard]] std::unique_ptr<Crowd> make_crowd(EventLoop& loop, const Server& server, Tally& tally,
                                                const Options& options);

} // namespace warsha::load
