#include "tests/load/measure/histogram.hpp"

#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>
#include <random>
#include <vector>

namespace warsha::load {

using std::chrono::microseconds;

TEST(Histogram, without_times_gives_zero) {
  const Histogram histogram;
  EXPECT_EQ(histogram.count(), 0U);
  EXPECT_EQ(histogram.at(0.99), Duration::zero());
  EXPECT_EQ(histogram.longest(), Duration::zero());
}

TEST(Histogram, one_time_is_every_percentile) {
  Histogram histogram;
  histogram.add(microseconds(12'345));
  for (const double part : {0.0, 0.5, 0.999, 1.0})
    EXPECT_EQ(histogram.at(part), microseconds(12'345)) << part;
}

TEST(Histogram, small_times_are_exact) {
  Histogram histogram;
  for (int i = 1; i <= 200; ++i)
    histogram.add(microseconds(i));
  EXPECT_EQ(histogram.at(0.5), microseconds(100));
  EXPECT_EQ(histogram.at(0.99), microseconds(198));
  EXPECT_EQ(histogram.at(1.0), microseconds(200));
}

TEST(Histogram, percentiles_are_never_below_the_truth_and_at_most_one_percent_above) {
  std::mt19937_64 random(7);
  std::lognormal_distribution<double> times(9, 2.5); // microseconds to minutes
  std::vector<std::int64_t> exact;
  Histogram histogram;
  for (int i = 0; i < 50'000; ++i) {
    const auto time = static_cast<std::int64_t>(times(random));
    exact.push_back(time);
    histogram.add(microseconds(time));
  }
  std::ranges::sort(exact);
  for (const double part : {0.01, 0.1, 0.5, 0.9, 0.99, 0.999, 0.9999}) {
    const auto rank = static_cast<std::size_t>(std::ceil(part * static_cast<double>(exact.size())));
    const auto truth = exact[rank - 1];
    const auto told = std::chrono::duration_cast<microseconds>(histogram.at(part)).count();
    EXPECT_GE(told, truth) << part;
    EXPECT_LE(static_cast<double>(told), static_cast<double>(truth) * 1.01 + 1) << part;
  }
  EXPECT_EQ(histogram.longest(), microseconds(exact.back()));
}

TEST(Histogram, sums_are_the_histogram_of_all) {
  Histogram a;
  Histogram b;
  Histogram all;
  for (int i = 0; i < 1000; ++i) {
    (i % 3 == 0 ? a : b).add(microseconds(i * 37));
    all.add(microseconds(i * 37));
  }
  a.add(b);
  EXPECT_EQ(a.count(), all.count());
  for (const double part : {0.1, 0.5, 0.99})
    EXPECT_EQ(a.at(part), all.at(part));
}

TEST(Histogram, a_time_beyond_all_counts_as_the_longest_and_one_below_zero_as_zero) {
  Histogram histogram;
  histogram.add(std::chrono::hours(1000));
  EXPECT_GT(histogram.longest(), std::chrono::hours(24));
  histogram.add(microseconds(-5));
  EXPECT_EQ(histogram.at(0.5), Duration::zero());
}

} // namespace warsha::load
