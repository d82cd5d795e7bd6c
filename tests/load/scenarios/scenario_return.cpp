#include "tests/load/live/live_crowd.hpp"
#include "tests/load/measure/report.hpp"
#include "tests/load/scenarios/scenarios.hpp"

#include <algorithm>
#include <cmath>
#include <random>
#include <stdexcept>

namespace warsha::load {

namespace {

constexpr auto kCalmTime = std::chrono::seconds(2);
constexpr auto kReturnTime = std::chrono::seconds(120);
constexpr auto kSampleEvery = std::chrono::milliseconds(20);
/// Each fetches its snapshot on a connection of its own: what was open is gone with the network.
constexpr std::size_t kAnyNumber = 1'000'000;

/// The hall's network goes and comes back.
class Return {
public:
  explicit Return(const Options& options)
      : options_(options), server_(server_of(options)), crowd_(loop_, server_, tally_, options_),
        phones_(loop_, server_, kAnyNumber, false) {}

  int play() {
    prepare();
    go();
    come_back();
    return report();
  }

private:
  void prepare() {
    crowd_.prepare();
    crowd_.fill_boards(options_.contributions);
    before_ = memory();
    crowd_.connect();
    loop_.run_for(kCalmTime);
    connected_ = memory();
  }

  void go() {
    using Leaving = LiveParticipant::Leaving;
    for (auto& person : crowd_.people())
      person->leave(options_.half_open ? Leaving::half_open : Leaving::abruptly);
    crowd_.fill_boards(options_.meanwhile);
    loop_.run_for(kCalmTime);
    gone_ = memory();
    if (options_.fresh)
      for (auto& person : crowd_.people())
        person->forget();
  }

  void come_back() {
    auto& around = crowd_.surroundings();
    around.comes_back = true;
    around.failures = 0;
    around.snapshots = &phones_;
    current_.assign(crowd_.people().size(), false);
    started_.resize(crowd_.people().size());
    around.moved = [this](LiveParticipant& person) { moved(person); };
    std::mt19937 random(options_.seed);
    std::uniform_real_distribution<double> moment(0, options_.jitter_ms / 1000.0);
    began_ = Clock::now();
    for (auto& person : crowd_.people()) {
      const auto when = began_ + from_seconds(moment(random));
      started_[person->identity().number] = when;
      loop_.at(when, [&person = *person] { person.connect(); });
    }
    meter_.start();
    peak_ = gone_;
    const bool all = loop_.run_until(
        [&] {
          peak_ = std::max(peak_, memory());
          show_progress("current again", current_count_, current_.size());
          return current_count_ == current_.size();
        },
        began_ + kReturnTime, kSampleEvery);
    end_progress();
    span_ = meter_.stop();
    if (!all)
      tally_.fault(std::to_string(current_.size() - current_count_) + " people were not current after 120 s");
    around.moved = {};
    loop_.run_for(kCalmTime);
    after_ = memory();
  }

  void moved(LiveParticipant& person) {
    const auto number = person.identity().number;
    if (number >= current_.size() || current_[number] || !person.is_live() ||
        person.position() < person.room().highest_seq)
      return;
    current_[number] = true;
    ++current_count_;
    last_ = Clock::now();
    times_.add(last_ - started_[number]);
  }

  int report() {
    auto result = describe(options_, span_, tally_, true);
    result["contributions"] = options_.contributions;
    result["meanwhile"] = options_.meanwhile;
    result["jitter_ms"] = options_.jitter_ms;
    result["fresh"] = options_.fresh;
    result["half_open"] = options_.half_open;
    result["current_ms"] = describe(times_);
    result["all_current_ms"] = std::round(in_milliseconds(last_ - began_));
    result["failed_joins"] = crowd_.surroundings().failures;
    Result server;
    if (options_.server_process != 0) {
      server["cpu_seconds"] = span_.server_cpu_seconds.value_or(0);
      server["memory_bytes_before"] = before_;
      server["memory_bytes_connected"] = connected_;
      server["memory_bytes_gone"] = gone_;
      server["memory_bytes_peak"] = peak_;
      server["memory_bytes_after"] = after_;
    }
    result["server"] = server;
    crowd_.finish();
    return finish(result, tally_, options_);
  }

  [[nodiscard]] std::uint64_t memory() const {
    const auto figures = options_.server_process == 0 ? std::nullopt : read_process(options_.server_process);
    return figures ? figures->memory_bytes : 0;
  }

  const Options& options_;
  Server server_;
  EventLoop loop_;
  Tally tally_;
  LiveCrowd crowd_;
  HttpClient phones_;
  Meter meter_{tally_, options_.server_process};
  Span span_;
  std::uint64_t before_ = 0, connected_ = 0, gone_ = 0, peak_ = 0, after_ = 0;
  TimePoint began_{}, last_{};
  std::vector<TimePoint> started_;
  std::vector<bool> current_;
  std::size_t current_count_ = 0;
  Histogram times_;
};

} // namespace

int run_return(const Options& options) {
  return Return(options).play();
}

} // namespace warsha::load
