#include "server/access/attempts.hpp"

#include <gtest/gtest.h>
#include <string>

namespace warsha::tests {

namespace {

constexpr TimeMs kNow = 1'700'000'000'000;
/// Three wrong guesses per address, one more each 2 s; ten over all, one more each second.
constexpr access::Attempts::Limits kLimits{3, 0.5, 10, 1};

void fail(access::Attempts& attempts, const std::string& address, int times, TimeMs now = kNow) {
  for (int i = 0; i < times; ++i)
    EXPECT_FALSE(attempts.take(address, now)) << address;
}

/// Whether another guess would be looked at.
[[nodiscard]] bool open_to(access::Attempts& attempts, const std::string& address, TimeMs now = kNow) {
  const bool taken = !attempts.take(address, now);
  if (taken)
    attempts.give_back(address);
  return taken;
}

} // namespace

TEST(Attempts, only_failures_cost) {
  access::Attempts attempts(kLimits);
  for (int i = 0; i < 1000; ++i) {
    EXPECT_FALSE(attempts.take("192.0.2.1", kNow));
    attempts.give_back("192.0.2.1");
  }
}

TEST(Attempts, an_address_that_failed_too_often_waits_until_one_guess_is_back) {
  access::Attempts attempts(kLimits);
  fail(attempts, "192.0.2.1", 2);
  EXPECT_TRUE(open_to(attempts, "192.0.2.1"));
  fail(attempts, "192.0.2.1", 1);
  EXPECT_EQ(attempts.take("192.0.2.1", kNow), 2000);
  EXPECT_EQ(attempts.take("192.0.2.1", kNow + 1500), 500);
  EXPECT_TRUE(open_to(attempts, "192.0.2.1", kNow + 2000));
}

TEST(Attempts, another_address_does_not_wait) {
  access::Attempts attempts(kLimits);
  fail(attempts, "192.0.2.1", 3);
  EXPECT_TRUE(open_to(attempts, "192.0.2.2"));
}

TEST(Attempts, many_addresses_together_meet_the_limit_over_all) {
  access::Attempts attempts(kLimits);
  for (int i = 0; i < 10; ++i)
    fail(attempts, "192.0.2." + std::to_string(i), 1);
  EXPECT_EQ(attempts.take("198.51.100.1", kNow), 1000);
  EXPECT_TRUE(open_to(attempts, "198.51.100.1", kNow + 1000));
}

TEST(Attempts, no_more_guesses_are_under_way_than_may_fail) {
  access::Attempts attempts(kLimits);
  int under_way = 0;
  for (int i = 0; i < 1000; ++i)
    under_way += attempts.take("192.0.2.1", kNow) ? 0 : 1;
  EXPECT_EQ(under_way, 3);
  EXPECT_TRUE(open_to(attempts, "198.51.100.1")) << "whoever is refused costs the others nothing";
  attempts.give_back("192.0.2.1");
  EXPECT_TRUE(open_to(attempts, "192.0.2.1")) << "one of them was right";
}

TEST(Attempts, a_guess_given_back_to_an_address_that_was_forgotten_does_no_harm) {
  access::Attempts attempts({3, 0.5, 1e9, 1e9});
  fail(attempts, "192.0.2.1", 1);
  for (int i = 0; i < 20'000; ++i)
    fail(attempts, "flood " + std::to_string(i), 1);
  attempts.give_back("192.0.2.1");
  fail(attempts, "192.0.2.1", 3);
  EXPECT_FALSE(open_to(attempts, "192.0.2.1"));
}

TEST(Attempts, a_bucket_never_holds_more_than_its_size) {
  access::Attempts attempts(kLimits);
  fail(attempts, "192.0.2.1", 1);
  attempts.give_back("192.0.2.1");
  attempts.give_back("192.0.2.1");
  fail(attempts, "192.0.2.1", 3, kNow + 1'000'000);
  EXPECT_FALSE(open_to(attempts, "192.0.2.1", kNow + 1'000'000));
}

TEST(Attempts, an_ipv6_network_is_one_address) {
  access::Attempts attempts(kLimits);
  for (int i = 1; i <= 3; ++i)
    fail(attempts, "2001:db8:1:2::" + std::to_string(i), 1);
  EXPECT_FALSE(open_to(attempts, "2001:db8:1:2:ffff::9"));
  EXPECT_TRUE(open_to(attempts, "2001:db8:1:3::1"));
}

TEST(Attempts, an_ipv4_address_is_the_same_in_its_ipv6_form) {
  access::Attempts attempts(kLimits);
  fail(attempts, "::ffff:192.0.2.1", 3);
  EXPECT_FALSE(open_to(attempts, "192.0.2.1"));
  EXPECT_TRUE(open_to(attempts, "::ffff:192.0.2.2"));
}

TEST(Attempts, a_clock_set_back_frees_nobody) {
  access::Attempts attempts(kLimits);
  fail(attempts, "192.0.2.1", 3);
  EXPECT_FALSE(open_to(attempts, "192.0.2.1", kNow - 3'600'000));
}

TEST(Attempts, an_address_is_still_known_after_a_flood_of_others) {
  access::Attempts attempts({3, 0.5, 1e9, 1e9});
  for (int i = 0; i < 100'000; ++i)
    fail(attempts, "flood " + std::to_string(i), 1);
  fail(attempts, "192.0.2.1", 3, kNow + 1);
  EXPECT_FALSE(open_to(attempts, "192.0.2.1", kNow + 1));
}

} // namespace warsha::tests
