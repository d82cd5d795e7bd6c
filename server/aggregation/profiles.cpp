#include "server/aggregation/profiles.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace warsha::aggregation {

Profiles::Profiles(int classes, const ProfileSettings& settings)
    : settings_(settings), lengths_(static_cast<std::size_t>(classes)) {}

void Profiles::add(int of_class, const Features& features) {
  for (const auto& [key, value] : features) {
    auto& postings = entries_[key].postings;
    const auto found =
        std::find_if(postings.begin(), postings.end(), [&](const auto& p) { return p.of_class == of_class; });
    if (found == postings.end())
      postings.push_back({of_class, value});
    else
      found->count += value;
    lengths_[static_cast<std::size_t>(of_class)] += value;
  }
}

void Profiles::finish() {
  const auto classes = static_cast<double>(lengths_.size());
  const double average = std::max(std::accumulate(lengths_.begin(), lengths_.end(), 0.0) / classes, 1e-9);
  for (auto& [key, entry] : entries_) {
    const auto with = static_cast<double>(entry.postings.size());
    entry.inverse = std::log1p((classes - with + 0.5) / (with + 0.5));
    for (Posting& posting : entry.postings) {
      const double length = lengths_[static_cast<std::size_t>(posting.of_class)] / average;
      posting.weight =
          entry.inverse * posting.count * (settings_.saturation + 1) /
          (posting.count + settings_.saturation * (1 - settings_.length + settings_.length * length));
    }
  }
}

std::vector<double> Profiles::scores(const Features& features) const {
  std::vector<double> scores(lengths_.size());
  double known = 0;
  for (const auto& [key, value] : features) {
    const auto found = entries_.find(key);
    if (found == entries_.end())
      continue;
    known += value * found->second.inverse;
    for (const Posting& posting : found->second.postings)
      scores[static_cast<std::size_t>(posting.of_class)] += value * posting.weight;
  }
  const double divisor = std::pow(1 + known, settings_.brevity);
  for (double& score : scores)
    score /= divisor;
  return scores;
}

double Profiles::weight(Key key, int of_class) const {
  const auto found = entries_.find(key);
  if (found == entries_.end())
    return 0;
  for (const Posting& posting : found->second.postings)
    if (posting.of_class == of_class)
      return posting.weight;
  return 0;
}

} // namespace warsha::aggregation
