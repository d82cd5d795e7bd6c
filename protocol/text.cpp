#include "protocol/text.hpp"

#include "protocol/limits.hpp"
#include "protocol/text_edit.hpp"

#include <algorithm>
#include <memory>
#include <optional>
#include <stdexcept>
#include <unicode/brkiter.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/utf8.h>

namespace warsha {

namespace {

enum class Lines { one, many };

/// Controls would break a terminal or a screen reader; overrides and isolates reorder the page around
/// the text (Unicode Standard Annex 9, 2.1-2.5). Direction marks, joiners and non-joiners are good Arabic
/// typing.
bool forbidden(UChar32 c, Lines lines) {
  if (c == '\n')
    return lines == Lines::one;
  if (c < 0x20 || (c >= 0x7f && c <= 0x9f))
    return true;
  if ((c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069))
    return true;
  return c == 0x2028 || c == 0x2029 || c == 0xfeff || U_IS_UNICODE_NONCHAR(c);
}

/// What leaves a mark on the page: neither blank nor a character that is only there for others (joiners,
/// direction marks, soft hyphens, Hangul fillers).
bool visible(UChar32 c) {
  constexpr UChar32 kBrailleBlank = 0x2800; // a blank that Unicode counts among the signs
  return !u_isUWhiteSpace(c) && !u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT) &&
         c != kBrailleBlank;
}

struct Scan {
  bool visible = false;
  bool ascii = true;
  std::size_t code_points = 0;
};

/// None when a character is forbidden or the bytes are no UTF-8.
std::optional<Scan> scan(std::string_view text, Lines lines) {
  Scan found;
  const auto length = static_cast<std::int32_t>(text.size());
  for (std::int32_t i = 0; i < length;) {
    UChar32 c = 0;
    U8_NEXT(text.data(), i, length, c);
    if (c < 0 || forbidden(c, lines))
      return std::nullopt;
    found.visible = found.visible || visible(c);
    found.ascii = found.ascii && c < 0x80;
    ++found.code_points;
  }
  return found;
}

std::string without_returns(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text)
    if (c != '\r')
      out.push_back(c);
  return out;
}

/// Drops white space (Unicode White_Space) at both ends.
std::string_view trim(std::string_view text) {
  std::int32_t begin = 0;
  auto end = static_cast<std::int32_t>(text.size());
  while (begin < end) {
    auto next = begin;
    UChar32 c = 0;
    U8_NEXT(text.data(), next, end, c);
    if (c < 0 || !u_isUWhiteSpace(c))
      break;
    begin = next;
  }
  while (end > begin) {
    auto previous = end;
    UChar32 c = 0;
    U8_PREV(text.data(), begin, previous, c);
    if (c < 0 || !u_isUWhiteSpace(c))
      break;
    end = previous;
  }
  return text.substr(static_cast<std::size_t>(begin), static_cast<std::size_t>(end - begin));
}

const icu::Normalizer2& nfc() {
  static const icu::Normalizer2* const kInstance = [] {
    UErrorCode error = U_ZERO_ERROR;
    const auto* instance = icu::Normalizer2::getNFCInstance(error);
    if (U_FAILURE(error))
      throw std::runtime_error("ICU has no NFC data");
    return instance;
  }();
  return *kInstance;
}

std::string normalise(std::string text) {
  UErrorCode error = U_ZERO_ERROR;
  if (nfc().isNormalizedUTF8(text, error) && U_SUCCESS(error))
    return text;
  error = U_ZERO_ERROR;
  const auto normal = nfc().normalize(icu::UnicodeString::fromUTF8(text), error);
  if (U_FAILURE(error))
    throw std::runtime_error("ICU could not normalise a text");
  std::string out;
  normal.toUTF8String(out);
  return out;
}

std::unique_ptr<icu::BreakIterator> make_grapheme_iterator() {
  UErrorCode error = U_ZERO_ERROR;
  std::unique_ptr<icu::BreakIterator> made(
      icu::BreakIterator::createCharacterInstance(icu::Locale::getRoot(), error));
  if (U_FAILURE(error))
    throw std::runtime_error("ICU has no break data");
  return made;
}

/// Making an iterator reads rule data: one for each thread.
icu::BreakIterator& grapheme_iterator() {
  thread_local std::unique_ptr<icu::BreakIterator> iterator;
  if (!iterator)
    iterator = make_grapheme_iterator();
  return *iterator;
}

std::size_t count_graphemes(const std::string& text) {
  const auto utf16 = icu::UnicodeString::fromUTF8(text);
  auto& iterator = grapheme_iterator();
  iterator.setText(utf16);
  std::size_t count = 0;
  while (iterator.next() != icu::BreakIterator::DONE)
    ++count;
  return count;
}

std::variant<std::string, Code> clean(std::string_view typed, std::size_t most_graphemes, Lines lines) {
  auto text = std::string(trim(without_returns(typed)));
  if (text.empty())
    return Code::text_empty;
  const auto scanned = scan(text, lines);
  if (!scanned)
    return Code::text_forbidden_character;
  if (!scanned->visible)
    return Code::text_empty;
  if (scanned->code_points > limits::kTextCodePoints)
    return Code::text_too_long;
  auto code_points = scanned->code_points;
  if (!scanned->ascii) {
    text = normalise(std::move(text));
    code_points = count_code_points(text); // NFC makes two or three of some
  }
  if (code_points > limits::kTextCodePoints)
    return Code::text_too_long;
  // No text has more graphemes than code points: most need no segmentation.
  if (code_points > most_graphemes && count_graphemes(text) > most_graphemes)
    return Code::text_too_long;
  return text;
}

} // namespace

std::variant<std::string, Code> clean_text(std::string_view typed, std::size_t most_graphemes) {
  return clean(typed, most_graphemes, Lines::many);
}

std::variant<std::string, Code> clean_line(std::string_view typed, std::size_t most_graphemes) {
  return clean(typed, most_graphemes, Lines::one);
}

std::optional<Code> check_piece(std::string_view typed) {
  if (typed.empty())
    return Code::text_empty;
  const auto scanned = scan(typed, Lines::many);
  if (!scanned)
    return Code::text_forbidden_character;
  if (scanned->code_points > limits::kDraftCodePoints)
    return Code::text_too_long;
  return std::nullopt;
}

bool is_utf8(std::string_view bytes) {
  const auto length = static_cast<std::int32_t>(bytes.size());
  for (std::int32_t i = 0; i < length;) {
    UChar32 c = 0;
    U8_NEXT(bytes.data(), i, length, c);
    if (c < 0)
      return false;
  }
  return true;
}

} // namespace warsha
