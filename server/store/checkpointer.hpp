#pragma once

#include <filesystem>
#include <memory>

namespace warsha::store {

/// Copies what is in the WAL into the database file, on a thread and connection of its own: commits go on
/// meanwhile (SQLite's passive checkpoint waits for nobody and holds up nobody), instead of waiting for
/// megabytes to be synced. While commits come without a pause it never reaches their end, so the WAL can't
/// begin anew: the writer copies the little that is left itself, when rested() says that a copy has just been
/// made.
class Checkpointer {
public:
  explicit Checkpointer(const std::filesystem::path& file);
  /// Waits for the copy under way.
  ~Checkpointer();
  Checkpointer(const Checkpointer&) = delete;
  Checkpointer& operator=(const Checkpointer&) = delete;

  /// Asks for a copy, soon. Callable from any thread.
  void wake();
  /// No copy is under way or asked for.
  [[nodiscard]] bool rested() const;

private:
  struct State;
  std::unique_ptr<State> state_;
};

} // namespace warsha::store
