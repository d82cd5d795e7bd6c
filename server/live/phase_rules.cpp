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

PhaseRules usual_rules_of(Phase phase) {
  for (const auto& row : kRules)
    if (row.phase == phase)
      return row.rules;
  return {}; // denied unless the table grants it
}

} // namespace

PhaseRules rules_of(const Board& board) {
  if (board.form && board.phase != Phase::closed)
    return kByForm;
  auto rules = usual_rules_of(board.phase);
  const auto& planned = board.plan().contribute;
  if (!planned || board.phase == Phase::closed)
    return rules;
  rules.contribute = {};
  for (const auto kind : *planned)
    rules.contribute[static_cast<std::size_t>(kind)] = true;
  // What one may write one may mend and take back.
  rules.edit = rules.edit || !planned->empty();
  rules.withdraw = rules.withdraw || !planned->empty();
  return rules;
}

} // namespace warsha::live
