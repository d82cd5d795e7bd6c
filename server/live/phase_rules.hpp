#pragma once

#include "protocol/messages.hpp"

#include <array>

/// What participants may do in each phase. The one place: the board enforces it, and every client is told it.
namespace warsha::live {

struct PhaseRules {
  std::array<bool, 3> contribute{}; // by Kind
  bool support = false;             // and rate
  bool edit = false;
  bool withdraw = false;

  [[nodiscard]] bool may_contribute(Kind kind) const { return contribute[static_cast<std::size_t>(kind)]; }
};

struct Board;

/// The rules of a board's phase, from the table in phase_rules.cpp. Staff are bound by `closed` alone. What
/// the workshop's agenda and settings add (a bound for supports, silence, a pause, a form's days) is in
/// decide_*.cpp.
[[nodiscard]] const PhaseRules& rules_of(const Board& board);

} // namespace warsha::live
