#include "tests/fuzz/targets.hpp"

#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <iterator>

namespace warsha::fuzz {
namespace {

namespace fs = std::filesystem;

TEST(Fuzz, every_seed_keeps_the_promises) {
  for (const auto& target : kTargets) {
    const auto all = seeds(target.name);
    ASSERT_GT(all.size(), 3U) << target.name;
    for (std::size_t i = 0; i < all.size(); ++i)
      EXPECT_NO_THROW(target.run(all[i])) << target.name << ", seed " << i;
  }
}

/// found/TARGET/ holds what once broke a promise, each named by what it broke.
TEST(Fuzz, what_was_found_stays_mended) {
  std::size_t count = 0;
  for (const auto& target : kTargets) {
    const auto folder = fs::path(WARSHA_SOURCE_DIR) / "tests/fuzz/found" / target.name;
    if (!fs::exists(folder))
      continue;
    for (const auto& entry : fs::directory_iterator(folder)) {
      std::ifstream in(entry.path(), std::ios::binary);
      const std::string input{std::istreambuf_iterator<char>(in), {}};
      EXPECT_NO_THROW(target.run(input)) << entry.path();
      ++count;
    }
  }
  EXPECT_GT(count, 0U);
}

} // namespace
} // namespace warsha::fuzz
