#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <fcntl.h>
#include <filesystem>
#include <stdexcept>
#include <sys/mman.h>
#include <unistd.h>

namespace warsha::test {

/// A wall clock that can be moved (tests/trials/shifted_clock.cpp), for every server that is started while
/// this lives. Not under sanitizers, which must be loaded first themselves.
class ShiftedClock {
public:
  explicit ShiftedClock(const std::filesystem::path& file) {
    const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor < 0 || ::ftruncate(descriptor, kPageBytes) != 0)
      throw std::runtime_error("no file for the clock");
    page_ = ::mmap(nullptr, kPageBytes, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0);
    ::close(descriptor);
    if (page_ == MAP_FAILED)
      throw std::runtime_error("no page for the clock");
    ::setenv("WARSHA_SHIFTED_CLOCK", file.c_str(), 1);
    ::setenv("LD_PRELOAD", WARSHA_SHIFTED_CLOCK_LIBRARY, 1);
  }
  ~ShiftedClock() {
    ::unsetenv("LD_PRELOAD");
    ::unsetenv("WARSHA_SHIFTED_CLOCK");
    ::munmap(page_, kPageBytes);
  }
  ShiftedClock(const ShiftedClock&) = delete;
  ShiftedClock& operator=(const ShiftedClock&) = delete;

  /// How far it is ahead of the real one.
  void shift(std::chrono::milliseconds ahead) {
    static_cast<std::atomic<std::int64_t>*>(page_)->store(ahead.count());
  }

private:
  static constexpr std::size_t kPageBytes = 4096;
  void* page_ = nullptr;
};

} // namespace warsha::test
