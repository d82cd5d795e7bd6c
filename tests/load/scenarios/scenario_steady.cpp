#include "tests/load/crowds.hpp"
#include "tests/load/measure/arrivals.hpp"
#include "tests/load/measure/report.hpp"
#include "tests/load/measure/saturation.hpp"
#include "tests/load/scenarios/scenarios.hpp"

#include <stdexcept>

namespace warsha::load {

namespace {

/// What is under way when the last command was submitted may take this long.
constexpr auto kDrainTime = std::chrono::seconds(10);

void drain(EventLoop& loop, Tally& tally) {
  if (!loop.run_until([&] { return tally.unseen() == 0; }, Clock::now() + kDrainTime))
    tally.fault(std::to_string(tally.unseen()) + " commands were not seen by everybody 10 s after the last");
}

} // namespace

int run_steady(const Options& options) {
  EventLoop loop;
  Tally tally;
  const auto server = server_of(options);
  const auto crowd = make_crowd(loop, server, tally, options);
  Memory memory;
  crowd->prepare();
  memory.before = read_process(options.server_process);
  crowd->connect();
  memory.connected = read_process(options.server_process);
  crowd->get_ready();

  Arrivals arrivals(loop, crowd->turns(), options.seed,
                    [&](std::size_t person, TimePoint scheduled) { crowd->submit(person, scheduled); });
  Result search;
  std::string limit;
  double rate = 0;
  if (options.rate == "saturate") {
    Saturation saturation(loop, arrivals, tally, *crowd, options);
    rate = saturation.find();
    search = saturation.trials();
    limit = saturation.limited_by_permission() ? "what people are permitted to send" : "deliveries";
  } else {
    rate = std::stod(options.rate);
  }

  arrivals.start(rate);
  loop.run_for(from_seconds(options.warmup));
  Meter meter(tally, options.server_process);
  tally.measure(Clock::now(), Clock::now() + from_seconds(options.seconds));
  meter.start();
  loop.run_for(from_seconds(options.seconds));
  const auto span = meter.stop();
  const auto unseen = tally.unseen();
  arrivals.stop();
  drain(loop, tally);
  memory.after = read_process(options.server_process);
  crowd->finish();

  auto result = describe(options, span, tally, crowd->has_acks());
  result["rate"] = rate;
  result["message_bytes"] = options.message_bytes;
  result["unseen_at_end"] = unseen;
  result["server"] = describe(memory, options.people, span);
  if (!search.is_null()) {
    result["limited_by"] = span.client_cpu_seconds / span.seconds > kClientBusy ? "this program" : limit;
    result["saturation"] = search;
  }
  return finish(result, tally, options);
}

} // namespace warsha::load
