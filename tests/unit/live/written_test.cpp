#include "protocol/limits.hpp"
#include "server/live/event_codec.hpp"
#include "tests/unit/live/support.hpp"

#include <gtest/gtest.h>

/// A written consultation: a workshop without a room, whose people write by a public form.
namespace warsha::live::test {
namespace {

constexpr TimeMs kDay = TimeMs{24} * 60 * 60 * 1000;

class Written : public ::testing::Test {
protected:
  Written() {
    meeting.board = {};
    const FormDays days{meeting.now, meeting.now + 10 * kDay};
    apply(meeting.board, Event{1, meeting.now, {}, std::nullopt, change::Opened{"title", "ar", {}, days}});
  }
  Decision write(Kind kind, std::optional<Channel> channel = Channel::form) {
    return meeting.act(meeting.amina, action::Contribute{.kind = kind, .text = "نص", .channel = channel});
  }
  [[nodiscard]] const Contribution& last() const { return meeting.board.contributions.back(); }

  Meeting meeting;
};

TEST_F(Written, takes_problems_and_solutions_with_their_results_at_once_and_each_waits_to_be_read) {
  EXPECT_TRUE(changed(write(Kind::problem)));
  const auto problem = last().id;
  EXPECT_TRUE(changed(meeting.act(meeting.amina, action::Contribute{.kind = Kind::solution,
                                                                    .text = "حل",
                                                                    .answers = {problem},
                                                                    .channel = Channel::form,
                                                                    .result = "نتيجة"})));
  ASSERT_EQ(meeting.board.contributions.size(), 3U);
  for (const auto& one : meeting.board.contributions) {
    EXPECT_EQ(one.state, State::waiting);
    EXPECT_EQ(one.channel, Channel::form);
    EXPECT_EQ(one.people, 1);
  }
}

TEST_F(Written, waits_to_be_read_whatever_the_settings_say) {
  meeting.act(meeting.facilitator,
              action::SettingsSet{{.moderation = Moderation::after, .slow_seconds = 60}});
  EXPECT_TRUE(changed(write(Kind::problem)));
  EXPECT_TRUE(changed(write(Kind::solution))); // one form brings both
  EXPECT_EQ(last().state, State::waiting);
}

TEST_F(Written, has_the_rules_of_a_form_whatever_is_planned_for_a_room) {
  meeting.act(meeting.facilitator, action::AgendaSet{{{.phase = Phase::introduction,
                                                       .question = "سؤال؟",
                                                       .silent = true,
                                                       .contribute = std::vector{Kind::problem},
                                                       .rapporteurs_only = true,
                                                       .results_required = true}}});
  EXPECT_EQ(meeting.board.agenda.at(Phase::introduction).question, "سؤال؟");
  EXPECT_TRUE(changed(write(Kind::solution)));
  EXPECT_FALSE(last().veiled);
}

TEST_F(Written, takes_nothing_before_its_days_and_from_their_end_on) {
  const auto opens_at = meeting.now;
  meeting.now = opens_at - 1;
  EXPECT_EQ(code_of(write(Kind::problem)), Code::form_not_open);
  meeting.now = opens_at;
  EXPECT_TRUE(changed(write(Kind::problem)));
  meeting.now = opens_at + 10 * kDay - 1;
  EXPECT_TRUE(changed(write(Kind::problem)));
  meeting.now = opens_at + 10 * kDay;
  EXPECT_EQ(code_of(write(Kind::problem)), Code::form_not_open);
}

TEST_F(Written, has_days_that_staff_may_change_and_nobody_else) {
  const FormDays longer{meeting.now, meeting.now + 20 * kDay};
  EXPECT_EQ(code_of(meeting.act(meeting.amina, action::FormSet{longer})), Code::not_permitted);
  EXPECT_TRUE(changed(meeting.act(meeting.facilitator, action::FormSet{longer})));
  EXPECT_EQ(meeting.board.form, longer);
  EXPECT_TRUE(nothing(meeting.act(meeting.facilitator, action::FormSet{longer})));
  EXPECT_EQ(code_of(meeting.act(meeting.facilitator, action::FormSet{{meeting.now, meeting.now}})),
            Code::form_days_wrong);
  const auto too_long = limits::kFormTimeMost.count() + 1;
  EXPECT_EQ(code_of(meeting.act(meeting.facilitator, action::FormSet{{meeting.now, meeting.now + too_long}})),
            Code::form_days_wrong);
}

TEST_F(Written, lets_who_writes_do_nothing_else) {
  write(Kind::problem);
  const auto problem = last().id;
  EXPECT_EQ(code_of(write(Kind::problem, Channel::device)), Code::not_permitted);
  EXPECT_EQ(code_of(write(Kind::problem, Channel::table)), Code::not_permitted);
  EXPECT_EQ(code_of(write(Kind::problem, std::nullopt)), Code::not_permitted);
  EXPECT_EQ(code_of(meeting.act(meeting.brahim, action::Support{problem, true})), Code::not_permitted);
  EXPECT_EQ(code_of(meeting.act(meeting.amina, action::Edit{problem, "أخرى"})), Code::not_permitted);
  EXPECT_EQ(code_of(meeting.act(meeting.amina, action::FloorAsk{})), Code::not_permitted);
  EXPECT_EQ(
      code_of(meeting.act(
          meeting.amina,
          action::Contribute{.kind = Kind::problem, .text = "نص", .channel = Channel::form, .people = 5})),
      Code::invalid_value);
}

TEST_F(Written, does_not_ask_for_other_words_whoever_is_not_there_to_hear_it) {
  write(Kind::problem);
  EXPECT_EQ(code_of(meeting.act(meeting.facilitator, action::Reword{last().id, "وضّح"})), Code::not_permitted);
}

TEST_F(Written, is_not_ended_while_something_waits_to_be_read_and_has_no_other_phases) {
  write(Kind::problem);
  const auto problem = last().id;
  EXPECT_EQ(code_of(meeting.act(meeting.facilitator, action::PhaseEnter{Phase::closed})), Code::form_unread);
  EXPECT_EQ(code_of(meeting.act(meeting.facilitator, action::PhaseEnter{Phase::grouping})),
            Code::wrong_phase);
  EXPECT_TRUE(changed(meeting.act(meeting.facilitator, action::Moderate{problem, false, {}, {}})));
  EXPECT_TRUE(changed(meeting.act(meeting.facilitator, action::PhaseEnter{Phase::closed})));
  EXPECT_EQ(code_of(write(Kind::problem)), Code::workshop_closed);
  EXPECT_TRUE(changed(meeting.act(meeting.facilitator, action::PhaseEnter{Phase::introduction})));
  EXPECT_TRUE(changed(write(Kind::problem)));
}

TEST_F(Written, is_the_only_kind_of_workshop_with_a_form) {
  Meeting room;
  EXPECT_EQ(
      code_of(room.act(room.amina,
                       action::Contribute{.kind = Kind::problem, .text = "نص", .channel = Channel::form})),
      Code::not_permitted);
  EXPECT_EQ(code_of(room.act(room.facilitator, action::FormSet{{room.now, room.now + kDay}})),
            Code::not_permitted);
}

TEST_F(Written, comes_back_from_its_journal_as_one) {
  const WorkshopId workshop{numbered(9)};
  const FormDays days{5, 7};
  for (const auto& change : {Change{change::Opened{"ورشة", "ar", {}, days}}, Change{change::FormSet{days}}}) {
    const Event event{1, 5, {}, std::nullopt, change};
    const auto body = encode_body(workshop, event);
    const auto read = decode_body(workshop, 1, body);
    ASSERT_TRUE(std::holds_alternative<Event>(read)) << body;
    Board board;
    apply(board, std::get<Event>(read));
    EXPECT_EQ(board.form, days);
    EXPECT_EQ(encode_body(workshop, std::get<Event>(read)), body);
  }
}

} // namespace
} // namespace warsha::live::test
