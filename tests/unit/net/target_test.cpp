#include "server/net/target.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace warsha::net {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;
using namespace std::string_literals;

TEST(Target, an_escape_stands_for_its_byte_and_anything_else_for_itself) {
  for (const auto& [text, decoded] : {std::pair{""s, ""s},
                                      {"abc"s, "abc"s},
                                      {"%41%6a%6A"s, "Ajj"s},
                                      {"%d9%88"s, "و"s},
                                      {"%00"s, "\0"s},
                                      {"%ff"s, "\xff"s},
                                      {"%2541"s, "%41"s}, // once, not twice
                                      {"a+b"s, "a+b"s},
                                      {"%"s, "%"s},
                                      {"%4"s, "%4"s},
                                      {"%4g"s, "%4g"s},
                                      {"%%41"s, "%A"s},
                                      {"%u0648"s, "%u0648"s},
                                      {"%-1%+1% 1"s, "%-1%+1% 1"s}})
    EXPECT_EQ(decode_percent(text), decoded) << text;
}

TEST(Target, the_path_ends_where_the_query_begins) {
  EXPECT_EQ(parse_target("/a/b?x=/c").path, "/a/b");
  EXPECT_EQ(parse_target("/a%3fb").path, "/a?b") << "an escaped question mark is part of the path";
  EXPECT_EQ(parse_target("/a+b?").path, "/a+b");
  EXPECT_THAT(parse_target("/a?").query, IsEmpty());
  EXPECT_EQ(parse_target("").path, "");
  EXPECT_EQ(parse_target("*").path, "*");
}

TEST(Target, a_query_is_a_form) {
  EXPECT_THAT(parse_target("/?as=staff&lang=ar").query, ElementsAre(Pair("as", "staff"), Pair("lang", "ar")));
  EXPECT_THAT(parse_target("/?q=a+b%2Bc").query, ElementsAre(Pair("q", "a b+c")));
  EXPECT_THAT(parse_target("/?a=1&a=2").query, ElementsAre(Pair("a", "2")));
  EXPECT_THAT(parse_target("/?a&b=&&=c").query, ElementsAre(Pair("", "c"), Pair("a", ""), Pair("b", "")));
  EXPECT_THAT(parse_target("/?a=b=c&d?e=f").query, ElementsAre(Pair("a", "b=c"), Pair("d?e", "f")));
  EXPECT_THAT(parse_target("/?a%3D=%26").query, ElementsAre(Pair("a=", "&")));
}

TEST(Target, the_last_forwarded_address_is_the_proxys_own_word) {
  for (const auto& [header, last] : {std::pair{"", ""},
                                     {"10.0.0.1", "10.0.0.1"},
                                     {"6.6.6.6, 10.0.0.1", "10.0.0.1"},
                                     {"6.6.6.6,10.0.0.1", "10.0.0.1"},
                                     {"6.6.6.6,\t2001:db8::1 \t", "2001:db8::1"},
                                     {"6.6.6.6,", ""},
                                     {" \t ", ""}})
    EXPECT_EQ(last_forwarded(header), last) << header;
}

} // namespace
} // namespace warsha::net
