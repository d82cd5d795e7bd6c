#include "server/store/writer.hpp"

#include "server/store/checkpointer.hpp"
#include "server/store/connection.hpp"
#include "server/store/connection_state.hpp"
#include "server/store/statement.hpp"

#include <algorithm>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <optional>
#include <span>
#include <spdlog/spdlog.h>
#include <sqlite3.h>
#include <system_error>
#include <thread>
#include <unordered_map>
#include <utility>
#include <variant>
#include <vector>

namespace warsha::store {

namespace {

/// Pieces of one transaction at most: bounds how long the first of them waits for the last.
constexpr std::size_t kGroupMost = 1024;

/// Pages that commits add to the WAL between two copies in the background (4 MiB), and from which it shall
/// begin anew, so that it cannot grow for ever under load (16 MiB).
constexpr int kCopyPages = 1024;
constexpr int kAnewPages = 4096;

/// 32 MiB: holds the pages at the end of every table and all of the index of receipts, of which an append
/// touches any. SQLite's own 2 MiB are read again and again from the WAL.
constexpr Sql kCache = "PRAGMA cache_size = -32768";

struct AppendPiece {
  Append append;
  std::function<void(const AppendOutcome&)> done;
  AppendOutcome outcome{};
};

struct TaskPiece {
  std::function<void(Connection&)> task;
  std::function<void(std::exception_ptr)> done;
  std::exception_ptr error;
};

using Piece = std::variant<AppendPiece, TaskPiece>;
constexpr std::size_t kAppend = 0;
constexpr std::size_t kTask = 1;

/// Runs `write` so that what it throws undoes it alone. Throws only when the whole transaction is lost (a
/// full disk makes SQLite roll back by itself).
std::exception_ptr in_savepoint(Connection& connection, const std::function<void()>& write) {
  execute(connection, "SAVEPOINT piece");
  std::exception_ptr error;
  try {
    write();
  } catch (...) {
    error = std::current_exception();
  }
  if (sqlite3_get_autocommit(connection.handle()) != 0)
    throw StoreError("the transaction was rolled back: " + std::string(sqlite3_errmsg(connection.handle())));
  if (error)
    execute(connection, "ROLLBACK TO piece");
  execute(connection, "RELEASE piece");
  return error;
}

[[nodiscard]] std::string what(const std::exception_ptr& error) {
  try {
    std::rethrow_exception(error);
  } catch (const std::exception& exception) {
    return exception.what();
  } catch (...) {
    return "unknown exception";
  }
}

[[nodiscard]] std::optional<ContributionId> taken(const std::exception_ptr& error) {
  try {
    std::rethrow_exception(error);
  } catch (const ContributionTaken& other) {
    return other.id;
  } catch (...) {
    return std::nullopt;
  }
}

/// Extends the WAL by pages that are never committed. A recovery ignores them, the file keeps its size.
void write_padding(Connection& connection, std::size_t bytes) {
  execute(connection, "PRAGMA cache_size = 10"); // so that pages go to the WAL before a commit
  execute(connection, "BEGIN IMMEDIATE");
  execute(connection, "CREATE TABLE padding (bytes BLOB)");
  constexpr std::size_t kRow = std::size_t{1} << 20;
  // One row more than that, for what stays in memory until the rollback.
  for (std::size_t written = 0; written <= bytes; written += kRow)
    execute(connection, "INSERT INTO padding VALUES (zeroblob(?))", kRow);
  execute(connection, "ROLLBACK");
  // The first commit syncs all of it: now, not when somebody waits.
  in_transaction(connection, [&] { execute(connection, "PRAGMA user_version = 0"); });
}

/// A commit that extends the WAL waits ten times longer for the disk than one that overwrites it: so it is
/// extended once. Where there is no space for that, everything works as well, only slower.
void grow_wal(Connection& connection, const std::filesystem::path& file, std::size_t bytes) {
  std::error_code missing;
  const auto now = std::filesystem::file_size(file.string() + "-wal", missing);
  if (!missing && now >= bytes)
    return;
  std::error_code unknown;
  const auto disk = std::filesystem::space(std::filesystem::absolute(file).parent_path(), unknown);
  // As much again stays free: the last of a disk is not for what only makes commits faster.
  if (!unknown && disk.available < 2 * bytes) {
    spdlog::warn("store: the disk has {} MiB left; the WAL gets none of it before it needs it",
                 disk.available >> 20);
    return;
  }
  try {
    write_padding(connection, bytes);
  } catch (const StoreError& error) {
    spdlog::warn("store: the WAL could not be given its size: {}", error.what());
    store::roll_back(connection);
    // What it took in vain, others may need.
    sqlite3_wal_checkpoint_v2(connection.handle(), nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
  }
}

void report(Piece& piece) {
  try {
    if (auto* append = std::get_if<kAppend>(&piece))
      append->done(append->outcome);
    else if (auto& task = std::get<kTask>(piece); task.done)
      task.done(task.error);
  } catch (...) {
    spdlog::error("store: a callback of the writer threw: {}", what(std::current_exception()));
  }
}

} // namespace

struct Writer::State {
  State(const std::filesystem::path& file, std::size_t wal_bytes)
      : connection(file, Connection::Mode::read_write), checkpointer(std::make_unique<Checkpointer>(file)) {
    if (wal_bytes > 0)
      grow_wal(connection, file, wal_bytes);
    execute(connection, kCache);
    // Replaces SQLite's own checkpoint, which would run inside a commit.
    sqlite3_wal_hook(connection.handle(), &on_commit, this);
    thread = std::thread([this] { serve(); });
  }

