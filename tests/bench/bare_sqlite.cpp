#include "tests/bench/bare_sqlite.hpp"

#include <stdexcept>

namespace warsha::bench {

BareLoop::BareLoop(const std::filesystem::path& file) {
  if (sqlite3_open_v2(file.c_str(), &handle_,
                      SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, nullptr) != SQLITE_OK)
    throw std::runtime_error("the bare database can't be opened");
  run("PRAGMA journal_mode = WAL");
  run("PRAGMA synchronous = FULL");
  run("CREATE TABLE row (id INTEGER PRIMARY KEY, body TEXT NOT NULL)");
  sqlite3_prepare_v2(handle_, "BEGIN IMMEDIATE", -1, &begin_, nullptr);
  sqlite3_prepare_v2(handle_, "INSERT INTO row (body) VALUES (?)", -1, &insert_, nullptr);
  sqlite3_prepare_v2(handle_, "COMMIT", -1, &end_, nullptr);
}

BareLoop::~BareLoop() {
  for (auto* statement : {begin_, insert_, end_})
    sqlite3_finalize(statement);
  sqlite3_close(handle_);
}

void BareLoop::run(const char* sql) {
  if (sqlite3_exec(handle_, sql, nullptr, nullptr, nullptr) != SQLITE_OK)
    throw std::runtime_error(sqlite3_errmsg(handle_));
}

void BareLoop::step(sqlite3_stmt* statement) {
  const bool done = sqlite3_step(statement) == SQLITE_DONE;
  if (!done || sqlite3_reset(statement) != SQLITE_OK)
    throw std::runtime_error(sqlite3_errmsg(handle_));
}

void BareLoop::commit(std::int64_t rows) {
  step(begin_);
  for (std::int64_t i = 0; i < rows; ++i) {
    sqlite3_bind_text(insert_, 1, body_.data(), static_cast<int>(body_.size()), SQLITE_STATIC);
    step(insert_);
  }
  step(end_);
}

} // namespace warsha::bench
