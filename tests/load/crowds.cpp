#include "tests/load/crowds.hpp"

#include "tests/load/dialects/peer_crowd.hpp"
#include "tests/load/live/live_crowd.hpp"

namespace warsha::load {

std::unique_ptr<Crowd> make_crowd(EventLoop& loop, const Server& server, Tally& tally,
                                  const Options& options) {
  if (options.target == Target::warsha)
    return std::make_unique<LiveCrowd>(loop, server, tally, options);
  return std::make_unique<PeerCrowd>(loop, server, tally, options);
}

} // namespace warsha::load
