// A disk with faults, for a real program that uses SQLite: loaded with LD_PRELOAD, it registers a default VFS
// that passes everything on to the system's and does what the control file (WARSHA_FAULTY_DISK) says: errors,
// syncs that are not done, and power failures. tests/trials/disk.mjs writes that file.
//
// A power failure: of what was written since the last sync of each file, a chosen or random part is undone as
// if it had never reached the disk, the shared memory of the WAL is removed, and the process ends at once.
#include "tests/trials/unsynced.hpp"

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <fcntl.h>
#include <mutex>
#include <new>
#include <set>
#include <sqlite3.h>
#include <sys/mman.h>
#include <unistd.h>

namespace warsha::trials {
namespace {

/// The control file: these numbers, 8 bytes each, in this order.
struct Control {
  std::atomic<std::int64_t> fault;     // Fault
  std::atomic<std::int64_t> lies;      // 1: a sync is acknowledged and not done
  std::atomic<std::int64_t> cut_in;    // > 0: the power fails at the so-manieth operation from now
  std::atomic<std::int64_t> survivors; // Survivors
  std::atomic<std::int64_t> seed;
  std::atomic<std::int64_t> operations; // from here on what happened: writes, truncations, deletions, syncs
  std::atomic<std::int64_t> syncs;
  std::atomic<std::int64_t> errors;              // given
  std::atomic<std::int64_t> pending, lost, torn; // by the power failure
  std::atomic<std::int64_t> place;               // where it fell: 1 in a log, 2 in a database
};
constexpr std::size_t kControlBytes = 4096;

enum class Fault : std::int64_t {
  none = 0,
  full = 1,
  write_error = 2,
  sync_error = 3,
  read_error = 4,
  some_read_errors = 5
};
constexpr std::int64_t kReadsPerError = 10;

constexpr int kPowerFailed = 86; // the exit status

Control* control = nullptr;
sqlite3_vfs* system_disk = nullptr;
std::mutex mutex; // of what follows
Unsynced unsynced;
std::set<std::string> databases; // main files, to find their shared memory

struct File {
  sqlite3_file base; // first: SQLite's own view of it
  const char* path;  // null: a temporary file, which no power failure is interested in
  sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
};

File& file_of(sqlite3_file* file) {
  return *reinterpret_cast<File*>(file);
}

[[noreturn]] void cut_power() {
  std::mt19937_64 random(static_cast<std::uint64_t>(control->seed.load()));
  try {
    const auto loss = unsynced.fail_power(static_cast<Survivors>(control->survivors.load()), random);
    control->pending = loss.pending;
    control->lost = loss.lost;
    control->torn = loss.torn;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "faulty disk: %s\n", error.what());
    ::_exit(1);
  }
  for (const auto& database : databases)
    ::unlink((database + "-shm").c_str());
  ::_exit(kPowerFailed);
}

/// Counts an operation that changes the disk; the power may fail just before it is done.
void before_operation(const char* path) {
  ++control->operations;
  if (control->cut_in <= 0 || --control->cut_in != 0)
    return;
  control->place = path && databases.contains(path) ? 2 : 1;
  cut_power();
}

bool faulty(Fault fault) {
  if (control->fault != static_cast<std::int64_t>(fault))
    return false;
  ++control->errors;
  return true;
}

std::int64_t size_of(sqlite3_file* real) {
  sqlite3_int64 size = 0;
  real->pMethods->xFileSize(real, &size);
  return size;
}

std::string bytes_at(sqlite3_file* real, std::int64_t offset, std::int64_t end) {
  std::string bytes(static_cast<std::size_t>(std::max<std::int64_t>(0, end - offset)), '\0');
  if (!bytes.empty())
    real->pMethods->xRead(real, bytes.data(), static_cast<int>(bytes.size()), offset);
  return bytes;
}

int write(sqlite3_file* file, const void* bytes, int size, sqlite3_int64 offset) {
  const std::lock_guard lock(mutex);
  auto* real = file_of(file).real();
  before_operation(file_of(file).path);
  if (faulty(Fault::full))
    return SQLITE_FULL;
  if (faulty(Fault::write_error))
    return SQLITE_IOERR_WRITE;
  const auto size_before = size_of(real);
  auto before = bytes_at(real, offset, std::min<std::int64_t>(size_before, offset + size));
  const int result = real->pMethods->xWrite(real, bytes, size, offset);
  if (result == SQLITE_OK && file_of(file).path)
    unsynced.wrote(file_of(file).path, offset, std::move(before),
                   {static_cast<const char*>(bytes), static_cast<std::size_t>(size)}, size_before);
  return result;
}

int truncate(sqlite3_file* file, sqlite3_int64 size) {
  const std::lock_guard lock(mutex);
  auto* real = file_of(file).real();
  before_operation(file_of(file).path);
  if (faulty(Fault::write_error))
    return SQLITE_IOERR_TRUNCATE;
  const auto size_before = size_of(real);
  auto cut = bytes_at(real, size, size_before);
  const int result = real->pMethods->xTruncate(real, size);
  if (result == SQLITE_OK && file_of(file).path)
    unsynced.truncated(file_of(file).path, size, std::move(cut), size_before);
  return result;
}

int sync(sqlite3_file* file, int flags) {
  const std::lock_guard lock(mutex);
  auto* real = file_of(file).real();
  before_operation(file_of(file).path);
  ++control->syncs;
  if (faulty(Fault::sync_error))
    return SQLITE_IOERR_FSYNC;
  if (control->lies != 0)
    return SQLITE_OK;
  const int result = real->pMethods->xSync(real, flags);
  if (result == SQLITE_OK && file_of(file).path)
    unsynced.synced(file_of(file).path);
  return result;
}

int read(sqlite3_file* file, void* bytes, int size, sqlite3_int64 offset) {
  static std::atomic<std::int64_t> reads = 0;
  if (faulty(Fault::read_error) || (++reads % kReadsPerError == 0 && faulty(Fault::some_read_errors)))
    return SQLITE_IOERR_READ;
  auto* real = file_of(file).real();
  return real->pMethods->xRead(real, bytes, size, offset);
}

int close(sqlite3_file* file) {
  auto* real = file_of(file).real();
  return real->pMethods->xClose(real);
}

/// The methods that only pass on.
template <auto Method, class... Arguments> int pass(sqlite3_file* file, Arguments... arguments) {
  auto* real = file_of(file).real();
  return (real->pMethods->*Method)(real, arguments...);
}
using Methods = sqlite3_io_methods;

void barrier(sqlite3_file* file) {
  auto* real = file_of(file).real();
  real->pMethods->xShmBarrier(real);
}

// Version 2: with the WAL's shared memory, without memory-mapped reading.
constexpr Methods kMethods{2,
                           close,
                           read,
                           write,
                           truncate,
                           sync,
                           pass<&Methods::xFileSize, sqlite3_int64*>,
                           pass<&Methods::xLock, int>,
                           pass<&Methods::xUnlock, int>,
                           pass<&Methods::xCheckReservedLock, int*>,
                           pass<&Methods::xFileControl, int, void*>,
                           pass<&Methods::xSectorSize>,
                           pass<&Methods::xDeviceCharacteristics>,
                           pass<&Methods::xShmMap, int, int, int, void volatile**>,
                           pass<&Methods::xShmLock, int, int, int>,
                           barrier,
                           pass<&Methods::xShmUnmap, int>,
                           nullptr,
                           nullptr};

int open(sqlite3_vfs*, const char* path, sqlite3_file* file, int flags, int* flags_out) {
  const std::lock_guard lock(mutex);
  auto& opened = *new (file) File{};
  const bool creates = path && (flags & SQLITE_OPEN_CREATE) != 0 && ::access(path, F_OK) != 0;
  const int result = system_disk->xOpen(system_disk, path, opened.real(), flags, flags_out);
  if (opened.real()->pMethods == nullptr)
    return result;
  opened.base.pMethods = &kMethods;
  opened.path = path; // SQLite keeps it as long as the file is open
  if (result == SQLITE_OK && creates)
    unsynced.created(path);
  if (path && (flags & SQLITE_OPEN_MAIN_DB) != 0)
    databases.insert(path);
  return result;
}

std::string content_of(const char* path) {
  std::string content;
  if (auto* file = std::fopen(path, "rb")) {
    char part[65536];
    for (std::size_t n = 0; (n = std::fread(part, 1, sizeof part, file)) > 0;)
      content.append(part, n);
    std::fclose(file);
  }
  return content;
}

int remove(sqlite3_vfs*, const char* path, int sync_folder) {
  const std::lock_guard lock(mutex);
  before_operation(path);
  auto content = content_of(path);
  const int result = system_disk->xDelete(system_disk, path, sync_folder);
  if (result != SQLITE_OK)
    return result;
  if (sync_folder != 0)
    unsynced.synced(path);
  else
    unsynced.deleted(path, std::move(content));
  return result;
}

int access(sqlite3_vfs*, const char* path, int flags, int* result) {
  return system_disk->xAccess(system_disk, path, flags, result);
}

int full_path(sqlite3_vfs*, const char* path, int size, char* out) {
  return system_disk->xFullPathname(system_disk, path, size, out);
}

[[noreturn]] void give_up(const char* what) {
  std::perror(what);
  ::_exit(1);
}

struct Registration {
  Registration() {
    const char* path = std::getenv("WARSHA_FAULTY_DISK");
    if (!path)
      return; // loaded into a program that is not meant
    const int descriptor = ::open(path, O_RDWR | O_CLOEXEC);
    void* page = descriptor < 0
                     ? MAP_FAILED
                     : ::mmap(nullptr, kControlBytes, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0);
    if (page == MAP_FAILED)
      give_up("faulty disk: WARSHA_FAULTY_DISK");
    control = static_cast<Control*>(page);
    system_disk = sqlite3_vfs_find(nullptr);
    static sqlite3_vfs faulty_disk = *system_disk;
    faulty_disk.zName = "faulty-disk";
    faulty_disk.szOsFile = static_cast<int>(sizeof(File)) + system_disk->szOsFile;
    faulty_disk.xOpen = open;
    faulty_disk.xDelete = remove;
    faulty_disk.xAccess = access;
    faulty_disk.xFullPathname = full_path;
    if (sqlite3_vfs_register(&faulty_disk, 1) != SQLITE_OK)
      give_up("faulty disk: it could not be registered");
  }
} registration;

} // namespace
} // namespace warsha::trials
