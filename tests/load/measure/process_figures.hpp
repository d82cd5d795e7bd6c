#pragma once

#include <cstdint>
#include <optional>
#include <sys/types.h>

namespace warsha::load {

/// A process as the system counts it, now.
struct ProcessFigures {
  double cpu_seconds = 0;         // of all its threads, user and system, also of those that ended
  std::uint64_t memory_bytes = 0; // resident (VmRSS); what the kernel keeps for its sockets is not in it
  std::uint64_t own_bytes = 0;    // the part of it that is its own and not a file's (RssAnon)
  std::uint64_t peak_bytes = 0;   // the most that was ever resident (VmHWM)
};
/// Nothing when there is no such process.
[[nodiscard]] std::optional<ProcessFigures> read_process(pid_t process);

/// CPU seconds of this process.
[[nodiscard]] double own_cpu_seconds();

/// TCP buffers of the whole machine in bytes, from /proc/net/sockstat: where what slow readers don't take
/// piles up outside of the server's own memory.
[[nodiscard]] std::uint64_t tcp_buffer_bytes();

} // namespace warsha::load
