#pragma once

#include "tests/load/crowd.hpp"
#include "tests/load/measure/arrivals.hpp"
#include "tests/load/measure/report.hpp"
#include "tests/load/options.hpp"

namespace warsha::load {

/// Looks for the highest rate of submissions at which deliveries keep up: what was submitted and is not yet
/// seen by everybody stays below half a second's worth (Little's law: a mean lag of half a second). Rates are
/// doubled until one is too much, then halved in between; one that failed is tried a second time, since a
/// machine has other things to do at times.
class Saturation {
public:
  Saturation(EventLoop& loop, Arrivals& arrivals, Tally& tally, Crowd& crowd, const Options& options);

  /// The rate, with a little room left. Throws std::runtime_error when the server never recovers.
  [[nodiscard]] double find();
  /// Each rate that was tried, with what came of it.
  [[nodiscard]] const Result& trials() const { return trials_; }

private:
  [[nodiscard]] bool sustains(double rate);
  [[nodiscard]] bool try_once(double rate);

  EventLoop& loop_;
  Arrivals& arrivals_;
  Tally& tally_;
  const Options& options_;
  double most_;
  Result trials_ = Result::array();
};

} // namespace warsha::load
