#include "server/app/listen_address.hpp"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <charconv>
#include <stdexcept>

namespace warsha::app {

ListenAddress parse_listen(const std::string& listen) {
  const auto colon = listen.rfind(':');
  ListenAddress parsed;
  const auto* begin = listen.data() + (colon == std::string::npos ? listen.size() : colon + 1);
  const auto* end = listen.data() + listen.size();
  const auto number = std::from_chars(begin, end, parsed.port);
  if (begin == end || number.ec != std::errc{} || number.ptr != end)
    throw std::runtime_error("listen: \"" + listen + "\" is not ADDRESS:PORT, such as 127.0.0.1:8080");
  parsed.address = listen.substr(0, colon);
  if (parsed.address.size() > 2 && parsed.address.front() == '[') // [::1]:8080
    parsed.address = parsed.address.substr(1, parsed.address.size() - 2);
  return parsed;
}

std::string url_of(const char* scheme, const ListenAddress& where) {
  const bool version_6 = where.address.find(':') != std::string::npos;
  return std::string(scheme) + "://" + (version_6 ? "[" + where.address + "]" : where.address) + ":" +
         std::to_string(where.port);
}

bool is_every_address(const std::string& address) {
  std::array<unsigned char, 16> bytes{};
  const auto zero = [](unsigned char byte) { return byte == 0; };
  const bool known = inet_pton(AF_INET, address.c_str(), bytes.data()) == 1 ||
                     inet_pton(AF_INET6, address.c_str(), bytes.data()) == 1;
  return known && std::ranges::all_of(bytes, zero);
}

} // namespace warsha::app
