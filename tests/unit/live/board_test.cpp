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
      Meeting meeting(expected.phase);
      const auto decision = meeting.act(meeting.amina, action::Contribute{kind, "text", {}, {}});
      EXPECT_EQ(changed(decision), allowed) << name(expected.phase) << " " << name(kind);
      if (!allowed) {
        EXPECT_EQ(code_of(decision),
                  expected.phase == Phase::closed ? Code::workshop_closed : Code::wrong_phase);
      }
    }
}

TEST(Board, support_is_given_in_the_phases_that_weigh) {
  for (const auto& expected : kPhaseCases) {
    Meeting meeting;
    const auto id = meeting.contribution(meeting.amina);
    meeting.board.phase = expected.phase;
    EXPECT_EQ(changed(meeting.act(meeting.brahim, action::Support{id, true})), expected.support)
        << name(expected.phase);
  }
}

TEST(Board, a_contribution_takes_the_id_of_its_command) {
  Meeting meeting;
  meeting.act(meeting.amina, action::Contribute{Kind::problem, "text", {}, {}});
  EXPECT_NE(meeting.board.find(id_cast<ContributionId>(meeting.last_command)), nullptr);
}

TEST(Board, a_solution_answers_problems_and_nothing_else) {
  Meeting meeting(Phase::solutions);
  const auto problem = meeting.contribution(meeting.amina);
  const auto solution = meeting.contribution(meeting.amina, Kind::solution);
  EXPECT_TRUE(changed(meeting.act(meeting.brahim, action::Contribute{Kind::solution, "s", {problem}, {}})));
  EXPECT_EQ(code_of(meeting.act(meeting.brahim, action::Contribute{Kind::solution, "s", {solution}, {}})),
            Code::wrong_reference);
  EXPECT_EQ(code_of(meeting.act(meeting.brahim, action::Contribute{Kind::solution, "s", {}, {solution}})),
            Code::wrong_reference);
  EXPECT_EQ(
      code_of(meeting.act(meeting.brahim,
                          action::Contribute{Kind::solution, "s", {ContributionId{numbered(250)}}, {}})),
      Code::contribution_not_found);
}

TEST(Board, a_result_follows_from_solutions_and_nothing_else) {
  Meeting meeting(Phase::solutions);
  const auto problem = meeting.contribution(meeting.amina);
  const auto solution = meeting.contribution(meeting.amina, Kind::solution);
  EXPECT_TRUE(changed(meeting.act(meeting.brahim, action::Contribute{Kind::result, "r", {}, {solution}})));
  EXPECT_EQ(code_of(meeting.act(meeting.brahim, action::Contribute{Kind::result, "r", {}, {problem}})),
            Code::wrong_reference);
  EXPECT_EQ(code_of(meeting.act(meeting.brahim, action::Contribute{Kind::result, "r", {problem}, {}})),
            Code::wrong_reference);
}

TEST(Board, one_participant_cannot_fill_the_board) {
  Meeting meeting;
  for (std::size_t i = 0; i < limits::kContributionsPerParticipant; ++i) {
    std::array<std::uint8_t, 10> random{};
    random[0] = 1;
    random[8] = static_cast<std::uint8_t>(i >> 8);
    random[9] = static_cast<std::uint8_t>(i);
    const Command command{CommandId{uuid::make(meeting.now, random)},
                          action::Contribute{Kind::problem, "t", {}, {}}, 0};
    auto decision = decide(meeting.board, command, meeting.amina, meeting.now, {"r"});
    ASSERT_TRUE(changed(decision));
    apply(meeting.board, Event{meeting.board.seq + 1, meeting.now, meeting.amina.id, std::nullopt,
                               std::get<Change>(decision)});
  }
  EXPECT_EQ(code_of(meeting.act(meeting.amina, action::Contribute{Kind::problem, "t", {}, {}})),
            Code::too_many_contributions);
  EXPECT_TRUE(changed(meeting.act(meeting.brahim, action::Contribute{Kind::problem, "t", {}, {}})));
}

// --- One's own -------------------------------------------------------------------------------------

TEST(Board, people_edit_and_withdraw_their_own_contributions_only) {
  Meeting meeting;
  const auto id = meeting.contribution(meeting.amina);
  EXPECT_EQ(code_of(meeting.act(meeting.brahim, action::Edit{id, "other"})), Code::not_yours);
  EXPECT_EQ(code_of(meeting.act(meeting.brahim, action::Withdraw{id})), Code::not_yours);
  EXPECT_EQ(code_of(meeting.act(meeting.facilitator, action::Withdraw{id})), Code::not_yours);
  EXPECT_TRUE(changed(meeting.act(meeting.amina, action::Edit{id, "other"})));
  EXPECT_EQ(meeting.board.find(id)->text, "other");
  EXPECT_EQ(meeting.board.find(id)->edits, 1U);
  EXPECT_TRUE(changed(meeting.act(meeting.amina, action::Withdraw{id})));
}

