#include "server/replay/plan.hpp"

#include <gtest/gtest.h>

namespace warsha::replay {
namespace {

TEST(AReplay, is_told_apart_from_others_of_the_same_title) {
  EXPECT_EQ(told_apart("لقاء", {}), "لقاء");
  EXPECT_EQ(told_apart("لقاء", {"لقاء", "آخر"}), "لقاء (2)");
  EXPECT_EQ(told_apart("لقاء", {"لقاء", "لقاء (2)"}), "لقاء (3)");
}

} // namespace
} // namespace warsha::replay
