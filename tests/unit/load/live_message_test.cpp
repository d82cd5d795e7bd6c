#include "protocol/codec.hpp"
#include "tests/load/live/live_commands.hpp"
#include "tests/load/live/live_message.hpp"
#include "tests/load/live/words.hpp"

#include <gtest/gtest.h>
#include <variant>

namespace warsha::load {

using Type = LiveMessage::Type;

namespace {

LiveMessage read(std::string_view text) {
  LiveMessage message;
  EXPECT_TRUE(read_live_message(text, message)) << text;
  return message;
}

} // namespace

TEST(LiveMessage, events_are_read_as_the_server_writes_them_and_in_any_other_order) {
  for (const auto* text :
       {R"({"type":"events","first":43,"last":57,"events":[{"at":1,"seq":43}]})",
        R"({"events":[{"at":1,"seq":43,"text":"\"first\":1"}],"last":57,"first":43,"type":"events"})",
        R"({ "type": "events", "last": 57, "first": 43, "events": [] })"}) {
    const auto message = read(text);
    EXPECT_EQ(message.type, Type::events) << text;
    EXPECT_EQ(message.first, 43U) << text;
    EXPECT_EQ(message.last, 57U) << text;
  }
}

TEST(LiveMessage, acks_are_read_as_the_server_writes_them) {
  const auto id = *CommandId::parse("019a1f00-0000-7000-8000-000000000001");
  auto message = read(encode_ack(id, 43, "K7QM-3F9P-XTWB"));
  EXPECT_EQ(message.type, Type::ack);
  EXPECT_EQ(message.id, id.text());
  EXPECT_EQ(message.seq, 43U);
  EXPECT_EQ(message.receipt, "K7QM-3F9P-XTWB");
  message = read(encode_ack(id, 9, ""));
  EXPECT_EQ(message.seq, 9U);
  EXPECT_EQ(message.receipt, "");
}

TEST(LiveMessage, an_ack_in_another_order_is_parsed) {
  const auto message = read(R"({"type":"ack","seq":5,"id":"019a1f00-0000-7000-8000-000000000001"})");
  EXPECT_EQ(message.type, Type::ack);
  EXPECT_EQ(message.seq, 5U);
}

TEST(LiveMessage, everything_else_is_parsed) {
  const auto welcome =
      read(R"({"epoch":"e1","seq":7,"type":"welcome","you":{"id":"x","role":"participant"}})");
  EXPECT_EQ(welcome.type, Type::welcome);
  EXPECT_EQ(welcome.epoch, "e1");
  EXPECT_EQ(welcome.id, "x");
  EXPECT_EQ(read(R"({"type":"resync","snapshot":"/s","reason":"too_slow"})").snapshot, "/s");
  EXPECT_EQ(read(R"({"type":"reject","code":"too_fast","id":"x"})").code, "too_fast");
  EXPECT_EQ(read(R"({"type":"bye","reason":"restart","retry_after_ms":900})").retry_after_ms, 900);
  EXPECT_EQ(read(R"({"type":"tick","time":1,"seq":8})").seq, 8U);
  EXPECT_TRUE(read(R"({"type":"status","read_only":true})").read_only);
  EXPECT_EQ(read(R"({"type":"presence","people":3,"writing":0})").type, Type::other);
}

TEST(LiveMessage, what_is_none_is_told) {
  LiveMessage message;
  for (const auto* text : {"", "x", "[]", "{}", R"({"type":3})", R"({"type":"ack","seq":"x"})"})
    EXPECT_FALSE(read_live_message(text, message)) << text;
}

TEST(SplitEvents, gives_each_event_with_its_own_seq) {
  const auto events = split_events(
      R"({"type":"events","first":3,"last":5,"events":[{"at":1,"contribution":{"seq":1,"text":"a}]\"{"},"seq":3},)"
      R"({"seq":5,"text":"\"seq\":9, [\\"}]})");
  ASSERT_EQ(events.size(), 2U);
  EXPECT_EQ(events[0].seq, 3U);
  EXPECT_EQ(events[0].text, R"({"at":1,"contribution":{"seq":1,"text":"a}]\"{"},"seq":3})");
  EXPECT_EQ(events[1].seq, 5U);
}

TEST(LiveCommands, are_what_the_server_decodes) {
  CommandMaker make(3);
  Words words(3);
  const auto decoded = [](const LiveCommand& made) {
    const auto message = decode(made.message);
    const auto* known = std::get_if<ClientMessage>(&message);
    EXPECT_NE(known, nullptr) << made.message;
    auto command = std::get<Command>(*known);
    EXPECT_EQ(command.id.text(), made.id);
    return command;
  };
  const auto text = words.next(120);
  EXPECT_EQ(text.size(), 120U);
  const auto contributed = make.contribute(Kind::solution, text);
  EXPECT_EQ(std::get<action::Contribute>(decoded(contributed).action).text, text);
  EXPECT_EQ(std::get<action::Edit>(decoded(make.edit(contributed.id, text)).action).text, text);
  EXPECT_FALSE(std::get<action::Support>(decoded(make.support(contributed.id, false)).action).on);
  EXPECT_EQ(std::get<action::PhaseEnter>(decoded(make.enter(Phase::plenary)).action).phase, Phase::plenary);
  EXPECT_EQ(std::get<action::TimerStart>(decoded(make.start_timer(5000)).action).duration.count(), 5000);
  const auto theme = make.add_theme("x");
  EXPECT_EQ(std::get<action::ThemeAdd>(decoded(theme).action).title, "x");
  EXPECT_EQ(std::get<action::Place>(decoded(make.place(contributed.id, theme.id)).action).theme->text(),
            theme.id);
  EXPECT_NE(make.withdraw(contributed.id).id, contributed.id);
}

TEST(Words, are_of_any_length_and_never_twice_the_same) {
  Words words(1);
  std::string last;
  for (std::size_t length = 16; length < 400; ++length) {
    const auto text = words.next(length);
    EXPECT_EQ(text.size(), length);
    EXPECT_NE(text, last);
    last = text;
  }
}

} // namespace warsha::load
