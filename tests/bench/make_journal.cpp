#include "tests/bench/journal_file.hpp"

#include <CLI/CLI.hpp>
#include <cstdio>
#include <iostream>
#include <unistd.h>

/// Makes a large database to measure with: see --help.
int main(int argc, char** argv) {
  CLI::App app("Makes a database of workshops with many events, for measuring a start, a load or a "
               "verification. Prints a line for each workshop: its id and its join code.",
               "warsha-make-journal");
  std::filesystem::path file;
  warsha::bench::JournalPlan plan;
  app.add_option("FILE", file, "The database to make; must not exist")
      ->required()
      ->check(CLI::NonexistentPath);
  app.add_option("--workshops", plan.workshops, "How many")
      ->capture_default_str()
      ->check(CLI::PositiveNumber);
  app.add_option("--events", plan.events, "Of each workshop")
      ->capture_default_str()
      ->check(CLI::PositiveNumber);
  app.add_option("--people", plan.size.people, "In each workshop")
      ->capture_default_str()
      ->check(CLI::Range(2, 100000));
  app.add_option("--contributions", plan.size.contributions,
                 "At most, in each workshop; the rest are supports, edits and groupings")
      ->capture_default_str()
      ->check(CLI::Range(1, 2000));
  CLI11_PARSE(app, argc, argv);
  const bool shown = ::isatty(STDERR_FILENO) != 0;
  try {
    const auto made = warsha::bench::make_journal(file, plan, [&](std::size_t written) {
      if (shown)
        std::fprintf(stderr, "\r%zu events", written);
    });
    for (const auto& workshop : made)
      std::cout << workshop.id.text() << ' ' << workshop.join_code << '\n';
    std::fprintf(stderr, "%s%zu workshops, %zu events: %s\n", shown ? "\r" : "", plan.workshops,
                 plan.workshops * plan.events, file.c_str());
    return 0;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "warsha-make-journal: %s\n", error.what());
    return 1;
  }
}
