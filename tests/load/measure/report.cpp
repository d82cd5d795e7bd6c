#include "tests/load/measure/report.hpp"

#include <cmath>
#include <cstdio>
#include <fstream>
#include <stdexcept>

namespace warsha::load {

namespace {

double rounded(double value, double parts) {
  return std::round(value * parts) / parts;
}

std::optional<double> server_cpu(pid_t process) {
  const auto figures = process == 0 ? std::nullopt : read_process(process);
  return figures ? std::optional(figures->cpu_seconds) : std::nullopt;
}

std::string with_separators(double value) {
  auto text = std::to_string(static_cast<long long>(std::llround(value)));
  for (auto at = static_cast<std::ptrdiff_t>(text.size()) - 3; at > (value < 0 ? 1 : 0); at -= 3)
    text.insert(static_cast<std::size_t>(at), ",");
  return text;
}

/// A value as people read it: its unit is in its name.
std::string readable(const std::string& name, const Result& value) {
  if (value.is_string())
    return value.get<std::string>();
  if (value.is_boolean())
    return value.get<bool>() ? "yes" : "no";
  if (!value.is_number())
    return value.dump();
  const auto number = value.get<double>();
  char text[64];
  if (name.find("bytes") != std::string::npos && std::fabs(number) >= 1024 * 1024)
    std::snprintf(text, sizeof text, "%.1f MiB", number / (1024 * 1024));
  else if (name.find("bytes") != std::string::npos && std::fabs(number) >= 10 * 1024)
    std::snprintf(text, sizeof text, "%.1f KiB", number / 1024);
  else if (std::fabs(number) < 1000 && number != std::floor(number))
    std::snprintf(text, sizeof text, "%.4g", number);
  else
    return with_separators(number);
  return text;
}

bool is_times(const Result& value) {
  return value.is_object() && value.contains("p50") && value.contains("max");
}

void print_times(const std::string& name, const Result& times) {
  std::printf("%-34s", name.c_str());
  for (const auto* part : {"p50", "p90", "p99", "p999", "max"})
    std::printf("  %s %s", part, readable("ms", times.at(part)).c_str());
  std::printf("  (%s)\n", readable("", times.at("count")).c_str());
}

void print_members(const std::string& prefix, const Result& object);

void print_member(const std::string& name, const Result& value) {
  if (value.is_null())
    return;
  if (is_times(value))
    return print_times(name, value);
  if (value.is_object())
    return print_members(name + ".", value);
  if (value.is_array() && !value.empty() && value.front().is_object()) {
    for (const auto& row : value) {
      std::printf("%-34s", name.c_str());
      for (const auto& [key, one] : row.items())
        std::printf("  %s %s", key.c_str(), readable(key, one).c_str());
      std::printf("\n");
    }
    return;
  }
  std::printf("%-34s  %s\n", name.c_str(), readable(name, value).c_str());
}

void print_members(const std::string& prefix, const Result& object) {
  for (const auto& [name, value] : object.items())
    if (name != "faults" && name != "votes") // the latter are in the growth already
      print_member(prefix + name, value);
}

void write(const std::string& file, const Result& result) {
  std::ofstream out(file);
  out << result.dump(2) << '\n';
  if (!out.flush())
    throw std::runtime_error("--json: " + file + " can't be written");
}

} // namespace

void Meter::start() {
  began_ = Clock::now();
  totals_ = tally_.totals();
  client_cpu_ = own_cpu_seconds();
  server_cpu_ = server_cpu(server_process_);
}

Span Meter::stop() const {
  Span span;
  span.seconds = in_seconds(Clock::now() - began_);
  span.totals = tally_.totals() - totals_;
  span.client_cpu_seconds = own_cpu_seconds() - client_cpu_;
  if (const auto now = server_cpu(server_process_); now && server_cpu_)
    span.server_cpu_seconds = *now - *server_cpu_;
  return span;
}

Result describe(const Histogram& times) {
  if (times.count() == 0)
    return nullptr;
  Result out;
  for (const auto& [name, part] : {std::pair{"p50", 0.5}, {"p90", 0.9}, {"p99", 0.99}, {"p999", 0.999}})
    out[name] = rounded(in_milliseconds(times.at(part)), 1000);
  out["max"] = rounded(in_milliseconds(times.longest()), 1000);
  out["count"] = times.count();
  return out;
}

Result describe(const Memory& memory, std::size_t people, const Span& span) {
  if (!memory.before || !memory.connected || !memory.after)
    return nullptr;
  Result out;
  if (span.server_cpu_seconds) {
    out["cpu_seconds"] = rounded(*span.server_cpu_seconds, 100);
    out["cpu_share"] = rounded(*span.server_cpu_seconds / span.seconds, 1000);
    if (span.totals.deliveries > 0)
      out["cpu_us_per_delivery"] =
          rounded(*span.server_cpu_seconds * 1e6 / static_cast<double>(span.totals.deliveries), 1000);
  }
  out["memory_bytes_before"] = memory.before->memory_bytes;
  out["memory_bytes_connected"] = memory.connected->memory_bytes;
  out["memory_bytes_after"] = memory.after->memory_bytes;
  out["memory_bytes_peak"] = memory.after->peak_bytes;
  const auto grown =
      static_cast<double>(memory.connected->memory_bytes) - static_cast<double>(memory.before->memory_bytes);
  if (people > 0)
    out["memory_bytes_per_connection"] = std::round(grown / static_cast<double>(people));
  return out;
}

Result describe(const Options& options, const Span& span, const Tally& tally, bool has_acks) {
  Result out;
  out["scenario"] = options.scenario;
  out["target"] = options.target_name;
  out["people"] = options.people;
  out["rooms"] = options.rooms;
  out["seconds"] = rounded(span.seconds, 1000);
  out["submitted"] = tally.measured_submissions();
  out["acked"] = has_acks ? Result(tally.ack_times().count()) : Result(nullptr);
  out["deliveries"] = tally.measured_deliveries();
  out["deliveries_per_second"] = std::round(static_cast<double>(span.totals.deliveries) / span.seconds);
  out["ack_ms"] = has_acks ? describe(tally.ack_times()) : Result(nullptr);
  out["seen_ms"] = describe(tally.seen_times());
  out["frames"] = span.totals.frames;
  out["bytes"] = span.totals.bytes;
  out["client_cpu_share"] = rounded(span.client_cpu_seconds / span.seconds, 1000);
  return out;
}

int finish(Result& result, const Tally& tally, const Options& options) {
  if (!tally.notes().empty())
    result["notes"] = tally.notes();
  result["fault_count"] = tally.fault_count();
  result["faults"] = tally.faults();
  print_members("", result);
  if (result.value("client_cpu_share", 0.0) > kClientBusy)
    std::printf("NOTE: this program had no time left; the figures are its own limit, not the server's\n");
  for (const auto& fault : tally.faults())
    std::printf("FAULT: %s\n", fault.c_str());
  if (tally.fault_count() > tally.faults().size())
    std::printf("FAULT: and %llu more\n",
                static_cast<unsigned long long>(tally.fault_count() - tally.faults().size()));
  std::printf("%s\n", tally.fault_count() == 0 ? "without fault" : "WITH FAULTS");
  if (!options.json_file.empty())
    write(options.json_file, result);
  return tally.fault_count() == 0 ? 0 : 1;
}

} // namespace warsha::load
