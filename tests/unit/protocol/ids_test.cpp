#include "protocol/ids.hpp"

#include <algorithm>
#include <gtest/gtest.h>
#include <map>
#include <vector>

namespace warsha::tests {

namespace {

/// Clients choose the ids of commands and of what they make: `part` where somebody who means harm would put
/// it.
[[nodiscard]] std::vector<CommandId> chosen(std::size_t first_byte, std::uint64_t step) {
  std::vector<CommandId> ids;
  for (std::uint64_t i = 0; i < 20'000; ++i) {
    CommandId id{{0, 0, 0, 0, 0, 0, 0x70, 0, 0x80, 0, 0, 0, 0, 0, 0, 0}};
    for (std::size_t byte = 0; byte < 5; ++byte)
      id.bytes[first_byte + byte] |= static_cast<std::uint8_t>(i * step >> (32 - 8 * byte));
    ids.push_back(id);
  }
  return ids;
}

/// The most ids that a table of so many slots has in one of them.
[[nodiscard]] int most_in_one_slot(const std::vector<CommandId>& ids, std::size_t slots) {
  std::map<std::size_t, int> taken;
  for (const auto& id : ids)
    ++taken[std::hash<CommandId>{}(id) % slots];
  return std::ranges::max_element(taken, {}, [](const auto& slot) { return slot.second; })->second;
}

} // namespace

TEST(Ids, no_choice_of_ids_crowds_a_table) {
  constexpr std::size_t kPrime = 20'753; // slots of std::unordered_map
  constexpr std::size_t kPower = 32'768; // and of IdSet
  // Those that differ in their time only, those that differ in their last bytes, and those whose last bytes
  // are multiples of the number of slots.
  for (const auto& ids : {chosen(1, 1), chosen(11, 1), chosen(11, kPrime), chosen(11, kPower)})
    for (const auto slots : {kPrime, kPower})
      EXPECT_LT(most_in_one_slot(ids, slots), 16);
}

TEST(Ids, that_are_equal_have_one_hash) {
  const auto id = CommandId::parse("018f2c5e-7d1a-7abc-8def-0123456789ab").value();
  EXPECT_EQ(std::hash<CommandId>{}(id), std::hash<CommandId>{}(CommandId{id.bytes}));
}

} // namespace warsha::tests
