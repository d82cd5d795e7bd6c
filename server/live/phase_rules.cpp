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

PhaseRules usual_rules_of(Phase phase) {
  for (const auto& row : kRules)
    if (row.phase == phase)
      return row.rules;
  return {}; // denied unless the table grants it
}

} // namespace

PhaseRules rules_of(Phase phase, const AgendaItem& planned) {
  auto rules = usual_rules_of(phase);
  if (!planned.contribute || phase == Phase::closed)
    return rules;
  rules.contribute = {};
  for (const auto kind : *planned.contribute)
    rules.contribute[static_cast<std::size_t>(kind)] = true;
  // What one may write one may mend and take back.
  rules.edit = rules.edit || !planned.contribute->empty();
  rules.withdraw = rules.withdraw || !planned.contribute->empty();
  return rules;
}

} // namespace warsha::live
