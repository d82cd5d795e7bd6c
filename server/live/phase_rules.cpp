#include "server/live/phase_rules.hpp"

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

} // namespace

const PhaseRules& rules_of(Phase phase) {
  for (const auto& row : kRules)
    if (row.phase == phase)
      return row.rules;
  static constexpr PhaseRules kNothing{}; // denied unless the table grants it
  return kNothing;
}

} // namespace warsha::live
