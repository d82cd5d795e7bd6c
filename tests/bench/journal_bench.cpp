#include "server/store/connection.hpp"
#include "server/store/writer.hpp"
#include "tests/bench/bare_sqlite.hpp"
#include "tests/bench/journal_file.hpp"
#include "tests/bench/scratch.hpp"

#include <algorithm>
#include <atomic>
#include <benchmark/benchmark.h>
#include <chrono>
#include <ctime>
#include <future>
#include <optional>
#include <stdexcept>

/// Commands through the journal beside a bare SQLite loop with the same number of rows a commit, in the same
/// folder, turn and turn about. Argument: appends in flight, each of a workshop of its own (a workshop has
/// one at a time) with one event and the contribution that it concerns; or the commands of one append of one
/// workshop, as when all that is said is said there.
namespace warsha::bench {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t kRounds = 25; // commits between two turns
constexpr std::size_t kWarmRounds = 50;
constexpr std::size_t kContributions = 100; // on each board, before
constexpr std::size_t kFull = 2000;

double seconds_since(Clock::time_point begin) {
  return std::chrono::duration<double>(Clock::now() - begin).count();
}

double percentile(std::vector<double>& sorted_here, double share) {
  if (sorted_here.empty())
    return 0;
  std::sort(sorted_here.begin(), sorted_here.end());
  return sorted_here[static_cast<std::size_t>(share * static_cast<double>(sorted_here.size() - 1))];
}

/// CPU time of one thread, read from another.
class ThreadTime {
public:
  /// On the thread itself.
  void attach() { pthread_getcpuclockid(pthread_self(), &clock_); }
  [[nodiscard]] double seconds() const {
    timespec time{};
    clock_gettime(clock_, &time);
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) / 1e9;
  }

private:
  clockid_t clock_{};
};

/// Appends of one commit after the other: as soon as one is reported kept, the same workshop's next is in the
/// queue, so that every group but the first holds all of them.
class InFlight {
public:
  using Act = std::optional<live::Event> (*)(Meeting&);

  InFlight(const std::filesystem::path& file, std::size_t workshops, Act act, std::size_t wal_bytes = 0,
           std::size_t events = 1)
      : writer_(file, wal_bytes), act_(act), meetings_(workshops), events_(events) {
    std::promise<void> attached;
    writer_.run([this](store::Connection&) { time_.attach(); },
                [&](const std::exception_ptr&) { attached.set_value(); });
    attached.get_future().get();
    open_workshops(0);
  }

  /// Makes the appends, untimed; then run() commits them.
  void prepare(std::size_t rounds) {
    open_workshops(rounds * events_);
    rounds_.clear();
    for (std::size_t round = 0; round < rounds; ++round) {
      auto& appends = rounds_.emplace_back();
      for (auto& meeting : meetings_) {
        std::vector<live::Event> events;
        while (events.size() < events_)
          events.push_back(next(*meeting));
        appends.push_back(append_of(*meeting, events));
      }
    }
  }

  /// Seconds it took.
  double run(std::vector<double>& commit_seconds) {
    left_ = meetings_.size();
    done_ = {};
    commit_seconds_ = &commit_seconds;
    const auto begin = last_ = Clock::now();
    const auto cpu = time_.seconds();
    for (std::size_t which = 0; which < meetings_.size(); ++which)
      append(0, which);
    done_.get_future().get();
    cpu_ += time_.seconds() - cpu;
    return seconds_since(begin);
  }

  /// CPU of the writer's thread in all runs.
  [[nodiscard]] double cpu() const { return cpu_; }

private:
  live::Event next(Meeting& meeting) {
    for (;;)
      if (auto event = act_(meeting))
        return std::move(*event);
  }

  /// A new workshop in the place of each that has no room for so many more contributions.
  void open_workshops(std::size_t rounds) {
    std::vector<std::unique_ptr<Meeting>*> opened;
    for (auto& meeting : meetings_)
      if (!meeting || meeting->board().contributions.size() + rounds > kFull) {
        meeting = std::make_unique<Meeting>(++seed_, MeetingSize{100, kFull});
        opened.push_back(&meeting);
      }
    if (opened.empty())
      return;
    std::promise<void> made;
    writer_.run(
        [&](store::Connection& connection) {
          for (auto* meeting : opened)
            write_beginning(connection, **meeting);
        },
        [&](std::exception_ptr error) { error ? made.set_exception(error) : made.set_value(); });
    made.get_future().get();
  }

  static void write_beginning(store::Connection& connection, Meeting& meeting) {
    add_workshop(connection, meeting);
    auto head = *store::read_head(connection, meeting.id());
    std::vector<live::Event> events;
    while (meeting.board().contributions.size() < kContributions)
      events.push_back(meeting.next());
    store::write_append(connection, append_of(meeting, events), head);
  }

