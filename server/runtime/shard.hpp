#pragma once

#include "server/runtime/executor.hpp"

#include <memory>
#include <string>

namespace boost::asio {
class io_context;
}

namespace warsha {

/// One thread with its own io_context: it owns its connections and the workshops that live on it.
class Shard final : public Executor {
public:
  explicit Shard(std::string thread_name);
  /// Stops and joins.
  ~Shard() override;

  void start();
  /// Ends the loop after what runs now; handlers still queued are dropped. Joins the thread.
  void stop();

  void post(std::function<void()> work) override;
  void after(std::chrono::milliseconds delay, std::function<void()> work) override;
  [[nodiscard]] bool is_current() const override;

  /// For the network code of this shard.
  [[nodiscard]] boost::asio::io_context& context();

private:
  struct State;
  std::unique_ptr<State> state_;
};

} // namespace warsha
