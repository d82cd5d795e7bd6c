// A wall clock that jumps, for a real program: loaded with LD_PRELOAD, it adds the milliseconds that the
// control file (WARSHA_SHIFTED_CLOCK, 8 bytes) says to CLOCK_REALTIME, gettimeofday and time. The monotonic
// clocks stay right, as when somebody sets the date.
#include <atomic>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <unistd.h>

namespace {

constexpr std::int64_t kNanosecondsPerSecond = 1'000'000'000;

const std::atomic<std::int64_t>* open_control() {
  const char* path = std::getenv("WARSHA_SHIFTED_CLOCK");
  if (!path)
    return nullptr;
  const int descriptor = ::open(path, O_RDONLY | O_CLOEXEC);
  void* page = descriptor < 0 ? MAP_FAILED : ::mmap(nullptr, 4096, PROT_READ, MAP_SHARED, descriptor, 0);
  if (page == MAP_FAILED) {
    std::perror("shifted clock: WARSHA_SHIFTED_CLOCK");
    ::_exit(1);
  }
  ::close(descriptor);
  return static_cast<const std::atomic<std::int64_t>*>(page);
}

timespec shifted_now() {
  static const auto* shift_ms = open_control();
  timespec now{};
  ::syscall(SYS_clock_gettime, CLOCK_REALTIME, &now);
  if (!shift_ms)
    return now;
  const auto nanoseconds = now.tv_sec * kNanosecondsPerSecond + now.tv_nsec + shift_ms->load() * 1'000'000;
  return {nanoseconds / kNanosecondsPerSecond, nanoseconds % kNanosecondsPerSecond};
}

} // namespace

extern "C" {

int clock_gettime(clockid_t clock, timespec* now) noexcept {
  if (clock != CLOCK_REALTIME && clock != CLOCK_REALTIME_COARSE)
    return static_cast<int>(::syscall(SYS_clock_gettime, clock, now));
  *now = shifted_now();
  return 0;
}

int gettimeofday(timeval* now, void*) noexcept {
  const auto shifted = shifted_now();
  *now = {shifted.tv_sec, shifted.tv_nsec / 1000};
  return 0;
}

time_t time(time_t* now) noexcept {
  const auto seconds = shifted_now().tv_sec;
  if (now)
    *now = seconds;
  return seconds;
}
}
