#include "server/live/workshop.hpp"
#include "server/store/connection.hpp"
#include "tests/bench/journal_file.hpp"
#include "tests/bench/scratch.hpp"

#include <benchmark/benchmark.h>

/// A workshop read from its journal, as when somebody first asks for it. Argument: its events.
namespace warsha::bench {
namespace {

void workshop_load(benchmark::State& state) {
  const Scratch scratch;
  const auto file = scratch.file("warsha.db");
  const auto events = static_cast<std::size_t>(state.range(0));
  const auto made = make_journal(file, {1, events, {500, 2000}});
  store::Connection connection(file, store::Connection::Mode::read_only);
  for (auto _ : state)
    store::at_one_moment(connection,
                         [&] { benchmark::DoNotOptimize(live::load(connection, made.front().id)); });
  state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations() * events));
}
BENCHMARK(workshop_load)->Arg(2000)->Arg(33000)->Unit(benchmark::kMillisecond);

} // namespace
} // namespace warsha::bench
