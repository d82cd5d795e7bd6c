#pragma once

#include "server/aggregation/router.hpp"
#include "server/review/docket.hpp"

#include <memory>
#include <mutex>
#include <vector>

namespace warsha::review {

/// Whose a proposal may be, learned from the competences and from every routing that people confirmed or
/// declined. Thread-safe; learning is slow and belongs on a reader's thread.
class RoutingAdvice {
public:
  /// Learns `decisions` if they are others than those known, and ranks.
  [[nodiscard]] aggregation::Routing suggest(const std::vector<aggregation::Decision>& decisions,
                                             const aggregation::Question& question);

private:
  std::mutex mutex_;
  std::shared_ptr<const aggregation::Router> router_; // replaced as a whole when something new was decided
  std::vector<aggregation::Decision> known_;
};

/// What a docket's people decided: whose each routed proposal is, and whose it is not.
[[nodiscard]] std::vector<aggregation::Decision> decisions_of(const Docket& docket);

} // namespace warsha::review