TEST(Board, a_withdrawn_contribution_keeps_its_receipt_and_takes_no_more_changes) {
  Meeting meeting(Phase::solutions);
  const auto id = meeting.contribution(meeting.amina);
  meeting.act(meeting.amina, action::Withdraw{id});
  EXPECT_EQ(meeting.board.find(id)->receipt, "AAAA-BBBB-CCCC");
  EXPECT_EQ(meeting.board.find(id)->state, State::withdrawn);
  EXPECT_EQ(code_of(meeting.act(meeting.amina, action::Edit{id, "again"})), Code::contribution_withdrawn);
  EXPECT_EQ(code_of(meeting.act(meeting.brahim, action::Support{id, true})), Code::contribution_withdrawn);
  EXPECT_EQ(code_of(meeting.act(meeting.facilitator, action::Moderate{id, true, "reason"})),
            Code::contribution_withdrawn);
  EXPECT_TRUE(nothing(meeting.act(meeting.amina, action::Withdraw{id})));
}

TEST(Board, an_edit_to_the_same_words_changes_nothing) {
  Meeting meeting;
  const auto id = meeting.contribution(meeting.amina);
  EXPECT_TRUE(nothing(meeting.act(meeting.amina, action::Edit{id, "text"})));
}

// --- Support ------------------------------------------------------------------------------------------

TEST(Board, support_counts_a_person_once_and_can_be_taken_back) {
  Meeting meeting(Phase::plenary);
  const auto id = meeting.contribution(meeting.amina);
  EXPECT_TRUE(changed(meeting.act(meeting.brahim, action::Support{id, true})));
  EXPECT_TRUE(nothing(meeting.act(meeting.brahim, action::Support{id, true})));
  EXPECT_EQ(meeting.board.find(id)->supporters.size(), 1U);
  EXPECT_TRUE(changed(meeting.act(meeting.brahim, action::Support{id, false})));
  EXPECT_TRUE(nothing(meeting.act(meeting.brahim, action::Support{id, false})));
  EXPECT_TRUE(meeting.board.find(id)->supporters.empty());
}

TEST(Board, nobody_supports_their_own_or_what_is_hidden) {
  Meeting meeting(Phase::plenary);
  const auto id = meeting.contribution(meeting.amina);
  EXPECT_EQ(code_of(meeting.act(meeting.amina, action::Support{id, true})), Code::own_contribution);
  meeting.act(meeting.facilitator, action::Moderate{id, true, "reason"});
  EXPECT_EQ(code_of(meeting.act(meeting.brahim, action::Support{id, true})), Code::contribution_hidden);
}

// --- Grouping ---------------------------------------------------------------------------------------------

TEST(Board, problems_are_placed_under_themes_and_taken_out) {
  Meeting meeting(Phase::grouping);
  const auto problem = meeting.contribution(meeting.amina);
  const auto theme = meeting.theme();
  EXPECT_TRUE(changed(meeting.act(meeting.facilitator, action::Place{problem, theme})));
  EXPECT_EQ(meeting.board.find(problem)->theme, theme);
  EXPECT_TRUE(nothing(meeting.act(meeting.facilitator, action::Place{problem, theme})));
  EXPECT_TRUE(changed(meeting.act(meeting.facilitator, action::Place{problem, std::nullopt})));
  EXPECT_EQ(meeting.board.find(problem)->theme, std::nullopt);
  EXPECT_EQ(code_of(meeting.act(meeting.facilitator, action::Place{problem, ThemeId{numbered(250)}})),
            Code::theme_not_found);
  const auto solution = meeting.contribution(meeting.amina, Kind::solution);
  EXPECT_EQ(code_of(meeting.act(meeting.facilitator, action::Place{solution, theme})), Code::wrong_reference);
}

TEST(Board, removing_a_theme_leaves_its_problems_ungrouped) {
  Meeting meeting(Phase::grouping);
  const auto problem = meeting.contribution(meeting.amina);
  const auto theme = meeting.theme();
  meeting.act(meeting.facilitator, action::Place{problem, theme});
  EXPECT_TRUE(changed(meeting.act(meeting.facilitator, action::ThemeRemove{theme})));
  EXPECT_TRUE(meeting.board.themes.empty());
  EXPECT_EQ(meeting.board.find(problem)->theme, std::nullopt);
  EXPECT_EQ(meeting.board.find(problem)->changed_seq, meeting.board.seq);
}

