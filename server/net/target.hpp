#pragma once

#include <map>
#include <string>
#include <string_view>

/// What the request line and the headers say in encodings of their own, read without Beast. Pure; every
/// function takes any bytes and fails on none.
namespace warsha::net {

/// RFC 3986, 2.1: percent-decoding. What is no valid escape stays as it is. The outcome may hold any byte,
/// also NUL and bytes that are no UTF-8, and is never longer than `text`.
[[nodiscard]] std::string decode_percent(std::string_view text);

struct Target {
  std::string path;                         // decoded, with its '/' at the front when there is one
  std::map<std::string, std::string> query; // names and values decoded
};

/// A request target (RFC 9112, 3.2). The query is read as a form (application/x-www-form-urlencoded): '+' is
/// a space, the last of several values counts, a name without '=' has an empty value.
[[nodiscard]] Target parse_target(std::string_view target);

/// The client as its nearest trusted neighbour names it in X-Forwarded-For: the last entry, which is the
/// proxy's own addition, without the blanks around it. Empty when that entry is.
[[nodiscard]] std::string last_forwarded(std::string_view header);

} // namespace warsha::net
