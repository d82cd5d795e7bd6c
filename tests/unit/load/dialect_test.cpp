#include "tests/load/dialects/dialect.hpp"
#include "tests/load/dialects/varuint.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace warsha::load {

using testing::ElementsAre;

namespace {

Dialect::Heard hear(Dialect& dialect, std::string_view frame) {
  Dialect::Heard heard;
  dialect.hear(frame, heard);
  return heard;
}

} // namespace

TEST(Varuint, is_read_as_it_is_written) {
  for (const std::uint64_t value : {0ULL, 1ULL, 127ULL, 128ULL, 16'383ULL, 16'384ULL, 4'294'967'296ULL}) {
    std::string bytes;
    append_varuint(bytes, value);
    std::string_view rest = bytes;
    std::uint64_t read = 0;
    EXPECT_TRUE(take_varuint(rest, read));
    EXPECT_EQ(read, value);
    EXPECT_TRUE(rest.empty());
  }
  std::string_view cut("\x80", 1);
  std::uint64_t read = 0;
  EXPECT_FALSE(take_varuint(cut, read));
}

TEST(PlainDialect, hears_what_it_says_also_when_a_server_joins_messages) {
  DialectRoom room;
  const auto dialect = make_dialect(Target::ws, room, 0);
  const auto one = dialect->say(7, "words").payload;
  const auto two = dialect->say(8, "words").payload;
  EXPECT_THAT(hear(*dialect, one).numbers, ElementsAre(7));
  EXPECT_THAT(hear(*dialect, one + "\n" + two).numbers, ElementsAre(7, 8));
  EXPECT_FALSE(hear(*dialect, "nonsense").understood);
}

TEST(PlainDialect, is_about_as_long_as_it_was_asked_to_be) {
  DialectRoom room;
  for (const auto target : {Target::ws, Target::yjs}) {
    const auto dialect = make_dialect(target, room, 0);
    const auto said = dialect->say(12'345, std::string(dialect_text_bytes(target, 200), 'x')).payload;
    EXPECT_NEAR(static_cast<double>(said.size()), 200, 12);
  }
}

TEST(SocketIoDialect, is_in_the_room_once_it_hears_itself_there) {
  DialectRoom room;
  room.name = "4";
  const auto dialect = make_dialect(Target::socketio, room, 2);
  EXPECT_EQ(hear(*dialect, R"(0{"sid":"x","pingInterval":25000})").replies.front().payload, "40");
  const auto joined = hear(*dialect, R"(40{"sid":"y"})");
  ASSERT_EQ(joined.replies.size(), 2U);
  EXPECT_EQ(joined.replies[0].payload, R"(42["join","4"])");
  EXPECT_FALSE(joined.ready);
  EXPECT_FALSE(hear(*dialect, R"(42["said",{"probe":1}])").ready) << "another's";
  EXPECT_TRUE(hear(*dialect, R"(42["said",{"probe":2}])").ready);
  EXPECT_EQ(hear(*dialect, "2").replies.front().payload, "3");
  EXPECT_THAT(hear(*dialect, R"(42["said",{"id":11,"text":"x"}])").numbers, ElementsAre(11));
}

TEST(YjsDialect, says_updates_whose_items_follow_each_other) {
  DialectRoom room;
  const auto dialect = make_dialect(Target::yjs, room, 2);
  // Sync, update, length; one client, one item, client 3, clock 0; any content, parent "said"; one string; no
  // deletions.
  const std::string first("\x00\x02\x12\x01\x01\x03\x00\x08\x01\x04said\x01\x77\x03one\x00", 21);
  EXPECT_EQ(dialect->say(5, "one").payload, first);
  // The left neighbour is the item before: client 3, clock 0.
  const std::string second("\x00\x02\x0e\x01\x01\x03\x01\x88\x03\x00\x01\x77\x03two\x00", 17);
  EXPECT_EQ(dialect->say(9, "two").payload, second);
  const auto other = make_dialect(Target::yjs, room, 0);
  EXPECT_THAT(hear(*other, first).numbers, ElementsAre(5));
  EXPECT_THAT(hear(*other, second).numbers, ElementsAre(9));
}

TEST(YjsDialect, is_ready_when_it_has_the_document) {
  DialectRoom room;
  const auto dialect = make_dialect(Target::yjs, room, 0);
  EXPECT_EQ(dialect->greeting().front().payload, std::string("\x00\x00\x01\x00", 4));
  EXPECT_EQ(hear(*dialect, std::string_view("\x00\x00\x01\x00", 4)).replies.front().payload,
            std::string("\x00\x01\x02\x00\x00", 5));
  EXPECT_TRUE(hear(*dialect, std::string_view("\x00\x01\x02\x00\x00", 5)).ready);
  EXPECT_TRUE(hear(*dialect, std::string_view("\x01\x01\x00", 3)).understood) << "awareness";
}

} // namespace warsha::load
