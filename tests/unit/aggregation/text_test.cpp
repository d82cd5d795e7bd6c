#include "server/aggregation/text.hpp"

#include <gtest/gtest.h>

namespace warsha::aggregation {
namespace {

std::string first_stem(std::string_view text) {
  return read(text).words.at(0).stem;
}
std::string first_form(std::string_view text) {
  return read(text).words.at(0).form;
}
std::string first_skeleton(std::string_view text) {
  return read(text).words.at(0).skeleton;
}

TEST(Text, spellings_of_one_arabic_word_have_one_form) {
  EXPECT_EQ(first_form("إدارة"), first_form("ادارة"));
  EXPECT_EQ(first_form("مَدْرَسَة"), first_form("مدرسه"));
  EXPECT_EQ(first_form("مـــاء"), first_form("ماء"));
  EXPECT_EQ(first_form("مستشفى"), first_form("مستشفي"));
  EXPECT_EQ(first_form("٢٠٢٣"), "2023");
}

TEST(Text, presentation_forms_and_full_width_letters_are_plain_letters) {
  EXPECT_EQ(first_form("ﻣﺎﺀ"), first_form("ماء"));
  EXPECT_EQ(first_form("ＢＵＤＧＥＴ"), "budget");
}

TEST(Text, articles_and_endings_do_not_make_another_stem) {
  EXPECT_EQ(first_stem("الجمعيات"), first_stem("جمعية"));
  EXPECT_EQ(first_stem("budgets"), first_stem("budget"));
  EXPECT_EQ(first_stem("Écoles"), first_stem("ecole"));
}

TEST(Text, a_broken_plural_shares_its_skeleton) {
  EXPECT_EQ(first_skeleton("مسجد"), first_skeleton("مساجد"));
  EXPECT_EQ(first_skeleton("مشروع"), first_skeleton("مشاريع"));
}

TEST(Text, darija_in_latin_letters_meets_arabic_letters) {
  EXPECT_EQ(first_skeleton("jam3iya"), first_skeleton("جمعية"));
  EXPECT_EQ(first_skeleton("ma7kama"), first_skeleton("محكمة"));
  EXPECT_EQ(read("khassna tri9 mzyana f douar").language, Language::darija_latin);
}

TEST(Text, letters_beside_digits_are_no_darija) {
  EXPECT_EQ(read("réduire le co2 pour la région").language, Language::french);
}

TEST(Text, an_elided_article_is_a_word_of_its_own) {
  const Text text = read("l'accès qu\u2019elle donne aujourd'hui");
  ASSERT_EQ(text.words.size(), 6u);
  EXPECT_EQ(text.words[1].form, "acces");
  EXPECT_EQ(text.words[5].form, "aujourd'hui");
}

TEST(Text, every_word_says_where_it_stands_in_the_original_bytes) {
  const std::string original = "إصلاح l’école, 3 classes";
  for (const Word& word : read(original).words) {
    const std::string written = original.substr(word.span.begin, word.span.end - word.span.begin);
    EXPECT_EQ(read(written).words.at(0).form, word.form) << written;
  }
  EXPECT_EQ(original.substr(0, read(original).words[0].span.end), "إصلاح");
}

TEST(Text, the_language_is_guessed) {
  EXPECT_EQ(read("نريد ملعبا قرب بيتنا").language, Language::arabic);
  EXPECT_EQ(read("un terrain de jeu près de la maison").language, Language::french);
  EXPECT_EQ(read("a playground that is near the house").language, Language::english);
  EXPECT_EQ(read("منصة open data للجميع plateforme").language, Language::mixed);
  EXPECT_EQ(read("12 - 30").language, Language::unknown);
  EXPECT_STREQ(tag(Language::darija_latin), "ary-Latn");
}

TEST(Text, bytes_that_are_no_text_do_no_harm) {
  EXPECT_TRUE(read("").words.empty());
  EXPECT_TRUE(read("\xff\xfe … !!").words.empty());
  EXPECT_EQ(read("م2ب ء").words.size(), 1u) << "a lone hamza leaves no form";
}

} // namespace
} // namespace warsha::aggregation
