#pragma once

#include <string>
#include <string_view>
#include <unicode/unistr.h>

/// One spelling for what people spell in several ways. Pure and thread-safe.
namespace warsha::aggregation {

struct Folded {
  /// NFKC, case-folded, without Arabic diacritics and tatweel, digits ASCII: what a stemmer expects.
  std::string spelled;
  /// And letters made one, accents off: what is compared.
  std::string form;
};

[[nodiscard]] Folded fold(const icu::UnicodeString& word);

/// The second step alone: from `spelled` to `form`.
[[nodiscard]] std::string fold_letters(std::string_view spelled);

} // namespace warsha::aggregation
