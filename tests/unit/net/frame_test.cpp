#include "server/net/socket.hpp"

#include <gtest/gtest.h>

namespace warsha::net {

namespace {

/// The bytes before a message of this many letters.
std::string header(std::size_t letters) {
  const auto frame = text_frame(std::string(letters, 'a'));
  return frame->bytes.substr(0, frame->bytes.size() - letters);
}

TEST(Frame, holds_the_message_as_it_is_after_its_header) {
  EXPECT_EQ(text_frame("ورشة")->bytes, "\x81\x08ورشة");
}

// RFC 6455, 5.2: the length takes the fewest bytes that hold it, the highest first, and no bit says "masked".
TEST(Frame, says_its_length_in_the_fewest_bytes) {
  EXPECT_EQ(header(0), std::string("\x81\x00", 2));
  EXPECT_EQ(header(125), std::string("\x81\x7D", 2));
  EXPECT_EQ(header(126), std::string("\x81\x7E\x00\x7E", 4));
  EXPECT_EQ(header(65535), std::string("\x81\x7E\xFF\xFF", 4));
  EXPECT_EQ(header(65536), std::string("\x81\x7F\x00\x00\x00\x00\x00\x01\x00\x00", 10));
}

} // namespace

} // namespace warsha::net
