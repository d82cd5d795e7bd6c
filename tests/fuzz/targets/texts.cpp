#include "protocol/limits.hpp"
#include "protocol/text.hpp"
#include "tests/fuzz/targets.hpp"

#include <array>
#include <memory>
#include <unicode/brkiter.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

// What comes out clean is UTF-8, in NFC, within its limits, trimmed, of permitted characters; and cleaning it
// again changes nothing.
namespace warsha::fuzz {
namespace {

std::size_t graphemes(const icu::UnicodeString& text) {
  UErrorCode error = U_ZERO_ERROR;
  thread_local const std::unique_ptr<icu::BreakIterator> iterator(
      icu::BreakIterator::createCharacterInstance(icu::Locale::getRoot(), error));
  iterator->setText(text);
  std::size_t count = 0;
  while (iterator->next() != icu::BreakIterator::DONE)
    ++count;
  return count;
}

bool permitted(UChar32 c, bool one_line) {
  if (c == '\n')
    return !one_line;
  const auto direction = u_charDirection(c);
  const bool reorders = direction == U_LEFT_TO_RIGHT_EMBEDDING || direction == U_LEFT_TO_RIGHT_OVERRIDE ||
                        direction == U_RIGHT_TO_LEFT_EMBEDDING || direction == U_RIGHT_TO_LEFT_OVERRIDE ||
                        direction == U_POP_DIRECTIONAL_FORMAT || direction == U_FIRST_STRONG_ISOLATE ||
                        direction == U_LEFT_TO_RIGHT_ISOLATE || direction == U_RIGHT_TO_LEFT_ISOLATE ||
                        direction == U_POP_DIRECTIONAL_ISOLATE;
  return !reorders && u_charType(c) != U_CONTROL_CHAR && !U_IS_UNICODE_NONCHAR(c) && c != 0xfeff &&
         c != 0x2028 && c != 0x2029;
}

} // namespace

void texts(std::string_view input) {
  if (input.empty())
    return;
  constexpr std::array<std::size_t, 4> kLimits{limits::kContributionGraphemes, limits::kThemeTitleGraphemes,
                                               5, 1};
  const auto most = kLimits[static_cast<unsigned char>(input.front()) % kLimits.size()];
  const bool one_line = (static_cast<unsigned char>(input.front()) & 0x80) != 0;
  const auto clean = one_line ? clean_line : clean_text;
  const auto cleaned = clean(input.substr(1), most);
  const auto* text = std::get_if<std::string>(&cleaned);
  if (!text)
    return;
  const auto utf16 = icu::UnicodeString::fromUTF8(*text);
  std::string back;
  promise(utf16.toUTF8String(back) == *text, "a clean text is UTF-8");
  UErrorCode error = U_ZERO_ERROR;
  promise(icu::Normalizer2::getNFCInstance(error)->isNormalized(utf16, error), "in NFC");
  const auto code_points = static_cast<std::size_t>(utf16.countChar32());
  promise(code_points > 0 && code_points <= limits::kTextCodePoints, "of a bounded number of code points");
  promise(graphemes(utf16) <= most, "and of letters");
  for (std::int32_t i = 0; i < utf16.length(); i = utf16.moveIndex32(i, 1))
    promise(permitted(utf16.char32At(i), one_line), "all of them permitted");
  promise(!u_isUWhiteSpace(utf16.char32At(0)) && !u_isUWhiteSpace(utf16.char32At(utf16.length() - 1)),
          "without blanks around it");
  const auto again = clean(*text, most);
  promise(std::holds_alternative<std::string>(again) && std::get<std::string>(again) == *text,
          "and cleaning it again changes nothing");
}

} // namespace warsha::fuzz
