#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <utility>

namespace warsha {

/// Where work runs: one thread that runs what is given to it in order. What lives on an executor is
/// touched only from there, so it needs no lock.
class Executor {
public:
  virtual ~Executor() = default;
  /// Runs `work` later on this executor. Callable from any thread; keeps the order of one caller.
  virtual void post(std::function<void()> work) = 0;
  /// Runs `work` on this executor after `delay`. Callable from any thread. Not run after a stop.
  virtual void after(std::chrono::milliseconds delay, std::function<void()> work) = 0;
  /// Is the caller on this executor's own thread?
  [[nodiscard]] virtual bool is_current() const = 0;

  /// Runs `work` here at once when already on this thread, else posts it.
  void run(std::function<void()> work) {
    if (is_current())
      work();
    else
      post(std::move(work));
  }
};

} // namespace warsha
