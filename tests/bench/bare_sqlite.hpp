#pragma once

#include <cstdint>
#include <filesystem>
#include <sqlite3.h>
#include <string>

namespace warsha::bench {

/// What commits cost without us: one table, one prepared insert of a 250-byte row, SQLite's C functions in a
/// loop. WAL and synchronous FULL as the store has them; SQLite's own checkpoints.
class BareLoop {
public:
  explicit BareLoop(const std::filesystem::path& file);
  ~BareLoop();
  BareLoop(const BareLoop&) = delete;
  BareLoop& operator=(const BareLoop&) = delete;

  void commit(std::int64_t rows);

private:
  void run(const char* sql);
  void step(sqlite3_stmt* statement);

  sqlite3* handle_ = nullptr;
  sqlite3_stmt* begin_ = nullptr;
  sqlite3_stmt* insert_ = nullptr;
  sqlite3_stmt* end_ = nullptr;
  std::string body_ = std::string(250, 'x');
};

} // namespace warsha::bench
