#include "tests/load/crowds.hpp"
#include "tests/load/measure/report.hpp"
#include "tests/load/scenarios/scenarios.hpp"

namespace warsha::load {

namespace {

/// Presence and what else follows from coming in is over after this.
constexpr auto kCalmTime = std::chrono::seconds(2);

} // namespace

int run_idle(const Options& options) {
  EventLoop loop;
  Tally tally;
  const auto server = server_of(options);
  const auto crowd = make_crowd(loop, server, tally, options);
  Memory memory;
  crowd->prepare();
  memory.before = read_process(options.server_process);
  const auto kernel_before = tcp_buffer_bytes();
  const auto began = Clock::now();
  crowd->connect();
  const auto connecting = in_seconds(Clock::now() - began);
  loop.run_for(kCalmTime);

  Meter meter(tally, options.server_process);
  meter.start();
  loop.run_for(from_seconds(options.seconds));
  const auto span = meter.stop();
  memory.connected = memory.after = read_process(options.server_process);
  const auto kernel_after = tcp_buffer_bytes();
  crowd->finish();

  auto result = describe(options, span, tally, crowd->has_acks());
  result["connecting_seconds"] = connecting;
  result["kernel_tcp_buffer_bytes"] = kernel_after > kernel_before ? kernel_after - kernel_before : 0;
  result["server"] = describe(memory, options.people, span);
  return finish(result, tally, options);
}

} // namespace warsha::load
