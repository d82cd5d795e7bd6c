#include "server/aggregation/text.hpp"

#include "server/aggregation/darija.hpp"
#include "server/aggregation/fold.hpp"
#include "server/aggregation/stem.hpp"

#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <stdexcept>
#include <unicode/brkiter.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>
#include <unicode/utf8.h>

namespace warsha::aggregation {

namespace {

/// Breakers are dear to make and keep their place, so each thread has its own.
icu::BreakIterator& breaker() {
  static thread_local const std::unique_ptr<icu::BreakIterator> mine = [] {
    UErrorCode status = U_ZERO_ERROR;
    std::unique_ptr<icu::BreakIterator> made(
        icu::BreakIterator::createWordInstance(icu::Locale::getRoot(), status));
    if (U_FAILURE(status) || !made)
      throw std::runtime_error("ICU has no word-break rules");
    return made;
  }();
  return *mine;
}

/// Byte offset of every UTF-16 unit, and of the end.
std::vector<std::uint32_t> byte_offsets(const icu::UnicodeString& text) {
  std::vector<std::uint32_t> offsets(static_cast<std::size_t>(text.length()) + 1);
  std::uint32_t byte = 0;
  for (std::int32_t i = 0; i < text.length();) {
    const UChar32 c = text.char32At(i);
    const std::int32_t units = U16_LENGTH(c);
    for (std::int32_t unit = 0; unit < units; ++unit)
      offsets[static_cast<std::size_t>(i + unit)] = byte;
    byte += static_cast<std::uint32_t>(U8_LENGTH(c));
    i += units;
  }
  offsets.back() = byte;
  return offsets;
}

struct Piece {
  std::int32_t begin, end; // UTF-16
};

bool is_apostrophe(char16_t c) {
  return c == u'\'' || c == u'\u2019' || c == u'\u02bc';
}

/// "l'accès" is two words and so is "qu'elle"; "aujourd'hui" and "don't" are one.
void add_pieces(const icu::UnicodeString& text, Piece word, std::vector<Piece>& pieces) {
  for (std::int32_t i = word.begin; i < word.end - 1 && i <= word.begin + 2; ++i) {
    if (i > word.begin && is_apostrophe(text[i]) && (i == word.begin + 1 || (text[i - 1] | 0x20) == u'u')) {
      pieces.push_back({word.begin, i});
      pieces.push_back({i + 1, word.end});
      return;
    }
  }
  pieces.push_back(word);
}

std::vector<Piece> word_pieces(const icu::UnicodeString& text) {
  std::vector<Piece> pieces;
  icu::BreakIterator& words = breaker();
  words.setText(text);
  std::int32_t begin = words.first();
  for (std::int32_t end = words.next(); end != icu::BreakIterator::DONE; begin = end, end = words.next())
    if (words.getRuleStatus() >= UBRK_WORD_NUMBER)
      add_pieces(text, {begin, end}, pieces);
  return pieces;
}

bool is_arabic(std::string_view form) {
  UChar32 c = 0;
  std::int32_t i = 0;
  U8_NEXT(form.data(), i, static_cast<std::int32_t>(form.size()), c);
  UErrorCode status = U_ZERO_ERROR;
  return c > 0 && uscript_getScript(c, &status) == USCRIPT_ARABIC;
}

bool is_latin(std::string_view form) {
  return std::any_of(form.begin(), form.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

template <std::size_t N> bool any_of(const std::array<std::string_view, N>& sorted, std::string_view word) {
  return std::binary_search(sorted.begin(), sorted.end(), word);
}

// Frequent words that one of the languages has and the others don't. Sorted.
constexpr std::array<std::string_view, 32> kFrench = {
    "au",   "aux",  "avec", "ce",  "cette", "dans", "de",   "des",  "du",  "elle", "en",
    "est",  "et",   "il",   "la",  "le",    "les",  "ne",   "nous", "ou",  "par",  "pas",
    "plus", "pour", "que",  "qui", "sans",  "ses",  "sont", "sur",  "une", "vous"};
constexpr std::array<std::string_view, 24> kEnglish = {
    "and",    "are",  "be",  "by",    "for",   "from", "have", "in", "is", "it",   "not",  "of",
    "should", "that", "the", "their", "there", "they", "this", "to", "we", "were", "with", "you"};
constexpr std::array<std::string_view, 26> kDarija = {
    "ama",    "bach",    "baghi",  "bghina", "bla",   "bzaf",     "bzzaf", "chi",    "dial",
    "dialna", "dyal",    "dyalna", "fin",    "had",   "hadchi",   "hna",   "kayn",   "kayna",
    "khas",   "khassna", "li",     "lli",    "machi", "makaynch", "mn",    "walakin"};

Language guess(const std::vector<Word>& words) {
  std::size_t arabic = 0, latin = 0, french = 0, english = 0, darija = 0;
  for (const auto& [span, form, stem, skeleton] : words) {
    if (is_arabic(form)) {
      ++arabic;
    } else if (is_latin(form)) {
      ++latin;
      french += any_of(kFrench, form);
      english += any_of(kEnglish, form);
      darija += any_of(kDarija, form) || has_arabic_digit_letters(form);
    }
  }
  if (arabic + latin == 0)
    return Language::unknown;
  if (4 * std::min(arabic, latin) >= arabic + latin)
    return Language::mixed;
  if (arabic > latin)
    return Language::arabic;
  if (darija > 0 && darija >= french && darija >= english)
    return Language::darija_latin;
  return english > french ? Language::english : Language::french;
}

void add_stems(Word& word, const std::string& spelled, Language language) {
  if (is_arabic(word.form)) {
    word.stem = fold_letters(stem(Stemmer::arabic, spelled));
    word.skeleton = skeleton(word.stem);
  } else if (language == Language::darija_latin || has_arabic_digit_letters(word.form)) {
    word.stem = word.form;
    word.skeleton = skeleton_of_darija(word.form);
  } else {
    word.stem =
        fold_letters(stem(language == Language::english ? Stemmer::english : Stemmer::french, spelled));
  }
  if (word.stem.empty())
    word.stem = word.form;
}

Text read_as(std::string_view utf8, std::optional<Language> language) {
  const auto text =
      icu::UnicodeString::fromUTF8(icu::StringPiece(utf8.data(), static_cast<std::int32_t>(utf8.size())));
  const auto offsets = byte_offsets(text);

  Text result;
  std::vector<std::string> spelled;
  for (const Piece& piece : word_pieces(text)) {
    Folded folded = fold(text.tempSubStringBetween(piece.begin, piece.end));
    if (folded.form.empty())
      continue;
    Word& word = result.words.emplace_back();
    word.span = {offsets[static_cast<std::size_t>(piece.begin)],
                 offsets[static_cast<std::size_t>(piece.end)]};
    word.form = std::move(folded.form);
    spelled.push_back(std::move(folded.spelled));
  }
  result.language = language.value_or(guess(result.words));
  for (std::size_t i = 0; i < spelled.size(); ++i)
    add_stems(result.words[i], spelled[i], result.language);
  return result;
}

} // namespace

const char* tag(Language language) {
  switch (language) {
  case Language::arabic:
    return "ar";
  case Language::darija_latin:
    return "ary-Latn";
  case Language::french:
    return "fr";
  case Language::english:
    return "en";
  case Language::mixed:
    return "mul";
  case Language::unknown:
    break;
  }
  return "und";
}

Text read(std::string_view utf8) {
  return read_as(utf8, std::nullopt);
}

Text read(std::string_view utf8, Language language) {
  return read_as(utf8, language);
}

} // namespace warsha::aggregation
