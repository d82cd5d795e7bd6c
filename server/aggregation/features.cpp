#include "server/aggregation/features.hpp"

#include <algorithm>
#include <cmath>
#include <unicode/utf8.h>

namespace warsha::aggregation {

namespace {

double weight_of(const Term& term, double frame) {
  return term.role == Role::matter ? 1 : term.role == Role::function ? 0 : frame;
}

} // namespace

void DocumentFrequency::add(const Features& features) {
  for (const auto& [key, value] : features)
    ++counts_[key];
  ++documents_;
}

void DocumentFrequency::remove(const Features& features) {
  for (const auto& [key, value] : features)
    if (const auto found = counts_.find(key); found != counts_.end() && --found->second == 0)
      counts_.erase(found);
  --documents_;
}

double DocumentFrequency::inverse(Key key) const {
  const auto found = counts_.find(key);
  const double with = found == counts_.end() ? 0 : found->second;
  return std::log1p((documents_ - with + 0.5) / (with + 0.5));
}

Features term_features(const std::vector<Term>& terms, double frame) {
  Features features;
  for (const Term& term : terms)
    if (const double weight = weight_of(term, frame); weight > 0)
      features.emplace_back(term.key, weight);
  normalise(features);
  return features;
}

Features pair_features(const std::vector<Term>& terms, double frame) {
  Features features;
  const Term* previous = nullptr;
  for (const Term& term : terms) {
    if (term.role == Role::function)
      continue;
    if (previous != nullptr)
      features.emplace_back(previous->key * 0x9e3779b97f4a7c15 + term.key,
                            std::min(weight_of(*previous, frame), weight_of(term, frame)));
    previous = &term;
  }
  normalise(features);
  return features;
}

Features letter_features(const Text& text, int shortest, int longest) {
  Features features;
  std::vector<std::size_t> starts;
  for (const Word& word : text.words) {
    const std::string marked = "_" + word.form + "_";
    starts.clear();
    for (std::int32_t i = 0; i < static_cast<std::int32_t>(marked.size());) {
      starts.push_back(static_cast<std::size_t>(i));
      U8_FWD_1(marked.data(), i, static_cast<std::int32_t>(marked.size()));
    }
    starts.push_back(marked.size());
    const std::size_t letters = starts.size() - 1;
    for (auto run = static_cast<std::size_t>(shortest); run <= static_cast<std::size_t>(longest); ++run)
      for (std::size_t first = 0; first + run <= letters; ++first)
        features.emplace_back(
            key_of(std::string_view(marked).substr(starts[first], starts[first + run] - starts[first]),
                   key_of("letters")),
            1);
  }
  normalise(features);
  return features;
}

void normalise(Features& features) {
  std::sort(features.begin(), features.end());
  std::size_t kept = 0;
  for (const auto& feature : features) {
    if (kept > 0 && features[kept - 1].first == feature.first)
      features[kept - 1].second += feature.second;
    else
      features[kept++] = feature;
  }
  features.resize(kept);
}

void scale(Features& features, double length) {
  double squares = 0;
  for (const auto& [key, value] : features)
    squares += value * value;
  if (squares <= 0)
    return;
  const double factor = length / std::sqrt(squares);
  for (auto& [key, value] : features)
    value *= factor;
}

double dot(const Features& a, const Features& b) {
  double sum = 0;
  for (auto i = a.begin(), j = b.begin(); i != a.end() && j != b.end();) {
    if (i->first < j->first)
      ++i;
    else if (j->first < i->first)
      ++j;
    else
      sum += i++->second * j++->second;
  }
  return sum;
}

} // namespace warsha::aggregation
