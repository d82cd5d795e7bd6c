#include "server/aggregation/scoring.hpp"
#include "server/aggregation/similarity.hpp"
#include "tests/aggregation/benches.hpp"
#include "tests/aggregation/proposals.hpp"
#include "tests/aggregation/statistics.hpp"

#include <algorithm>
#include <cstdio>
#include <random>
#include <stdexcept>
#include <time.h>
#include <unicode/utf8.h>

namespace warsha::bench {

namespace {

/// Of this thread on its processor, not on the clock of the wall: the work neither waits nor sleeps, and
/// machines that build something else meanwhile shall not make it look slow.
double processor_milliseconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

template <class Work> double milliseconds(Work work) {
  const double began = processor_milliseconds();
  work();
  return processor_milliseconds() - began;
}

/// What stands in the box after each pause of somebody who types: a third, two thirds, all of it.
std::vector<std::string> typed(const std::string& text) {
  std::vector<std::string> stages;
  for (const std::size_t third : {1, 2, 3}) {
    auto end = static_cast<std::int32_t>(text.size() * third / 3);
    U8_SET_CP_START(reinterpret_cast<const std::uint8_t*>(text.data()), 0, end);
    stages.push_back(text.substr(0, third == 3 ? text.size() : static_cast<std::size_t>(end)));
  }
  return stages;
}

constexpr std::size_t kTypists = 500;

std::vector<aggregation::Score> made_up_scores(std::size_t size,
                                               const std::vector<aggregation::Criterion>& grid) {
  std::mt19937 random(7);
  std::vector<aggregation::Score> scores;
  scores.reserve(size);
  for (std::size_t i = 0; i < size; ++i) {
    std::vector<aggregation::Rating> ratings;
    for (const auto& criterion : grid)
      for (const char* rater : {"first", "second"})
        if (random() % 8 != 0)
          ratings.push_back({criterion.id, static_cast<double>(random() % 5) / 4, rater});
    scores.push_back(aggregation::score(grid, ratings));
  }
  return scores;
}

void measure(const Setting& setting, std::size_t size) {
  ProposalMaker maker;
  std::vector<std::string> texts;
  for (std::size_t i = 0; i < size; ++i)
    texts.push_back(maker.next());

  aggregation::TextIndex index(setting.lexicon, setting.parameters);
  const double build = milliseconds([&] {
    for (std::size_t i = 0; i < size; ++i)
      index.add(std::to_string(i), texts[i]);
  });
  std::vector<double> adding, typing;
  std::size_t found = 0;
  for (std::size_t i = 0; i < kTypists; ++i) {
    const std::string text = maker.next();
    for (const std::string& stage : typed(text))
      typing.push_back(milliseconds(
          [&] { found += index.twins(stage, setting.parameters.similarity.related, 5).size(); }));
    adding.push_back(milliseconds([&] { index.add("new " + std::to_string(i), text); }));
  }
  std::vector<aggregation::Criterion> grid = {{"support", 3}, {"breadth", 2},     {"clarity", 1},
                                              {"link", 2},    {"feasibility", 2}, {"impact", 3}};
  const auto scores = made_up_scores(size, grid);
  grid[0].weight = 1;
  std::size_t moved = 0;
  const double rescore = milliseconds([&] { moved = aggregation::moves(scores, grid).size(); });
  std::printf("  %8zu  %10.0f  %9.3f  %9.3f  %9.2f  %9.2f  %9.2f  %10.1f\n", size, build,
              percentile(adding, 0.5), percentile(adding, 0.99), percentile(typing, 0.5),
              percentile(typing, 0.99), percentile(typing, 1), rescore);
  std::fflush(stdout);
  if (found == 0 || moved == 0)
    throw std::runtime_error("the scale benchmark found no twins or moved nothing: it measured nothing");
}

} // namespace

void measure_scale(const Setting& setting, const std::vector<std::size_t>& sizes) {
  std::printf(
      "\nScale, made-up proposals, one thread, processor milliseconds (goal: twins while typing p99 < 20 at "
      "100,000)\n");
  std::printf("  %8s  %10s  %9s  %9s  %9s  %9s  %9s  %10s\n", "", "build all", "add p50", "add p99",
              "twins p50", "twins p99", "twins max", "re-weigh");
  for (const std::size_t size : sizes)
    measure(setting, size);
}

} // namespace warsha::bench
