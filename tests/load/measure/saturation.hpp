#pragma once

#include "tests/load/crowd.hpp"
#include "tests/load/measure/arrivals.hpp"
#include "tests/load/measure/report.hpp"
#include "tests/load/options.hpp"

namespace warsha::load {

/// Looks for the highest rate of submissions at which deliveries keep up. First the rate is raised step by
/// step, without a pause, until a quarter of a second's worth is submitted and not yet seen by everybody
/// (Little's law: a mean lag of a quarter second): what the server gets through then is where the search
/// begins. From there rates are held for a while, up until one is too much, or down until one is not. Too
/// much: the lag, or less than 95 % of what was submitted was seen. A rate that failed is tried a second
/// time, since a machine has other things to do at times.
class Saturation {
public:
  Saturation(EventLoop& loop, Arrivals& arrivals, Tally& tally, Crowd& crowd, const Options& options);

  /// The rate, with a little room left. Throws std::runtime_error when the server never recovers.
  [[nodiscard]] double find();
  /// Each rate that was held, with what came of it.
  [[nodiscard]] const Result& trials() const { return trials_; }
  /// Whether the server would have gone on: people are not permitted more.
  [[nodiscard]] bool limited_by_permission() const { return limited_by_permission_; }

private:
  /// What the server gets through when it gets too much, or the most that is permitted.
  [[nodiscard]] double climb();
  [[nodiscard]] bool sustains(double rate);
  [[nodiscard]] bool try_once(double rate);
  /// Whether the lag stays within bounds for so long.
  [[nodiscard]] bool keeps_up(double rate, Duration time);
  void recover(double rate);

  EventLoop& loop_;
  Arrivals& arrivals_;
  Tally& tally_;
  const Options& options_;
  double most_;
  Duration trial_time_;
  bool limited_by_permission_ = false;
  Result trials_ = Result::array();
};

} // namespace warsha::load
