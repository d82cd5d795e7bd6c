#include "tests/load/measure/process_figures.hpp"

#include <fstream>
#include <sstream>
#include <string>
#include <sys/resource.h>
#include <unistd.h>

namespace warsha::load {

namespace {

std::uint64_t kib_line(const std::string& line) {
  std::istringstream words(line.substr(line.find(':') + 1));
  std::uint64_t kib = 0;
  words >> kib;
  return kib * 1024;
}

} // namespace

std::optional<ProcessFigures> read_process(pid_t process) {
  const auto folder = "/proc/" + std::to_string(process);
  std::ifstream stat(folder + "/stat");
  std::string line;
  if (!std::getline(stat, line))
    return std::nullopt;
  // The name, in brackets, may hold anything; after it field 3 begins (proc(5)).
  std::istringstream fields(line.substr(line.rfind(')') + 2));
  std::string skipped;
  for (int field = 3; field < 14; ++field)
    fields >> skipped;
  double user = 0;
  double system = 0;
  fields >> user >> system;
  ProcessFigures figures;
  figures.cpu_seconds = (user + system) / static_cast<double>(::sysconf(_SC_CLK_TCK));

  std::ifstream status(folder + "/status");
  while (std::getline(status, line)) {
    if (line.starts_with("VmRSS:"))
      figures.memory_bytes = kib_line(line);
    else if (line.starts_with("RssAnon:"))
      figures.own_bytes = kib_line(line);
    else if (line.starts_with("VmHWM:"))
      figures.peak_bytes = kib_line(line);
  }
  return figures;
}

double own_cpu_seconds() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  const auto part = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  return part(usage.ru_utime) + part(usage.ru_stime);
}

std::uint64_t tcp_buffer_bytes() {
  std::ifstream file("/proc/net/sockstat");
  std::string line;
  while (std::getline(file, line))
    if (const auto at = line.find(" mem "); line.starts_with("TCP:") && at != std::string::npos)
      return std::stoull(line.substr(at + 5)) * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
  return 0;
}

} // namespace warsha::load
