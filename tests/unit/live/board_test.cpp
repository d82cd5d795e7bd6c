#include "protocol/limits.hpp"
#include "server/live/board.hpp"
#include "tests/unit/live/support.hpp"

#include <gtest/gtest.h>

namespace warsha::live {
namespace {

using namespace test;

// --- Contributing --------------------------------------------------------------------------------

struct PhaseCase {
  Phase phase;
  bool problem, solution, result, support;
};
constexpr PhaseCase kPhaseCases[] = {
    {Phase::introduction, false, false, false, false}, {Phase::problems, true, false, false, false},
    {Phase::grouping, false, false, false, true},      {Phase::solutions, false, true, true, true},
    {Phase::plenary, false, false, false, true},       {Phase::closed, false, false, false, false}};

TEST(Board, participants_contribute_what_the_phase_asks_for_and_nothing_else) {
  for (const auto& expected : kPhaseCases)
    for (const auto& [kind, allowed] : {std::pair{Kind::problem, expected.problem},
                                        {Kind::solution, expected.solution},
                                        {Kind::result, expected.result}}) {
      Table table(expected.phase);
      const auto decision = table.act(table.amina, action::Contribute{kind, "text", {}, {}});
      EXPECT_EQ(changed(decision), allowed) << name(expected.phase) << " " << name(kind);
      if (!allowed) {
        EXPECT_EQ(code_of(decision),
                  expected.phase == Phase::closed ? Code::workshop_closed : Code::wrong_phase);
      }
    }
}

TEST(Board, support_is_given_in_the_phases_that_weigh) {
  for (const auto& expected : kPhaseCases) {
    Table table;
    const auto id = table.contribution(table.amina);
    table.board.phase = expected.phase;
    EXPECT_EQ(changed(table.act(table.brahim, action::Support{id, true})), expected.support)
        << name(expected.phase);
  }
}

TEST(Board, a_contribution_takes_the_id_of_its_command) {
  Table table;
  table.act(table.amina, action::Contribute{Kind::problem, "text", {}, {}});
  EXPECT_NE(table.board.find(id_cast<ContributionId>(table.last_command)), nullptr);
}

TEST(Board, a_solution_answers_problems_and_nothing_else) {
  Table table(Phase::solutions);
  const auto problem = table.contribution(table.amina);
  const auto solution = table.contribution(table.amina, Kind::solution);
  EXPECT_TRUE(changed(table.act(table.brahim, action::Contribute{Kind::solution, "s", {problem}, {}})));
  EXPECT_EQ(code_of(table.act(table.brahim, action::Contribute{Kind::solution, "s", {solution}, {}})),
            Code::wrong_reference);
  EXPECT_EQ(code_of(table.act(table.brahim, action::Contribute{Kind::solution, "s", {}, {solution}})),
            Code::wrong_reference);
  EXPECT_EQ(code_of(table.act(table.brahim,
                              action::Contribute{Kind::solution, "s", {ContributionId{numbered(250)}}, {}})),
            Code::contribution_not_found);
}

TEST(Board, a_result_follows_from_solutions_and_nothing_else) {
  Table table(Phase::solutions);
  const auto problem = table.contribution(table.amina);
  const auto solution = table.contribution(table.amina, Kind::solution);
  EXPECT_TRUE(changed(table.act(table.brahim, action::Contribute{Kind::result, "r", {}, {solution}})));
  EXPECT_EQ(code_of(table.act(table.brahim, action::Contribute{Kind::result, "r", {}, {problem}})),
            Code::wrong_reference);
  EXPECT_EQ(code_of(table.act(table.brahim, action::Contribute{Kind::result, "r", {problem}, {}})),
            Code::wrong_reference);
}

TEST(Board, one_participant_cannot_fill_the_board) {
  Table table;
  for (std::size_t i = 0; i < limits::kContributionsPerParticipant; ++i) {
    std::array<std::uint8_t, 10> random{};
    random[0] = 1;
    random[8] = static_cast<std::uint8_t>(i >> 8);
    random[9] = static_cast<std::uint8_t>(i);
    const Command command{CommandId{uuid::make(table.now, random)},
                          action::Contribute{Kind::problem, "t", {}, {}}, 0};
    auto decision = decide(table.board, command, table.amina, table.now, "r");
    ASSERT_TRUE(changed(decision));
    apply(table.board,
          Event{table.board.seq + 1, table.now, table.amina.id, std::nullopt, std::get<Change>(decision)});
  }
  EXPECT_EQ(code_of(table.act(table.amina, action::Contribute{Kind::problem, "t", {}, {}})),
            Code::too_many_contributions);
  EXPECT_TRUE(changed(table.act(table.brahim, action::Contribute{Kind::problem, "t", {}, {}})));
}

// --- One's own -------------------------------------------------------------------------------------

TEST(Board, people_edit_and_withdraw_their_own_contributions_only) {
  Table table;
  const auto id = table.contribution(table.amina);
  EXPECT_EQ(code_of(table.act(table.brahim, action::Edit{id, "other"})), Code::not_yours);
  EXPECT_EQ(code_of(table.act(table.brahim, action::Withdraw{id})), Code::not_yours);
  EXPECT_EQ(code_of(table.act(table.facilitator, action::Withdraw{id})), Code::not_yours);
  EXPECT_TRUE(changed(table.act(table.amina, action::Edit{id, "other"})));
  EXPECT_EQ(table.board.find(id)->text, "other");
  EXPECT_EQ(table.board.find(id)->edits, 1U);
  EXPECT_TRUE(changed(table.act(table.amina, action::Withdraw{id})));
}

TEST(Board, a_withdrawn_contribution_keeps_its_receipt_and_takes_no_more_changes) {
  Table table(Phase::solutions);
  const auto id = table.contribution(table.amina);
  table.act(table.amina, action::Withdraw{id});
  EXPECT_EQ(table.board.find(id)->receipt, "AAAA-BBBB-CCCC");
  EXPECT_EQ(table.board.find(id)->state, State::withdrawn);
  EXPECT_EQ(code_of(table.act(table.amina, action::Edit{id, "again"})), Code::contribution_withdrawn);
  EXPECT_EQ(code_of(table.act(table.brahim, action::Support{id, true})), Code::contribution_withdrawn);
  EXPECT_EQ(code_of(table.act(table.facilitator, action::Moderate{id, true, "reason"})),
            Code::contribution_withdrawn);
  EXPECT_TRUE(nothing(table.act(table.amina, action::Withdraw{id})));
}

TEST(Board, an_edit_to_the_same_words_changes_nothing) {
  Table table;
  const auto id = table.contribution(table.amina);
  EXPECT_TRUE(nothing(table.act(table.amina, action::Edit{id, "text"})));
}

// --- Support ------------------------------------------------------------------------------------------

TEST(Board, support_counts_a_person_once_and_can_be_taken_back) {
  Table table(Phase::plenary);
  const auto id = table.contribution(table.amina);
  EXPECT_TRUE(changed(table.act(table.brahim, action::Support{id, true})));
  EXPECT_TRUE(nothing(table.act(table.brahim, action::Support{id, true})));
  EXPECT_EQ(table.board.find(id)->supporters.size(), 1U);
  EXPECT_TRUE(changed(table.act(table.brahim, action::Support{id, false})));
  EXPECT_TRUE(nothing(table.act(table.brahim, action::Support{id, false})));
  EXPECT_TRUE(table.board.find(id)->supporters.empty());
}

TEST(Board, nobody_supports_their_own_or_what_is_hidden) {
  Table table(Phase::plenary);
  const auto id = table.contribution(table.amina);
  EXPECT_EQ(code_of(table.act(table.amina, action::Support{id, true})), Code::own_contribution);
  table.act(table.facilitator, action::Moderate{id, true, "reason"});
  EXPECT_EQ(code_of(table.act(table.brahim, action::Support{id, true})), Code::contribution_hidden);
}

// --- Grouping ---------------------------------------------------------------------------------------------

TEST(Board, problems_are_placed_under_themes_and_taken_out) {
  Table table(Phase::grouping);
  const auto problem = table.contribution(table.amina);
  const auto theme = table.theme();
  EXPECT_TRUE(changed(table.act(table.facilitator, action::Place{problem, theme})));
  EXPECT_EQ(table.board.find(problem)->theme, theme);
  EXPECT_TRUE(nothing(table.act(table.facilitator, action::Place{problem, theme})));
  EXPECT_TRUE(changed(table.act(table.facilitator, action::Place{problem, std::nullopt})));
  EXPECT_EQ(table.board.find(problem)->theme, std::nullopt);
  EXPECT_EQ(code_of(table.act(table.facilitator, action::Place{problem, ThemeId{numbered(250)}})),
            Code::theme_not_found);
  const auto solution = table.contribution(table.amina, Kind::solution);
  EXPECT_EQ(code_of(table.act(table.facilitator, action::Place{solution, theme})), Code::wrong_reference);
}

TEST(Board, removing_a_theme_leaves_its_problems_ungrouped) {
  Table table(Phase::grouping);
  const auto problem = table.contribution(table.amina);
  const auto theme = table.theme();
  table.act(table.facilitator, action::Place{problem, theme});
  EXPECT_TRUE(changed(table.act(table.facilitator, action::ThemeRemove{theme})));
  EXPECT_TRUE(table.board.themes.empty());
  EXPECT_EQ(table.board.find(problem)->theme, std::nullopt);
  EXPECT_EQ(table.board.find(problem)->changed_seq, table.board.seq);
}

TEST(Board, themes_are_renamed) {
  Table table(Phase::grouping);
  const auto theme = table.theme("before");
  EXPECT_TRUE(changed(table.act(table.facilitator, action::ThemeRename{theme, "after"})));
  EXPECT_EQ(table.board.find(theme)->title, "after");
  EXPECT_EQ(code_of(table.act(table.facilitator, action::ThemeRename{ThemeId{numbered(250)}, "x"})),
            Code::theme_not_found);
}

// --- Moderation
// ------------------------------------------------------------------------------------------------

TEST(Board, hiding_needs_a_reason_and_is_reversible) {
  Table table;
  const auto id = table.contribution(table.amina);
  EXPECT_EQ(code_of(table.act(table.facilitator, action::Moderate{id, true, std::nullopt})),
            Code::reason_required);
  EXPECT_TRUE(changed(table.act(table.facilitator, action::Moderate{id, true, "names a person"})));
  EXPECT_EQ(table.board.find(id)->state, State::hidden);
  EXPECT_EQ(table.board.find(id)->reason, "names a person");
  EXPECT_TRUE(changed(table.act(table.facilitator, action::Moderate{id, false, std::nullopt})));
  EXPECT_EQ(table.board.find(id)->state, State::shown);
}

// --- Phases and timers
// --------------------------------------------------------------------------------------------

TEST(Board, entering_a_phase_stops_the_timer) {
  Table table;
  table.act(table.facilitator, action::TimerStart{std::chrono::minutes(5)});
  ASSERT_TRUE(table.board.timer);
  EXPECT_TRUE(changed(table.act(table.facilitator, action::PhaseEnter{Phase::grouping})));
  EXPECT_FALSE(table.board.timer);
  EXPECT_TRUE(nothing(table.act(table.facilitator, action::PhaseEnter{Phase::grouping})));
}

TEST(Board, a_closed_workshop_takes_nothing_but_being_opened_again) {
  Table table(Phase::closed);
  EXPECT_EQ(code_of(table.act(table.facilitator, action::ThemeAdd{"t"})), Code::workshop_closed);
  EXPECT_EQ(code_of(table.act(table.facilitator, action::TimerStart{std::chrono::minutes(1)})),
            Code::workshop_closed);
  EXPECT_TRUE(changed(table.act(table.facilitator, action::PhaseEnter{Phase::plenary})));
}

TEST(Board, a_timer_is_a_deadline_in_server_time) {
  Table table;
  table.act(table.facilitator, action::TimerStart{std::chrono::minutes(5)});
  EXPECT_EQ(table.board.timer->ends_at, table.now + 300'000);
  table.act(table.facilitator, action::TimerExtend{std::chrono::minutes(1)});
  EXPECT_EQ(table.board.timer->ends_at, table.now + 360'000);
  EXPECT_TRUE(changed(table.act(table.facilitator, action::TimerStop{})));
  EXPECT_TRUE(nothing(table.act(table.facilitator, action::TimerStop{})));
  EXPECT_EQ(code_of(table.act(table.facilitator, action::TimerExtend{std::chrono::minutes(1)})),
            Code::timer_not_running);
}

TEST(Board, an_elapsed_timer_is_extended_from_now) {
  Table table;
  table.act(table.facilitator, action::TimerStart{std::chrono::minutes(1)});
  table.now += 600'000;
  table.act(table.facilitator, action::TimerExtend{std::chrono::minutes(2)});
  EXPECT_EQ(table.board.timer->ends_at, table.now + 120'000);
}

TEST(Board, a_role_without_the_right_is_told_so_in_any_phase) {
  for (const auto& expected : kPhaseCases) {
    Table table(expected.phase);
    EXPECT_EQ(code_of(table.act(table.amina, action::PhaseEnter{Phase::plenary})), Code::not_permitted);
    EXPECT_EQ(code_of(table.act(table.screen, action::Contribute{Kind::problem, "t", {}, {}})),
              Code::not_permitted);
  }
}

} // namespace
} // namespace warsha::live
