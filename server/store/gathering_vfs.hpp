#pragma once

struct sqlite3;

/// A way of SQLite to the files (VFS, sqlite.org/vfs.html) that is the system's own but for one thing: what
/// SQLite writes to the WAL in pieces of a frame's header and a page goes to the system in one piece of many,
/// which costs a twentieth. It is all written before every sync, and SQLite with synchronous FULL syncs the
/// WAL before it tells anybody of a commit: so only for connections with synchronous FULL.
namespace warsha::store {

/// Its name for sqlite3_open_v2. Throws StoreError when SQLite doesn't take it. Thread-safe.
[[nodiscard]] const char* gathering_vfs();

/// Drops what a transaction left gathered: for after every rollback of a connection that writes this way.
/// Written later, without the lock, it could stand over what another process has committed meanwhile.
void forget_gathered(sqlite3* connection);

} // namespace warsha::store
