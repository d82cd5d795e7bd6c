#pragma once

#include "server/aggregation/lexicon.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace warsha::aggregation {

struct Heading {
  /// As somebody wrote it.
  std::string phrase;
  /// Which of the texts it was taken from, and where it stands there.
  std::size_t text = 0;
  Span span;
  /// How many of the texts speak of all that it names.
  std::size_t covers = 0;
};

/// Phrases out of the texts that say what they have in common, best first, at most `most`: what more texts
/// share is better, and of two that as many share the fuller one. The texts' order decides nothing but which
/// of several writers of the same phrase is quoted (the first in byte order).
[[nodiscard]] std::vector<Heading> suggest_headings(const Lexicon& lexicon,
                                                    std::span<const std::string> texts, std::size_t most);

struct HeadedGroup {
  std::string phrase;
  std::vector<std::size_t> texts; // places among the texts, ascending
};

/// Divides the texts under such phrases: the one that most of those left share comes first, and takes them;
/// each text is in one group at most, and those that share nothing with another are in none. At most `most`
/// groups of two or more.
[[nodiscard]] std::vector<HeadedGroup>
divide_by_headings(const Lexicon& lexicon, std::span<const std::string> texts, std::size_t most);

} // namespace warsha::aggregation
