#pragma once

#include "tests/load/measure/clock.hpp"

#include <cstdint>
#include <vector>

namespace warsha::load {

/// Times, counted in log-linear buckets as HdrHistogram does: every power of two is cut into 128 equal parts,
/// so a percentile is never more than 0.8 % above the truth, whatever its size, and adding is one increment.
/// Keeps microseconds; what is longer than two days counts as two days.
class Histogram {
public:
  Histogram();

  void add(Duration time);
  void add(const Histogram& other);
  void clear();

  [[nodiscard]] std::uint64_t count() const { return count_; }
  /// The time that `part` (0 to 1) of all don't pass; the highest time of its bucket, and never more than the
  /// longest time. Zero without any.
  [[nodiscard]] Duration at(double part) const;
  /// Exact.
  [[nodiscard]] Duration longest() const { return std::chrono::microseconds(longest_); }

private:
  std::vector<std::uint64_t> buckets_;
  std::uint64_t count_ = 0;
  std::uint64_t longest_ = 0;
};

} // namespace warsha::load
