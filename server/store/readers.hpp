#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <memory>

namespace warsha::store {

class Connection;

/// A few threads with a read-only connection each, for what would block a shard: queries, and computing of a
/// few milliseconds (which ignores the connection); what takes longer has a Worker. Callable from any thread;
/// `work` must not throw and reports back by posting. Everything one `work` reads is of the same moment. A
/// read is short: an open one keeps the WAL from being checkpointed.
class Readers {
public:
  Readers(const std::filesystem::path& file, std::size_t threads);
  ~Readers();
  void read(std::function<void(Connection&)> work);
  /// The same, or false when `waiting_most` wait already.
  [[nodiscard]] bool try_read(std::size_t waiting_most, std::function<void(Connection&)> work);

private:
  struct State;
  std::unique_ptr<State> state_;
};

} // namespace warsha::store
