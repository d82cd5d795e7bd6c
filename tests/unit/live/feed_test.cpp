#include "protocol/limits.hpp"
#include "server/live/feed.hpp"
#include "tests/unit/live/support.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace warsha::live {

namespace {

using nlohmann::json;

ContributionId card(std::uint8_t number) {
  return ContributionId{test::numbered(number)};
}

Feed::Entry entry(Seq seq, Change change) {
  const auto shown = R"({"seq":)" + std::to_string(seq) + "}";
  return {Event{seq, 0, {}, std::nullopt, std::move(change)}, shown,
          R"({"staff":1,"seq":)" + std::to_string(seq) + "}"};
}

json read(const Feed& feed, Seq after, Seq last, Audience audience = Audience::room) {
  return json::parse(feed.message(after, last, {audience}));
}

std::vector<Seq> told(const json& message) {
  std::vector<Seq> seqs;
  for (const auto& event : message.at("events"))
    seqs.push_back(event.at("seq").get<Seq>());
  return seqs;
}

TEST(Feed, tells_each_audience_its_own_view_of_consecutive_events) {
  Feed feed(4);
  feed.add(entry(5, change::PhaseEntered{Phase::problems}));
  feed.add(entry(6, change::TimerSet{}));
  const auto room = read(feed, 4, 6);
  EXPECT_EQ(room.at("first"), 5);
  EXPECT_EQ(room.at("last"), 6);
  EXPECT_EQ(told(room), (std::vector<Seq>{5, 6}));
  EXPECT_FALSE(room.at("events")[0].contains("staff"));
  EXPECT_TRUE(read(feed, 4, 6, Audience::staff).at("events")[0].contains("staff"));
}

TEST(Feed, tells_the_people_of_a_table_more_of_what_is_written_there_than_the_room) {
  const TableId here{test::numbered(1)};
  const TableId there{test::numbered(2)};
  Feed feed(0);
  auto written = entry(1, change::DraftChanged{});
  written.table = here;
  written.at_table = R"({"words":1,"seq":1})";
  feed.add(std::move(written));
  feed.add(entry(2, change::TimerSet{}));
  const auto of = [&](Feed::Reader reader) { return json::parse(feed.message(0, 2, reader)).at("events"); };
  EXPECT_TRUE(of({Audience::room, here})[0].contains("words"));
  EXPECT_FALSE(of({Audience::room, there})[0].contains("words"));
  EXPECT_FALSE(of({Audience::room, {}})[0].contains("words"));
  EXPECT_TRUE(of({Audience::staff, {}})[0].contains("staff"));
  EXPECT_EQ(told(read(feed, 0, 2)), (std::vector<Seq>{1, 2})) << "it has its place in everybody's sequence";
  EXPECT_EQ(feed.tables_told(0), std::set<TableId>{here});
  EXPECT_TRUE(feed.tables_told(1).empty());
}

TEST(Feed, leaves_out_the_tallies_that_a_later_one_in_the_message_supersedes) {
  Feed feed(0);
  feed.add(entry(1, change::Supported{card(1)}));
  feed.add(entry(2, change::Supported{card(2)}));
  feed.add(entry(3, change::Unsupported{card(1)}));
  feed.add(entry(4, change::Edited{card(1), "words"}));
  feed.add(entry(5, change::Supported{card(1)}));
  const auto message = read(feed, 0, 5);
  EXPECT_EQ(told(message), (std::vector<Seq>{2, 4, 5}));
  EXPECT_EQ(message.at("first"), 1);
  EXPECT_EQ(message.at("last"), 5);
  EXPECT_EQ(told(read(feed, 0, 3)), (std::vector<Seq>{2, 3}))
      << "what comes after the message counts for nothing";
}

TEST(Feed, has_told_nothing_of_what_was_added_until_it_is_published) {
  Feed feed(7);
  feed.add(entry(8, change::TimerSet{}));
  EXPECT_EQ(feed.committed(), 8U);
  EXPECT_EQ(feed.published(), 7U);
  feed.set_published();
  EXPECT_EQ(feed.published(), 8U);
}

TEST(Feed, keeps_the_latest_for_those_who_resume_and_never_lets_go_of_what_is_untold) {
  Feed feed(0);
  const Seq many = limits::kResumeEvents + 10;
  for (Seq seq = 1; seq <= many; ++seq)
    feed.add(entry(seq, change::TimerSet{}));
  EXPECT_TRUE(feed.reaches_back_to(0));
  feed.set_published();
  EXPECT_FALSE(feed.reaches_back_to(9));
  EXPECT_TRUE(feed.reaches_back_to(10));
  EXPECT_EQ(told(read(feed, many - 2, many)), (std::vector<Seq>{many - 1, many}));
}

TEST(Feed, tells_nothing_again_of_what_came_before_it_was_to_be_forgotten) {
  Feed feed(0);
  for (Seq seq = 1; seq <= 3; ++seq)
    feed.add(entry(seq, change::TimerSet{}));
  feed.add(entry(4, change::TalliesHidden{}));
  feed.forget_before(4);
  EXPECT_EQ(told(read(feed, 0, 4)), (std::vector<Seq>{1, 2, 3, 4})) << "whoever is there is told all";
  feed.set_published();
  EXPECT_FALSE(feed.reaches_back_to(2));
  EXPECT_TRUE(feed.reaches_back_to(3));
}

} // namespace

} // namespace warsha::live
