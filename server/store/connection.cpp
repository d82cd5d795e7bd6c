#include "server/store/connection.hpp"

#include "schemas/embedded.hpp"
#include "server/runtime/system.hpp"
#include "server/store/connection_state.hpp"
#include "server/store/digest.hpp"
#include "server/store/gathering_vfs.hpp"
#include "server/store/statement.hpp"

#include <fcntl.h>
#include <iterator>
#include <map>
#include <unistd.h>
#include <utility>

namespace warsha::store {

namespace {

/// Another program's write (an account added by hand while the server runs) is waited for this long.
constexpr int kBusyTimeoutMs = 5000;

/// "wrsh": tells a database of this program from another's (PRAGMA application_id).
constexpr int kApplicationId = 0x77727368;

/// Cuts a WAL that one huge transaction has grown; below it the file keeps its size, because a commit that
/// overwrites allocated blocks is ten times faster than one that extends the file.
constexpr const char* kPragmas = "PRAGMA synchronous = FULL;"
                                 "PRAGMA foreign_keys = ON;"
                                 "PRAGMA journal_size_limit = 67108864;"
                                 "PRAGMA temp_store = MEMORY;";

constexpr int kNewestVersion = std::rbegin(schemas::kMigrations)->version;

void run_script(sqlite3* handle, const std::string& script) {
  char* message = nullptr;
  if (sqlite3_exec(handle, script.c_str(), nullptr, nullptr, &message) != SQLITE_OK) {
    const std::string what = message ? message : sqlite3_errmsg(handle);
    sqlite3_free(message);
    throw StoreError(what);
  }
}

[[nodiscard]] std::int64_t read_integer(Connection& connection, Sql sql) {
  Statement statement(connection, sql);
  return statement.row() ? statement.integer(0) : 0;
}

/// What is recorded in the database, by version: name and hash. Refuses what this program must not touch.
[[nodiscard]] std::map<std::int64_t, std::string> recorded_migrations(Connection& connection) {
  if (read_integer(connection, "SELECT count(*) FROM sqlite_schema") == 0)
    return {};
  if (read_integer(connection, "PRAGMA application_id") != kApplicationId)
    throw StoreError("it is the database of another program");
  std::map<std::int64_t, std::string> recorded;
  Statement rows(connection, "SELECT version, sha256 FROM migration ORDER BY version");
  while (rows.row())
    recorded.emplace(rows.integer(0), rows.text(1));
  return recorded;
}

void refuse_unknown(const std::map<std::int64_t, std::string>& recorded) {
  if (!recorded.empty() && recorded.rbegin()->first > kNewestVersion)
    throw StoreError("it has version " + std::to_string(recorded.rbegin()->first) +
                     ", made by a newer warsha; this one knows versions up to " +
                     std::to_string(kNewestVersion));
  for (const auto& migration : schemas::kMigrations) {
    const auto found = recorded.find(migration.version);
    if (found != recorded.end() && found->second != hex(sha256(migration.sql)))
      throw StoreError("its migration " + std::string(migration.name) + " differs from this program's");
  }
}

void apply_missing_migrations(Connection& connection) {
  const auto recorded = recorded_migrations(connection);
  if (recorded.empty())
    run_script(connection.handle(), "PRAGMA application_id = " + std::to_string(kApplicationId) +
                                        ";"
                                        "CREATE TABLE migration ("
                                        "version INTEGER PRIMARY KEY, name TEXT NOT NULL,"
                                        "sha256 TEXT NOT NULL, applied_at INTEGER NOT NULL) STRICT");
  for (const auto& migration : schemas::kMigrations) {
    if (recorded.contains(migration.version))
      continue;
    run_script(connection.handle(), std::string(migration.sql));
    execute(connection, "INSERT INTO migration (version, name, sha256, applied_at) VALUES (?, ?, ?, ?)",
            migration.version, migration.name, hex(sha256(migration.sql)), system::now_ms());
  }
}

/// For its owner alone: the file holds e-mail addresses, password hashes and the secret that passes are
/// signed with. SQLite gives the files that it makes beside it (-wal, -shm) the same rights.
void create_private(const std::filesystem::path& file) {
  const int made = ::open(file.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (made >= 0)
    ::close(made); // of a file that was there this would give up SQLite's locks on it
}

/// Alone with the file: an older program that went on serving it would write rows as its own layout has them.
void upgrade(Connection& connection) {
  const auto recorded = recorded_migrations(connection);
  refuse_unknown(recorded);
  if (recorded.empty() || recorded.rbegin()->first == kNewestVersion)
    return;
  try {
    run_script(connection.handle(),
               "PRAGMA journal_mode = DELETE"); // which nobody else's connection outlives
  } catch (const StoreError& error) {
    throw StoreError("it has to be brought up to date, and another program uses it; stop that first (" +
                     std::string(error.what()) + ")");
  }
  in_transaction(connection, [&] { apply_missing_migrations(connection); });
}

void make_if_empty(Connection& connection) {
  if (recorded_migrations(connection).empty())
    apply_missing_migrations(connection);
}

void require_current(Connection& connection) {
  const auto recorded = recorded_migrations(connection);
  refuse_unknown(recorded);
  if (recorded.empty())
    throw StoreError("it is empty");
  if (recorded.rbegin()->first < kNewestVersion)
    throw StoreError("it has version " + std::to_string(recorded.rbegin()->first) + " and needs " +
                     std::to_string(kNewestVersion) + "; `warsha serve` brings it up to date");
}

} // namespace

Connection::State::~State() {
  for (const auto& [sql, statement] : statements)
    sqlite3_finalize(statement);
  // SQLite would do it as well, but say nothing of it to the hook.
  if (handle && sqlite3_get_autocommit(handle) == 0)
    sqlite3_exec(handle, "ROLLBACK", nullptr, nullptr, nullptr);
  sqlite3_close(handle);
}

Connection::Connection(const std::filesystem::path& file, Mode mode) : state_(std::make_unique<State>()) {
  try {
    if (mode == Mode::read_only && !std::filesystem::exists(file))
      throw StoreError("there is no such file");
    const int access =
        mode == Mode::read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    if (mode != Mode::read_only)
      create_private(file); // what is wrong with it, SQLite says when it opens it
    // No mutex: one thread at a time.
    const char* vfs = mode == Mode::read_only ? nullptr : gathering_vfs();
    if (sqlite3_open_v2(file.c_str(), &state_->handle, access | SQLITE_OPEN_NOMUTEX, vfs) != SQLITE_OK)
      throw StoreError(state_->handle ? sqlite3_errmsg(state_->handle) : "out of memory");
    sqlite3_extended_result_codes(state_->handle, 1);
    sqlite3_busy_timeout(state_->handle, kBusyTimeoutMs);
    run_script(state_->handle, kPragmas);
    if (mode != Mode::read_only) {
      sqlite3_rollback_hook(
          state_->handle, [](void* handle) { forget_gathered(static_cast<sqlite3*>(handle)); },
          state_->handle);
      if (mode == Mode::upgrade)
        upgrade(*this);
      in_transaction(*this, [this] {
        make_if_empty(*this);
        require_current(*this);
      });
      run_script(state_->handle, "PRAGMA journal_mode = WAL");
    } else {
      require_current(*this);
    }
  } catch (const std::exception& error) {
    throw StoreError("database " + file.string() + ": " + error.what());
  }
}

Connection::~Connection() = default;
Connection::Connection(Connection&&) noexcept = default;
Connection& Connection::operator=(Connection&&) noexcept = default;

sqlite3* Connection::handle() const {
  return state_->handle;
}

void roll_back(Connection& connection) {
  if (sqlite3_get_autocommit(connection.handle()) == 0)
    sqlite3_exec(connection.handle(), "ROLLBACK", nullptr, nullptr, nullptr);
}

void in_transaction(Connection& connection, const std::function<void()>& work) {
  // Immediate: a transaction that begins as a reader can't be upgraded once somebody else has written.
  execute(connection, "BEGIN IMMEDIATE");
  try {
    work();
    execute(connection, "COMMIT");
  } catch (...) {
    roll_back(connection);
    throw;
  }
}

void at_one_moment(Connection& connection, const std::function<void()>& work) {
  execute(connection, "BEGIN");
  try {
    work();
  } catch (...) {
    roll_back(connection);
    throw;
  }
  roll_back(connection);
}

} // namespace warsha::store
