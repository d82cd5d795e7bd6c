#include "tests/trials/unsynced.hpp"

#include <cerrno>
#include <fcntl.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace warsha::trials {

namespace {

constexpr std::size_t kSector = 512; // what a disk writes whole

void check(bool worked, const char* what) {
  if (!worked)
    throw std::system_error(errno, std::generic_category(), what);
}

void write_at(int descriptor, const char* bytes, std::size_t size, std::int64_t offset) {
  check(::pwrite(descriptor, bytes, size, offset) == static_cast<ssize_t>(size), "pwrite");
}

bool by_chance(std::mt19937_64& random, double probability) {
  return std::bernoulli_distribution(probability)(random);
}

/// Each sector of the write arrives or does not.
void write_torn(int descriptor, const std::string& bytes, std::int64_t offset, std::mt19937_64& random) {
  std::size_t at = 0;
  while (at < bytes.size()) {
    const auto to_boundary =
        kSector - static_cast<std::size_t>(offset + static_cast<std::int64_t>(at)) % kSector;
    const auto size = std::min(to_boundary, bytes.size() - at);
    if (by_chance(random, 0.5))
      write_at(descriptor, bytes.data() + at, size, offset + static_cast<std::int64_t>(at));
    at += size;
  }
}

} // namespace

void Unsynced::created(const std::string& file) {
  auto& known = files_[file];
  if (!known.is_deleted) // else what may come back is the older one
    known.is_new = true;
}

void Unsynced::wrote(const std::string& file, std::int64_t offset, std::string before, std::string after,
                     std::int64_t size_before) {
  files_[file].changes.push_back({false, offset, std::move(before), std::move(after), size_before});
}

void Unsynced::truncated(const std::string& file, std::int64_t size, std::string cut,
                         std::int64_t size_before) {
  files_[file].changes.push_back({true, size, std::move(cut), {}, size_before});
}

void Unsynced::deleted(const std::string& file, std::string content) {
  const auto found = files_.find(file);
  if (found != files_.end() && found->second.is_new) {
    files_.erase(found); // never durable: nothing can come back
    return;
  }
  files_[file] = File{false, true, std::move(content), {}};
}

Loss Unsynced::fail_power(Survivors survivors, std::mt19937_64& random) const {
  Loss sum;
  for (const auto& [path, file] : files_) {
    const auto loss = fail_file(path, file, survivors, random);
    sum.pending += loss.pending;
    sum.lost += loss.lost;
    sum.torn += loss.torn;
  }
  return sum;
}

void Unsynced::put_back(int descriptor, const Change& change) {
  check(::ftruncate(descriptor, change.size_before) == 0, "ftruncate");
  write_at(descriptor, change.before.data(), change.before.size(), change.offset);
}

Loss Unsynced::fail_file(const std::string& path, const File& file, Survivors survivors,
                         std::mt19937_64& random) {
  const auto survives = [&] {
    return survivors == Survivors::all || (survivors != Survivors::none && by_chance(random, 0.5));
  };
  Loss loss;
  loss.pending = static_cast<std::int64_t>(file.changes.size()) + (file.is_new || file.is_deleted ? 1 : 0);
  if (file.is_new && !survives()) {
    ::unlink(path.c_str());
    loss.lost = loss.pending;
    return loss;
  }
  const bool comes_back = file.is_deleted && !survives();
  if (file.is_deleted && !comes_back && ::access(path.c_str(), F_OK) != 0)
    return loss; // deleted for good
  const int descriptor =
      ::open(path.c_str(), O_RDWR | O_CLOEXEC | (comes_back ? O_CREAT | O_TRUNC : 0), 0644);
  check(descriptor >= 0, path.c_str());
  if (comes_back) {
    write_at(descriptor, file.content.data(), file.content.size(), 0);
    loss.lost = loss.pending;
    ::close(descriptor);
    return loss;
  }
  for (auto change = file.changes.rbegin(); change != file.changes.rend(); ++change)
    put_back(descriptor, *change);
  for (const auto& change : file.changes) {
    if (!survives()) {
      ++loss.lost;
    } else if (change.truncation) {
      check(::ftruncate(descriptor, change.offset) == 0, "ftruncate");
    } else if (survivors == Survivors::some_torn && by_chance(random, 0.3)) {
      write_torn(descriptor, change.after, change.offset, random);
      ++loss.torn;
    } else {
      write_at(descriptor, change.after.data(), change.after.size(), change.offset);
    }
  }
  ::close(descriptor);
  return loss;
}

} // namespace warsha::trials
