#pragma once

#include <algorithm>
#include <chrono>

namespace warsha::live {

/// How much somebody may send: a burst, and a steady rate after it.
struct Rate {
  double burst;
  double per_second;
};

/// What is left of it.
class Allowance {
public:
  using Clock = std::chrono::steady_clock;

  Allowance(Rate rate, Clock::time_point now) : rate_(rate), left_(rate.burst), at_(now) {}

  /// Takes one message, or nothing when none is left.
  [[nodiscard]] bool take(Clock::time_point now) {
    left_ = left_at(now);
    at_ = now;
    if (left_ < 1)
      return false;
    left_ -= 1;
    return true;
  }
  /// As new.
  [[nodiscard]] bool is_full(Clock::time_point now) const { return left_at(now) >= rate_.burst; }

private:
  [[nodiscard]] double left_at(Clock::time_point now) const {
    const std::chrono::duration<double> since = now - at_;
    return std::min(rate_.burst, left_ + since.count() * rate_.per_second);
  }

  Rate rate_;
  double left_;
  Clock::time_point at_;
};

} // namespace warsha::live
