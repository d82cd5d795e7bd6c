#include "server/aggregation/similarity.hpp"

#include <algorithm>
#include <cmath>

namespace warsha::aggregation {

namespace {

std::vector<Key> keys_of(const Features& features) {
  std::vector<Key> keys;
  keys.reserve(features.size());
  for (const auto& [key, value] : features)
    keys.push_back(key);
  return keys;
}

/// Runs of letters that more texts than this share lead to no candidates: they would cost more than they
/// find.
constexpr std::size_t kCommonRun = 500;

template <class Map> void erase_slot(Map& postings, Key key, std::uint32_t slot) {
  const auto found = postings.find(key);
  auto& slots = found->second;
  *std::find(slots.begin(), slots.end(), slot) = slots.back();
  slots.pop_back();
  if (slots.empty())
    postings.erase(found);
}

} // namespace

TextIndex::Entry TextIndex::make(std::string id, std::string_view utf8) const {
  const auto& weights = parameters_.similarity.features;
  const Text text = read(utf8);
  Entry entry;
  entry.id = std::move(id);
  for (const Term& term : lexicon_.terms(text))
    if (term.role != Role::function) {
      entry.terms.push_back(term);
      entry.tells_a_lack = entry.tells_a_lack || term.role == Role::lack;
    }
  entry.term_keys = keys_of(term_features(entry.terms, weights.frame));
  entry.letter_keys = keys_of(letter_features(text, weights.shortest_run, weights.longest_run));
  return entry;
}

void TextIndex::add(std::string id, std::string_view text) {
  remove(id);
  Entry entry = make(std::move(id), text);
  Slot slot = static_cast<Slot>(entries_.size());
  if (free_.empty()) {
    entries_.emplace_back();
  } else {
    slot = free_.back();
    free_.pop_back();
  }
  for (const Key key : entry.term_keys)
    by_term_[key].push_back(slot);
  for (const Key key : entry.letter_keys)
    by_letters_[key].push_back(slot);
  slots_by_id_.emplace(entry.id, slot);
  entries_[slot] = std::move(entry);
}

void TextIndex::remove(std::string_view id) {
  const auto found = slots_by_id_.find(id);
  if (found == slots_by_id_.end())
    return;
  const Slot slot = found->second;
  for (const Key key : entries_[slot].term_keys)
    erase_slot(by_term_, key, slot);
  for (const Key key : entries_[slot].letter_keys)
    erase_slot(by_letters_, key, slot);
  entries_[slot] = {};
  free_.push_back(slot);
  slots_by_id_.erase(found);
}

double TextIndex::inverse(const Postings& postings, Key key) const {
  const auto found = postings.find(key);
  const double with = found == postings.end() ? 0 : static_cast<double>(found->second.size());
  return std::log1p((static_cast<double>(size()) - std::min(with, static_cast<double>(size())) + 0.5) /
                    (with + 0.5));
}

/// What both have, weighed by rarity, in relation to what each has: between the cosine-like whole and the
/// share of the shorter text that the longer one contains.
static double relate(double both, double a, double b, double containment) {
  const double whole = containment * std::min(a, b) + (1 - containment) * std::max(a, b);
  return whole > 0 ? std::min(both / whole, 1.0) : 0;
}

double TextIndex::letter_overlap(const std::vector<Key>& a, const std::vector<Key>& b) const {
  double in_a = 0, in_b = 0, both = 0;
  auto i = a.begin(), j = b.begin();
  while (i != a.end() || j != b.end()) {
    if (j == b.end() || (i != a.end() && *i < *j)) {
      in_a += inverse(by_letters_, *i++);
    } else if (i == a.end() || *j < *i) {
      in_b += inverse(by_letters_, *j++);
    } else {
      const double weight = inverse(by_letters_, *i++);
      ++j;
      in_a += weight;
      in_b += weight;
      both += weight;
    }
  }
  return relate(both, in_a, in_b, parameters_.similarity.containment);
}

double TextIndex::term_overlap(const Entry& a, const Entry& b, std::vector<SharedWords>* shared) const {
  const auto& settings = parameters_.similarity;
  const auto weight = [&](const Term& term) {
    return inverse(by_term_, term.key) * (term.role == Role::matter ? 1 : settings.features.frame);
  };
  double in_a = 0, in_b = 0, both = 0;
  std::vector<bool> taken(b.terms.size());
  for (const Term& term : b.terms)
    in_b += weight(term);
  for (const Term& term : a.terms) {
    const double heavy = weight(term);
    in_a += heavy;
    std::size_t best = b.terms.size();
    for (std::size_t j = 0; j < b.terms.size(); ++j)
      if (!taken[j] && b.terms[j].key == term.key &&
          (best == b.terms.size() || b.terms[j].surface == term.surface)) {
        best = j;
        if (b.terms[j].surface == term.surface)
          break;
      }
    if (best == b.terms.size())
      continue;
    taken[best] = true;
    const double part = heavy * (b.terms[best].surface == term.surface ? 1 : settings.other_word);
    both += part;
    if (shared != nullptr)
      shared->push_back({term.span, b.terms[best].span, part});
  }
  if (shared != nullptr)
    for (SharedWords& words : *shared)
      words.share /= both;
  return relate(both, in_a, in_b, settings.containment);
}

Likeness TextIndex::compare(const Entry& a, const Entry& b, bool explain) const {
  const auto& settings = parameters_.similarity;
  Likeness likeness;
  likeness.terms = term_overlap(a, b, explain ? &likeness.shared : nullptr);
  likeness.letters = letter_overlap(a.letter_keys, b.letter_keys);
  likeness.score = (settings.terms * likeness.terms + settings.letters * likeness.letters) /
                   (settings.terms + settings.letters);
  if (a.tells_a_lack != b.tells_a_lack)
    likeness.score *= settings.lack_and_remedy;
  return likeness;
}

Likeness TextIndex::compare(std::string_view first, std::string_view second) const {
  return compare(make("", first), make("", second), true);
}

std::vector<TextIndex::Slot> TextIndex::candidates(const Entry& entry) const {
  static thread_local std::vector<float> scores;
  scores.resize(std::max(scores.size(), entries_.size()));
  std::vector<Slot> touched;
  const auto visit = [&](const Postings& postings, Key key, double weight) {
    const auto found = postings.find(key);
    if (found == postings.end())
      return;
    for (const Slot slot : found->second) {
      if (scores[slot] == 0)
        touched.push_back(slot);
      scores[slot] += static_cast<float>(weight);
    }
  };
  for (const Key key : entry.term_keys)
    visit(by_term_, key, inverse(by_term_, key));
  for (const Key key : entry.letter_keys)
    if (const auto found = by_letters_.find(key);
        found != by_letters_.end() && found->second.size() <= kCommonRun)
      visit(by_letters_, key, 0.1 * inverse(by_letters_, key));
  const auto most = std::min(touched.size(), static_cast<std::size_t>(parameters_.similarity.candidates));
  std::nth_element(touched.begin(), touched.begin() + static_cast<std::ptrdiff_t>(most), touched.end(),
                   [&](Slot a, Slot b) {
                     if (scores[a] != scores[b])
                       return scores[a] > scores[b];
                     return entries_[a].id < entries_[b].id;
                   });
  for (const Slot slot : touched)
    scores[slot] = 0;
  touched.resize(most);
  return touched;
}

std::vector<Twin> TextIndex::twins(std::string_view text, double at_least, std::size_t most) const {
  const Entry entry = make("", text);
  std::vector<std::pair<double, Slot>> found;
  for (const Slot slot : candidates(entry))
    if (const double score = compare(entry, entries_[slot], false).score; score >= at_least)
      found.emplace_back(score, slot);
  std::sort(found.begin(), found.end(), [&](const auto& a, const auto& b) {
    return a.first != b.first ? a.first > b.first : entries_[a.second].id < entries_[b.second].id;
  });
  found.resize(std::min(found.size(), most));
  std::vector<Twin> twins;
  for (const auto& [score, slot] : found)
    twins.push_back({entries_[slot].id, compare(entry, entries_[slot], true)});
  return twins;
}

std::vector<ScoredPair> TextIndex::pairs(double at_least) const {
  std::map<std::pair<std::string_view, std::string_view>, double> found;
  for (const auto& [id, slot] : slots_by_id_)
    for (const Slot other : candidates(entries_[slot])) {
      if (other == slot)
        continue;
      const bool first = id < entries_[other].id;
      const auto& a = entries_[first ? slot : other];
      const auto& b = entries_[first ? other : slot];
      if (found.contains({a.id, b.id}))
        continue;
      if (const double score = compare(a, b, false).score; score >= at_least)
        found.emplace(std::pair(std::string_view(a.id), std::string_view(b.id)), score);
    }
  std::vector<ScoredPair> out;
  for (const auto& [ids, score] : found)
    out.push_back({std::string(ids.first), std::string(ids.second), score});
  return out;
}

} // namespace warsha::aggregation
