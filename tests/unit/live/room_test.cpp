#include "server/live/room.hpp"
#include "tests/unit/live/support.hpp"

#include <gtest/gtest.h>

namespace warsha::live {

namespace {

using std::chrono::seconds;

constexpr Rate kRate{3, 1};
const ActorId kAmina{test::numbered(1)};
const ActorId kBrahim{test::numbered(2)};
const Allowance::Clock::time_point kNow{};

int take_all(Allowance& allowance, Allowance::Clock::time_point now) {
  int taken = 0;
  while (allowance.take(now))
    ++taken;
  return taken;
}

} // namespace

TEST(Room, one_person_has_one_allowance_and_another_their_own) {
  Room room;
  EXPECT_EQ(take_all(*room.allowance_of(kAmina, kRate, kNow), kNow), 3);
  EXPECT_EQ(take_all(*room.allowance_of(kAmina, kRate, kNow), kNow), 0) << "through another socket";
  EXPECT_EQ(take_all(*room.allowance_of(kBrahim, kRate, kNow), kNow), 3);
  EXPECT_EQ(take_all(*room.allowance_of(kAmina, kRate, kNow), kNow + seconds(2)), 2);
  EXPECT_EQ(take_all(*room.allowance_of(kAmina, kRate, kNow), kNow + seconds(1000)), 3)
      << "never more than a burst";
}

TEST(Room, who_leaves_and_comes_back_has_no_more_than_before) {
  Room room;
  take_all(*room.allowance_of(kAmina, kRate, kNow), kNow);
  room.forget_full_allowances(kNow + seconds(2));
  EXPECT_FALSE(room.is_empty()) << "it remembers";
  EXPECT_EQ(take_all(*room.allowance_of(kAmina, kRate, kNow), kNow + seconds(2)), 2);
  room.forget_full_allowances(kNow + seconds(5));
  EXPECT_TRUE(room.is_empty());
}

TEST(Room, an_allowance_in_use_is_kept) {
  Room room;
  const auto held = room.allowance_of(kAmina, kRate, kNow);
  room.forget_full_allowances(kNow + seconds(100));
  EXPECT_EQ(room.allowance_of(kAmina, kRate, kNow), held);
}

} // namespace warsha::live
