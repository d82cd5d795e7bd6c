#include "server/mail/address.hpp"

#include <gtest/gtest.h>

namespace warsha::mail {
namespace {

TEST(AnAddress, is_taken_in_lower_case_and_trimmed) {
  EXPECT_EQ(clean_address("  Amina.B+warsha@Example.ORG \n"), "amina.b+warsha@example.org");
  EXPECT_EQ(clean_address("x@sub.domain.ma"), "x@sub.domain.ma");
  EXPECT_EQ(domain_of("x@sub.domain.ma"), "sub.domain.ma");
}

TEST(AnAddress, that_could_end_a_header_or_a_command_is_none) {
  for (const auto* typed : {"a@b.org\r\nBcc: c@d.org", "a@b.org\nc", "<a@b.org>", "a@b.org>", "a b@c.org",
                            "a,b@c.org", "a@b.org, c@d.org", "\"a\"@b.org", "a@[127.0.0.1]", "a@b.org;c",
                            "a\tb@c.org", "a(b)@c.org", "a@b.org\\"})
    EXPECT_FALSE(clean_address(typed)) << typed;
  EXPECT_FALSE(clean_address(std::string("a\0b@c.org", 9)));
}

TEST(AnAddress, that_mail_cant_reach_is_none) {
  for (const auto* typed :
       {"", "amina", "@example.org", "amina@", "a@b", "a@@b.org", "a@b..org", ".a@b.org", "a.@b.org",
        "a..b@c.org", "a@-b.org", "a@b-.org", "أمينة@example.org", "a@مثال.org"})
    EXPECT_FALSE(clean_address(typed)) << typed;
  EXPECT_FALSE(clean_address(std::string(65, 'a') + "@b.org"));
  EXPECT_TRUE(clean_address(std::string(64, 'a') + "@b.org"));
  EXPECT_FALSE(clean_address("a@" + std::string(64, 'b') + ".org"));
  std::string longest = "a@";
  while (longest.size() < 251)
    longest += "b.";
  longest.resize(251);
  EXPECT_TRUE(clean_address(longest + "org"));
  EXPECT_FALSE(clean_address(longest + "orgs"));
}

} // namespace
} // namespace warsha::mail
