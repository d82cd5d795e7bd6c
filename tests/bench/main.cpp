#include "tests/bench/scratch.hpp"

#include <benchmark/benchmark.h>
#include <cstdio>
#include <cstdlib>
#include <string_view>
#include <sys/vfs.h>

namespace {

void print_help() {
  std::puts("warsha-micro [--dir=FOLDER] [--benchmark_...]\n"
            "\n"
            "Micro-benchmarks of the live core; tests/bench/README.md says what each measures.\n"
            "\n"
            "  --dir=FOLDER                 where databases are made: on the disk to be measured\n"
            "  --benchmark_filter=REGEX     only these\n"
            "  --benchmark_list_tests       their names\n"
            "  --benchmark_min_time=SECONDS for each\n"
            "  --benchmark_repetitions=N    with mean, median and deviation\n"
            "  --benchmark_out=FILE         as JSON\n"
            "\n"
            "Build it as release: other builds measure themselves.");
}

/// A commit to memory is no commit.
bool in_memory(const char* folder) {
  constexpr long kTmpfsMagic = 0x01021994;
  struct statfs facts {};
  return ::statfs(folder, &facts) == 0 && facts.f_type == kTmpfsMagic;
}

} // namespace

int main(int argc, char** argv) {
  constexpr std::string_view kDir = "--dir=";
  const char* folder = WARSHA_BENCH_FOLDER;
  int kept = 1;
  for (int i = 1; i < argc; ++i) {
    if (std::string_view(argv[i]).starts_with(kDir))
      folder = argv[i] + kDir.size();
    else
      argv[kept++] = argv[i];
  }
  argc = kept;
  if (in_memory(folder)) {
    std::fprintf(stderr, "warsha-micro: %s is in memory; name a folder on a disk with --dir\n", folder);
    return 2;
  }
  warsha::bench::set_scratch_folder(folder);
  benchmark::Initialize(&argc, argv, print_help);
  if (benchmark::ReportUnrecognizedArguments(argc, argv))
    return 2;
  const auto run = benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
  if (run == 0) {
    std::fputs("warsha-micro: no benchmark has such a name\n", stderr);
    return 1;
  }
  std::fprintf(stderr, "%zu benchmarks run\n", run);
  return 0;
}
