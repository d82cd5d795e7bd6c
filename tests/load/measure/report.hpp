#pragma once

#include "tests/load/measure/process_figures.hpp"
#include "tests/load/measure/tally.hpp"
#include "tests/load/options.hpp"

#include <nlohmann/json.hpp>
#include <optional>
#include <string>

namespace warsha::load {

using Result = nlohmann::ordered_json;

/// What happened between two moments.
struct Span {
  double seconds = 0;
  Totals totals;
  double client_cpu_seconds = 0;
  std::optional<double> server_cpu_seconds; // nothing without --server-pid
};

/// Measures spans.
class Meter {
public:
  Meter(const Tally& tally, pid_t server_process) : tally_(tally), server_process_(server_process) {}
  void start();
  [[nodiscard]] Span stop() const;

private:
  const Tally& tally_;
  pid_t server_process_;
  TimePoint began_{};
  Totals totals_;
  double client_cpu_ = 0;
  std::optional<double> server_cpu_;
};

/// Of the server, before the people connected, when all were connected, and at the end.
struct Memory {
  std::optional<ProcessFigures> before;
  std::optional<ProcessFigures> connected;
  std::optional<ProcessFigures> after;
};

/// {"p50","p90","p99","p999","max"} in milliseconds, or null without any.
[[nodiscard]] Result describe(const Histogram& times);
[[nodiscard]] Result describe(const Memory& memory, std::size_t people, const Span& span);
/// The fields that every scenario has; `faults` comes last, by finish().
[[nodiscard]] Result describe(const Options& options, const Span& span, const Tally& tally, bool has_acks);

/// Above it, this program was the bottleneck, and the figures are its own.
inline constexpr double kClientBusy = 0.9;

/// Adds faults and notes, prints the table, writes --json. Gives the exit status: 1 with a fault.
[[nodiscard]] int finish(Result& result, const Tally& tally, const Options& options);

} // namespace warsha::load
