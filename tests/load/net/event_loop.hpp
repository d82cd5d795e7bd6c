#pragma once

#include "tests/load/measure/clock.hpp"

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <queue>
#include <string>
#include <sys/epoll.h>
#include <vector>

namespace warsha::load {

/// epoll and timers on one thread: everything of a load happens here. Timers come before sockets in each
/// turn, so that a flood of deliveries does not put off the next submission.
class EventLoop {
public:
  class Watcher {
  public:
    virtual void on_ready(std::uint32_t events) = 0;
    virtual ~Watcher() = default;
  };

  EventLoop();
  ~EventLoop();
  EventLoop(const EventLoop&) = delete;
  EventLoop& operator=(const EventLoop&) = delete;

  void add(int descriptor, std::uint32_t events, Watcher& watcher);
  void modify(int descriptor, std::uint32_t events, Watcher& watcher);
  /// Nothing is reported to `watcher` for this descriptor any more, not even of this turn.
  void remove(int descriptor, Watcher& watcher);

  void at(TimePoint when, std::function<void()> work);
  void after(Duration delay, std::function<void()> work) { at(Clock::now() + delay, std::move(work)); }

  /// Destroys `old` at the end of this turn: it may be in the middle of a call.
  void dispose(std::shared_ptr<void> old) { old_.push_back(std::move(old)); }

  /// Runs until `done` says so, or the time comes. It is asked once a turn, or only `every` so often when it
  /// looks at many things. True: it was done.
  bool run_until(const std::function<bool()>& done, TimePoint end, Duration every = Duration::zero());
  void run_for(Duration time) {
    run_until([] { return false; }, Clock::now() + time);
  }

  /// Shared by all sockets: what was received is used at once.
  [[nodiscard]] std::string& receive_buffer() { return receive_buffer_; }

private:
  struct Timer {
    TimePoint when;
    std::uint64_t order; // equal times in the order they were asked for
    std::function<void()> work;
  };
  struct Later {
    bool operator()(const Timer& a, const Timer& b) const {
      return a.when != b.when ? a.when > b.when : a.order > b.order;
    }
  };

  void run_timers();
  void run_sockets(TimePoint until);

  int epoll_;
  std::priority_queue<Timer, std::vector<Timer>, Later> timers_;
  std::uint64_t order_ = 0;
  std::vector<std::shared_ptr<void>> old_;
  std::string receive_buffer_;
  std::array<epoll_event, 256> ready_{};
  int ready_count_ = 0;
  int ready_at_ = 0;
};

} // namespace warsha::load
