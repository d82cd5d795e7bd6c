#pragma once

#include <string>
#include <string_view>

/// Moroccan Arabic in Latin letters, modestly: enough to meet the same word in Arabic letters.
namespace warsha::aggregation {

/// Whether a digit stands for a letter, as in "jam3iya", "9anoun" or "lmo7it". Of a folded form.
[[nodiscard]] bool has_arabic_digit_letters(std::string_view form);

/// The consonants of a folded Arabic stem; the stem itself when fewer than two would be left.
[[nodiscard]] std::string skeleton(std::string_view arabic_stem);

/// The consonants, in Arabic letters, of a Darija word in Latin ones, without article and plural ending.
[[nodiscard]] std::string skeleton_of_darija(std::string_view form);

} // namespace warsha::aggregation
