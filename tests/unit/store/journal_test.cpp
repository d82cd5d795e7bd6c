#include "server/store/journal.hpp"

#include <gtest/gtest.h>

namespace warsha::tests {

namespace {
const WorkshopId kWorkshop = *WorkshopId::parse("018f0000-0000-7000-8000-000000000001");
}

// The figures come from coreutils: printf ... | sha256sum.
TEST(Chain, it_starts_from_the_workshops_id_as_text) {
  EXPECT_EQ(store::hex(store::chain_start(kWorkshop)),
            "d604c61b95ebfb79347557e2b9bad92e0226bc9ef75850258cb18edb91885c4b");
}

TEST(Chain, the_next_hash_is_over_the_raw_hash_before_and_the_body) {
  EXPECT_EQ(store::hex(store::chain_next(store::chain_start(kWorkshop), R"({"seq":1})")),
            "03c83cb2ec3bd1a5e1cd2d1104f4f262bf2fb464eaee932d5a8804814f577a3b");
}

TEST(Chain, one_bit_of_the_body_or_of_the_past_changes_it) {
  const auto start = store::chain_start(kWorkshop);
  auto other = start;
  other[31] ^= 1;
  EXPECT_NE(store::chain_next(start, "a"), store::chain_next(start, "b"));
  EXPECT_NE(store::chain_next(start, "a"), store::chain_next(other, "a"));
}

} // namespace warsha::tests
