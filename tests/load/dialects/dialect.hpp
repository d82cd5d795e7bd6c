#pragma once

#include "tests/load/net/websocket_framing.hpp"
#include "tests/load/options.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace warsha::load {

/// How one member of a room speaks to a peer server (tests/load/peers). The member's own, since some remember
/// what was said. Messages of a room are numbered in the order of their submission.
class Dialect {
public:
  virtual ~Dialect() = default;

  struct Frame {
    Opcode opcode = Opcode::text;
    std::string payload;
  };
  /// What came of a received frame.
  struct Heard {
    bool ready = false;                 // from now on it hears everything of its room
    std::vector<std::uint64_t> numbers; // messages of the room that it got
    std::vector<Frame> replies;
    bool understood = true;
    void clear() { *this = Heard(); }
  };

  /// The path at which it connects.
  [[nodiscard]] virtual std::string target() const = 0;
  /// To be sent as soon as the socket is open.
  [[nodiscard]] virtual std::vector<Frame> greeting() const { return {}; }
  /// Whether it hears everything as soon as the socket is open.
  [[nodiscard]] virtual bool ready_at_once() const { return false; }
  /// Adds to `heard`.
  virtual void hear(std::string_view frame, Heard& heard) = 0;
  /// A frame in which message `number` of the room is said, with this text.
  [[nodiscard]] virtual Frame say(std::uint64_t number, std::string_view text) = 0;
};

/// What the members of one room need to know of each other: for Yjs, which of its numbers each client used.
struct DialectRoom {
  /// Of this run only: some servers remember what was said in a room.
  std::string name;
  std::vector<std::vector<std::uint64_t>> numbers_of_client;
};

/// `member` counts from 0 in its room.
[[nodiscard]] std::unique_ptr<Dialect> make_dialect(Target target, DialectRoom& room, std::size_t member);
/// How long the text is to be so that the message is `message_bytes` long.
[[nodiscard]] std::size_t dialect_text_bytes(Target target, std::size_t message_bytes);

} // namespace warsha::load
