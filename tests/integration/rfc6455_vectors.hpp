#pragma once

#include <string>
#include <utility>
#include <vector>

/// What clients send and what RFC 6455 lets a server do then, as tables. The numbers follow the chapters of
/// the public test suite for WebSockets; the cases are our own.
namespace warsha::test {

struct WireCase {
  std::string number;
  const char* section; // of RFC 6455
  const char* asks;
  std::string sends;
  /// In order, in the words of WireSocket::next(). "a|b": either. "?a": a, or nothing. "open": the connection
  /// answers a ping, and before it there was nothing else to see.
  std::vector<std::string> sees;
  /// Where the server (by Beast 1.81) does less than the section asks, or other than the public suite
  /// prefers: what, and why that is borne.
  const char* deviation = nullptr;
  bool bytes_apart = false; // each in a TCP segment of its own
};

[[nodiscard]] std::vector<WireCase> framing_cases();
[[nodiscard]] std::vector<WireCase> control_frame_cases();
[[nodiscard]] std::vector<WireCase> reserved_cases();
[[nodiscard]] std::vector<WireCase> fragmentation_cases();
[[nodiscard]] std::vector<WireCase> utf8_cases();
[[nodiscard]] std::vector<WireCase> closing_cases();

} // namespace warsha::test
