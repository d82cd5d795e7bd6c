#pragma once

#include <string>

namespace warsha::replay {

struct ServerAddress {
  std::string host;
  std::string port;
  [[nodiscard]] std::string authority() const { return host + ":" + port; }
};
/// From http://host:port; throws std::runtime_error, in one line, for anything else.
[[nodiscard]] ServerAddress parse_server(const std::string& url);

struct HttpReply {
  int status = 0; // 0: no answer
  std::string body;
  std::string set_cookie; // "name=value" of the first Set-Cookie, or empty
};

/// One request on a connection of its own; blocks for at most five seconds.
[[nodiscard]] HttpReply request_once(const ServerAddress& server, const std::string& method,
                                     const std::string& target, const std::string& body,
                                     const std::string& cookie);

/// The same, again and again for up to a minute while the server is away or busy (no answer, 429, 503).
[[nodiscard]] HttpReply request(const ServerAddress& server, const std::string& method,
                                const std::string& target, const std::string& body,
                                const std::string& cookie);

} // namespace warsha::replay
