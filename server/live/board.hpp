#pragma once

#include "protocol/codec.hpp"
#include "protocol/messages.hpp"
#include "server/access/rights.hpp"
#include "server/live/id_set.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <variant>
#include <vector>

/// The workshop's rules: a pure state machine. No I/O, no clock, no random.
///   decide(board, command, actor, now, receipt) -> what would change, or why not
///   apply(board, event)                         -> the board after it
/// Replaying a journal's events from an empty board gives the board back.
namespace warsha::live {

struct Timer {
  TimeMs ends_at{};
  std::int64_t duration_ms{};
};

/// What an event changes.
namespace change {
struct Opened {
  std::string title;
  std::string language;
  std::map<Phase, std::string> questions;
};
struct PhaseEntered { // also stops the timer
  Phase phase{};
};
struct TimerSet {
  std::optional<Timer> timer;
};
struct Added {
  ContributionId contribution;
  Kind kind{};
  std::string text;
  std::string receipt;
  std::vector<ContributionId> answers;
  std::vector<ContributionId> follows_from;
};
struct Edited {
  ContributionId contribution;
  std::string text;
};
struct Withdrawn {
  ContributionId contribution;
};
struct Hidden {
  ContributionId contribution;
  std::string reason;
};
struct Shown {
  ContributionId contribution;
};
struct Supported {
  ContributionId contribution;
};
struct Unsupported {
  ContributionId contribution;
};
struct Placed {
  ContributionId contribution;
  std::optional<ThemeId> theme;
};
struct ThemeAdded {
  ThemeId theme;
  std::string title;
};
struct ThemeRenamed {
  ThemeId theme;
  std::string title;
};
struct ThemeRemoved { // its contributions become ungrouped
  ThemeId theme;
};
} // namespace change

using Change =
    std::variant<change::Opened, change::PhaseEntered, change::TimerSet, change::Added, change::Edited,
                 change::Withdrawn, change::Hidden, change::Shown, change::Supported, change::Unsupported,
                 change::Placed, change::ThemeAdded, change::ThemeRenamed, change::ThemeRemoved>;

/// The command that caused an event, so that the same command is known again after a restart.
struct Cause {
  CommandId command;
  std::uint64_t fingerprint{};
};

struct Event {
  Seq seq{};
  TimeMs at{};
  ActorId by; // pseudonymous; all zero for the system
  std::optional<Cause> cause;
  Change change;
};

enum class State : std::uint8_t { shown, hidden, withdrawn };
[[nodiscard]] const char* name(State state);

struct Contribution {
  ContributionId id;
  Kind kind{};
  State state{};
  std::string text;
  std::string reason; // of hiding
  std::string receipt;
  ActorId author;
  std::optional<ThemeId> theme;
  std::vector<ContributionId> answers;
  std::vector<ContributionId> follows_from;
  IdSet<ActorId> supporters;
  std::uint32_t edits = 0;
  TimeMs at{};
  Seq seq{};         // of the event that added it
  Seq changed_seq{}; // of the last event that changed it
};

struct Theme {
  ThemeId id;
  std::string title;
};

struct Board {
  Seq seq = 0; // of the last event applied
  std::string title;
  std::string language;
  std::map<Phase, std::string> questions;
  Phase phase = Phase::introduction;
  std::optional<Timer> timer;
  std::vector<Theme> themes;
  std::vector<Contribution> contributions; // in the order they were added
  std::unordered_map<ContributionId, std::size_t> places;
  std::unordered_map<ActorId, std::vector<std::size_t>> by_author;
  std::unordered_map<ActorId, IdSet<ContributionId>> supported_by;

  [[nodiscard]] const Contribution* find(const ContributionId& id) const;
  [[nodiscard]] const Theme* find(const ThemeId& id) const;
};

/// Nothing to change (support that is given already) is no rejection: the command is done.
struct NothingToChange {};
using Decision = std::variant<Change, NothingToChange, Rejection>;

/// `receipt` is for the contribution that the command may add. Checks the role's rights, then the phase's
/// rules, then the command's own.
[[nodiscard]] Decision decide(const Board& board, const Command& command, const access::Actor& actor,
                              TimeMs now, const std::string& receipt);

/// Takes the next event (seq = board.seq + 1), which was decided on this very board.
void apply(Board& board, const Event& event);

/// The contribution that a change is about, if it is about one.
[[nodiscard]] std::optional<ContributionId> subject(const Change& change);

} // namespace warsha::live