TEST(Board, themes_are_renamed) {
  Meeting meeting(Phase::grouping);
  const auto theme = meeting.theme("before");
  EXPECT_TRUE(changed(meeting.act(meeting.facilitator, action::ThemeRename{theme, "after"})));
  EXPECT_EQ(meeting.board.find(theme)->title, "after");
  EXPECT_EQ(code_of(meeting.act(meeting.facilitator, action::ThemeRename{ThemeId{numbered(250)}, "x"})),
            Code::theme_not_found);
}

// --- Moderation
// ------------------------------------------------------------------------------------------------

TEST(Board, hiding_needs_a_reason_and_is_reversible) {
  Meeting meeting;
  const auto id = meeting.contribution(meeting.amina);
  EXPECT_EQ(code_of(meeting.act(meeting.facilitator, action::Moderate{id, true, std::nullopt})),
            Code::reason_required);
  EXPECT_TRUE(changed(meeting.act(meeting.facilitator, action::Moderate{id, true, "names a person"})));
  EXPECT_EQ(meeting.board.find(id)->state, State::hidden);
  EXPECT_EQ(meeting.board.find(id)->reason, "names a person");
  EXPECT_TRUE(changed(meeting.act(meeting.facilitator, action::Moderate{id, false, std::nullopt})));
  EXPECT_EQ(meeting.board.find(id)->state, State::shown);
}

// --- Phases and timers
// --------------------------------------------------------------------------------------------

TEST(Board, entering_a_phase_stops_the_timer) {
  Meeting meeting;
  meeting.act(meeting.facilitator, action::TimerStart{std::chrono::minutes(5)});
  ASSERT_TRUE(meeting.board.timer);
  EXPECT_TRUE(changed(meeting.act(meeting.facilitator, action::PhaseEnter{Phase::grouping})));
  EXPECT_FALSE(meeting.board.timer);
  EXPECT_TRUE(nothing(meeting.act(meeting.facilitator, action::PhaseEnter{Phase::grouping})));
}

TEST(Board, a_closed_workshop_still_takes_what_was_left_on_paper) {
  Meeting meeting;
  const auto theme = meeting.theme();
  meeting.act(meeting.facilitator, action::TableAdd{"1"});
  const auto table = id_cast<TableId>(meeting.last_command);
  meeting.act(meeting.facilitator, action::PhaseEnter{Phase::closed});
  const auto typed = [&](const access::Actor& who, action::Contribute card) {
    return meeting.act(who, std::move(card));
  };
  EXPECT_TRUE(changed(typed(
      meeting.facilitator,
      {.kind = Kind::problem, .text = "بطاقة", .channel = Channel::paper, .people = 3, .theme = theme})));
  EXPECT_EQ(meeting.board.contributions.back().theme, theme);
  EXPECT_EQ(meeting.board.contributions.back().people, 3);
  EXPECT_TRUE(changed(typed(meeting.facilitator, {.kind = Kind::solution,
                                                  .text = "بطاقة",
                                                  .channel = Channel::proxy,
                                                  .result = "نتيجة",
                                                  .table = table})));
  for (auto i = meeting.board.contributions.size() - 2; i < meeting.board.contributions.size(); ++i)
    EXPECT_EQ(meeting.board.contributions[i].table, table) << "its expected result too";
  EXPECT_EQ(code_of(typed(meeting.facilitator, {.kind = Kind::problem, .text = "كلام"})),
            Code::workshop_closed)
      << "that is no card";
  EXPECT_EQ(code_of(typed(meeting.facilitator,
                          {.kind = Kind::solution, .text = "ب", .channel = Channel::table, .people = 5})),
            Code::workshop_closed);
  EXPECT_EQ(code_of(meeting.act(meeting.facilitator, action::ThemeAdd{"محور"})), Code::workshop_closed);
  for (const auto channel : {Channel::paper, Channel::proxy})
    EXPECT_EQ(code_of(typed(meeting.amina, {.kind = Kind::problem, .text = "ب", .channel = channel})),
              Code::workshop_closed);
}

