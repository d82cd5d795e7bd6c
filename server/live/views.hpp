#pragma once

#include "server/live/board.hpp"
#include "server/live/directory.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

/// What each audience is shown of events and boards, as JSON of schemas/live and schemas/http. The room is
/// never sent what it may not see: filtering is here, on the server, and nowhere else.
namespace warsha::live {

/// Personal data: joins what somebody did only here, on its way out.
struct Names {
  std::unordered_map<ActorId, std::string> participants{}; // who chose to be named
  std::unordered_map<ActorId, std::string> staff{};        // who write to each other under their names
};

/// One event, given the board right after it.
[[nodiscard]] std::string view_event(const Board& after, const Event& event, Audience audience,
                                     const Names& names);

/// The table whose people read this edit of a text that is written there, while the rest of the room reads
/// only that there was one; none for all other changes.
[[nodiscard]] std::optional<TableId> table_of_edit(const Board& after, const Change& change);
/// The same event as the people of that table are told it.
[[nodiscard]] std::string view_event_at_table(const Board& after, const Event& event);

[[nodiscard]] std::string view_snapshot(const Board& board, const WorkshopId& workshop,
                                        const std::string& epoch, Audience audience, const Names& names,
                                        TimeMs now);

/// A text that is being written at a table, as it is on disk.
struct KeptDraft {
  std::optional<TableId> table;
  std::int64_t revision = 0;
  std::string text;
};
using KeptDrafts = std::map<DraftId, KeptDraft>;

struct WelcomeFacts {
  const WorkshopId& workshop;
  const std::string& epoch;
  Seq published{}; // what the room has been told
  Seq committed{}; // what is on disk
  const KeptDrafts& drafts;
  bool read_only{};
  TimeMs now{};
};
/// `mine` holds what is on disk only.
[[nodiscard]] std::string view_welcome(const Board& board, const WelcomeFacts& facts, const Visitor& visitor);

/// {"type":"events",…} around encoded events, separated by commas.
[[nodiscard]] std::string wrap_events(Seq first, Seq last, std::string_view joined);

} // namespace warsha::live
