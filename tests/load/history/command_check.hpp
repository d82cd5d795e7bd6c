#pragma once

#include "tests/load/history/board_model.hpp"

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>

namespace warsha::load {

/// Whether the event in the journal (its body) is what the command (as it was sent) asks for. Gives what is
/// wrong, or nothing.
[[nodiscard]] std::optional<std::string> wrong_effect(const nlohmann::json& command,
                                                      const nlohmann::json& body);

/// Whether the board is already as the command wants it: then it is acknowledged and makes no event.
[[nodiscard]] bool is_as_wanted(const nlohmann::json& command, const BoardModel& board,
                                const std::string& actor);

} // namespace warsha::load
