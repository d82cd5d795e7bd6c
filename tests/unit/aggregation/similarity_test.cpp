#include "server/aggregation/defaults.hpp"
#include "server/aggregation/groups.hpp"
#include "server/aggregation/headings.hpp"
#include "server/aggregation/similarity.hpp"

#include <algorithm>
#include <gtest/gtest.h>
#include <random>

namespace warsha::aggregation {
namespace {

const std::vector<std::pair<std::string, std::string>> kTexts = {
    {"a", "إنشاء ملعب للأطفال في حي النخيل"},
    {"b", "إنشاء ملاعب للأطفال بحي النخيل"},
    {"c", "غياب ملعب للأطفال في حي النخيل"},
    {"d", "réparer la route qui mène à l'école du village"},
    {"e", "réparation de la route vers l'école du village"},
    {"f", "إصلاح الإنارة العمومية قرب السوق"},
    {"g", "éclairage des rues près du marché"},
    {"h", "ouvrir la bibliothèque le dimanche"},
};

TextIndex index_of(std::vector<std::pair<std::string, std::string>> texts) {
  TextIndex index(shipped_lexicon(), shipped_parameters());
  for (auto& [id, text] : texts)
    index.add(id, text);
  return index;
}

bool same(const std::vector<ScoredPair>& a, const std::vector<ScoredPair>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const auto& x, const auto& y) {
    return x.first == y.first && x.second == y.second && x.score == y.score;
  });
}

TEST(TextIndex, the_same_words_are_wholly_alike_and_strangers_not_at_all) {
  const auto index = index_of(kTexts);
  EXPECT_NEAR(index.compare(kTexts[0].second, kTexts[0].second).score, 1, 1e-9);
  EXPECT_LT(index.compare(kTexts[0].second, kTexts[7].second).score, 0.05);
}

TEST(TextIndex, likeness_does_not_depend_on_which_text_comes_first) {
  const auto index = index_of(kTexts);
  for (const auto& [a, first] : kTexts)
    for (const auto& [b, second] : kTexts)
      EXPECT_DOUBLE_EQ(index.compare(first, second).score, index.compare(second, first).score) << a << b;
}

TEST(TextIndex, a_lack_and_its_remedy_are_less_alike_than_two_remedies) {
  const auto index = index_of(kTexts);
  EXPECT_GT(index.compare(kTexts[0].second, kTexts[1].second).score,
            index.compare(kTexts[0].second, kTexts[2].second).score);
}

TEST(TextIndex, the_most_alike_is_the_first_twin_and_what_is_typed_may_be_half_a_text) {
  const auto index = index_of(kTexts);
  const auto twins = index.twins("réparer la rou", 0.1, 3);
  ASSERT_FALSE(twins.empty());
  EXPECT_EQ(twins[0].id, "d");
  EXPECT_TRUE(index.twins("", 0.1, 3).empty());
}

TEST(TextIndex, arabic_and_french_meet_in_the_lexicon) {
  const auto likeness = index_of(kTexts).compare("إنارة الطريق", "éclairage de la route");
  EXPECT_GT(likeness.terms, 0.5);
  ASSERT_EQ(likeness.shared.size(), 2u);
}

TEST(TextIndex, shared_words_are_marked_where_they_stand_and_their_shares_make_one) {
  const std::string first = "نريد إصلاح المدرسة الآن", second = "المدرسة تحتاج إلى إصلاح";
  const auto likeness = index_of(kTexts).compare(first, second);
  double shares = 0;
  bool school = false;
  for (const SharedWords& words : likeness.shared) {
    shares += words.share;
    school = school ||
             (first.substr(words.in_first.begin, words.in_first.end - words.in_first.begin) == "المدرسة" &&
              second.substr(words.in_second.begin, words.in_second.end - words.in_second.begin) == "المدرسة");
  }
  EXPECT_TRUE(school);
  EXPECT_NEAR(shares, 1, 1e-9);
}

