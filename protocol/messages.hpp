#pragma once

#include "protocol/actions.hpp"
#include "protocol/ids.hpp"
#include "protocol/words.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

/// What clients say on the live socket, decoded: one struct per schema in schemas/live.
namespace warsha {

/// UTC in milliseconds, as everywhere on the wire and in the store.
using TimeMs = std::int64_t;
using Seq = std::uint64_t;

struct Command {
  CommandId id;
  Action action;
  /// First 64 bits of SHA-256 over the canonical content: tells a repeated command from an id that
  /// is used again for something else.
  std::uint64_t fingerprint{};
};

/// A contribution with the receipt by which its author follows it.
struct Receipted {
  ContributionId contribution;
  std::string receipt;
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
/// A card that a facilitator holds, or where somebody's cursor stands in a draft; none: no longer.
struct Signal {
  SignalKind kind{};
  std::optional<TargetId> target;
  std::optional<std::int64_t> at{}; // code points before the cursor

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("at", self.at, {.most = static_cast<std::int64_t>(limits::kDraftCodePoints)});
    visit("kind", self.kind);
    visit("target", self.target, {.or_null = true});
  }
};
/// What was on somebody's screen.
struct Seen {
  std::vector<ContributionId> contributions;

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("contributions", self.contributions, {.items_least = 1, .items_most = limits::kSeenAtOnce});
  }
};

using ClientMessage = std::variant<Hello, Command, Typing, Signal, Seen>;

} // namespace warsha
