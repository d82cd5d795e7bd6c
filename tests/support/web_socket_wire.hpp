#pragma once

#include "tests/support/http.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

/// WebSockets byte by byte, so that a test can break every rule of RFC 6455 and see what the server does.
namespace warsha::test {

/// A frame as a client puts it on the wire (RFC 6455, 5.2), right or wrong.
struct WireFrame {
  enum Opcode { continuation = 0x0, text = 0x1, binary = 0x2, close = 0x8, ping = 0x9, pong = 0xa };
  int opcode = text;
  std::string payload;
  bool fin = true;
  int reserved = 0; // RSV1, RSV2, RSV3 as 4, 2, 1
  bool masked = true;
  std::uint32_t key = 0x37fa213d;
  int length_bytes = 0; // the extended length takes 2 or 8; 0: the fewest that do
};
[[nodiscard]] std::string wire(const WireFrame& frame);
/// Only the header of a masked frame that announces a payload of that many bytes, which may never come.
[[nodiscard]] std::string wire_header(int opcode, std::uint64_t length, bool fin = true);

/// A connection that has sent an opening handshake. Every call ends, after kPatience at the latest.
class WireSocket {
public:
  WireSocket(std::uint16_t port, std::string_view request);
  ~WireSocket();
  WireSocket(const WireSocket&) = delete;
  WireSocket& operator=(const WireSocket&) = delete;

  /// The answer to the request; its body when it isn't 101.
  [[nodiscard]] const Reply& answer() const { return answer_; }

  /// What the server doesn't take any more is dropped.
  void write(std::string_view bytes) const;
  /// Each byte in a segment of its own, as far as the system goes along.
  void write_apart(std::string_view bytes) const;

  /// What the server did next, in words: "reject CODE", "reject CODE FIELD", "message TYPE" (each message of
  /// a frame is one), "pong PAYLOAD", "ping", "close CODE", "close" without a code, "end" (of the TCP
  /// connection), "silence" (kPatience is over), "broken: WHY" (a frame that no server may send). A close is
  /// answered.
  [[nodiscard]] std::string next();
  /// Bytes of the payload of the frame that next() read last.
  [[nodiscard]] std::size_t frame_bytes() const { return frame_bytes_; }

private:
  bool fill(std::size_t bytes);
  std::string frame();

  int socket_;
  Reply answer_;
  std::string buffer_;   // received and not looked at
  std::string messages_; // of a text frame, separated by line feeds
  std::size_t frame_bytes_ = 0;
  bool silent_ = false;
};

} // namespace warsha::test
