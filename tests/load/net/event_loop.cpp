#include "tests/load/net/event_loop.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <stdexcept>
#include <sys/prctl.h>
#include <unistd.h>

namespace warsha::load {

namespace {

constexpr std::size_t kReceiveBuffer = std::size_t{256} * 1024;

} // namespace

EventLoop::EventLoop() : epoll_(::epoll_create1(EPOLL_CLOEXEC)) {
  if (epoll_ < 0)
    throw std::runtime_error(std::string("epoll: ") + std::strerror(errno));
  ::prctl(PR_SET_TIMERSLACK, 1UL); // submissions leave when they are due, not 50 microseconds later
  receive_buffer_.resize(kReceiveBuffer);
}

EventLoop::~EventLoop() {
  old_.clear(); // they take themselves out of it
  ::close(epoll_);
}

void EventLoop::add(int descriptor, std::uint32_t events, Watcher& watcher) {
  epoll_event event{};
  event.events = events;
  event.data.ptr = &watcher;
  if (::epoll_ctl(epoll_, EPOLL_CTL_ADD, descriptor, &event) != 0)
    throw std::runtime_error(std::string("epoll: ") + std::strerror(errno));
}

void EventLoop::modify(int descriptor, std::uint32_t events, Watcher& watcher) {
  epoll_event event{};
  event.events = events;
  event.data.ptr = &watcher;
  ::epoll_ctl(epoll_, EPOLL_CTL_MOD, descriptor, &event);
}

void EventLoop::remove(int descriptor, Watcher& watcher) {
  ::epoll_ctl(epoll_, EPOLL_CTL_DEL, descriptor, nullptr);
  for (int i = ready_at_; i < ready_count_; ++i)
    if (ready_[static_cast<std::size_t>(i)].data.ptr == &watcher)
      ready_[static_cast<std::size_t>(i)].data.ptr = nullptr;
}

void EventLoop::at(TimePoint when, std::function<void()> work) {
  timers_.push({when, order_++, std::move(work)});
}

bool EventLoop::run_until(const std::function<bool()>& done, TimePoint end, Duration every) {
  TimePoint next_question{};
  for (;;) {
    run_timers();
    const auto now = Clock::now();
    if (now >= next_question) {
      if (done())
        return true;
      next_question = every == Duration::zero() ? TimePoint{} : now + every;
    }
    if (now >= end)
      return false;
    auto until = end;
    if (every != Duration::zero())
      until = std::min(until, next_question);
    if (!timers_.empty())
      until = std::min(until, timers_.top().when);
    run_sockets(until);
    old_.clear();
  }
}

void EventLoop::run_timers() {
  const auto now = Clock::now();
  while (!timers_.empty() && timers_.top().when <= now) {
    auto work = timers_.top().work;
    timers_.pop();
    work();
  }
}

void EventLoop::run_sockets(TimePoint until) {
  const auto left = std::max(until - Clock::now(), Duration::zero());
  const auto whole = std::chrono::duration_cast<std::chrono::seconds>(left);
  timespec patience{};
  patience.tv_sec = whole.count();
  patience.tv_nsec = std::chrono::duration_cast<std::chrono::nanoseconds>(left - whole).count();
  ready_count_ = ::epoll_pwait2(epoll_, ready_.data(), static_cast<int>(ready_.size()), &patience, nullptr);
  for (ready_at_ = 0; ready_at_ < ready_count_;) {
    const auto& event = ready_[static_cast<std::size_t>(ready_at_++)];
    if (event.data.ptr)
      static_cast<Watcher*>(event.data.ptr)->on_ready(event.events);
  }
  ready_count_ = ready_at_ = 0;
}

} // namespace warsha::load
