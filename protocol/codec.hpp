#pragma once

#include "protocol/messages.hpp"
#include "protocol/rejection.hpp"

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace warsha {

struct DecodeError {
  Rejection rejection;
  /// The command's id, where one could be read.
  std::optional<CommandId> id;
};

/// Decodes one frame of a client. Never throws and never recurses on the input; expects valid UTF-8
/// (the WebSocket layer checks it) of at most limits::kMessageBytes. Unknown members are refused.
[[nodiscard]] std::variant<ClientMessage, DecodeError> decode(std::string_view frame);

/// A client's side of the same, for replay and load tools.
[[nodiscard]] std::string encode(const Command& command);
[[nodiscard]] std::string encode(const Hello& hello);

/// Compact JSON with sorted keys.
[[nodiscard]] std::string encode_reject(const std::optional<CommandId>& id, const Rejection& rejection);
[[nodiscard]] std::string encode_ack(const CommandId& id, Seq seq, std::string_view receipt,
                                     const std::optional<Receipted>& result = std::nullopt);

/// Parses JSON from outside: nothing thrown, no deeper than limits::kJsonDepth.
[[nodiscard]] std::optional<nlohmann::json> parse_json(std::string_view text);

} // namespace warsha