TEST(TextIndex, any_order_of_adding_and_removing_gives_the_same_pairs_to_the_last_bit) {
  const auto expected = index_of(kTexts).pairs(0);
  ASSERT_FALSE(expected.empty());
  std::mt19937 random(1);
  for (int round = 0; round < 20; ++round) {
    auto texts = kTexts;
    std::shuffle(texts.begin(), texts.end(), random);
    TextIndex index(shipped_lexicon(), shipped_parameters());
    index.add("gone", "نص سيسحبه صاحبه بعد حين");
    for (std::size_t i = 0; i < texts.size(); ++i) {
      index.add(texts[i].first, i % 2 == 0 ? "صيغة أولى عدلت" : texts[i].second);
      if (i == 3)
        index.remove("gone");
    }
    for (const auto& [id, text] : texts)
      index.add(id, text);
    EXPECT_EQ(index.size(), kTexts.size());
    EXPECT_TRUE(same(index.pairs(0), expected));
  }
}

TEST(TextIndex, what_was_removed_is_no_twin) {
  auto index = index_of(kTexts);
  index.remove("d");
  index.remove("never there");
  for (const auto& twin : index.twins(kTexts[3].second, 0, 10))
    EXPECT_NE(twin.id, "d");
}

TEST(Groups, a_chain_is_not_a_group) {
  const std::vector<ScoredPair> chain = {{"a", "b", 0.9}, {"b", "c", 0.8}};
  const std::vector<std::vector<std::string>> expected = {{"a", "b"}};
  EXPECT_EQ(group(chain, 0.5), expected);
}

TEST(Groups, all_alike_are_one_group_and_weak_pairs_make_none) {
  const std::vector<ScoredPair> pairs = {{"c", "a", 0.8}, {"a", "b", 0.9}, {"b", "c", 0.7}, {"x", "y", 0.4}};
  const std::vector<std::vector<std::string>> expected = {{"a", "b", "c"}};
  EXPECT_EQ(group(pairs, 0.5), expected);
}

TEST(Groups, the_order_of_pairs_decides_nothing) {
  std::mt19937 random(2);
  std::vector<ScoredPair> pairs;
  for (int i = 0; i < 60; ++i) // few different scores: many ties
    pairs.push_back({std::string(1, static_cast<char>('a' + random() % 12)),
                     std::string(1, static_cast<char>('m' + random() % 12)),
                     static_cast<double>(random() % 4) / 4});
  std::map<std::pair<std::string, std::string>, double> once;
  for (const auto& pair : pairs)
    once.emplace(std::minmax(pair.first, pair.second), pair.score);
  pairs.clear();
  for (const auto& [ids, value] : once)
    pairs.push_back({ids.first, ids.second, value});
  const auto expected = group(pairs, 0.25);
  for (int round = 0; round < 50; ++round) {
    std::shuffle(pairs.begin(), pairs.end(), random);
    for (auto& pair : pairs)
      if (random() % 2 == 0)
        std::swap(pair.first, pair.second);
    EXPECT_EQ(group(pairs, 0.25), expected);
  }
}

TEST(Headings, a_heading_is_a_phrase_that_somebody_wrote_and_most_texts_share) {
  const std::vector<std::string> texts = {"غياب ملاعب القرب في الأحياء", "صيانة ملاعب القرب",
                                          "ملاعب القرب مغلقة مساء"};
  const auto headings = suggest_headings(shipped_lexicon(), texts, 3);
  ASSERT_FALSE(headings.empty());
  EXPECT_EQ(headings[0].phrase, "ملاعب القرب");
  EXPECT_EQ(headings[0].covers, 3u);
  const auto& quoted = texts[headings[0].text];
  EXPECT_EQ(quoted.substr(headings[0].span.begin, headings[0].span.end - headings[0].span.begin),
            "ملاعب القرب");
}

TEST(Headings, the_order_of_texts_changes_no_phrase) {
  std::vector<std::string> texts;
  for (const auto& [id, text] : kTexts)
    texts.push_back(text);
  const auto phrases = [&] {
    std::vector<std::string> out;
    for (const auto& heading : suggest_headings(shipped_lexicon(), texts, 5))
      out.push_back(heading.phrase);
    return out;
  };
  const auto expected = phrases();
  std::mt19937 random(3);
  for (int round = 0; round < 20; ++round) {
    std::shuffle(texts.begin(), texts.end(), random);
    EXPECT_EQ(phrases(), expected);
  }
}

} // namespace
} // namespace warsha::aggregation
