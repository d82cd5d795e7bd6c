#include "server/live/gzip.hpp"
#include "server/live/views.hpp"
#include "tests/bench/meeting.hpp"

#include <benchmark/benchmark.h>

/// The whole board for somebody who comes in. Argument: contributions on it.
namespace warsha::bench {
namespace {

constexpr TimeMs kNow = 1'760'000'000'000;

std::string snapshot(const Meeting& meeting) {
  return live::view_snapshot(meeting.board(), meeting.id(), "0123456789abcdef", live::Audience::room, {},
                             kNow);
}

Meeting prepared(const benchmark::State& state) {
  Meeting meeting(1, {500, 2000});
  meeting.contribute_until(static_cast<std::size_t>(state.range(0)));
  return meeting;
}

void snapshot_encode(benchmark::State& state) {
  const auto meeting = prepared(state);
  for (auto _ : state)
    benchmark::DoNotOptimize(snapshot(meeting));
  state.counters["bytes"] = static_cast<double>(snapshot(meeting).size());
}
BENCHMARK(snapshot_encode)->Arg(300)->Arg(2000)->Unit(benchmark::kMillisecond);

void snapshot_gzip(benchmark::State& state) {
  const auto json = snapshot(prepared(state));
  for (auto _ : state)
    benchmark::DoNotOptimize(live::gzip(json));
  state.counters["bytes"] = static_cast<double>(live::gzip(json).size());
}
BENCHMARK(snapshot_gzip)->Arg(300)->Arg(2000)->Unit(benchmark::kMillisecond);

} // namespace
} // namespace warsha::bench
