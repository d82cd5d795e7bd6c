#include "server/aggregation/headings.hpp"

#include <algorithm>
#include <iterator>
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

namespace {

using Places = std::vector<std::size_t>;

/// The texts that speak of all these.
Places speaking_of(const std::set<Key>& keys, const std::map<Key, Places>& texts_with) {
  Places common = texts_with.at(*keys.begin());
  for (const Key key : keys) {
    Places both;
    std::ranges::set_intersection(common, texts_with.at(key), std::back_inserter(both));
    common = std::move(both);
  }
  return common;
}

struct SharedPhrase {
  Candidate candidate;
  Places texts;
};

/// Phrases that two texts or more share, each set of matters once.
std::vector<SharedPhrase> shared_phrases(const Lexicon& lexicon, std::span<const std::string> texts) {
  std::vector<Candidate> candidates;
  std::map<Key, Places> texts_with;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const auto terms = lexicon.terms(read(texts[i]));
    for (const Term& term : terms)
      if (term.role == Role::matter)
        if (auto& places = texts_with[term.key]; places.empty() || places.back() != i)
          places.push_back(i);
    add_phrases(texts[i], i, terms, candidates);
  }
  std::map<std::set<Key>, SharedPhrase> shared;
  for (Candidate& candidate : candidates) {
    if (const auto same = shared.find(candidate.keys); same != shared.end()) {
      // Of several writers the first in byte order is quoted.
      auto& quoted = same->second.candidate;
      if (std::tie(candidate.phrase, texts[candidate.text]) < std::tie(quoted.phrase, texts[quoted.text]))
        quoted = std::move(candidate);
      continue;
    }
    auto places = speaking_of(candidate.keys, texts_with);
    if (places.size() >= 2) {
      const auto keys = candidate.keys;
      shared.emplace(keys, SharedPhrase{std::move(candidate), std::move(places)});
    }
  }
  std::vector<SharedPhrase> phrases;
  for (auto& [keys, phrase] : shared)
    phrases.push_back(std::move(phrase));
  return phrases;
}

} // namespace

std::vector<HeadedGroup> divide_by_headings(const Lexicon& lexicon, std::span<const std::string> texts,
                                            std::size_t most) {
  auto phrases = shared_phrases(lexicon, texts);
  std::vector<bool> taken(texts.size());
  std::vector<HeadedGroup> groups;
  while (groups.size() < most) {
    for (auto& phrase : phrases) {
      std::erase_if(phrase.texts, [&](std::size_t place) { return taken[place]; });
      phrase.candidate.covers = phrase.texts.size();
    }
    std::erase_if(phrases, [](const SharedPhrase& phrase) { return phrase.texts.size() < 2; });
    if (phrases.empty())
      break;
    const auto best = std::max_element(phrases.begin(), phrases.end(), [](const auto& a, const auto& b) {
      if (a.candidate.worth() != b.candidate.worth())
        return a.candidate.worth() < b.candidate.worth();
      return a.candidate.phrase > b.candidate.phrase;
    });
    for (const auto place : best->texts)
      taken[place] = true;
    groups.push_back({best->candidate.phrase, best->texts});
  }
  return groups;
}

} // namespace warsha::aggregation
