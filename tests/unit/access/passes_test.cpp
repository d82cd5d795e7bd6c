#include "protocol/limits.hpp"
#include "server/access/passes.hpp"

#include <gtest/gtest.h>
#include <stdexcept>

namespace warsha::tests {

namespace {

constexpr TimeMs kNow = 1'700'000'000'000;
constexpr TimeMs kPassMs = std::chrono::milliseconds(limits::kPassTime).count();

const access::Passes kPasses(std::string(32, 'k'));
const access::Pass kPass{*ActorId::parse("018f0000-0000-7000-8000-000000000001"),
                         *ConsultationId::parse("018f0000-0000-7000-9000-0000000000ff"), kNow};

} // namespace

TEST(Pass, what_was_issued_is_read_back) {
  const auto pass = kPasses.verify(kPasses.issue(kPass), kNow + 1);
  ASSERT_TRUE(pass);
  EXPECT_EQ(pass->participant, kPass.participant);
  EXPECT_EQ(pass->consultation, kPass.consultation);
  EXPECT_EQ(pass->issued_at, kNow);
}

TEST(Pass, it_can_stand_in_a_cookie) {
  EXPECT_EQ(kPasses.issue(kPass).find_first_not_of(
                "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_."),
            std::string::npos);
}

TEST(Pass, any_letter_changed_makes_it_false) {
  const std::string token = kPasses.issue(kPass);
  for (std::size_t i = 0; i < token.size(); ++i)
    for (const char letter : {'A', 'B', '.', '=', '\0'}) {
      std::string forged = token;
      forged[i] = letter;
      EXPECT_EQ(kPasses.verify(forged, kNow).has_value(), forged == token) << i << " " << letter;
    }
}

TEST(Pass, truncated_or_lengthened_it_is_false) {
  const std::string token = kPasses.issue(kPass);
  for (std::size_t length = 0; length < token.size(); ++length)
    EXPECT_FALSE(kPasses.verify(token.substr(0, length), kNow)) << length;
  for (const char* more : {"A", "=", ".", "AAAA"})
    EXPECT_FALSE(kPasses.verify(token + more, kNow)) << more;
}

TEST(Pass, a_payload_with_the_signature_of_another_is_false) {
  auto other = kPass;
  other.participant.bytes[15] ^= 1;
  const std::string mine = kPasses.issue(kPass);
  const std::string theirs = kPasses.issue(other);
  EXPECT_FALSE(kPasses.verify(theirs.substr(0, theirs.find('.')) + mine.substr(mine.find('.')), kNow));
}

TEST(Pass, another_servers_secret_makes_no_pass_here) {
  EXPECT_FALSE(kPasses.verify(access::Passes(std::string(32, 'x')).issue(kPass), kNow));
}

TEST(Pass, it_expires) {
  const std::string token = kPasses.issue(kPass);
  EXPECT_TRUE(kPasses.verify(token, kNow + kPassMs));
  EXPECT_FALSE(kPasses.verify(token, kNow + kPassMs + 1));
}

TEST(Pass, a_short_secret_is_refused) {
  EXPECT_THROW(access::Passes("short"), std::invalid_argument);
}

} // namespace warsha::tests
