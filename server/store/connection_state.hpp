#pragma once

#include "server/store/connection.hpp"

#include <sqlite3.h>
#include <unordered_map>

/// Inside of a connection, for this folder's .cpp files only.
namespace warsha::store {

struct Connection::State {
  sqlite3* handle = nullptr;
  /// Prepared statements by the address of their SQL literal; null while on loan.
  std::unordered_map<const char*, sqlite3_stmt*> statements;

  State() = default;
  ~State();
  State(const State&) = delete;
  State& operator=(const State&) = delete;
};

/// Ends the transaction that is open, if one is: a failure may have done it already (SQLite does so by itself
/// on a full disk).
void roll_back(Connection& connection);

} // namespace warsha::store
