#include "server/live/phase_rules.hpp"

#include "server/live/board.hpp"

namespace warsha::live {

namespace {

struct Row {
  Phase phase;
  PhaseRules rules;
};

// To change what participants may do in a phase, change its row.
constexpr Row kRules[] = {
    // clang-format off
    //                      contribute:  problem solution result    support  edit   withdraw
    {Phase::introduction, {.contribute = {false, false,   false}, .support = false, .edit = false, .withdraw = false}},
    {Phase::problems,     {.contribute = {true,  false,   false}, .support = false, .edit = true,  .withdraw = true}},
    {Phase::grouping,     {.contribute = {false, false,   false}, .support = true,  .edit = false, .withdraw = true}},
    {Phase::solutions,    {.contribute = {false, true,    true},  .support = true,  .edit = true,  .withdraw = true}},
    {Phase::plenary,      {.contribute = {false, false,   false}, .support = true,  .edit = false, .withdraw = true}},
    {Phase::closed,       {.contribute = {false, false,   false}, .support = false, .edit = false, .withdraw = false}},
    // clang-format on
};

/// A written consultation has no phases but its end, and nobody in it to support what others wrote.
constexpr PhaseRules kByForm{.contribute = {true, true, true}};

} // namespace

const PhaseRules& rules_of(const Board& board) {
  if (board.form && board.phase != Phase::closed)
    return kByForm;
  for (const auto& row : kRules)
    if (row.phase == board.phase)
      return row.rules;
  static constexpr PhaseRules kNothing{}; // denied unless the table grants it
  return kNothing;
}

} // namespace warsha::live
