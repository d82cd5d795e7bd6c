#pragma once

#include "tests/load/net/event_loop.hpp"

#include <functional>
#include <memory>
#include <random>
#include <vector>

namespace warsha::load {

/// Submissions at times that don't depend on the server (a Poisson process): when it is slow, they wait in
/// front of it, and their times count from when they were due. Everybody has their
/// turns before anybody has more.
class Arrivals {
public:
  using Submit = std::function<void(std::size_t person, TimePoint scheduled)>;
  /// `turns` names each person as often as they speak while the others speak once.
  Arrivals(EventLoop& loop, std::vector<std::size_t> turns, unsigned seed, Submit submit);
  ~Arrivals();

  /// From now on, `per_second` of all people together; replaces an earlier rate.
  void start(double per_second);
  void stop();

private:
  struct State;
  std::shared_ptr<State> state_;
};

} // namespace warsha::load
