#include "server/bundle/line_reader.hpp"

#include <gtest/gtest.h>
#include <sstream>

namespace warsha::tests {
namespace {

using bundle::LineReader;
using Found = LineReader::Found;

TEST(LineReader, lines_are_whole_wherever_the_blocks_of_a_file_end) {
  // Around one block and around two: 64 KiB each.
  for (const std::size_t length : {65'534U, 65'535U, 65'536U, 65'537U, 131'071U, 131'072U, 131'073U}) {
    const std::string first(length, 'a');
    std::istringstream stream(first + "\n\nb\n");
    LineReader reader(stream);
    ASSERT_EQ(reader.next(length), Found::line) << length;
    EXPECT_EQ(reader.line(), first);
    ASSERT_EQ(reader.next(1), Found::line);
    EXPECT_EQ(reader.line(), "");
    ASSERT_EQ(reader.next(1), Found::line);
    EXPECT_EQ(reader.line(), "b");
    EXPECT_EQ(reader.number(), 3U);
    EXPECT_EQ(reader.next(1), Found::end);
  }
}

TEST(LineReader, a_line_has_at_most_the_bytes_that_were_said) {
  std::istringstream stream(std::string(100'000, 'a') + "\n");
  EXPECT_EQ(LineReader(stream).next(99'999), Found::too_long);
}

TEST(LineReader, what_no_line_feed_ends_is_cut_off) {
  std::istringstream stream("a\nb");
  LineReader reader(stream);
  EXPECT_EQ(reader.next(9), Found::line);
  EXPECT_EQ(reader.next(9), Found::cut_off);
  std::istringstream nothing("");
  EXPECT_EQ(LineReader(nothing).next(9), Found::end);
}

} // namespace
} // namespace warsha::tests
