#pragma once

#include "server/aggregation/hash.hpp"
#include "server/aggregation/lexicon.hpp"
#include "server/aggregation/text.hpp"

#include <cstdint>
#include <unordered_map>
#include <utility>
#include <vector>

namespace warsha::aggregation {

/// Sorted by key, each key once.
using Features = std::vector<std::pair<Key, double>>;

/// Which parts of a text become features, and how heavy each part is in the whole.
struct FeatureWeights {
  double terms = 1;
  double letters = 1;
  double frame = 0.3;
  int shortest_run = 3;
  int longest_run = 5;
};

/// How many of the learned texts have a feature.
class DocumentFrequency {
public:
  void add(const Features& features);
  void remove(const Features& features);
  [[nodiscard]] std::uint32_t documents() const { return documents_; }
  /// ln(1 + (N - n + 0.5) / (n + 0.5)), as in BM25: never negative.
  [[nodiscard]] double inverse(Key key) const;

private:
  std::unordered_map<Key, std::uint32_t> counts_;
  std::uint32_t documents_ = 0;
};

/// Stems and concepts: one unit each, `frame` for words of the form, none for function words.
[[nodiscard]] Features term_features(const std::vector<Term>& terms, double frame);
/// Each two of them that follow each other.
[[nodiscard]] Features pair_features(const std::vector<Term>& terms, double frame);
/// Runs of letters inside words, with the word's ends marked.
[[nodiscard]] Features letter_features(const Text& text, int shortest, int longest);

/// Sorts and adds up what has the same key.
void normalise(Features& features);
/// Makes the Euclidean length `length`; an empty one stays empty.
void scale(Features& features, double length);
[[nodiscard]] double dot(const Features& a, const Features& b);

} // namespace warsha::aggregation