TEST(Board, staff_say_where_what_they_write_down_belongs) {
  Meeting meeting;
  const auto theme = meeting.theme();
  meeting.act(meeting.facilitator, action::TableAdd{"1"});
  const auto table = id_cast<TableId>(meeting.last_command);
  const auto code = [&](const access::Actor& who, action::Contribute said) {
    return code_of(meeting.act(who, std::move(said)));
  };
  const auto& staff = meeting.facilitator;
  EXPECT_EQ(code(meeting.amina, {.kind = Kind::problem, .text = "ب", .theme = theme}), Code::not_permitted)
      << "participants sit where they sit";
  EXPECT_EQ(code(meeting.amina, {.kind = Kind::problem, .text = "ب", .table = table}), Code::not_permitted);
  EXPECT_EQ(code(staff, {.kind = Kind::solution, .text = "ب", .theme = theme}), Code::wrong_reference);
  EXPECT_EQ(code(staff, {.kind = Kind::problem, .text = "ب", .table = table}), Code::wrong_reference);
  const auto nowhere = CommandId{numbered(9)};
  EXPECT_EQ(code(staff, {.kind = Kind::problem, .text = "ب", .theme = id_cast<ThemeId>(nowhere)}),
            Code::theme_not_found);
  EXPECT_EQ(code(staff, {.kind = Kind::solution, .text = "ب", .table = id_cast<TableId>(nowhere)}),
            Code::table_not_found);
}

TEST(Board, a_closed_workshop_takes_nothing_but_being_opened_again) {
  Meeting meeting(Phase::closed);
  EXPECT_EQ(code_of(meeting.act(meeting.facilitator, action::ThemeAdd{"t"})), Code::workshop_closed);
  EXPECT_EQ(code_of(meeting.act(meeting.facilitator, action::TimerStart{std::chrono::minutes(1)})),
            Code::workshop_closed);
  EXPECT_TRUE(changed(meeting.act(meeting.facilitator, action::PhaseEnter{Phase::plenary})));
}

TEST(Board, a_timer_is_a_deadline_in_server_time) {
  Meeting meeting;
  meeting.act(meeting.facilitator, action::TimerStart{std::chrono::minutes(5)});
  EXPECT_EQ(meeting.board.timer->ends_at, meeting.now + 300'000);
  meeting.act(meeting.facilitator, action::TimerExtend{std::chrono::minutes(1)});
  EXPECT_EQ(meeting.board.timer->ends_at, meeting.now + 360'000);
  EXPECT_TRUE(changed(meeting.act(meeting.facilitator, action::TimerStop{})));
  EXPECT_TRUE(nothing(meeting.act(meeting.facilitator, action::TimerStop{})));
  EXPECT_EQ(code_of(meeting.act(meeting.facilitator, action::TimerExtend{std::chrono::minutes(1)})),
            Code::timer_not_running);
}

TEST(Board, a_paused_timer_keeps_what_is_left_of_it) {
  Meeting meeting;
  const auto pause = [&](bool on) { return meeting.act(meeting.facilitator, action::TimerPause{on}); };
  EXPECT_EQ(code_of(pause(true)), Code::timer_not_running);
  meeting.act(meeting.facilitator, action::TimerStart{std::chrono::minutes(5)});
  EXPECT_TRUE(nothing(pause(false)));
  meeting.now += 60'000;
  EXPECT_TRUE(changed(pause(true)));
  EXPECT_EQ(meeting.board.timer->left_ms, 240'000);
  EXPECT_TRUE(nothing(pause(true)));
  meeting.now += 600'000;
  meeting.act(meeting.facilitator, action::TimerExtend{std::chrono::minutes(1)});
  EXPECT_EQ(meeting.board.timer->left_ms, 300'000) << "and stays paused";
  EXPECT_TRUE(changed(pause(false)));
  EXPECT_EQ(meeting.board.timer->ends_at, meeting.now + 300'000);
  EXPECT_FALSE(meeting.board.timer->left_ms);
  meeting.now += 300'000;
  EXPECT_EQ(code_of(pause(true)), Code::timer_not_running) << "nothing is left";
}

TEST(Board, an_elapsed_timer_is_extended_from_now) {
  Meeting meeting;
  meeting.act(meeting.facilitator, action::TimerStart{std::chrono::minutes(1)});
  meeting.now += 600'000;
  meeting.act(meeting.facilitator, action::TimerExtend{std::chrono::minutes(2)});
  EXPECT_EQ(meeting.board.timer->ends_at, meeting.now + 120'000);
}

TEST(Board, a_role_without_the_right_is_told_so_in_any_phase) {
  for (const auto& expected : kPhaseCases) {
    Meeting meeting(expected.phase);
    EXPECT_EQ(code_of(meeting.act(meeting.amina, action::PhaseEnter{Phase::plenary})), Code::not_permitted);
    EXPECT_EQ(code_of(meeting.act(meeting.screen, action::Contribute{Kind::problem, "t", {}, {}})),
              Code::not_permitted);
  }
}

} // namespace
} // namespace warsha::live
