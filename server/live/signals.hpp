#pragma once

#include "protocol/messages.hpp"
#include "server/live/board.hpp"
#include "server/live/directory.hpp"

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <utility>

/// What lasts for seconds only and is kept nowhere: which card a facilitator holds, where cursors stand in
/// drafts. Always told as a whole and conflated, so that many signals make few messages.
namespace warsha::live {

class Signals {
public:
  using Clock = std::chrono::steady_clock;

  /// A person's new signal of a kind, in place of the one before; without a target: none any more. `name` is
  /// what the others may read beside it.
  void set(const ActorId& actor, const std::optional<std::string>& name, const Signal& signal,
           Clock::time_point now);
  /// Forgets what was not renewed within limits::kSignalTime.
  void forget_old(Clock::time_point now);
  [[nodiscard]] bool empty() const { return items_.empty(); }

  /// {"type":"signals",…}: cursors for everybody, holds for the staff.
  [[nodiscard]] std::string message(const Board& board, Audience audience) const;

private:
  struct Item {
    std::optional<std::string> name;
    TargetId target;
    std::optional<std::int64_t> at;
    Clock::time_point until;
  };
  std::map<std::pair<SignalKind, ActorId>, Item> items_;
};

} // namespace warsha::live
