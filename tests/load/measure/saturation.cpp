#include "tests/load/measure/saturation.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>

namespace warsha::load {

namespace {

constexpr double kLagSeconds = 0.25;
constexpr double kSeenPart = 0.95;
constexpr auto kSampleEvery = std::chrono::milliseconds(20);
constexpr auto kRecoverTime = std::chrono::seconds(60);
constexpr double kClimbStep = 2;
constexpr double kFirstDeliveries = 10'000; // a second; any server gets through that
constexpr auto kClimbTime = std::chrono::milliseconds(400);
constexpr double kStep = 1.12; // the first; while they all go one way, they get longer
constexpr double kLargestStep = 1.6;
constexpr double kCloseEnough = 1.13;
constexpr double kRoomLeft = 0.95;
constexpr auto kRampTime = std::chrono::milliseconds(300);
/// A rate is held for a quarter of the time for which it will be measured, within these seconds.
constexpr double kShortestTrial = 0.8;
constexpr double kLongestTrial = 3;

} // namespace

Saturation::Saturation(EventLoop& loop, Arrivals& arrivals, Tally& tally, Crowd& crowd,
                       const Options& options)
    : loop_(loop), arrivals_(arrivals), tally_(tally), options_(options),
      most_(crowd.most_commands_per_second()),
      trial_time_(from_seconds(options.trial_seconds > 0
                                   ? options.trial_seconds
                                   : std::clamp(options.seconds / 4, kShortestTrial, kLongestTrial))) {
  if (most_ == 0)
    most_ = 1e6;
}

double Saturation::find() {
  double good = 0;
  double bad = std::numeric_limits<double>::infinity();
  auto rate = options_.start_rate > 0 ? std::min(options_.start_rate, most_) : climb();
  for (double step = kStep; good == 0 || bad / good > kCloseEnough;
       step = std::min(step * step, kLargestStep)) {
    if (rate < 1)
      throw std::runtime_error("the server sustains no rate at all");
    (sustains(rate) ? good : bad) = rate;
    if (good == most_) {
      limited_by_permission_ = true;
      return good;
    }
    if (good == 0)
      rate = bad / step;
    else
      rate = std::min({most_, good * step, std::sqrt(good * bad)});
  }
  return good * kRoomLeft;
}

double Saturation::climb() {
  const auto room_size = static_cast<double>(options_.people) / static_cast<double>(options_.rooms);
  auto rate = std::min(most_, std::max(10.0, kFirstDeliveries / room_size));
  for (;; rate = std::min(most_, rate * kClimbStep)) {
    show_progress("raising the rate, " + std::to_string(std::llround(rate)) + "/s", trials_.size(),
                  trials_.size());
    Meter meter(tally_, options_.server_process);
    arrivals_.start(rate);
    meter.start();
    const bool kept_up = keeps_up(rate, kClimbTime);
    if (kept_up && rate < most_)
      continue;
    const auto span = meter.stop();
    arrivals_.stop();
    recover(rate);
    return kept_up ? rate
                   : std::clamp(static_cast<double>(span.totals.seen_by_all) / span.seconds, 1.0, rate);
  }
}

bool Saturation::keeps_up(double rate, Duration time) {
  return !loop_.run_until([&] { return static_cast<double>(tally_.unseen()) > rate * kLagSeconds; },
                          Clock::now() + time, kSampleEvery);
}

bool Saturation::sustains(double rate) {
  return try_once(rate) || try_once(rate);
}

bool Saturation::try_once(double rate) {
  show_progress("holding " + std::to_string(std::llround(rate)) + "/s", trials_.size(), trials_.size());
  Meter meter(tally_, options_.server_process);
  arrivals_.start(rate);
  bool kept_up = keeps_up(rate, kRampTime);
  meter.start();
  kept_up = kept_up && keeps_up(rate, trial_time_);
  const auto span = meter.stop();
  kept_up = kept_up && static_cast<double>(span.totals.seen_by_all) >=
                           kSeenPart * static_cast<double>(span.totals.submitted);
  const auto unseen = tally_.unseen();
  arrivals_.stop();
  Result trial;
  trial["rate"] = std::round(rate);
  trial["sustained"] = kept_up;
  trial["unseen"] = unseen;
  if (kept_up) {
    trial["deliveries_per_second"] = std::round(static_cast<double>(span.totals.deliveries) / span.seconds);
    trial["client_cpu_share"] = std::round(span.client_cpu_seconds / span.seconds * 100) / 100;
  }
  trials_.push_back(trial);
  recover(rate);
  return kept_up;
}

/// The next trial begins with nothing left over from this one.
void Saturation::recover(double rate) {
  end_progress();
  if (!loop_.run_until([&] { return tally_.unseen() == 0; }, Clock::now() + kRecoverTime, kSampleEvery))
    throw std::runtime_error("after " + std::to_string(std::llround(rate)) + " commands/s, " +
                             std::to_string(tally_.unseen()) +
                             " were still not seen by everybody 60 s later");
}

} // namespace warsha::load
