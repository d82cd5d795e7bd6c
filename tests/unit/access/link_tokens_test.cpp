#include "server/access/link_tokens.hpp"
#include "server/runtime/system.hpp"

#include <gtest/gtest.h>

namespace warsha::access {
namespace {

const uuid::Bytes kId = system::new_id<CommandId>().bytes;

TEST(LinkTokens, name_what_they_were_issued_for) {
  const LinkTokens tokens(std::string(32, 's'));
  const auto token = tokens.issue("confirm", kId);
  EXPECT_EQ(token.size(), 43U);
  EXPECT_EQ(tokens.verify("confirm", token), kId);
}

TEST(LinkTokens, are_good_for_one_purpose_and_one_server) {
  const LinkTokens tokens(std::string(32, 's'));
  const auto token = tokens.issue("confirm", kId);
  EXPECT_FALSE(tokens.verify("stop", token));
  EXPECT_FALSE(LinkTokens(std::string(32, 't')).verify("confirm", token));
}

TEST(LinkTokens, are_spoiled_by_any_other_letter) {
  const LinkTokens tokens(std::string(32, 's'));
  const auto token = tokens.issue("confirm", kId);
  for (std::size_t i = 0; i < token.size(); ++i) {
    auto other = token;
    other[i] = other[i] == 'A' ? 'B' : 'A';
    EXPECT_FALSE(tokens.verify("confirm", other)) << i;
  }
  for (const auto* other : {"", "abc", "%"})
    EXPECT_FALSE(tokens.verify("confirm", other));
  EXPECT_FALSE(tokens.verify("confirm", token + "A"));
}

} // namespace
} // namespace warsha::access
