#include "tests/bench/meeting.hpp"

#include <benchmark/benchmark.h>

/// A command decided on a board and its event applied, without disk or wire. Argument: contributions on the
/// board.
namespace warsha::bench {
namespace {

constexpr std::size_t kRound = 50; // commands made in advance, outside the time
constexpr MeetingSize kFull{500, 2000};

Meeting prepared(const benchmark::State& state) {
  Meeting meeting(1, kFull);
  meeting.contribute_until(static_cast<std::size_t>(state.range(0)));
  return meeting;
}

template <class Make> void run_rounds(benchmark::State& state, Meeting& meeting, Make make) {
  std::vector<Meeting::Attempt> attempts;
  std::size_t changed = 0;
  for (auto _ : state) {
    state.PauseTiming();
    attempts.clear();
    for (std::size_t i = 0; i < kRound; ++i)
      attempts.push_back(make(meeting));
    state.ResumeTiming();
    for (auto& attempt : attempts)
      changed += meeting.act(std::move(attempt)) ? 1 : 0;
  }
  if (changed == 0)
    state.SkipWithError("the rules refuse everything");
  state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations() * kRound));
}

void decide_and_apply_support(benchmark::State& state) {
  auto meeting = prepared(state);
  run_rounds(state, meeting, [](Meeting& one) { return one.support(); });
}
BENCHMARK(decide_and_apply_support)->Arg(10)->Arg(300)->Arg(2000);

void decide_and_apply_edit(benchmark::State& state) {
  auto meeting = prepared(state);
  run_rounds(state, meeting, [](Meeting& one) { return one.edit(); });
}
BENCHMARK(decide_and_apply_edit)->Arg(10)->Arg(300)->Arg(2000);

/// On a board that grows: each round begins from the same one, less the round where it would be full.
void decide_and_apply_contribute(benchmark::State& state) {
  Meeting meeting(1, kFull);
  meeting.contribute_until(std::min(static_cast<std::size_t>(state.range(0)), 2000 - kRound));
  const auto before = meeting.board();
  run_rounds(state, meeting, [&, made = kRound](Meeting& one) mutable {
    if (made++ == kRound) {
      one.board() = before;
      made = 1;
    }
    return one.contribute();
  });
}
BENCHMARK(decide_and_apply_contribute)->Arg(10)->Arg(300)->Arg(2000);

} // namespace
} // namespace warsha::bench
