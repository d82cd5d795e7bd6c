#pragma once

#include "protocol/ids.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

/// What clients say on the live socket, decoded: one struct per schema in schemas/live.
/// Every text in these structs is trimmed, NFC, of permitted characters and within its limit.
namespace warsha {

enum class Kind : std::uint8_t { problem, solution, result };
enum class Phase : std::uint8_t { introduction, problems, grouping, solutions, plenary, closed };
enum class Role : std::uint8_t { screen, participant, facilitator, organiser, reviewer, committee, admin };

/// UTC in milliseconds, as everywhere on the wire and in the store.
using TimeMs = std::int64_t;
using Seq = std::uint64_t;

namespace action {
struct Contribute {
  Kind kind{};
  std::string text;
  std::vector<ContributionId> answers;
  std::vector<ContributionId> follows_from;
};
struct Edit {
  ContributionId contribution;
  std::string text;
};
struct Withdraw {
  ContributionId contribution;
};
struct Support {
  ContributionId contribution;
  bool on{};
};
struct ThemeAdd {
  std::string title;
};
struct ThemeRename {
  ThemeId theme;
  std::string title;
};
struct ThemeRemove {
  ThemeId theme;
};
struct Place {
  ContributionId contribution;
  std::optional<ThemeId> theme;
};
struct Moderate {
  ContributionId contribution;
  bool hidden{};
  std::optional<std::string> reason;
};
struct PhaseEnter {
  Phase phase{};
};
struct TimerStart {
  std::chrono::milliseconds duration{};
};
struct TimerExtend {
  std::chrono::milliseconds duration{};
};
struct TimerStop {};
} // namespace action

using Action =
    std::variant<action::Contribute, action::Edit, action::Withdraw, action::Support, action::ThemeAdd,
                 action::ThemeRename, action::ThemeRemove, action::Place, action::Moderate,
                 action::PhaseEnter, action::TimerStart, action::TimerExtend, action::TimerStop>;

/// Wire names of the alternatives of Action, in their order.
inline constexpr const char* kActionNames[] = {
    "contribute", "edit",     "withdraw",    "support",     "theme.add",    "theme.rename", "theme.remove",
    "place",      "moderate", "phase.enter", "timer.start", "timer.extend", "timer.stop"};
static_assert(std::size(kActionNames) == std::variant_size_v<Action>);

struct Command {
  CommandId id;
  Action action;
  /// First 64 bits of SHA-256 over the canonical content: tells a repeated command from an id that
  /// is used again for something else.
  std::uint64_t fingerprint{};
};

struct ResumePoint {
  std::string epoch;
  Seq seq{};
};
struct Hello {
  std::optional<ResumePoint> resume;
  std::string client;
};
struct Typing {};

using ClientMessage = std::variant<Hello, Command, Typing>;

[[nodiscard]] const char* name(Kind kind);
[[nodiscard]] const char* name(Phase phase);
[[nodiscard]] const char* name(Role role);
[[nodiscard]] std::optional<Kind> parse_kind(std::string_view text);
[[nodiscard]] std::optional<Phase> parse_phase(std::string_view text);
[[nodiscard]] std::optional<Role> parse_role(std::string_view text);

} // namespace warsha
