#pragma once

#include "protocol/messages.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

/// The sentences of the public pages and of what is sent by mail in three languages, with the numbers, dates
/// and plurals of each. They are the client's own files,
/// client-web/src/messages/{common,fate,public,mail}.LANGUAGE.json; `fate` is what the staff's desk says
/// as well.
namespace warsha::publication {

inline constexpr std::string_view kLanguages[] = {"ar", "fr", "en"};

/// One language. Immutable, thread-safe.
class Texts {
public:
  /// `language` is one of kLanguages.
  [[nodiscard]] static const Texts& of(std::string_view language);
  ~Texts();

  [[nodiscard]] const std::string& language() const { return language_; }
  [[nodiscard]] std::string direction() const { return language_ == "ar" ? "rtl" : "ltr"; }
  [[nodiscard]] bool has(const std::string& key) const;
  /// The sentence; a key that is not there gives itself, so that a gap is seen and not hidden.
  [[nodiscard]] std::string operator()(const std::string& key) const;
  /// With each {name} replaced.
  [[nodiscard]] std::string
  operator()(const std::string& key,
             const std::vector<std::pair<std::string_view, std::string>>& parameters) const;
  /// The plural form of the count, with {count} replaced (CLDR: Arabic has six).
  [[nodiscard]] std::string count(const std::string& key, std::size_t count) const;
  [[nodiscard]] std::string number(std::size_t value) const;
  /// To a tenth.
  [[nodiscard]] std::string decimal(double value) const;
  /// A day in Morocco, written out: "25 novembre 2026".
  [[nodiscard]] std::string day(TimeMs at) const;
  /// The last day of a time to answer in: deadlines end with a day of UTC, by which they are counted.
  [[nodiscard]] std::string due_day(TimeMs due_at) const;
  /// A day of "2026-11-25"; what is no such date stays as it is.
  [[nodiscard]] std::string day(const std::string& date) const;

private:
  struct State;
  explicit Texts(std::string_view language);

  std::string language_;
  std::unique_ptr<State> state_;
};

/// The language that a reader wants: `asked` if it is one of ours, else the first of ours in an
/// Accept-Language header (RFC 9110, 12.5.4, in the order given), else Arabic.
[[nodiscard]] std::string_view choose_language(std::string_view asked, std::string_view accept_language);

} // namespace warsha::publication
