#include "protocol/limits.hpp"
#include "server/mail/letters.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

/// Every letter in every language, without a gap.
namespace warsha::mail {
namespace {

using publication::Texts;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* kLanguages[] = {"ar", "fr", "en"};
const std::string kStop = "https://w.example/unsubscribe/token";

News sample(NewsKind kind) {
  News news;
  news.kind = kind;
  news.at = 1'764'547'200'000;
  news.title = "Publier {date} <les> procès-verbaux";
  news.words = review::Words{"نشرنا المحاضر\nكلها", "Publiés\ntous"};
  news.administration = "mtnra";
  news.due_at = news.at;
  news.refusal = review::RefusalReason::unclear;
  news.answer = review::AnswerKind::taken_in_part;
  news.progress = review::ActivityStatus::in_progress;
  news.link = "https://example.ma/pv";
  if (kind == NewsKind::committed || kind == NewsKind::progressed)
    news.commitment = review::TitleWords{"نشر المحاضر", "Publier"};
  if (kind == NewsKind::asked || kind == NewsKind::withheld) {
    news.authors_only = true;
    news.words.reset();
    news.link.clear();
  }
  if (kind == NewsKind::returned || news.authors_only)
    news.note = "Quelle année ?";
  return news;
}

Told told_as(store::Relation relation, const std::string& language) {
  Told told;
  told.language = language;
  store::Follower follower;
  follower.subscription.about = store::About::contribution;
  follower.subscription.target = "c";
  follower.subscription.relation = relation;
  follower.receipt = "AAAA-BBBB-CCCC";
  follower.text = "ما قيل في اللقاء";
  told.parts = {follower};
  return told;
}

void expect_whole(const Letter& letter) {
  for (const auto& text : {letter.subject, letter.text(), letter.html()}) {
    EXPECT_THAT(text, Not(HasSubstr("mail."))) << "a sentence is missing";
    for (const auto* gap : {"{administration}", "{kind}", "{status}", "{reason}", "{title}", "{count}"})
      EXPECT_THAT(text, Not(HasSubstr(gap)));
  }
  EXPECT_FALSE(letter.subject.empty());
}

TEST(ALetter, says_every_kind_of_news_in_every_language) {
  for (std::size_t i = 0; i < Words<NewsKind>::kAll.size(); ++i)
    for (const auto* language : kLanguages)
      for (const auto relation : {store::Relation::reader, store::Relation::author}) {
        const auto& texts = Texts::of(language);
        const auto told = told_as(relation, language);
        const auto letter = tell(sample(static_cast<NewsKind>(i)), told,
                                 {followed(told.parts[0], "", texts, "https://w.example")}, kStop, texts);
        expect_whole(letter);
        EXPECT_THAT(letter.text(), HasSubstr("\n" + kStop + "\n"));
        EXPECT_THAT(letter.text(), HasSubstr("ما قيل في اللقاء"));
        EXPECT_THAT(letter.html(), HasSubstr(language == std::string("ar") ? "dir=\"rtl\"" : "dir=\"ltr\""));
      }
}

TEST(ALetter, gives_the_words_of_the_decision_as_they_were_published) {
  const auto told = told_as(store::Relation::reader, "ar");
  const auto arabic = tell(sample(NewsKind::answered), told, {}, kStop, Texts::of("ar"));
  EXPECT_THAT(arabic.text(), HasSubstr("> نشرنا المحاضر\n> كلها"));
  EXPECT_THAT(arabic.text(), HasSubstr("https://example.ma/pv"));
  EXPECT_THAT(tell(sample(NewsKind::answered), told, {}, kStop, Texts::of("en")).text(),
              HasSubstr("> Publiés"))
      << "administrations answer in Arabic and French";
}

TEST(ALetter, replaces_nothing_within_somebodys_words_and_escapes_them) {
  const auto told = told_as(store::Relation::reader, "fr");
  const auto letter = tell(sample(NewsKind::joined), told, {}, kStop, Texts::of("fr"));
  EXPECT_THAT(letter.text(), HasSubstr("Publier {date} <les> procès-verbaux"));
  EXPECT_THAT(letter.html(), HasSubstr("&lt;les&gt;"));
  EXPECT_THAT(letter.html(), Not(HasSubstr("<les>")));
}

TEST(ALetter, leads_to_the_receipt_for_who_holds_it_and_to_the_public_page_for_others) {
  const auto& texts = Texts::of("fr");
  const auto reader = told_as(store::Relation::reader, "fr");
  const auto author = told_as(store::Relation::author, "fr");
  EXPECT_EQ(followed(reader.parts[0], "", texts, "https://w.example").url,
            "https://w.example/contributions/c?language=fr");
  EXPECT_EQ(followed(author.parts[0], "", texts, "https://w.example").url,
            "https://w.example/receipt/AAAA-BBBB-CCCC?language=fr");
  EXPECT_THAT(tell(sample(NewsKind::returned), author, {}, kStop, texts).text(), HasSubstr("Quelle année"));
  EXPECT_THAT(tell(sample(NewsKind::returned), reader, {}, kStop, texts).text(),
              Not(HasSubstr("Quelle année")));
}

TEST(ALetter, says_who_asks_what_and_where_to_reply) {
  const auto& texts = Texts::of("fr");
  const auto author = told_as(store::Relation::author, "fr");
  const auto letter = tell(sample(NewsKind::asked), author,
                           {followed(author.parts[0], "", texts, "https://w.example")}, kStop, texts);
  EXPECT_THAT(letter.text(), HasSubstr("> Quelle année"));
  EXPECT_THAT(letter.text(), HasSubstr("Publier {date} <les> procès-verbaux"));
  EXPECT_THAT(letter.text(), HasSubstr("https://w.example/receipt/AAAA-BBBB-CCCC?language=fr"));
}

TEST(ALetter, asks_to_confirm_and_tells_an_outcome_in_every_language) {
  for (const auto* language : kLanguages) {
    const auto& texts = Texts::of(language);
    expect_whole(ask_to_confirm({"x", "what was said", ""}, "https://w.example/confirm/t", texts));
    std::vector<Published> published(25, {"Titre", review::AnswerKind::later, "https://w.example/p"});
    published[1].answer.reset();
    const auto letter =
        tell_outcome("Tanger", published, {"x", "Tanger", "https://w.example/c"}, kStop, texts);
    expect_whole(letter);
    EXPECT_THAT(letter.text(), HasSubstr(texts("mail.outcome.more")));
  }
}

TEST(ALetter, reminds_in_arabic_and_french_of_what_is_late_first) {
  const std::vector<Waiting> waiting{{"mtnra", "Premier", 1'764'547'200'000, 6, Urgency::late, true},
                                     {"mtnra", "Deuxième", 1'764'547'200'000, 0, Urgency::soon, true},
                                     {"mtnra", "Calme", 1'764'547'200'000, 0, Urgency::calm, false}};
  const auto letter = remind(waiting, {}, "https://w.example/review", {"ar", "fr"});
  expect_whole(letter);
  const auto text = letter.text();
  EXPECT_LT(text.find("Premier"), text.find("Deuxième"));
  EXPECT_THAT(text, HasSubstr("en retard de 6 jours ouvrables"));
  EXPECT_THAT(text, HasSubstr("متأخر بـ6 أيام عمل"));
  EXPECT_THAT(text, Not(HasSubstr("Calme")));
  EXPECT_THAT(letter.html(), HasSubstr("lang=\"ar\" dir=\"rtl\""));
  EXPECT_THAT(letter.html(), HasSubstr("lang=\"fr\" dir=\"ltr\""));
}

TEST(ALetter, says_in_both_languages_what_waits_for_the_committee_and_for_an_organiser) {
  const auto letter = remind({},
                             {{DutyKind::list_opened, {"لائحة", "Liste"}, "2025-12-31"},
                              {DutyKind::list_ends, {"أخرى", "Autre"}, "2025-12-12"},
                              {DutyKind::contestation, {"قيل", "قيل"}, {}},
                              {DutyKind::arbitration, {"مقترح", "مقترح"}, {}}},
                             "https://w.example/review", {"ar", "fr"});
  expect_whole(letter);
  const auto text = letter.text();
  EXPECT_THAT(text, HasSubstr("Nouvelles listes soumises au comité"));
  EXPECT_THAT(text, HasSubstr("jusqu’au 12 décembre 2025"));
  EXPECT_THAT(text, HasSubstr("إلى غاية 31 دجنبر 2025"));
  EXPECT_THAT(letter.subject, Not(HasSubstr("administration"))) << "no answer waits";
}

TEST(ALetter, lists_no_more_duties_of_a_kind_than_it_may) {
  std::vector<Duty> duties;
  for (std::size_t i = 0; i <= limits::kMailListed; ++i)
    duties.push_back({DutyKind::arbitration, {"مقترح", "N° " + std::to_string(100 + i)}, {}});
  duties.push_back({DutyKind::contestation, {"قيل", "Autre chose"}, {}});
  const auto text = remind({}, duties, "https://w.example/review", {"fr"}).text();
  EXPECT_THAT(text, HasSubstr("N° 119"));
  EXPECT_THAT(text, Not(HasSubstr("N° 120")));
  EXPECT_THAT(text, HasSubstr("Autre chose")) << "another kind has room of its own";
}

TEST(ALongTitle, is_cut_at_a_space_between_letters) {
  EXPECT_EQ(cut("short", 10), "short");
  EXPECT_EQ(cut("one two three", 9), "one two…");
  EXPECT_EQ(cut("شششششش", 3), "ششش…");
}

} // namespace
} // namespace warsha::mail
