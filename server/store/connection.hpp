#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>

struct sqlite3;

namespace warsha::store {

/// What SQLite or a migration refuses: one line for a log or terminal.
class StoreError : public std::runtime_error {
public:
  using std::runtime_error::runtime_error;
};

/// One SQLite connection: WAL, synchronous FULL (a commit that returned survives a power cut),
/// foreign keys on. Used by one thread at a time. The functions of the other headers in this folder take one.
class Connection {
public:
  /// read_write makes the file when there is none, readable by its owner alone. upgrade does as well, and
  /// applies the migrations of schemas/sql that an older file lacks: for the server as it starts, since it
  /// needs the file for itself. The others refuse an older file, and all of them a newer one than this
  /// program's.
  enum class Mode { read_write, read_only, upgrade };
  Connection(const std::filesystem::path& file, Mode mode);
  ~Connection();
  Connection(Connection&&) noexcept;
  Connection& operator=(Connection&&) noexcept;

  [[nodiscard]] sqlite3* handle() const;

private:
  friend class Statement;
  struct State;
  std::unique_ptr<State> state_;
};

/// Runs `work` in one transaction: all of it is kept or, when it throws (the exception goes on), nothing. For
/// tools; the server writes through Writer.
void in_transaction(Connection& connection, const std::function<void()>& work);
/// Everything that `work` reads is of the same moment.
void at_one_moment(Connection& connection, const std::function<void()>& work);

} // namespace warsha::store
