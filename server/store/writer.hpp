#pragma once

#include "server/store/journal.hpp"

#include <cstddef>
#include <exception>
#include <filesystem>
#include <functional>
#include <memory>

namespace warsha::store {

/// The one thread that writes. It takes everything queued, does it in one transaction (BEGIN IMMEDIATE …
/// COMMIT, the group commit: groups form by themselves while the commit before runs), and then reports each
/// piece. All functions are callable from any thread; callbacks run on the writer's thread, in the order of
/// the queue, and must only post.
class Writer {
public:
  /// The WAL is given `wal_bytes` at once if it has less and the disk can spare them: commits that need not
  /// extend it are faster from the first on.
  explicit Writer(const std::filesystem::path& file, std::size_t wal_bytes = 0);
  /// Commits what is queued, then ends the thread. Empties the WAL into the database.
  ~Writer();
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;

  /// `done` once the commit is on disk. Not kept: nothing of this append was, because an id in it is taken,
  /// the commit failed, or the events don't follow the workshop's head (as after an append that failed). The
  /// workshop must reload.
  void append(Append append, std::function<void(const AppendOutcome&)> done);

  /// Any other write, in a savepoint of its own: what it throws undoes it alone and goes to done; null when
  /// kept. `done` may be empty.
  void run(std::function<void(Connection&)> task, std::function<void(std::exception_ptr)> done);

private:
  struct State;
  std::unique_ptr<State> state_;
};

} // namespace warsha::store
