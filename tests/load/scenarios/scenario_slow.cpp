#include "tests/load/live/live_crowd.hpp"
#include "tests/load/measure/arrivals.hpp"
#include "tests/load/measure/report.hpp"
#include "tests/load/scenarios/scenarios.hpp"

#include <algorithm>
#include <cmath>

namespace warsha::load {

namespace {

constexpr auto kDrainTime = std::chrono::seconds(10);

/// One run of a steady load; some of its people are not waited for, and read nothing if `slow`.
Result play(const Options& options, bool slow, Tally& all) {
  EventLoop loop;
  Tally tally;
  const auto server = server_of(options);
  LiveCrowd crowd(loop, server, tally, options);
  const auto idle_ones = std::max<std::size_t>(
      1, static_cast<std::size_t>(std::llround(static_cast<double>(options.people) * options.slow_share)));
  const auto speakers = options.people - std::min(idle_ones, options.people - 1);
  // The last ones, so that every room has its part.
  crowd.set_apart(speakers, slow);
  Memory memory;
  crowd.prepare();
  memory.before = read_process(options.server_process);
  crowd.connect();
  memory.connected = read_process(options.server_process);
  crowd.get_ready();
  if (slow)
    for (auto i = speakers; i < options.people; ++i)
      crowd.people()[i]->stop_reading();

  Arrivals arrivals(loop, everybody(speakers), options.seed,
                    [&](std::size_t person, TimePoint scheduled) { crowd.submit(person, scheduled); });
  arrivals.start(std::stod(options.rate));
  loop.run_for(from_seconds(options.warmup));
  Meter meter(tally, options.server_process);
  tally.measure(Clock::now(), Clock::now() + from_seconds(options.seconds));
  meter.start();
  loop.run_for(from_seconds(options.seconds));
  const auto span = meter.stop();
  memory.after = read_process(options.server_process);
  const auto kernel = tcp_buffer_bytes();
  arrivals.stop();
  if (!loop.run_until([&] { return tally.unseen() == 0; }, Clock::now() + kDrainTime))
    tally.fault(std::to_string(tally.unseen()) + " commands were not seen by everybody who reads");
  crowd.finish();

  auto result = describe(options, span, tally, true);
  result["slow_people"] = slow ? options.people - speakers : 0;
  // What a reader got in this time is what a slow one left unread: only beyond limits::kQueueBytes and the
  // kernel's buffers is a slow one cut off.
  result["bytes_per_reader"] = span.totals.bytes / (slow ? speakers : options.people);
  result["kernel_tcp_buffer_bytes"] = kernel;
  result["server"] = describe(memory, options.people, span);
  all.add_faults_and_notes(tally);
  return result;
}

double median(std::vector<double> values) {
  std::ranges::sort(values);
  const auto middle = values.size() / 2;
  return values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

Result row_of(const Result& without, const Result& with) {
  const auto p99 = [](const Result& run) { return run.at("seen_ms").at("p99").get<double>(); };
  Result row;
  row["without_p99_ms"] = p99(without);
  row["with_p99_ms"] = p99(with);
  row["ratio"] = std::round(p99(with) / p99(without) * 1000) / 1000;
  if (!with.at("server").is_null()) {
    row["memory_bytes_without"] = without.at("server").at("memory_bytes_after");
    row["memory_bytes_with"] = with.at("server").at("memory_bytes_after");
  }
  return row;
}

} // namespace

int run_slow(const Options& options) {
  Tally all;
  Result pairs = Result::array();
  std::vector<double> ratios;
  Result last;
  for (std::size_t i = 0; i < options.pairs; ++i) {
    // Each goes first every other time: what the one leaves behind in the server meets both.
    const bool slow_first = i % 2 == 1;
    auto first = play(options, slow_first, all);
    auto second = play(options, !slow_first, all);
    const auto& with = slow_first ? first : second;
    const auto& without = slow_first ? second : first;
    if (with.at("seen_ms").is_null() || without.at("seen_ms").is_null()) {
      all.fault("a run measured nothing");
      continue;
    }
    pairs.push_back(row_of(without, with));
    ratios.push_back(pairs.back().at("ratio").get<double>());
    last = with;
  }
  if (ratios.empty())
    last["scenario"] = options.scenario;
  else
    last["p99_ratio_median"] = median(ratios);
  last["pairs"] = pairs;
  return finish(last, all, options);
}

} // namespace warsha::load
