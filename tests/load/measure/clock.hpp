#pragma once

#include <chrono>

namespace warsha::load {

using Clock = std::chrono::steady_clock;
using TimePoint = Clock::time_point;
using Duration = Clock::duration;

[[nodiscard]] inline double in_milliseconds(Duration time) {
  return std::chrono::duration<double, std::milli>(time).count();
}
[[nodiscard]] inline double in_seconds(Duration time) {
  return std::chrono::duration<double>(time).count();
}
[[nodiscard]] inline Duration from_seconds(double time) {
  return std::chrono::duration_cast<Duration>(std::chrono::duration<double>(time));
}

} // namespace warsha::load
