#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// Reads what a person wrote into words that can be compared. Pure and thread-safe; the same bytes always
/// give the same words.
namespace warsha::aggregation {

enum class Language : std::uint8_t { arabic, darija_latin, french, english, mixed, unknown };

/// "ar", "ary-Latn", "fr", "en", "mul" or "und" (BCP 47).
[[nodiscard]] const char* tag(Language language);

/// Half-open, in bytes of the original UTF-8, so that a screen can mark the words as they were written.
struct Span {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  bool operator==(const Span&) const = default;
};

struct Word {
  Span span;
  /// NFKC, case-folded, without diacritics, tatweel and accents; alef, hamza, ya and ta-marbuta forms made
  /// one; digits ASCII.
  std::string form;
  /// Snowball's stem (Arabic by script; French or English by the text's language), folded like `form`.
  std::string stem;
  /// The consonants of an Arabic stem: one for a noun and its broken plural, and for a word of Darija written
  /// in Latin letters and in Arabic ones. Empty in other languages.
  std::string skeleton;
};

struct Text {
  std::vector<Word> words;
  Language language = Language::unknown;
};

/// Bytes that are no UTF-8 are read as U+FFFD, and so belong to no word.
[[nodiscard]] Text read(std::string_view utf8);

/// The same where the language is known (arabic, darija_latin, french or english): of single words no guess
/// is any good.
[[nodiscard]] Text read(std::string_view utf8, Language language);

} // namespace warsha::aggregation
