#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace warsha::load {

/// A message of warsha.live.v1 from the server, as far as a load must understand it.
struct LiveMessage {
  enum class Type : std::uint8_t {
    other, // presence and what is not known
    events,
    ack,
    reject,
    welcome,
    resync,
    status,
    tick,
    bye,
  };
  Type type = Type::other;
  std::uint64_t first = 0;         // events
  std::uint64_t last = 0;          // events
  std::uint64_t seq = 0;           // ack, welcome, tick
  std::string id;                  // ack, reject; of a welcome, the participant
  std::string receipt;             // ack
  std::string code;                // reject
  std::string epoch;               // welcome
  std::string snapshot;            // resync
  std::string reason;              // resync
  std::int64_t retry_after_ms = 0; // bye
  bool read_only = false;          // status, welcome
};

/// Reads one message. The texts that the server sends by the thousand are recognised without a parser; any
/// other order of members is parsed. False: it is no message.
[[nodiscard]] bool read_live_message(std::string_view text, LiveMessage& message);

/// A single event of an `events` message, as it lies in it.
struct EventText {
  std::uint64_t seq = 0; // 0: it says none
  std::string_view text;
};
[[nodiscard]] std::vector<EventText> split_events(std::string_view message);

} // namespace warsha::load
