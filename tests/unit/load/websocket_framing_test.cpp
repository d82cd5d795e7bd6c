#include "tests/load/net/websocket_framing.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>
#include <utility>
#include <vector>

namespace warsha::load {

using testing::ElementsAre;
using testing::Pair;

namespace {

/// What a server would send; not masked.
std::string server_frame(std::uint8_t first, const std::string& payload) {
  std::string out(1, static_cast<char>(first));
  if (payload.size() <= 125) {
    out.push_back(static_cast<char>(payload.size()));
  } else if (payload.size() <= 0xffff) {
    out.push_back(126);
    out.push_back(static_cast<char>(payload.size() >> 8));
    out.push_back(static_cast<char>(payload.size() & 0xff));
  } else {
    out.push_back(127);
    for (int shift = 56; shift >= 0; shift -= 8)
      out.push_back(static_cast<char>(static_cast<std::uint64_t>(payload.size()) >> shift));
  }
  return out + payload;
}

struct Sink final : FrameReader::Sink {
  std::vector<std::pair<Opcode, std::string>> messages;
  std::vector<std::pair<Opcode, std::string>> controls;
  bool on_message(Opcode opcode, std::string_view message) override {
    messages.emplace_back(opcode, message);
    return true;
  }
  bool on_control(Opcode opcode, std::string_view payload) override {
    controls.emplace_back(opcode, payload);
    return opcode != Opcode::close;
  }
};

constexpr std::uint8_t kText = 0x81;
constexpr std::uint8_t kTextBegins = 0x01;
constexpr std::uint8_t kContinues = 0x00;
constexpr std::uint8_t kContinuesLast = 0x80;

/// What the reader finds wrong with these bytes, given at once.
std::string fault_of(const std::string& bytes) {
  FrameReader reader;
  Sink sink;
  const char* wrong = reader.feed(bytes, sink);
  return wrong ? wrong : "";
}

} // namespace

TEST(FrameReader, reads_frames_of_every_length_form) {
  for (const std::size_t length : {0UL, 1UL, 125UL, 126UL, 65'535UL, 65'536UL, 300'000UL}) {
    FrameReader reader;
    Sink sink;
    const std::string payload(length, 'x');
    EXPECT_EQ(reader.feed(server_frame(kText, payload), sink), nullptr);
    EXPECT_THAT(sink.messages, ElementsAre(Pair(Opcode::text, payload))) << length;
  }
}

TEST(FrameReader, gives_the_same_however_the_bytes_are_cut) {
  const auto stream = server_frame(kText, "first") + server_frame(0x89, "ping") +
                      server_frame(kTextBegins, "be") + server_frame(0x89, "between") +
                      server_frame(kContinues, "gin") + server_frame(kContinuesLast, "ning") +
                      server_frame(0x82, std::string(200, 'b')) + server_frame(kText, "");
  for (std::size_t piece = 1; piece <= stream.size(); ++piece) {
    FrameReader reader;
    Sink sink;
    for (std::size_t at = 0; at < stream.size(); at += piece)
      ASSERT_EQ(reader.feed(std::string_view(stream).substr(at, piece), sink), nullptr) << piece;
    ASSERT_THAT(sink.messages,
                ElementsAre(Pair(Opcode::text, "first"), Pair(Opcode::text, "beginning"),
                            Pair(Opcode::binary, std::string(200, 'b')), Pair(Opcode::text, "")))
        << piece;
    ASSERT_THAT(sink.controls, ElementsAre(Pair(Opcode::ping, "ping"), Pair(Opcode::ping, "between")));
    ASSERT_EQ(reader.frames(), 8U);
  }
}

TEST(FrameReader, ends_where_its_sink_ends) {
  FrameReader reader;
  Sink sink;
  EXPECT_EQ(reader.feed(server_frame(0x88, "\x03\xe8") + server_frame(kText, "after"), sink), nullptr);
  EXPECT_THAT(sink.controls, ElementsAre(Pair(Opcode::close, "\x03\xe8")));
  EXPECT_TRUE(sink.messages.empty());
}

TEST(FrameReader, finds_what_breaks_the_protocol) {
  EXPECT_NE(fault_of(std::string("\x81\x85mask", 6)), "") << "masked by a server";
  EXPECT_NE(fault_of(server_frame(0xc1, "x")), "") << "reserved bit 1";
  EXPECT_NE(fault_of(server_frame(0x91, "x")), "") << "reserved bit 3";
  EXPECT_NE(fault_of(server_frame(0x83, "x")), "") << "unknown opcode";
  EXPECT_NE(fault_of(server_frame(0x8b, "x")), "") << "unknown control opcode";
  EXPECT_NE(fault_of(server_frame(0x09, "x")), "") << "a fragmented ping";
  EXPECT_NE(fault_of(server_frame(0x89, std::string(126, 'x'))), "") << "a long ping";
  EXPECT_NE(fault_of(server_frame(kContinuesLast, "x")), "") << "a continuation of nothing";
  EXPECT_NE(fault_of(server_frame(kTextBegins, "x") + server_frame(kText, "y")), "")
      << "a message inside another";
  EXPECT_NE(fault_of(std::string("\x81\x7f\x7f\xff\xff\xff\xff\xff\xff\xff", 10)), "") << "an endless frame";
  EXPECT_EQ(fault_of(server_frame(kText, "x")), "");
}

TEST(AppendFrame, masks_as_RFC_6455_has_it) {
  // Section 5.7: a single-frame masked text message, "Hello" with the key 37 fa 21 3d.
  std::string out;
  append_frame(out, Opcode::text, "Hello", 0x3d21fa37); // as it lies in memory
  EXPECT_EQ(out, std::string("\x81\x85\x37\xfa\x21\x3d\x7f\x9f\x4d\x51\x58", 11));
}

TEST(AppendFrame, says_every_length) {
  for (const auto& [length, header] :
       {std::pair{125UL, 6UL}, {126UL, 8UL}, {65'535UL, 8UL}, {65'536UL, 14UL}}) {
    std::string out;
    append_frame(out, Opcode::binary, std::string(length, '\0'), 0);
    EXPECT_EQ(out.size(), header + length);
    EXPECT_EQ(out[0], '\x82');
  }
}

} // namespace warsha::load
