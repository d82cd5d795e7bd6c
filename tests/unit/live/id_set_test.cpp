#include "server/live/id_set.hpp"
#include "tests/unit/live/support.hpp"

#include <algorithm>
#include <gtest/gtest.h>
#include <random>
#include <set>

namespace warsha::live {
namespace {

TEST(IdSet, holds_what_a_set_of_the_library_holds_whatever_comes_and_goes) {
  for (unsigned seed = 0; seed < 50; ++seed) {
    std::mt19937 random(seed);
    IdSet<ActorId> ids;
    std::set<ActorId> expected;
    for (int i = 0; i < 2000; ++i) {
      // Few ids whose random bytes end alike: they stand in each other's way.
      auto bytes = test::numbered(static_cast<std::uint8_t>(random() % 200));
      bytes[15] = static_cast<std::uint8_t>(bytes[15] & (seed % 2 == 0 ? 0xff : 0xc3));
      bytes[9] = static_cast<std::uint8_t>(random() % 3);
      const ActorId id{bytes};
      if (random() % 2 == 0) {
        ids.insert(id);
        expected.insert(id);
      } else {
        ids.erase(id);
        expected.erase(id);
      }
      ASSERT_EQ(ids.contains(id), expected.contains(id));
      ASSERT_EQ(ids.size(), expected.size());
    }
    std::set<ActorId> found;
    for (const auto& id : ids)
      EXPECT_TRUE(found.insert(id).second) << "once each";
    EXPECT_EQ(found, expected);
    for (const auto& id : expected)
      EXPECT_TRUE(ids.contains(id));
  }
}

TEST(IdSet, nobody_is_in_no_set) {
  IdSet<ActorId> ids;
  EXPECT_FALSE(ids.contains(ActorId{}));
  ids.insert(ActorId{});
  EXPECT_EQ(ids.size(), 0u);
  EXPECT_FALSE(ids.contains(ActorId{}));
  ids.erase(ActorId{});
  EXPECT_TRUE(ids.begin() == ids.end());
}

} // namespace
} // namespace warsha::live
