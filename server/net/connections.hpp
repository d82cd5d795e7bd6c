#pragma once

#include "server/runtime/executor.hpp"

#include <atomic>
#include <chrono>
#include <cstddef>
#include <unordered_set>
#include <vector>

namespace warsha::net {

/// The open connections of one shard. They are swept once a second for those that hang, which is cheaper than
/// a timer in each, and flushed together at the end of a turn. Lives on that shard; count() is for any
/// thread.
class Connections {
public:
  class Member {
  public:
    virtual ~Member() = default;
    /// Ends itself when it made no progress for too long.
    virtual void sweep(std::chrono::steady_clock::time_point now) = 0;
    /// Writes what it has queued.
    virtual void flush() {}
    /// Ends every pending operation; the last handler destroys the connection.
    virtual void abort() = 0;
  };

  explicit Connections(Executor& shard) : shard_(shard) {}
  [[nodiscard]] Executor& shard() const { return shard_; }

  void add(Member* member);
  void remove(Member* member);
  /// Calls flush() once after all that is ready to run now, so that whatever one turn of the loop produces
  /// for a connection leaves in one write.
  void flush_soon(Member* member);
  void sweep();
  void abort_all();
  [[nodiscard]] std::size_t count() const { return count_; }

private:
  void flush_all();

  Executor& shard_;
  std::unordered_set<Member*> members_;
  std::vector<Member*> to_flush_;
  std::vector<Member*> flushing_;
  std::atomic<std::size_t> count_{0};
};

} // namespace warsha::net
