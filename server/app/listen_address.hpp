#pragma once

#include <cstdint>
#include <string>

namespace warsha::app {

struct ListenAddress {
  std::string address; // without brackets
  std::uint16_t port = 0;
};

/// Of ADDRESS:PORT, such as 127.0.0.1:8080 or [::1]:8080; throws std::runtime_error in one line when it is
/// none.
[[nodiscard]] ListenAddress parse_listen(const std::string& listen);

/// As a browser takes it (RFC 3986, 3.2.2): an IPv6 address stands in brackets.
[[nodiscard]] std::string url_of(const char* scheme, const ListenAddress& where);

/// 0.0.0.0 or [::]: every address of the machine, and so none that somebody could open.
[[nodiscard]] bool is_every_address(const std::string& address);

} // namespace warsha::app
