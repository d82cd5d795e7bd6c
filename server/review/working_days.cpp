#include "protocol/limits.hpp"
#include "server/review/docket.hpp"

#include <algorithm>
#include <chrono>
#include <iterator>

namespace warsha::review {

namespace {

using Day = std::chrono::sys_days;

Day day_of(TimeMs at) {
  return std::chrono::floor<std::chrono::days>(
      std::chrono::sys_time<std::chrono::milliseconds>(std::chrono::milliseconds(at)));
}
/// Morocco's paid national holidays on fixed days. The religious ones follow the moon and are announced
/// shortly before; they count as working days, to the administrations' disadvantage by about six days a year.
constexpr std::chrono::month_day kHolidays[] = {
    std::chrono::January / 1,  // New Year
    std::chrono::January / 11, // Manifesto of Independence
    std::chrono::January / 14, // Amazigh New Year
    std::chrono::May / 1,      // Labour Day
    std::chrono::July / 30,    // Throne Day
    std::chrono::August / 14,  // Oued Ed-Dahab
    std::chrono::August / 20,  // Revolution of the King and the People
    std::chrono::August / 21,  // Youth Day
    std::chrono::October / 31, // Unity Day
    std::chrono::November / 6, // Green March
    std::chrono::November / 18 // Independence Day
};

bool is_working(Day day) {
  const std::chrono::weekday weekday(day);
  const std::chrono::year_month_day date(day);
  return weekday != std::chrono::Saturday && weekday != std::chrono::Sunday &&
         std::ranges::find(kHolidays, date.month() / date.day()) == std::end(kHolidays);
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

bool is_working_day(TimeMs at) {
  return is_working(day_of(at));
}

int working_days_between(TimeMs from, TimeMs to) {
  int days = 0;
  for (auto day = day_of(from) + std::chrono::days(1); day <= day_of(to); day += std::chrono::days(1))
    days += is_working(day) ? 1 : 0;
  return days;
}

int working_days_late(TimeMs due_at, TimeMs now) {
  return working_days_between(due_at, now);
}

} // namespace warsha::review
