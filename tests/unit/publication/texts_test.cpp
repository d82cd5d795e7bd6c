#include "server/publication/texts.hpp"

#include <gtest/gtest.h>

namespace warsha::publication {
namespace {

TEST(Texts, have_the_plural_forms_of_each_language) {
  const auto& arabic = Texts::of("ar");
  EXPECT_EQ(arabic.count("public.count", 0), "لا مقترحات");
  EXPECT_EQ(arabic.count("public.count", 2), "مقترحان");
  EXPECT_EQ(arabic.count("public.count", 3), "3 مقترحات");
  EXPECT_EQ(arabic.count("public.count", 11), "11 مقترحا");
  EXPECT_EQ(arabic.count("public.count", 100), "100 مقترح");
  EXPECT_EQ(Texts::of("fr").count("public.count", 0), "0 proposition");
  EXPECT_EQ(Texts::of("en").count("public.count", 0), "0 proposals");
}

TEST(Texts, write_digits_as_morocco_does) {
  EXPECT_EQ(Texts::of("ar").number(1234), "1.234");
  EXPECT_EQ(Texts::of("en").number(1234), "1,234");
}

TEST(Texts, write_days_of_morocco_in_words) {
  EXPECT_EQ(Texts::of("fr").day(std::string("2026-11-25")), "25 novembre 2026");
  EXPECT_EQ(Texts::of("en").day(std::string("2026-11-25")), "25 November 2026");
  EXPECT_EQ(Texts::of("en").day(std::string("soon")), "soon");
  EXPECT_EQ(Texts::of("en").day(std::string("2026-13-45")), "2026-13-45");
}

TEST(Texts, write_the_day_that_a_deadline_ends_with_and_not_the_next_one) {
  const TimeMs last_of_june_25 = 1'782'431'999'999; // 2026-06-25T23:59:59.999Z, in Casablanca the 26th
  EXPECT_EQ(Texts::of("en").due_day(last_of_june_25), "25 June 2026");
  EXPECT_EQ(Texts::of("en").day(last_of_june_25), "26 June 2026");
}

TEST(Language, is_the_asked_one_else_the_browsers_else_arabic) {
  EXPECT_EQ(choose_language("fr", "en"), "fr");
  EXPECT_EQ(choose_language("", "es, en-US;q=0.8, fr"), "en");
  EXPECT_EQ(choose_language("fry", "de"), "ar");
  EXPECT_EQ(choose_language("", ",, ;;, fr-MA"), "fr");
  EXPECT_EQ(choose_language("", ""), "ar");
}

} // namespace
} // namespace warsha::publication
