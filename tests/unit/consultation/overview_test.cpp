#include "protocol/limits.hpp"
#include "server/consultation/overview.hpp"
#include "server/live/directory.hpp"
#include "tests/unit/live/support.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <unordered_set>

namespace warsha::consultation {

namespace {

using nlohmann::json;

constexpr TimeMs kSilence = limits::kTableSilence.count();
constexpr TimeMs kStep = limits::kPaceStep.count();

/// A meeting whose every step of the pace begins at its start.
class Overview : public testing::Test {
protected:
  Overview() { meeting.now = 1'700'000'000'000 / kStep * kStep; }

  json line(const ActorId& asking = {}) {
    return overview_line({meeting.board, names, names, seen, participants, staff, false}, asking,
                         meeting.now);
  }
  TableId table(const access::Actor& sits) {
    meeting.act(meeting.facilitator, action::TableAdd{"table"});
    const auto id = id_cast<TableId>(meeting.last_command);
    meeting.act(meeting.facilitator, action::TableSeat{id, {sits.id}});
    return id;
  }
  std::string state_of_table(std::size_t place = 0) { return line()["tables"][place]["state"]; }

  live::test::Meeting meeting;
  std::unordered_map<ActorId, std::string> names;
  live::SeenBy seen;
  std::unordered_set<ActorId> participants{meeting.amina.id, meeting.brahim.id};
  std::unordered_set<ActorId> staff{meeting.facilitator.id};
};

} // namespace

TEST_F(Overview, tells_who_is_there_and_who_of_them_has_not_written) {
  EXPECT_EQ(line()["people"], 2);
  EXPECT_EQ(line()["unwritten"], 2);
  meeting.contribution(meeting.amina);
  EXPECT_EQ(line()["unwritten"], 1);
  participants = {meeting.amina.id};
  EXPECT_EQ(line()["unwritten"], 0) << "who has left is not waited for";
}

TEST_F(Overview, does_not_count_who_asks_among_the_staff) {
  EXPECT_EQ(line()["staff"], 1);
  EXPECT_EQ(line()["here"], false);
  EXPECT_EQ(line(meeting.facilitator.id)["staff"], 0);
  EXPECT_EQ(line(meeting.facilitator.id)["here"], true);
}

TEST_F(Overview, counts_what_stands_by_kind) {
  meeting.contribution(meeting.amina);
  meeting.contribution(meeting.brahim, Kind::solution);
  const auto taken_back = meeting.contribution(meeting.brahim);
  meeting.act(meeting.brahim, action::Withdraw{taken_back});
  EXPECT_EQ(line()["contributions"], (json{{"problem", 1}, {"solution", 1}, {"result", 0}}));
}

TEST_F(Overview, the_pace_has_a_step_for_each_half_minute_of_the_last_five) {
  meeting.contribution(meeting.amina);
  meeting.now += kStep;
  meeting.contribution(meeting.amina);
  meeting.contribution(meeting.brahim);
  EXPECT_EQ(line()["pace"], (json{0, 0, 0, 0, 0, 0, 0, 0, 1, 2}));
  meeting.now += kStep - 1;
  EXPECT_EQ(line()["pace"], (json{0, 0, 0, 0, 0, 0, 0, 0, 1, 2})) << "the same until the next step begins";
  meeting.now += kStep * 8 + 1;
  EXPECT_EQ(line()["pace"], (json{2, 0, 0, 0, 0, 0, 0, 0, 0, 0}));
}

TEST_F(Overview, a_table_is_silent_when_nobody_at_it_wrote_for_minutes_although_they_could) {
  meeting.board.phase_since = meeting.now;
  table(meeting.amina);
  EXPECT_EQ(state_of_table(), "working") << "the phase has just begun";
  meeting.now += kSilence;
  EXPECT_EQ(state_of_table(), "silent");
  meeting.contribution(meeting.brahim);
  EXPECT_EQ(state_of_table(), "silent") << "somebody elsewhere wrote";
  meeting.contribution(meeting.amina);
  EXPECT_EQ(state_of_table(), "working");
  meeting.now += kSilence + 1;
  EXPECT_EQ(state_of_table(), "silent");
  meeting.board.phase = Phase::grouping;
  EXPECT_EQ(state_of_table(), "working") << "nobody may write";
}

TEST_F(Overview, a_table_that_asks_for_help_or_has_finished_is_never_silent) {
  const auto asking = table(meeting.amina);
  meeting.now += kSilence * 2;
  meeting.act(meeting.amina, action::TableSetStatus{asking, TableStatus::help});
  EXPECT_EQ(state_of_table(), "help");
  meeting.act(meeting.amina, action::TableSetStatus{asking, TableStatus::finished});
  EXPECT_EQ(state_of_table(), "finished");
}

TEST_F(Overview, tells_when_something_last_happened) {
  meeting.now += 1234;
  meeting.contribution(meeting.amina);
  EXPECT_EQ(line()["changed_at"], meeting.now);
}

TEST_F(Overview, has_nobodys_words_and_nobodys_id) {
  meeting.act(meeting.amina, action::Contribute{Kind::problem, "their own words", {}, {}});
  names[meeting.amina.id] = "Amina";
  table(meeting.amina);
  const auto told = line().dump();
  for (const auto& secret : {std::string("their own words"), std::string("Amina"), meeting.amina.id.text()})
    EXPECT_EQ(told.find(secret), std::string::npos) << secret;
}

} // namespace warsha::consultation
