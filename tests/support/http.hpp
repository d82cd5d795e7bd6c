#pragma once

#include <cstdint>
#include <map>
#include <nlohmann/json.hpp>
#include <string>

namespace warsha::test {

struct Reply {
  int status = 0;                             // 0: no answer
  std::map<std::string, std::string> headers; // names in lower case
  std::string body;

  [[nodiscard]] std::string header(const std::string& name) const;
  /// Of a body that is a JSON object; an empty object otherwise.
  [[nodiscard]] nlohmann::json json() const;
  /// The code of a problem document, or empty.
  [[nodiscard]] std::string code() const;
  /// "name=value" of the Set-Cookie, or empty.
  [[nodiscard]] std::string cookie() const;
};

using Headers = std::map<std::string, std::string>;

/// Writes the bytes on a connection of its own and reads until the server closes, at most ten seconds.
[[nodiscard]] Reply send_raw(std::uint16_t port, const std::string& bytes);

/// One request, with Connection: close. A body goes as application/json.
[[nodiscard]] Reply send_request(std::uint16_t port, const std::string& method, const std::string& target,
                                 const std::string& body = {}, const Headers& headers = {});

/// The bytes of a gzip stream, unpacked; throws std::runtime_error when it is none.
[[nodiscard]] std::string gunzip(const std::string& packed);

} // namespace warsha::test
