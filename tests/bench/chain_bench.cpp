#include "server/store/digest.hpp"
#include "server/store/journal.hpp"

#include <benchmark/benchmark.h>

/// The hash of an event over the one before: the floor of writing and of verifying a journal. Argument: bytes
/// of the body.
namespace warsha::bench {
namespace {

void chain(benchmark::State& state) {
  const std::string body(static_cast<std::size_t>(state.range(0)), 'x');
  store::Hash hash{};
  for (auto _ : state)
    benchmark::DoNotOptimize(hash = store::chain_next(hash, body));
  state.SetBytesProcessed(state.iterations() * state.range(0));
}
BENCHMARK(chain)->Arg(250)->Arg(600)->Arg(2000);

} // namespace
} // namespace warsha::bench
