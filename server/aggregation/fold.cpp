#include "server/aggregation/fold.hpp"

#include <stdexcept>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>

namespace warsha::aggregation {

namespace {

const icu::Normalizer2& compatibility_fold() {
  static const icu::Normalizer2* const fold = [] {
    UErrorCode status = U_ZERO_ERROR;
    const auto* found = icu::Normalizer2::getNFKCCasefoldInstance(status);
    if (U_FAILURE(status))
      throw std::runtime_error("ICU has no NFKC_Casefold");
    return found;
  }();
  return *fold;
}

const icu::Normalizer2& decomposition() {
  static const icu::Normalizer2* const nfd = [] {
    UErrorCode status = U_ZERO_ERROR;
    const auto* found = icu::Normalizer2::getNFDInstance(status);
    if (U_FAILURE(status))
      throw std::runtime_error("ICU has no NFD");
    return found;
  }();
  return *nfd;
}

constexpr UChar32 kTatweel = 0x0640;

bool is_arabic_diacritic(UChar32 c) {
  return (c >= 0x064b && c <= 0x065f) || c == 0x0670 || (c >= 0x06d6 && c <= 0x06ed);
}

/// Letters that writers of Arabic in Morocco use for one another. 0: the letter is dropped.
UChar32 one_letter(UChar32 c) {
  switch (c) {
  case 0x0622: // alef with madda
  case 0x0623: // alef with hamza above
  case 0x0625: // alef with hamza below
  case 0x0671: // alef wasla
    return 0x0627;
  case 0x0624: // waw with hamza
    return 0x0648;
  case 0x0626: // ya with hamza
  case 0x0649: // alef maksura
  case 0x06cc: // Farsi ya
    return 0x064a;
  case 0x0629: // ta marbuta
    return 0x0647;
  case 0x0621: // lone hamza
    return 0;
  case 0x06ad: // the Moroccan g, three dots above
  case 0x06a9: // keheh
  case 0x06af: // gaf
  case 0x0763: // keheh with three dots
    return 0x0643;
  case 0x06a4: // veh
  case 0x06a5: // feh with three dots below
    return 0x0641;
  case 0x067e: // peh
    return 0x0628;
  default:
    return c;
  }
}

icu::UnicodeString letters_made_one(const icu::UnicodeString& spelled) {
  icu::UnicodeString out;
  UErrorCode status = U_ZERO_ERROR;
  // Decomposing an Arabic letter with hamza would lose which letter it was: those are mapped before.
  icu::UnicodeString mapped;
  for (std::int32_t i = 0; i < spelled.length(); i = spelled.moveIndex32(i, 1))
    if (const UChar32 c = one_letter(spelled.char32At(i)); c != 0)
      mapped.append(c);
  const auto decomposed = decomposition().normalize(mapped, status);
  for (std::int32_t i = 0; i < decomposed.length(); i = decomposed.moveIndex32(i, 1))
    if (const UChar32 c = decomposed.char32At(i); u_charType(c) != U_NON_SPACING_MARK)
      out.append(c);
  return out;
}

} // namespace

Folded fold(const icu::UnicodeString& word) {
  UErrorCode status = U_ZERO_ERROR;
  const auto folded = compatibility_fold().normalize(word, status);
  icu::UnicodeString spelled;
  for (std::int32_t i = 0; i < folded.length(); i = folded.moveIndex32(i, 1)) {
    const UChar32 c = folded.char32At(i);
    if (c == kTatweel || is_arabic_diacritic(c))
      continue;
    const std::int32_t digit = u_charDigitValue(c);
    spelled.append(digit >= 0 ? static_cast<UChar32>('0' + digit) : c);
  }
  Folded result;
  spelled.toUTF8String(result.spelled);
  letters_made_one(spelled).toUTF8String(result.form);
  return result;
}

std::string fold_letters(std::string_view spelled) {
  std::string form;
  letters_made_one(icu::UnicodeString::fromUTF8(
                       icu::StringPiece(spelled.data(), static_cast<std::int32_t>(spelled.size()))))
      .toUTF8String(form);
  return form;
}

} // namespace warsha::aggregation
