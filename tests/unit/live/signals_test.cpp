#include "server/live/signals.hpp"
#include "tests/unit/live/support.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace warsha::live {
namespace {

using namespace test;

/// Two tables with a text each, and one text that belongs to no table.
struct SignalsOf : testing::Test {
  SignalsOf() {
    first = text_of_table("1", meeting.amina);
    second = text_of_table("2", meeting.brahim);
    meeting.act(chafia, action::DraftStart{Kind::solution});
    common = id_cast<DraftId>(meeting.last_command);
  }

  DraftId text_of_table(const std::string& title, const access::Actor& actor) {
    meeting.act(meeting.facilitator, action::TableAdd{title});
    meeting.act(actor, action::TableSit{id_cast<TableId>(meeting.last_command)});
    meeting.act(actor, action::DraftStart{Kind::solution});
    return id_cast<DraftId>(meeting.last_command);
  }
  void point(const access::Actor& actor, const DraftId& draft) {
    signals.set(actor, std::nullopt, {SignalKind::cursor, id_cast<TargetId>(draft), 0}, now);
  }
  /// The targets that somebody is told of.
  std::vector<std::string> told(const access::Actor& actor, Audience audience = Audience::room) {
    const auto place = signals.place_of(meeting.board, actor.id, audience);
    std::vector<std::string> targets;
    const auto message = nlohmann::json::parse(signals.message(meeting.board, place));
    for (const auto& item : message.at("items"))
      targets.push_back(item.at("target"));
    return targets;
  }

  Meeting meeting{Phase::solutions};
  access::Actor chafia{Role::participant, ActorId{numbered(4)}};
  access::Actor driss{Role::participant, ActorId{numbered(5)}};
  Signals signals;
  Signals::Clock::time_point now{};
  DraftId first, second, common;
};

using Targets = std::vector<std::string>;

TEST_F(SignalsOf, a_cursor_is_told_at_its_table_and_at_no_other) {
  point(meeting.amina, first);
  EXPECT_EQ(told(meeting.amina), Targets{first.text()});
  EXPECT_EQ(told(meeting.brahim), Targets{});
  EXPECT_EQ(told(chafia), Targets{});
  EXPECT_EQ(told(meeting.facilitator, Audience::staff), Targets{});
}

TEST_F(SignalsOf, cursors_in_a_text_of_no_table_are_told_to_those_who_write_in_it) {
  point(chafia, common);
  point(driss, common);
  EXPECT_EQ(told(chafia), (Targets{common.text(), common.text()}));
  EXPECT_EQ(told(meeting.amina), Targets{});
}

TEST_F(SignalsOf, staff_who_write_along_see_the_others_cursors) {
  point(meeting.amina, first);
  point(meeting.facilitator, first);
  EXPECT_EQ(told(meeting.facilitator, Audience::staff).size(), 2U);
}

TEST_F(SignalsOf, holds_are_told_to_all_staff_and_to_nobody_else) {
  signals.set(meeting.facilitator, "فاطمة", {SignalKind::hold, id_cast<TargetId>(first)}, now);
  EXPECT_EQ(told(meeting.facilitator, Audience::staff), Targets{first.text()});
  EXPECT_EQ(told(meeting.amina), Targets{});
}

TEST_F(SignalsOf, readers_are_all_to_whom_more_may_be_told_than_to_the_others) {
  point(chafia, common);
  const auto readers = signals.readers(meeting.board);
  EXPECT_EQ(readers.size(), 3U) << "two at tables, one who writes";
}

TEST_F(SignalsOf, what_is_not_renewed_lapses) {
  point(meeting.amina, first);
  signals.forget_old(now + limits::kSignalTime);
  EXPECT_TRUE(signals.empty());
}

} // namespace
} // namespace warsha::live
