#include "server/publication/texts.hpp"

#include "publication/embedded.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cmath>
#include <mutex>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <unicode/dtfmtsym.h>
#include <unicode/numfmt.h>
#include <unicode/plurrule.h>
#include <unicode/smpdtfmt.h>
#include <unicode/timezone.h>

namespace warsha::publication {

namespace {

/// Always with a region: plain "ar" may give Arabic-Indic digits, which Morocco does not use.
icu::Locale locale_of(std::string_view language) {
  return language == "ar"   ? icu::Locale("ar", "MA")
         : language == "fr" ? icu::Locale("fr", "MA")
                            : icu::Locale("en", "GB");
}

void check(UErrorCode status, const char* what) {
  if (U_FAILURE(status))
    throw std::runtime_error(std::string("ICU: ") + what + ": " + u_errorName(status));
}

std::string utf8(const icu::UnicodeString& text) {
  std::string out;
  text.toUTF8String(out);
  return out;
}

std::unique_ptr<icu::DateFormat> days_in(const char* zone, const icu::Locale& locale) {
  std::unique_ptr<icu::DateFormat> days(icu::DateFormat::createDateInstance(icu::DateFormat::kLong, locale));
  if (!days)
    throw std::runtime_error("ICU: the dates of a language");
  days->adoptTimeZone(icu::TimeZone::createTimeZone(zone));
  return days;
}

std::string written(const icu::DateFormat& days, TimeMs at) {
  icu::UnicodeString out;
  return utf8(days.format(static_cast<UDate>(at), out));
}

void replace(std::string& sentence, std::string_view name, const std::string& value) {
  const auto place = "{" + std::string(name) + "}";
  for (auto found = sentence.find(place); found != std::string::npos;
       found = sentence.find(place, found + value.size()))
    sentence.replace(found, place.size(), value);
}

} // namespace

struct Texts::State {
  nlohmann::json sentences = nlohmann::json::object();
  std::unique_ptr<icu::PluralRules> plurals;
  std::unique_ptr<icu::NumberFormat> numbers;
  std::unique_ptr<icu::DateFormat> dates;
  std::unique_ptr<icu::DateFormat> due_dates;
  mutable std::mutex mutex; // ICU's formatters keep scratch space
};

Texts::Texts(std::string_view language) : language_(language), state_(std::make_unique<State>()) {
  const auto ending = "." + language_ + ".json";
  for (const auto& file : embedded::kFiles)
    if (file.name.ends_with(ending))
      state_->sentences.update(nlohmann::json::parse(file.content));
  const auto locale = locale_of(language);
  auto status = U_ZERO_ERROR;
  state_->plurals.reset(icu::PluralRules::forLocale(locale, status));
  state_->numbers.reset(icu::NumberFormat::createInstance(locale, status));
  check(status, "the rules of a language");
  state_->dates = days_in("Africa/Casablanca", locale);
  state_->due_dates = days_in("UTC", locale);
}
Texts::~Texts() = default;

const Texts& Texts::of(std::string_view language) {
  static const Texts kArabic("ar");
  static const Texts kFrench("fr");
  static const Texts kEnglish("en");
  return language == "fr" ? kFrench : language == "en" ? kEnglish : kArabic;
}

bool Texts::has(const std::string& key) const {
  return state_->sentences.contains(key);
}

std::string Texts::operator()(const std::string& key) const {
  const auto found = state_->sentences.find(key);
  return found == state_->sentences.end() ? key : found->get<std::string>();
}

std::string Texts::operator()(const std::string& key,
                              const std::vector<std::pair<std::string_view, std::string>>& parameters) const {
  auto sentence = (*this)(key);
  for (const auto& [name, value] : parameters)
    replace(sentence, name, value);
  return sentence;
}

std::string Texts::count(const std::string& key, std::size_t count) const {
  const auto category = utf8(state_->plurals->select(static_cast<double>(count)));
  auto form = key + "." + category;
  auto sentence = (*this)(has(form) ? form : key + ".other");
  replace(sentence, "count", number(count));
  return sentence;
}

std::string Texts::number(std::size_t value) const {
  const std::lock_guard lock(state_->mutex);
  icu::UnicodeString out;
  return utf8(state_->numbers->format(static_cast<std::int64_t>(value), out));
}

std::string Texts::decimal(double value) const {
  const std::lock_guard lock(state_->mutex);
  icu::UnicodeString out;
  return utf8(state_->numbers->format(std::round(value * 10) / 10, out));
}

std::string Texts::day(TimeMs at) const {
  const std::lock_guard lock(state_->mutex);
  return written(*state_->dates, at);
}

std::string Texts::due_day(TimeMs due_at) const {
  const std::lock_guard lock(state_->mutex);
  return written(*state_->due_dates, due_at);
}

std::string Texts::day(const std::string& date) const {
  int year = 0;
  unsigned month = 0;
  unsigned day_of_month = 0;
  const auto read = [&](std::size_t first, std::size_t length, auto& into) {
    const auto* begin = date.data() + first;
    return std::from_chars(begin, begin + length, into).ptr == begin + length;
  };
  if (date.size() != 10 || !read(0, 4, year) || !read(5, 2, month) || !read(8, 2, day_of_month))
    return date;
  const std::chrono::year_month_day parts{std::chrono::year(year), std::chrono::month(month),
                                          std::chrono::day(day_of_month)};
  if (!parts.ok())
    return date;
  using namespace std::chrono_literals;
  const auto noon = std::chrono::sys_days(parts).time_since_epoch() + 12h;
  return day(std::chrono::duration_cast<std::chrono::milliseconds>(noon).count());
}

std::string_view choose_language(std::string_view asked, std::string_view accept_language) {
  const auto known = [](std::string_view tag) -> std::string_view {
    for (const auto language : kLanguages)
      if (tag == language || (tag.starts_with(language) && tag.size() > 2 && tag[2] == '-'))
        return language;
    return {};
  };
  if (const auto language = known(asked); !language.empty())
    return language;
  for (std::size_t begin = 0; begin < accept_language.size();) {
    const auto end = std::min(accept_language.find(',', begin), accept_language.size());
    auto tag = accept_language.substr(begin, end - begin);
    tag = tag.substr(0, tag.find(';'));
    tag.remove_prefix(std::min(tag.find_first_not_of(' '), tag.size()));
    if (const auto language = known(tag); !language.empty())
      return language;
    begin = end + 1;
  }
  return kLanguages[0];
}

} // namespace warsha::publication
