#include "server/aggregation/darija.hpp"

#include <array>
#include <cstdint>
#include <unicode/utf8.h>

namespace warsha::aggregation {

namespace {

bool is_letter_digit(char c) {
  return c == '2' || c == '3' || c == '5' || c == '7' || c == '9';
}

bool is_letter(char c) {
  return c >= 'a' && c <= 'z';
}

struct Sound {
  std::string_view latin;
  std::string_view arabic;
};

// Two letters before one; vowels and half-vowels give nothing, as in skeleton().
constexpr std::array<Sound, 34> kSounds = {{
    {"ch", "ش"}, {"sh", "ش"}, {"kh", "خ"}, {"gh", "غ"}, {"th", "ث"}, {"dh", "ذ"}, {"ou", ""},
    {"2", ""},   {"3", "ع"},  {"5", "خ"},  {"7", "ح"},  {"9", "ق"},  {"a", ""},   {"b", "ب"},
    {"c", "ك"},  {"d", "د"},  {"e", ""},   {"f", "ف"},  {"g", "ك"},  {"h", "ه"},  {"i", ""},
    {"j", "ج"},  {"k", "ك"},  {"l", "ل"},  {"m", "م"},  {"n", "ن"},  {"o", ""},   {"q", "ق"},
    {"r", "ر"},  {"s", "س"},  {"t", "ت"},  {"z", "ز"},  {"u", ""},   {"v", "ف"},
}};

/// Off goes the article: "l" or "el" or "al" before a consonant.
std::string_view without_article(std::string_view form) {
  if (form.size() > 4 && (form.starts_with("el") || form.starts_with("al")))
    return form.substr(2);
  constexpr std::string_view kVowels = "aeiouy";
  if (form.size() > 3 && form[0] == 'l' && kVowels.find(form[1]) == std::string_view::npos)
    return form.substr(1);
  return form;
}

std::string_view without_ending(std::string_view form) {
  for (const std::string_view ending : {"iyat", "iya", "at", "in", "a"})
    if (form.size() >= ending.size() + 3 && form.ends_with(ending))
      return form.substr(0, form.size() - ending.size());
  return form;
}

} // namespace

bool has_arabic_digit_letters(std::string_view form) {
  bool digit = false, letter = false;
  for (const char c : form) {
    if (is_letter(c))
      letter = true;
    else if (is_letter_digit(c))
      digit = true;
    else
      return false;
  }
  // "h2o" and "co2" are no Darija: at least three letters carry the digit.
  return digit && letter && form.size() >= 4;
}

std::string skeleton(std::string_view stem) {
  std::string out;
  std::size_t kept = 0;
  for (std::int32_t begin = 0, end = 0; end < static_cast<std::int32_t>(stem.size()); begin = end) {
    U8_FWD_1(stem.data(), end, static_cast<std::int32_t>(stem.size()));
    const std::string_view letter =
        stem.substr(static_cast<std::size_t>(begin), static_cast<std::size_t>(end - begin));
    if (letter == "ا" || letter == "و" || letter == "ي")
      continue;
    out += letter;
    ++kept;
  }
  return kept >= 2 ? out : std::string(stem);
}

std::string skeleton_of_darija(std::string_view form) {
  std::string_view rest = without_ending(without_article(form));
  std::string out;
  std::string_view previous;
  while (!rest.empty()) {
    std::size_t taken = 1;
    std::string_view arabic;
    for (const auto& sound : kSounds) {
      if (rest.starts_with(sound.latin)) {
        taken = sound.latin.size();
        arabic = sound.arabic;
        break;
      }
    }
    if (arabic != previous) // a doubled consonant is one letter in Arabic
      out += arabic;
    previous = arabic;
    rest.remove_prefix(taken);
  }
  return out;
}

} // namespace warsha::aggregation