  void append(std::size_t round, std::size_t which) {
    writer_.append(std::move(rounds_[round][which]), [this, round, which](const store::AppendOutcome& ended) {
      if (!ended.kept)
        return done_.set_exception(std::make_exception_ptr(std::runtime_error("an append was not kept")));
      if (which == 0) {
        const auto now = Clock::now();
        commit_seconds_->push_back(std::chrono::duration<double>(now - last_).count());
        last_ = now;
      }
      if (round + 1 < rounds_.size())
        append(round + 1, which);
      else if (--left_ == 0)
        done_.set_value();
    });
  }

  store::Writer writer_;
  Act act_;
  std::vector<std::unique_ptr<Meeting>> meetings_;
  std::size_t events_; // of each append
  unsigned seed_ = 0;
  std::vector<std::vector<store::Append>> rounds_;
  std::size_t left_ = 0;
  std::promise<void> done_;
  std::vector<double>* commit_seconds_ = nullptr;
  Clock::time_point last_;
  ThreadTime time_;
  double cpu_ = 0;
};

double run_bare(BareLoop& bare, std::size_t rounds, std::int64_t rows, std::vector<double>& commit_seconds) {
  const auto begin = Clock::now();
  for (std::size_t round = 0; round < rounds; ++round) {
    const auto before = Clock::now();
    bare.commit(rows);
    commit_seconds.push_back(seconds_since(before));
  }
  return seconds_since(begin);
}

constexpr std::size_t kWalBytes = std::size_t{20} << 20; // as the server has it

void journal(benchmark::State& state, InFlight::Act act, bool one_workshop) {
  const Scratch scratch;
  const auto in_flight = static_cast<std::size_t>(state.range(0));
  InFlight writer(scratch.file("warsha.db"), one_workshop ? 1 : in_flight, act, kWalBytes,
                  one_workshop ? in_flight : 1);
  BareLoop bare(scratch.file("bare.db"));
  std::vector<double> commits;
  std::vector<double> bare_commits;
  writer.prepare(kWarmRounds);
  writer.run(commits);
  run_bare(bare, kWarmRounds, state.range(0), bare_commits);
  commits.clear();
  bare_commits.clear();
  const auto warm_cpu = writer.cpu();
  double seconds = 0;
  double bare_seconds = 0;
  for (auto _ : state) {
    writer.prepare(kRounds);
    const auto took = writer.run(commits);
    seconds += took;
    bare_seconds += run_bare(bare, kRounds, state.range(0), bare_commits);
    state.SetIterationTime(took);
  }
  const auto appends = static_cast<double>(state.iterations() * kRounds * in_flight);
  state.counters["appends/s"] = appends / seconds;
  state.counters["bare/s"] = appends / bare_seconds;
  state.counters["ratio"] = bare_seconds / seconds;
  state.counters["cpu_us"] = (writer.cpu() - warm_cpu) / appends * 1e6;
  state.counters["p50_ms"] = percentile(commits, 0.5) * 1e3;
  state.counters["p99_ms"] = percentile(commits, 0.99) * 1e3;
  state.counters["bare_p50_ms"] = percentile(bare_commits, 0.5) * 1e3;
  state.counters["bare_p99_ms"] = percentile(bare_commits, 0.99) * 1e3;
}

std::optional<live::Event> contribute(Meeting& meeting) {
  return meeting.act(meeting.contribute());
}
std::optional<live::Event> support(Meeting& meeting) {
  return meeting.act(meeting.support());
}

BENCHMARK_CAPTURE(journal, contribute, contribute, false)
    ->Arg(1)
    ->Arg(16)
    ->Arg(64)
    ->Arg(256)
    ->UseManualTime();
BENCHMARK_CAPTURE(journal, support, support, false)->Arg(1)->Arg(16)->Arg(64)->Arg(256)->UseManualTime();
BENCHMARK_CAPTURE(journal, contribute_in_one, contribute, true)->Arg(16)->UseManualTime();
BENCHMARK_CAPTURE(journal, support_in_one, support, true)->Arg(16)->Arg(64)->UseManualTime();

/// The first commits of a database that was just made. Argument: the size that its WAL is given beforehand,
/// in MiB.
void first_commits(benchmark::State& state) {
  constexpr std::size_t kCommits = 500;
  std::vector<double> commits;
  for (auto _ : state) {
    const Scratch scratch;
    InFlight writer(scratch.file("warsha.db"), 1, contribute, static_cast<std::size_t>(state.range(0)) << 20);
    writer.prepare(kCommits);
    state.SetIterationTime(writer.run(commits));
  }
  state.counters["p50_ms"] = percentile(commits, 0.5) * 1e3;
  state.counters["p99_ms"] = percentile(commits, 0.99) * 1e3;
}
BENCHMARK(first_commits)->Arg(0)->Arg(20)->UseManualTime()->Unit(benchmark::kMillisecond);

} // namespace
} // namespace warsha::bench
