#include "server/aggregation/headings.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

namespace warsha::aggregation {

namespace {

constexpr std::size_t kLongestPhrase = 4; // terms that are no function words

struct Candidate {
  std::set<Key> keys; // of its words for the matter
  std::string phrase;
  std::size_t text = 0;
  Span span;
  std::size_t covers = 0;

  [[nodiscard]] double worth() const {
    return static_cast<double>(covers) * (1 + 0.5 * static_cast<double>(keys.size() - 1));
  }
};

/// Runs of terms that begin and end with a word for the matter.
void add_phrases(const std::string& text, std::size_t index, const std::vector<Term>& terms,
                 std::vector<Candidate>& into) {
  for (std::size_t first = 0; first < terms.size(); ++first) {
    if (terms[first].role != Role::matter)
      continue;
    std::size_t words = 0;
    std::set<Key> keys;
    for (std::size_t last = first; last < terms.size() && words < kLongestPhrase; ++last) {
      words += terms[last].role != Role::function;
      if (terms[last].role != Role::matter)
        continue;
      keys.insert(terms[last].key);
      const Span span{terms[first].span.begin, terms[last].span.end};
      into.push_back({keys, text.substr(span.begin, span.end - span.begin), index, span, 0});
    }
  }
}

} // namespace

std::vector<Heading> suggest_headings(const Lexicon& lexicon, std::span<const std::string> texts,
                                      std::size_t most) {
  std::vector<Candidate> candidates;
  std::map<Key, std::set<std::size_t>> texts_with;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const auto terms = lexicon.terms(read(texts[i]));
    for (const Term& term : terms)
      if (term.role == Role::matter)
        texts_with[term.key].insert(i);
    add_phrases(texts[i], i, terms, candidates);
  }
  for (Candidate& candidate : candidates)
    for (std::size_t i = 0; i < texts.size(); ++i)
      candidate.covers += std::all_of(candidate.keys.begin(), candidate.keys.end(),
                                      [&](Key key) { return texts_with[key].contains(i); });
  std::sort(candidates.begin(), candidates.end(), [&](const auto& a, const auto& b) {
    if (a.worth() != b.worth())
      return a.worth() > b.worth();
    return std::tie(a.phrase, texts[a.text], a.span.begin) < std::tie(b.phrase, texts[b.text], b.span.begin);
  });

  std::vector<Heading> headings;
  std::set<std::set<Key>> said;
  for (const Candidate& candidate : candidates) {
    if (headings.size() == most)
      break;
    if (!said.insert(candidate.keys).second)
      continue;
    headings.push_back({candidate.phrase, candidate.text, candidate.span, candidate.covers});
  }
  return headings;
}

} // namespace warsha::aggregation
