#include "tests/load/measure/seen_ledger.hpp"

#include <gtest/gtest.h>
#include <vector>

namespace warsha::load {

namespace {

TimePoint at(int millisecond) {
  return TimePoint{} + std::chrono::hours(1) + std::chrono::milliseconds(millisecond);
}

struct Seen {
  TimePoint scheduled;
  TimePoint last;
  std::uint32_t members;
  bool operator==(const Seen&) const = default;
};

class SeenLedgerTest : public testing::Test {
protected:
  std::vector<Seen> seen;
  SeenLedger ledger{[this](TimePoint scheduled, TimePoint last, std::uint32_t members) {
    seen.push_back({scheduled, last, members});
  }};
};

} // namespace

TEST_F(SeenLedgerTest, a_message_is_seen_when_the_last_member_has_it) {
  ledger.enter(10);
  ledger.enter(10);
  EXPECT_TRUE(ledger.know(11, at(0)));
  ledger.pass(11, 11, at(5));
  EXPECT_TRUE(seen.empty());
  ledger.pass(11, 11, at(9));
  EXPECT_EQ(seen, (std::vector{Seen{at(0), at(9), 2}}));
}

TEST_F(SeenLedgerTest, the_ack_may_come_after_everybody_has_it) {
  ledger.enter(0);
  ledger.pass(1, 3, at(4));
  EXPECT_TRUE(ledger.know(2, at(1)));
  EXPECT_EQ(seen, (std::vector{Seen{at(1), at(4), 1}}));
}

TEST_F(SeenLedgerTest, a_number_that_is_known_already_is_told) {
  ledger.enter(0);
  EXPECT_TRUE(ledger.know(1, at(0)));
  EXPECT_FALSE(ledger.know(1, at(0)));
}

TEST_F(SeenLedgerTest, nobody_waits_for_one_who_left) {
  ledger.enter(0);
  ledger.enter(0);
  EXPECT_TRUE(ledger.know(1, at(0)));
  EXPECT_TRUE(ledger.know(2, at(1)));
  ledger.pass(1, 2, at(3));
  ledger.leave(0);
  EXPECT_EQ(seen, (std::vector{Seen{at(0), at(3), 1}, Seen{at(1), at(3), 1}}));
}

TEST_F(SeenLedgerTest, one_who_comes_back_is_waited_for_again) {
  ledger.enter(0);
  ledger.enter(0);
  ledger.leave(0);
  EXPECT_TRUE(ledger.know(1, at(0)));
  ledger.enter(0); // with what it had
  ledger.pass(1, 1, at(2));
  EXPECT_TRUE(seen.empty());
  ledger.pass(1, 1, at(8));
  EXPECT_EQ(seen, (std::vector{Seen{at(0), at(8), 2}}));
}

TEST_F(SeenLedgerTest, what_was_seen_stays_seen_when_a_late_one_gets_it) {
  ledger.enter(0);
  EXPECT_TRUE(ledger.know(1, at(0)));
  ledger.pass(1, 1, at(2));
  ledger.enter(0);
  ledger.pass(1, 1, at(9));
  EXPECT_EQ(seen.size(), 1U);
}

TEST_F(SeenLedgerTest, one_who_comes_with_a_later_position_is_not_waited_for_before_it) {
  ledger.enter(0);
  ledger.enter(5); // the ledger knows of none of them yet
  EXPECT_TRUE(ledger.know(3, at(0)));
  ledger.pass(1, 5, at(2));
  EXPECT_EQ(seen, (std::vector{Seen{at(0), at(2), 1}}));
}

TEST_F(SeenLedgerTest, what_came_before_anybody_is_seen_at_once) {
  EXPECT_TRUE(ledger.know(4, at(1)));
  EXPECT_EQ(seen, (std::vector{Seen{at(1), at(1), 0}}));
  ledger.enter(10);
  EXPECT_TRUE(ledger.know(7, at(2)));
  EXPECT_EQ(seen.size(), 2U);
}

} // namespace warsha::load
