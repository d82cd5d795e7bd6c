#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>

namespace warsha {

/// One thread for computing that is slow on purpose or by nature, so that it holds up neither a shard nor
/// what is read from the store. Callable from any thread.
class Worker {
public:
  /// At most `queue_most` pieces of work wait.
  Worker(std::string thread_name, std::size_t queue_most);
  /// Ends what runs; what still waits is dropped.
  ~Worker();
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;

  /// Runs `work` when its turn comes, or says false: too much waits already. `work` must not throw and
  /// reports back by posting.
  [[nodiscard]] bool try_run(std::function<void()> work);

private:
  struct State;
  std::unique_ptr<State> state_;
};

} // namespace warsha
