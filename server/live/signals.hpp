#pragma once

#include "protocol/messages.hpp"
#include "server/live/board.hpp"
#include "server/live/directory.hpp"

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

/// What lasts for seconds only and is kept nowhere: which card a facilitator holds, where cursors stand in
/// drafts. Always told as a whole and conflated, so that many signals make few messages.
namespace warsha::live {

class Signals {
public:
  using Clock = std::chrono::steady_clock;

  /// From where somebody looks on, which is all that decides what they are told.
  struct Place {
    Audience audience{};
    std::optional<TableId> table{};
    std::optional<TargetId> draft{}; // where their own cursor stands
    auto operator<=>(const Place&) const = default;
  };

  /// A person's new signal of a kind, in place of the one before; without a target: none any more. `name` is
  /// what the others may read beside it.
  void set(const access::Actor& actor, const std::optional<std::string>& name, const Signal& signal,
           Clock::time_point now);
  /// Forgets what was not renewed within limits::kSignalTime.
  void forget_old(Clock::time_point now);
  [[nodiscard]] bool empty() const { return items_.empty(); }

  [[nodiscard]] Place place_of(const Board& board, const ActorId& actor, Audience audience) const;
  /// All to whom more may be told than to any other of their audience: who writes, and who sits at a table.
  [[nodiscard]] std::vector<std::pair<ActorId, Audience>> readers(const Board& board) const;
  /// {"type":"signals",…}: the cursors in the draft of one's own cursor and in those of one's table; to the
  /// staff the holds too. Cursors of other tables are nobody's need, and would cost the square of the people.
  [[nodiscard]] std::string message(const Board& board, const Place& place) const;

private:
  struct Item {
    std::optional<std::string> name;
    TargetId target;
    std::optional<std::int64_t> at;
    Audience by{};
    Clock::time_point until;
  };
  std::map<std::pair<SignalKind, ActorId>, Item> items_;
};

} // namespace warsha::live
