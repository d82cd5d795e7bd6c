#include "tests/load/crowd.hpp"

#include <cstdio>
#include <numeric>
#include <unistd.h>

namespace warsha::load {

namespace {

TimePoint shown_at{};
bool drawn = false;

} // namespace

std::vector<std::size_t> everybody(std::size_t count) {
  std::vector<std::size_t> numbers(count);
  std::iota(numbers.begin(), numbers.end(), std::size_t{0});
  return numbers;
}

void show_progress(const std::string& what, std::size_t done, std::size_t of) {
  static const bool kTerminal = ::isatty(STDERR_FILENO) != 0;
  const auto now = Clock::now();
  if (now - shown_at < (kTerminal ? std::chrono::milliseconds(200) : std::chrono::milliseconds(5000)))
    return;
  shown_at = now;
  drawn = kTerminal;
  std::fprintf(stderr, "%s%s: %zu of %zu%s", kTerminal ? "\r" : "", what.c_str(), done, of,
               kTerminal ? "\x1b[K" : "\n");
}

void end_progress() {
  if (drawn)
    std::fprintf(stderr, "\r\x1b[K");
  drawn = false;
  shown_at = Clock::now();
}

} // namespace warsha::load
