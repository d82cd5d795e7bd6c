// Private to the tables of cases: frames in a word each, and what the server does in a name each.
#pragma once

#include "tests/integration/rfc6455_vectors.hpp"
#include "tests/support/web_socket_wire.hpp"

// The server speaks JSON and echoes nothing. A `hello` with a member that no hello has is answered by its
// name: that is the echo. What is UTF-8 and no JSON object is answered as malformed.
namespace warsha::test::words {

inline std::string data(int opcode, std::string payload, bool fin) {
  WireFrame frame;
  frame.opcode = opcode;
  frame.payload = std::move(payload);
  frame.fin = fin;
  return wire(frame);
}
inline std::string text(std::string payload) {
  return data(WireFrame::text, std::move(payload), true);
}
inline std::string begins(std::string payload) {
  return data(WireFrame::text, std::move(payload), false);
}
inline std::string goes_on(std::string payload) {
  return data(WireFrame::continuation, std::move(payload), false);
}
inline std::string ends(std::string payload) {
  return data(WireFrame::continuation, std::move(payload), true);
}
inline std::string ping(std::string payload) {
  return data(WireFrame::ping, std::move(payload), true);
}
inline std::string pong(std::string payload) {
  return data(WireFrame::pong, std::move(payload), true);
}
inline std::string raw_close(std::string body) {
  return data(WireFrame::close, std::move(body), true);
}
inline std::string close(int code, const std::string& reason = {}) {
  return raw_close(std::string{static_cast<char>(code >> 8), static_cast<char>(code & 0xff)} + reason);
}

inline const std::string kFirst = R"({"type":"hello","x":0})";
inline const std::string kEcho = "reject unknown_field x";
inline const std::vector<std::string> kAnswered{kEcho, "open"};
inline const std::vector<std::string> kMalformed{"reject malformed", "open"};
inline const std::vector<std::string> kProtocolError{"close 1002", "end"};
inline const std::vector<std::string> kNotUtf8{"close 1007", "end"};
inline const std::vector<std::string> kTooBig{"close 1009", "end"};

inline WireCase apart(WireCase one) {
  one.number += "'";
  one.bytes_apart = true;
  return one;
}

} // namespace warsha::test::words
