#pragma once

#include "protocol/agenda.hpp"

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

/// The rules of a board's phase, from the table in phase_rules.cpp, with what is planned for it. Staff are
/// bound by `closed` alone. What the agenda and the settings add beside (a bound for supports, silence, a
/// pause, a form's days) is in decide_*.cpp.
[[nodiscard]] PhaseRules rules_of(const Board& board);

} // namespace warsha::live
