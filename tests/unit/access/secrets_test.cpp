#include "server/access/secrets.hpp"

#include <algorithm>
#include <gtest/gtest.h>
#include <map>
#include <set>

namespace warsha::tests {

namespace {

bool of_code_alphabet(std::string_view text) {
  return std::ranges::all_of(
      text, [](char letter) { return access::kCodeAlphabet.find(letter) != std::string_view::npos; });
}

} // namespace

TEST(Password, the_right_one_matches_and_no_other) {
  const std::string hash = access::hash_password("كلمة سر طويلة");
  EXPECT_TRUE(access::password_matches("كلمة سر طويلة", hash));
  EXPECT_FALSE(access::password_matches("كلمة سر طويله", hash));
  EXPECT_FALSE(access::password_matches("", hash));
}

TEST(Password, the_hash_says_how_it_was_made_and_is_salted) {
  const std::string hash = access::hash_password("correct horse");
  EXPECT_TRUE(hash.starts_with("scrypt$15$8$1$"));
  EXPECT_NE(hash, access::hash_password("correct horse"));
}

TEST(Password, a_hash_of_another_cost_is_understood) {
  // python3: hashlib.scrypt(b'password', salt=b'NaClNaClNaClNaCl', n=1024, r=8, p=2, dklen=32)
  EXPECT_TRUE(access::password_matches(
      "password", "scrypt$10$8$2$TmFDbE5hQ2xOYUNsTmFDbA$4bmMI57cQ1Q1qiYR0sOiKYjtYoL0yIe6kEcQC0jx9QQ"));
}

TEST(Password, a_damaged_hash_matches_nothing) {
  const std::string hash = access::hash_password("correct horse");
  for (const std::string& damaged :
       {std::string(), std::string("correct horse"), hash.substr(0, hash.size() - 1), hash + "A", "x" + hash,
        std::string("scrypt$15$8$1$$"), std::string("scrypt$15$8$1$AAAA"),
        std::string("scrypt$0$8$1$AAAA$AAAA")})
    EXPECT_FALSE(access::password_matches("correct horse", damaged)) << damaged;
}

TEST(Password, a_hash_that_asks_for_all_memory_is_refused) {
  std::string hash = access::hash_password("correct horse");
  hash.replace(hash.find("15"), 2, "40");
  EXPECT_FALSE(access::password_matches("correct horse", hash));
}

TEST(Token, it_has_256_bits_and_never_repeats) {
  std::set<std::string> tokens;
  for (int i = 0; i < 1000; ++i)
    tokens.insert(access::new_token());
  EXPECT_EQ(tokens.size(), 1000u);
  EXPECT_EQ(tokens.begin()->size(), 43u);
  EXPECT_NE(access::token_hash(*tokens.begin()), access::token_hash(*tokens.rbegin()));
}

TEST(JoinCode, it_has_six_letters_that_look_like_no_other) {
  for (int i = 0; i < 1000; ++i) {
    const std::string code = access::new_join_code();
    EXPECT_EQ(code.size(), 6u);
    EXPECT_TRUE(of_code_alphabet(code)) << code;
  }
  for (const char letter : {'0', 'O', '1', 'I', 'L'})
    EXPECT_EQ(access::kCodeAlphabet.find(letter), std::string_view::npos) << letter;
}

TEST(JoinCode, every_letter_is_equally_likely) {
  std::map<char, int> counts;
  for (int i = 0; i < 5000; ++i)
    for (const char letter : access::new_join_code())
      ++counts[letter];
  EXPECT_EQ(counts.size(), access::kCodeAlphabet.size());
  // 30,000 letters over 31: 968 each, standard deviation 31. Six of them: one false alarm in ten million
  // runs.
  for (const auto& [letter, count] : counts)
    EXPECT_NEAR(count, 968, 186) << letter;
}

TEST(JoinCode, it_is_forgiven_case_spaces_and_hyphens) {
  EXPECT_EQ(access::normalise_join_code("k7m2qx"), "K7M2QX");
  EXPECT_EQ(access::normalise_join_code(" K7M-2QX "), "K7M2QX");
  EXPECT_EQ(access::normalise_join_code("K7M 2 QX"), "K7M2QX");
}

TEST(JoinCode, what_can_not_be_one_is_empty) {
  for (const char* typed : {"", "K7M2Q", "K7M2QXX", "K7M2Q0", "K7M2QO", "K7M2Q'", "ك7م2قس", "K7M2Q\n"})
    EXPECT_EQ(access::normalise_join_code(typed), "") << typed;
}

TEST(Receipt, it_has_three_groups_of_four) {
  const std::string receipt = access::new_receipt();
  ASSERT_EQ(receipt.size(), 14u);
  EXPECT_EQ(receipt[4], '-');
  EXPECT_EQ(receipt[9], '-');
  EXPECT_EQ(access::normalise_receipt(receipt), receipt);
}

TEST(Receipt, it_is_forgiven_like_a_code) {
  EXPECT_EQ(access::normalise_receipt("abcdefghjkmn"), "ABCD-EFGH-JKMN");
  EXPECT_EQ(access::normalise_receipt("ABCD EFGH JKMN"), "ABCD-EFGH-JKMN");
  EXPECT_EQ(access::normalise_receipt("ABCD-EFGH-JKM"), "");
  EXPECT_EQ(access::normalise_receipt("ABCD-EFGH-JKM1"), "");
}

} // namespace warsha::tests
