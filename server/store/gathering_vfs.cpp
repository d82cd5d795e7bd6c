#include "server/store/gathering_vfs.hpp"

#include "server/store/connection.hpp"

#include <cstddef>
#include <cstring>
#include <new>
#include <sqlite3.h>

namespace warsha::store {

namespace {

constexpr const char* kName = "warsha-gathering";

/// Bytes that wait to be written together: about thirty pages. SQLite's own VFS for Unix takes less than 128
/// KiB at once.
constexpr int kGather = 124 * 1024;

sqlite3_vfs* system_vfs = nullptr;

/// A WAL as SQLite sees it. The system's file object lies behind it in the memory that SQLite gives.
struct WalFile {
  sqlite3_file as_file;
  char* gathered;
  int size;
  sqlite3_int64 begin; // where in the file the first of them belongs
};
constexpr std::size_t kBehind =
    (sizeof(WalFile) + alignof(std::max_align_t) - 1) / alignof(std::max_align_t) * alignof(std::max_align_t);

WalFile& wal(sqlite3_file* file) {
  return *reinterpret_cast<WalFile*>(file);
}

sqlite3_file* under(sqlite3_file* file) {
  return reinterpret_cast<sqlite3_file*>(reinterpret_cast<char*>(file) + kBehind);
}

/// What can't be written is forgotten: SQLite hears of it now, at the latest at the sync, and undoes the
/// transaction.
int flush(sqlite3_file* file) {
  auto& self = wal(file);
  const int size = self.size;
  self.size = 0;
  return size == 0 ? SQLITE_OK : under(file)->pMethods->xWrite(under(file), self.gathered, size, self.begin);
}

int on_write(sqlite3_file* file, const void* bytes, int count, sqlite3_int64 offset) {
  auto& self = wal(file);
  if (offset != self.begin + self.size || self.size + count > kGather) {
    if (const int result = flush(file); result != SQLITE_OK)
      return result;
    self.begin = offset;
  }
  if (count > kGather)
    return under(file)->pMethods->xWrite(under(file), bytes, count, offset);
  std::memcpy(self.gathered + self.size, bytes, static_cast<std::size_t>(count));
  self.size += count;
  return SQLITE_OK;
}

int on_read(sqlite3_file* file, void* bytes, int count, sqlite3_int64 offset) {
  const int result = flush(file);
  return result != SQLITE_OK ? result : under(file)->pMethods->xRead(under(file), bytes, count, offset);
}

int on_truncate(sqlite3_file* file, sqlite3_int64 size) {
  const int result = flush(file);
  return result != SQLITE_OK ? result : under(file)->pMethods->xTruncate(under(file), size);
}

int on_sync(sqlite3_file* file, int flags) {
  const int result = flush(file);
  return result != SQLITE_OK ? result : under(file)->pMethods->xSync(under(file), flags);
}

int on_file_size(sqlite3_file* file, sqlite3_int64* size) {
  const int result = flush(file);
  return result != SQLITE_OK ? result : under(file)->pMethods->xFileSize(under(file), size);
}

/// What is still gathered was never committed, and whoever closes may no longer hold the lock to write it.
int on_close(sqlite3_file* file) {
  delete[] wal(file).gathered;
  return under(file)->pMethods->xClose(under(file));
}

int on_lock(sqlite3_file* file, int level) {
  return under(file)->pMethods->xLock(under(file), level);
}
int on_unlock(sqlite3_file* file, int level) {
  return under(file)->pMethods->xUnlock(under(file), level);
}
int on_check_reserved_lock(sqlite3_file* file, int* reserved) {
  return under(file)->pMethods->xCheckReservedLock(under(file), reserved);
}
int on_file_control(sqlite3_file* file, int operation, void* argument) {
  return under(file)->pMethods->xFileControl(under(file), operation, argument);
}
int on_sector_size(sqlite3_file* file) {
  return under(file)->pMethods->xSectorSize(under(file));
}
int on_device_characteristics(sqlite3_file* file) {
  return under(file)->pMethods->xDeviceCharacteristics(under(file));
}

sqlite3_io_methods wal_methods() {
  sqlite3_io_methods methods{};
  methods.iVersion = 1; // shared memory and mapping are asked of the database's file only
  methods.xClose = on_close;
  methods.xRead = on_read;
  methods.xWrite = on_write;
  methods.xTruncate = on_truncate;
  methods.xSync = on_sync;
  methods.xFileSize = on_file_size;
  methods.xLock = on_lock;
  methods.xUnlock = on_unlock;
  methods.xCheckReservedLock = on_check_reserved_lock;
  methods.xFileControl = on_file_control;
  methods.xSectorSize = on_sector_size;
  methods.xDeviceCharacteristics = on_device_characteristics;
  return methods;
}

int on_open(sqlite3_vfs*, const char* name, sqlite3_file* file, int flags, int* flags_got) {
  if ((flags & SQLITE_OPEN_WAL) == 0)
    return system_vfs->xOpen(system_vfs, name, file, flags, flags_got);
  static const sqlite3_io_methods kMethods = wal_methods();
  file->pMethods = nullptr; // SQLite does not close what has none
  auto* gathered = new (std::nothrow) char[kGather];
  if (!gathered)
    return SQLITE_NOMEM;
  const int result = system_vfs->xOpen(system_vfs, name, under(file), flags, flags_got);
  if (result != SQLITE_OK) {
    delete[] gathered;
    if (under(file)->pMethods)
      under(file)->pMethods->xClose(under(file));
    return result;
  }
  new (file) WalFile{{&kMethods}, gathered, 0, 0};
  return SQLITE_OK;
}

/// Everything else is the system's.
sqlite3_vfs& registered() {
  static sqlite3_vfs vfs = [] {
    system_vfs = sqlite3_vfs_find(nullptr);
    if (!system_vfs)
      throw StoreError("SQLite has no way to files");
    sqlite3_vfs made = *system_vfs;
    made.zName = kName;
    made.szOsFile = system_vfs->szOsFile + static_cast<int>(kBehind);
    made.xOpen = on_open;
    made.pNext = nullptr;
    return made;
  }();
  static const int result = sqlite3_vfs_register(&vfs, 0);
  if (result != SQLITE_OK)
    throw StoreError("SQLite refuses the gathering of writes");
  return vfs;
}

} // namespace

const char* gathering_vfs() {
  return registered().zName;
}

void forget_gathered(sqlite3* connection) {
  sqlite3_file* file = nullptr;
  if (sqlite3_file_control(connection, "main", SQLITE_FCNTL_JOURNAL_POINTER, &file) != SQLITE_OK || !file)
    return;
  // A rollback journal, before there is a WAL, is the system's own.
  if (file->pMethods && file->pMethods->xWrite == on_write)
    wal(file).size = 0;
}

} // namespace warsha::store
