#include "server/aggregation/similarity.hpp"
#include "tests/aggregation/benches.hpp"
#include "tests/aggregation/statistics.hpp"

#include <cstdio>
#include <functional>
#include <map>

namespace warsha::bench {

namespace {

using aggregation::TextIndex;

void print_row(const char* name, const std::vector<ScoredLabel>& scored) {
  std::size_t relevant = 0;
  for (const auto& pair : scored)
    relevant += pair.relevant;
  if (relevant == 0)
    return;
  const auto estimate = bootstrap(scored.size(), [&](const auto& draw) {
    std::vector<ScoredLabel> drawn;
    for (const auto i : draw)
      drawn.push_back(scored[i]);
    return 100 * average_precision(std::move(drawn));
  });
  std::printf("  %-44s %6zu of %6zu   %5.1f [%5.1f, %5.1f]\n", name, relevant, scored.size(), estimate.value,
              estimate.low, estimate.high);
}

} // namespace

void measure_pairs(const Setting& setting, const std::string& name, const PairSet& set) {
  TextIndex index(setting.lexicon, setting.parameters);
  for (const auto& [id, text] : set.texts)
    index.add(id, text);
  std::map<std::pair<std::string, std::string>, std::string> labels;
  std::vector<ScoredLabel> same, related;
  for (const auto& pair : set.pairs) {
    labels[std::minmax(pair.first, pair.second)] = pair.label;
    const double score = index.compare(set.texts.at(pair.first), set.texts.at(pair.second)).score;
    same.push_back({score, pair.label == "same"});
    related.push_back({score, pair.label == "same" || pair.label == "related"});
  }
  std::vector<ScoredLabel> same_of_all, related_of_all;
  for (auto a = set.texts.begin(); a != set.texts.end(); ++a)
    for (auto b = std::next(a); b != set.texts.end(); ++b) {
      const double score = index.compare(a->second, b->second).score;
      const auto found = labels.find({a->first, b->first});
      const std::string label = found == labels.end() ? "" : found->second;
      same_of_all.push_back({score, label == "same"});
      related_of_all.push_back({score, label == "same" || label == "related"});
    }
  std::printf("\nNear-duplicates, %s (%zu texts): average precision %% [95 %%]\n", name.c_str(),
              set.texts.size());
  print_row("same, labelled pairs", same);
  print_row("same or related, labelled pairs", related);
  print_row("same, every pair of the texts", same_of_all);
  print_row("same or related, every pair of the texts", related_of_all);
  const double threshold = setting.parameters.similarity.related;
  std::size_t alike = 0;
  for (const auto& pair : related_of_all)
    alike += pair.score >= threshold;
  std::printf("  candidate search finds %zu of the %zu pairs from %.2f up\n", index.pairs(threshold).size(),
              alike, threshold);
}

} // namespace warsha::bench