  void enqueue(Piece piece) {
    {
      const std::lock_guard lock(mutex);
      queue.push_back(std::move(piece));
    }
    arrived.notify_one();
  }

  void stop() {
    {
      const std::lock_guard lock(mutex);
      stopping = true;
    }
    arrived.notify_one();
    thread.join();
  }

  // --- On the writer's thread from here ---

  void serve() {
    while (true) {
      std::vector<Piece> group = next_group();
      if (group.empty())
        break;
      commit(group);
      for (auto& piece : group)
        report(piece);
      group.clear(); // what the callbacks hold is let go before the thread waits
      tend_wal();
    }
    checkpointer.reset();
    checkpoint(SQLITE_CHECKPOINT_TRUNCATE);
  }

  void tend_wal() {
    if (wal_pages < copied_at) { // it began anew
      copied_at = 0;
      anew_at = kAnewPages;
    }
    if (wal_pages >= anew_at && checkpointer->rested()) {
      checkpoint(SQLITE_CHECKPOINT_PASSIVE);
      // If an open read held something back, try again after some more.
      anew_at = wal_pages + kCopyPages;
      copied_at = wal_pages;
    } else if (wal_pages >= copied_at + kCopyPages) {
      checkpointer->wake();
      copied_at = wal_pages;
    }
  }

  /// Waits for work; empty when stopping and nothing is left.
  std::vector<Piece> next_group() {
    std::unique_lock lock(mutex);
    arrived.wait(lock, [this] { return stopping || !queue.empty(); });
    std::vector<Piece> group;
    group.reserve(std::min(queue.size(), kGroupMost));
    while (!queue.empty() && group.size() < kGroupMost) {
      group.push_back(std::move(queue.front()));
      queue.pop_front();
    }
    return group;
  }

  void commit(std::vector<Piece>& group) {
    try {
      if (commit_unguarded(group))
        return;
      // Immediate: a transaction that begins as a reader can't be upgraded once somebody else has written.
      execute(connection, "BEGIN IMMEDIATE");
      write(group);
      execute(connection, "COMMIT");
    } catch (...) {
      fail(group, std::current_exception());
    }
  }

  /// Appends are nearly always kept, and a savepoint copies each page that they touch: they are written
  /// without one first. False when one of them was refused: nothing is written then, and all are to be
  /// written again with savepoints. Not for tasks, which are run once only.
  bool commit_unguarded(std::vector<Piece>& group) {
    if (std::ranges::any_of(group, [](const Piece& piece) { return piece.index() == kTask; }))
      return false;
    execute(connection, "BEGIN IMMEDIATE");
    try {
      for (auto& piece : group) {
        const Append& append = std::get<kAppend>(piece).append;
        write_append(connection, append, head_of(append.workshop));
      }
    } catch (...) {
      roll_back();
      return false;
    }
    execute(connection, "COMMIT");
    for (auto& piece : group)
      std::get<kAppend>(piece).outcome = {true, {}};
    return true;
  }

