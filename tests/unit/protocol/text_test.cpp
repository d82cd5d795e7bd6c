#include "protocol/text.hpp"

#include <gtest/gtest.h>
#include <string>

namespace warsha::tests {

TEST(Text, that_nobody_can_see_is_empty) {
  for (const std::string invisible :
       {"\u200b", "\u200c\u200d", "\u200e", "\u200f", "\u061c", "\u2060", "\u00ad", "\u115f", "\u1160",
        "\u3164", "\uffa0", "\u2800", "\ufe0f", "\U000e0041", " \u200b \n\u2800 "}) {
    const auto cleaned = clean_text(invisible, 10);
    ASSERT_TRUE(std::holds_alternative<Code>(cleaned)) << invisible;
    EXPECT_EQ(std::get<Code>(cleaned), Code::text_empty) << invisible;
    EXPECT_EQ(std::get<Code>(clean_line("\u2060", 10)), Code::text_empty);
  }
}

TEST(Text, keeps_what_good_typing_puts_between_letters) {
  for (const std::string seen : {"مي\u200cخواهم", "\u200fنص", "a\u00adb", "\u2800.", "👩\u200d🌾", "❤\ufe0f"})
    EXPECT_EQ(std::get<std::string>(clean_text(seen, 10)), seen);
}

} // namespace warsha::tests
