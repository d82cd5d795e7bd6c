#pragma once

#include <cstdint>
#include <map>
#include <random>
#include <string>
#include <vector>

/// What a disk would still owe if the power failed now. No thread safety of its own.
namespace warsha::trials {

/// What survives of the writes that were not synced when the power fails.
enum class Survivors : std::int64_t {
  none = 0,
  all = 1,
  some = 2,      // each by chance, whatever the order they were written in
  some_torn = 3, // and some of those only in part
};

struct Loss {
  std::int64_t pending = 0; // operations that were not synced
  std::int64_t lost = 0;
  std::int64_t torn = 0;
};

/// Keeps, for each file, every change since it was last synced with what was there before.
class Unsynced {
public:
  void created(const std::string& file);
  void wrote(const std::string& file, std::int64_t offset, std::string before, std::string after,
             std::int64_t size_before);
  void truncated(const std::string& file, std::int64_t size, std::string cut, std::int64_t size_before);
  /// A deletion that no sync of the folder made durable: the file may be there again.
  void deleted(const std::string& file, std::string content);
  void synced(const std::string& file) { files_.erase(file); }

  /// Makes the files what they may be after a power failure. Throws std::system_error.
  Loss fail_power(Survivors survivors, std::mt19937_64& random) const;

private:
  struct Change {
    bool truncation = false;
    std::int64_t offset = 0; // of a write; the new size of a truncation
    std::string before;      // the bytes that were there
    std::string after;       // the bytes that were written
    std::int64_t size_before = 0;
  };
  struct File {
    bool is_new = false;
    bool is_deleted = false;
    std::string content; // of a deleted one
    std::vector<Change> changes;
  };

  static Loss fail_file(const std::string& path, const File& file, Survivors survivors,
                        std::mt19937_64& random);
  static void put_back(int descriptor, const Change& change);

  std::map<std::string, File> files_;
};

} // namespace warsha::trials
