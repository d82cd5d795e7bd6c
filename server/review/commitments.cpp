#include "server/review/commitments.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>

namespace warsha::review {

namespace {

/// All digits, and nothing else.
std::optional<int> number_of(std::string_view digits) {
  if (!std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; }))
    return std::nullopt;
  int value = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return value;
}

ActivityStatus reported(const Commitment& commitment, std::size_t number) {
  const auto last =
      std::find_if(commitment.reports.rbegin(), commitment.reports.rend(), [&](const Report& report) {
        return report.progress.activity == static_cast<std::int64_t>(number);
      });
  return last == commitment.reports.rend() ? ActivityStatus::not_started : last->progress.status;
}

} // namespace

std::optional<TimeMs> end_of_day(std::string_view date) {
  if (date.size() != 10 || date[4] != '-' || date[7] != '-')
    return std::nullopt;
  const auto year = number_of(date.substr(0, 4));
  const auto month = number_of(date.substr(5, 2));
  const auto day = number_of(date.substr(8, 2));
  if (!year || !month || !day)
    return std::nullopt;
  const std::chrono::year_month_day whole{std::chrono::year(*year),
                                          std::chrono::month(static_cast<unsigned>(*month)),
                                          std::chrono::day(static_cast<unsigned>(*day))};
  if (!whole.ok())
    return std::nullopt;
  const std::chrono::sys_time<std::chrono::milliseconds> end =
      std::chrono::sys_days(whole) + std::chrono::days(1);
  return end.time_since_epoch().count() - 1;
}

Status status_of(const Commitment& commitment, std::size_t number, TimeMs now) {
  const auto status = reported(commitment, number);
  if (status == ActivityStatus::completed)
    return Status::completed;
  if (const auto end = end_of_day(commitment.words.activities.at(number - 1).ends); end && now > *end)
    return Status::late;
  return status == ActivityStatus::in_progress ? Status::in_progress : Status::not_started;
}

Status status_of(const Commitment& commitment, TimeMs now) {
  const auto count = commitment.words.activities.size();
  std::array<std::size_t, 4> of{};
  for (std::size_t number = 1; number <= count; ++number)
    ++of[static_cast<std::size_t>(status_of(commitment, number, now))];
  if (of[static_cast<std::size_t>(Status::late)] > 0)
    return Status::late;
  if (of[static_cast<std::size_t>(Status::completed)] == count)
    return Status::completed;
  return of[static_cast<std::size_t>(Status::not_started)] == count ? Status::not_started
                                                                    : Status::in_progress;
}

} // namespace warsha::review
