#include "server/bundle/hex.hpp"
#include "server/bundle/keys.hpp"
#include "tests/unit/store/support.hpp"

#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <iterator>

namespace warsha::tests {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

class Keys : public testing::Test {
protected:
  [[nodiscard]] fs::path holding(const std::string& content) const {
    const auto file = folder.file(system::new_id<CommandId>().text());
    std::ofstream(file) << content;
    return file;
  }
  static std::string why_not_trusted(const fs::path& file) {
    try {
      (void)bundle::read_public_keys(file);
      return {};
    } catch (const bundle::KeyError& error) {
      return error.what();
    }
  }

  TemporaryFolder folder;
  std::array<std::uint8_t, 3> message{1, 2, 3};
};

TEST_F(Keys, a_key_that_is_made_can_be_read_by_its_owner_alone_and_signs) {
  const auto made = bundle::SigningKey::make(folder.file("key.pem"));
  EXPECT_EQ(fs::status(folder.file("key.pem")).permissions(), fs::perms::owner_read | fs::perms::owner_write);
  const auto read = bundle::SigningKey::read(folder.file("key.pem"));
  EXPECT_EQ(read.public_key(), made.public_key());
  const auto signature = read.sign(message);
  EXPECT_TRUE(bundle::is_signed_by(made.public_key(), message, signature));
  message[0] = 9;
  EXPECT_FALSE(bundle::is_signed_by(made.public_key(), message, signature));
}

TEST_F(Keys, a_key_is_never_overwritten) {
  const auto first = bundle::SigningKey::make(folder.file("key.pem")).public_key();
  EXPECT_THROW((void)bundle::SigningKey::make(folder.file("key.pem")), bundle::KeyError);
  EXPECT_EQ(bundle::SigningKey::read(folder.file("key.pem")).public_key(), first);
}

TEST_F(Keys, several_are_trusted_from_one_file) {
  const auto one = bundle::SigningKey::make(folder.file("one.pem"));
  const auto two = bundle::SigningKey::make(folder.file("two.pem"));
  EXPECT_THAT(bundle::read_public_keys(holding(one.public_pem() + two.public_pem())),
              testing::ElementsAre(one.public_key(), two.public_key()));
}

TEST_F(Keys, what_is_no_public_ed25519_key_is_refused) {
  (void)bundle::SigningKey::make(folder.file("key.pem"));
  EXPECT_THAT(why_not_trusted(folder.file("key.pem")), HasSubstr("no public key")) << "a private one";
  EXPECT_THAT(why_not_trusted(holding("")), HasSubstr("no public key"));
  EXPECT_THAT(why_not_trusted(folder.file("none")), HasSubstr("No such file"));
  // P-256, from RFC 9500, 2.3.
  EXPECT_THAT(why_not_trusted(holding("-----BEGIN PUBLIC KEY-----\n"
                                      "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEQiVI+I+3gv+17KN0RFLHKh5Vj71v\n"
                                      "c75eSOkyMsxFxbFsTNEMTLjVuKFxOelIgsiZJXKZNCX0FBmrfpCkKklCcg==\n"
                                      "-----END PUBLIC KEY-----\n")),
              HasSubstr("not Ed25519"));
  EXPECT_THROW((void)bundle::SigningKey::read(holding("nothing")), bundle::KeyError);
}

/// RFC 8032, 7.1, test 2: another program's keys and signatures are ours.
TEST_F(Keys, signatures_are_those_of_the_standard) {
  const auto key = *bundle::unhex<32>("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
  const auto signature = *bundle::unhex<64>("92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                                            "085ac1e43e15996e458f3613d0f11d8c387b2eae"
                                            "b4302aeeb00d291612bb0c00");
  EXPECT_TRUE(bundle::is_signed_by(key, std::array<std::uint8_t, 1>{0x72}, signature));
  EXPECT_FALSE(bundle::is_signed_by(key, std::array<std::uint8_t, 1>{0x73}, signature));
  EXPECT_FALSE(bundle::is_signed_by({}, std::array<std::uint8_t, 1>{0x72}, signature));
}

TEST_F(Keys, hexadecimal_has_one_text_for_each_value) {
  EXPECT_FALSE(bundle::unhex<2>("00A0"));
  EXPECT_FALSE(bundle::unhex<2>("00a"));
  EXPECT_FALSE(bundle::unhex<2>("00a00"));
  EXPECT_EQ(bundle::hex(*bundle::unhex<2>("00af")), "00af");
}

} // namespace
} // namespace warsha::tests