  void roll_back() {
    store::roll_back(connection);
    heads.clear();
  }

  void fail(std::vector<Piece>& group, const std::exception_ptr& error) {
    spdlog::error("store: a commit of {} writes failed: {}", group.size(), what(error));
    roll_back();
    // A disk may be full of the WAL itself, which begins anew once all of it is copied.
    checkpointer->wake();
    for (auto& piece : group) {
      if (auto* append = std::get_if<kAppend>(&piece))
        append->outcome = {};
      else
        std::get<kTask>(piece).error = error;
    }
  }

  void write(std::span<Piece> group) {
    while (!group.empty()) {
      const auto run = std::ranges::find_if(group, [](const Piece& piece) { return piece.index() == kTask; });
      const auto appends = static_cast<std::size_t>(run - group.begin());
      if (appends > 0)
        write_appends(group.first(appends));
      else
        write_task(std::get<kTask>(group.front()));
      group = group.subspan(std::max<std::size_t>(appends, 1));
    }
  }

  /// Many share a savepoint; when one of them is refused they are undone, and the two halves done again until
  /// it stands alone.
  void write_appends(std::span<Piece> run) {
    const auto error = in_savepoint(connection, [&] {
      for (auto& piece : run) {
        const Append& append = std::get<kAppend>(piece).append;
        write_append(connection, append, head_of(append.workshop));
      }
    });
    if (!error) {
      for (auto& piece : run)
        std::get<kAppend>(piece).outcome = {true, {}};
      return;
    }
    heads.clear();
    if (run.size() == 1) {
      spdlog::warn("store: an append was refused: {}", what(error));
      std::get<kAppend>(run.front()).outcome = {false, taken(error)};
      return;
    }
    write_appends(run.first(run.size() / 2));
    write_appends(run.subspan(run.size() / 2));
  }

  void write_task(TaskPiece& piece) {
    piece.error = in_savepoint(connection, [&] { piece.task(connection); });
    heads.clear(); // a task may have added or moved a workshop
  }

  Head& head_of(const WorkshopId& workshop) {
    if (const auto found = heads.find(workshop); found != heads.end())
      return found->second;
    auto head = read_head(connection, workshop);
    if (!head)
      throw StoreError("there is no workshop " + workshop.text());
    return heads.emplace(workshop, std::move(*head)).first->second;
  }

  void checkpoint(int mode) {
    int left = 0;
    int moved = 0;
    const int result = sqlite3_wal_checkpoint_v2(connection.handle(), nullptr, mode, &left, &moved);
    if (result != SQLITE_OK && result != SQLITE_BUSY && result != SQLITE_LOCKED)
      spdlog::error("store: a checkpoint failed: {}", sqlite3_errmsg(connection.handle()));
  }

  static int on_commit(void* self, sqlite3*, const char*, int pages) {
    static_cast<State*>(self)->wal_pages = pages;
    return SQLITE_OK;
  }

  Connection connection;
  /// As last committed or written in the present transaction; dropped whenever that may be wrong.
  std::unordered_map<WorkshopId, Head> heads;
  std::unique_ptr<Checkpointer> checkpointer;
  int wal_pages = 0; // after the last commit
  int copied_at = 0; // wal_pages when a copy was asked for last
  int anew_at = kAnewPages;

  // --- Shared ---
  std::mutex mutex;
  std::condition_variable arrived;
  std::deque<Piece> queue;
  bool stopping = false;
  std::thread thread;
};

Writer::Writer(const std::filesystem::path& file, std::size_t wal_bytes)
    : state_(std::make_unique<State>(file, wal_bytes)) {}

Writer::~Writer() {
  state_->stop();
}

void Writer::append(Append append, std::function<void(const AppendOutcome&)> done) {
  state_->enqueue(AppendPiece{std::move(append), std::move(done)});
}

void Writer::run(std::function<void(Connection&)> task, std::function<void(std::exception_ptr)> done) {
  state_->enqueue(TaskPiece{std::move(task), std::move(done), nullptr});
}

} // namespace warsha::store
