#include "protocol/limits.hpp"
#include "server/review/docket.hpp"

#include <chrono>

namespace warsha::review {

namespace {

using Day = std::chrono::sys_days;

Day day_of(TimeMs at) {
  return std::chrono::floor<std::chrono::days>(
      std::chrono::sys_time<std::chrono::milliseconds>(std::chrono::milliseconds(at)));
}
bool is_working(Day day) {
  const std::chrono::weekday weekday(day);
  return weekday != std::chrono::Saturday && weekday != std::chrono::Sunday;
}

} // namespace

TimeMs after_working_days(TimeMs from, int days) {
  auto day = day_of(from);
  while (days > 0) {
    day += std::chrono::days(1);
    if (is_working(day))
      --days;
  }
  const auto end = std::chrono::sys_time<std::chrono::milliseconds>(day + std::chrono::days(1));
  return end.time_since_epoch().count() - 1;
}

int working_days_late(TimeMs due_at, TimeMs now) {
  int late = 0;
  for (auto day = day_of(due_at) + std::chrono::days(1); day <= day_of(now); day += std::chrono::days(1))
    late += is_working(day) ? 1 : 0;
  return late;
}

} // namespace warsha::review
