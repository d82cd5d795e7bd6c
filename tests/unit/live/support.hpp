#pragma once

#include "server/live/board.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>

/// A board with people around it, for tests of the rules: ids are counted, the clock is set by hand.
namespace warsha::live::test {

inline uuid::Bytes numbered(std::uint8_t number) {
  std::array<std::uint8_t, 10> random{};
  random[9] = number;
  return uuid::make(1'700'000'000'000, random);
}

class Meeting {
public:
  Board board;
  TimeMs now = 1'700'000'000'000;
  access::Actor amina{Role::participant, ActorId{numbered(1)}};
  access::Actor brahim{Role::participant, ActorId{numbered(2)}};
  access::Actor facilitator{Role::facilitator, ActorId{numbered(3)}};
  access::Actor screen{Role::screen, ActorId{}};

  explicit Meeting(Phase phase = Phase::problems) {
    apply(board, Event{1, now, {}, std::nullopt, change::Opened{"title", "ar", {}}});
    board.phase = phase;
  }

  CommandId next_id() { return CommandId{numbered(++last_id_)}; }

  /// Decides, and applies what was decided.
  Decision act(const access::Actor& actor, Action action) {
    const Command command{next_id(), std::move(action), 0};
    last_command = command.id;
    auto decision = decide(board, command, actor, now, {"AAAA-BBBB-CCCC", kResult, "DDDD-EEEE-FFFF"});
    for (auto& change : changes_of(decision))
      apply(board, Event{board.seq + 1, now, actor.id, Cause{command.id, 0}, std::move(change)});
    return decision;
  }

  ContributionId contribution(const access::Actor& author, Kind kind = Kind::problem) {
    const auto phase = board.phase;
    board.phase = kind == Kind::problem ? Phase::problems : Phase::solutions;
    act(author, action::Contribute{kind, "text", {}, {}});
    board.phase = phase;
    return id_cast<ContributionId>(last_command);
  }

  ThemeId theme(std::string title = "theme") {
    act(facilitator, action::ThemeAdd{std::move(title)});
    return id_cast<ThemeId>(last_command);
  }

  CommandId last_command;
  /// Of the one expected result that a meeting may add with a solution.
  static inline const ContributionId kResult{numbered(77)};

private:
  std::uint8_t last_id_ = 100;
};

inline std::optional<Code> code_of(const Decision& decision) {
  const auto* rejection = std::get_if<Rejection>(&decision);
  return rejection ? std::optional(rejection->code) : std::nullopt;
}
inline bool changed(const Decision& decision) {
  return std::holds_alternative<Change>(decision) || std::holds_alternative<Pair>(decision);
}
inline bool nothing(const Decision& decision) {
  return std::holds_alternative<NothingToChange>(decision);
}

} // namespace warsha::live::test
