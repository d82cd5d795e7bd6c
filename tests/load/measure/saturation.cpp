#include "tests/load/measure/saturation.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace warsha::load {

namespace {

constexpr double kLagSeconds = 0.5;
constexpr auto kRampTime = std::chrono::milliseconds(1000);
constexpr auto kTrialTime = std::chrono::milliseconds(2500);
constexpr auto kSampleEvery = std::chrono::milliseconds(50);
constexpr auto kRecoverTime = std::chrono::seconds(60);
constexpr double kCloseEnough = 1.06; // between a rate that went well and one that did not
constexpr double kRoomLeft = 0.95;
/// People have a burst, but over a whole measurement they keep to their rate.
constexpr double kPartOfLimit = 0.95;

} // namespace

Saturation::Saturation(EventLoop& loop, Arrivals& arrivals, Tally& tally, Crowd& crowd,
                       const Options& options)
    : loop_(loop), arrivals_(arrivals), tally_(tally), options_(options),
      most_(crowd.most_commands_per_second() * static_cast<double>(options.people) * kPartOfLimit) {
  if (most_ == 0)
    most_ = 1e6;
}

double Saturation::find() {
  double good = 0;
  double bad = most_ * kCloseEnough;
  double rate = std::min(most_, std::max(20.0, static_cast<double>(options_.rooms) * 10));
  while (good < most_ && bad / std::max(good, 1.0) > kCloseEnough) {
    (sustains(rate) ? good : bad) = rate;
    const bool found_bad = bad <= most_;
    rate = found_bad ? std::sqrt(std::max(good, bad / 16) * bad) : std::min(most_, good * 2);
    if (found_bad && bad < 1)
      throw std::runtime_error("the server sustains no rate at all");
  }
  return good == most_ ? most_ : good * kRoomLeft;
}

bool Saturation::sustains(double rate) {
  return try_once(rate) || try_once(rate);
}

bool Saturation::try_once(double rate) {
  show_progress("looking for the highest rate, " + std::to_string(std::llround(rate)) + "/s", trials_.size(),
                trials_.size());
  Meter meter(tally_, options_.server_process);
  arrivals_.start(rate);
  loop_.run_for(kRampTime);
  meter.start();
  std::uint64_t most_unseen = 0;
  const auto end = Clock::now() + kTrialTime;
  const auto bound = rate * kLagSeconds;
  while (Clock::now() < end && static_cast<double>(most_unseen) <= bound) {
    loop_.run_for(kSampleEvery);
    most_unseen = std::max(most_unseen, tally_.unseen());
  }
  const auto span = meter.stop();
  arrivals_.stop();
  const bool kept_up = static_cast<double>(most_unseen) <= bound;
  Result trial;
  trial["rate"] = std::round(rate);
  trial["sustained"] = kept_up;
  trial["most_unseen"] = most_unseen;
  trial["deliveries_per_second"] = std::round(static_cast<double>(span.totals.deliveries) / span.seconds);
  trial["client_cpu_share"] = std::round(span.client_cpu_seconds / span.seconds * 100) / 100;
  trials_.push_back(trial);
  end_progress();
  if (!loop_.run_until([&] { return tally_.unseen() == 0; }, Clock::now() + kRecoverTime))
    throw std::runtime_error("after " + std::to_string(std::llround(rate)) + " commands/s, " +
                             std::to_string(tally_.unseen()) +
                             " were still not seen by everybody 60 s later");
  return kept_up;
}

} // namespace warsha::load
