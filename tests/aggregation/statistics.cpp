#include "tests/aggregation/statistics.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <random>

namespace warsha::bench {

Estimate bootstrap(std::size_t size, const std::function<double(const std::vector<std::size_t>&)>& figure) {
  std::vector<std::size_t> draw(size);
  std::iota(draw.begin(), draw.end(), std::size_t{0});
  Estimate estimate{figure(draw)};
  if (size == 0)
    return estimate;
  std::mt19937 random(20231028);
  std::vector<double> values;
  for (int i = 0; i < 1000; ++i) {
    for (auto& index : draw)
      index = random() % size;
    values.push_back(figure(draw));
  }
  estimate.low = percentile(values, 0.025);
  estimate.high = percentile(values, 0.975);
  return estimate;
}

double expected_calibration_error(const std::vector<Answer>& answers) {
  struct Bin {
    double confidence = 0;
    double right = 0;
  };
  std::array<Bin, 10> bins;
  for (const Answer& answer : answers) {
    Bin& bin = bins[std::min<std::size_t>(9, static_cast<std::size_t>(answer.confidence * 10))];
    bin.confidence += answer.confidence;
    bin.right += answer.first;
  }
  double error = 0;
  for (const Bin& bin : bins)
    error += std::abs(bin.confidence - bin.right);
  return answers.empty() ? 0 : error / static_cast<double>(answers.size());
}

double average_precision(std::vector<ScoredLabel> scored) {
  std::sort(scored.begin(), scored.end(), [](const auto& a, const auto& b) { return a.score > b.score; });
  double sum = 0, found = 0, relevant = 0;
  for (std::size_t i = 0; i < scored.size();) {
    std::size_t end = i;
    double hits = 0;
    for (; end < scored.size() && scored[end].score == scored[i].score; ++end)
      hits += scored[end].relevant;
    const double share = hits / static_cast<double>(end - i);
    for (; i < end; ++i) {
      found += share;
      sum += share * found / static_cast<double>(i + 1);
    }
    relevant += hits;
  }
  return relevant > 0 ? sum / relevant : 0;
}

double percentile(std::vector<double> values, double share) {
  if (values.empty())
    return 0;
  const auto place = static_cast<std::size_t>(std::ceil(share * static_cast<double>(values.size())));
  const auto index = std::min(values.size() - 1, place > 0 ? place - 1 : 0);
  std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(index), values.end());
  return values[index];
}

} // namespace warsha::bench
