#pragma once

#include "tests/load/history/board_model.hpp"

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <unordered_set>

/// Whether what a client was sent is what the journal says. Each gives what is wrong, or nothing.
namespace warsha::load {

/// The journal as far as a view of one event needs it.
struct ViewContext {
  const BoardModel& after; // right after the event
  const BoardModel& whole; // at the journal's end
  /// Contributions that were hidden or withdrawn at some time: clients that resume are sent their earlier
  /// events as they are to be seen then, so the words may be missing, and numbers may be later ones.
  const std::unordered_set<std::string>& taken_back;
  bool staff = false;
};

/// An event as a client was sent it, against the body in table event.
[[nodiscard]] std::optional<std::string> wrong_event(const nlohmann::json& view, const nlohmann::json& body,
                                                     const ViewContext& context);
/// A snapshot against the board at its seq.
[[nodiscard]] std::optional<std::string> wrong_snapshot(const nlohmann::json& snapshot,
                                                        const BoardModel& board, bool staff);

} // namespace warsha::load
