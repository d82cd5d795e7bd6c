#pragma once

#include <cstddef>
#include <functional>
#include <utility>
#include <vector>

namespace warsha::bench {

/// One answer: how sure the router was, whether its first, or one of its first three, was right.
struct Answer {
  double confidence = 0;
  bool first = false;
  bool in_three = false;
};

struct Estimate {
  double value = 0;
  double low = 0; // 95 % by bootstrap, 1,000 draws, always the same ones
  double high = 0;
};

/// `figure` of samples drawn with replacement from 0 … size-1.
[[nodiscard]] Estimate bootstrap(std::size_t size,
                                 const std::function<double(const std::vector<std::size_t>&)>& figure);

/// Mean distance between confidence and accuracy over ten equally wide bins, weighed by their answers.
[[nodiscard]] double expected_calibration_error(const std::vector<Answer>& answers);

struct ScoredLabel {
  double score = 0;
  bool relevant = false;
};

/// Non-interpolated; pairs with equal scores share their mean place, so that their order decides nothing.
[[nodiscard]] double average_precision(std::vector<ScoredLabel> scored);

/// `share` from 0 to 1, nearest rank.
[[nodiscard]] double percentile(std::vector<double> values, double share);

} // namespace warsha::bench
