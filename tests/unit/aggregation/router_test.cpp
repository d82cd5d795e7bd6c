#include "server/aggregation/defaults.hpp"
#include "server/aggregation/router.hpp"

#include <algorithm>
#include <gtest/gtest.h>
#include <random>
#include <set>
#include <stdexcept>

namespace warsha::aggregation {
namespace {

/// A small register of made-up bodies: quick to learn from.
std::vector<Administration> bodies() {
  return {
      {"forests",
       "agency",
       "",
       "",
       {},
       {{"fr", "Agence des forêts"}},
       {"غرس الأشجار وحماية الغابات", "plantation d'arbres et protection des forêts"}},
      {"ports",
       "agency",
       "",
       "",
       {},
       {{"fr", "Agence des ports"}},
       {"تدبير الموانئ والسفن", "gestion des ports et des navires"}},
      {"town",
       "local_authority",
       "",
       "MA-01",
       {"العرائش", "Larache"},
       {{"fr", "Commune"}},
       {"الحدائق والأشجار داخل المدينة", "jardins et arbres de la ville"}},
  };
}

Router router() {
  return {shipped_lexicon(), shipped_parameters(), bodies()};
}

std::string first(const Router& router, std::string_view text) {
  return router.route({text, "", ""}).suggestions.at(0).administration;
}

TEST(Router, competences_alone_send_a_text_in_either_language) {
  const auto plain = router();
  EXPECT_EQ(first(plain, "نريد غرس أشجار في الغابة"), "forests");
  EXPECT_EQ(first(plain, "les navires attendent au port"), "ports");
}

TEST(Router, a_local_body_is_meant_where_its_place_is_named) {
  const auto plain = router();
  EXPECT_EQ(first(plain, "الأشجار داخل مدينة العرائش"), "town");
  EXPECT_NE(first(plain, "غرس الأشجار"), "town");
}

TEST(Router, confidences_make_one_and_little_to_go_by_is_doubtful) {
  const auto routing = router().route({"شيء ما", "", ""});
  double sum = 0;
  for (const Suggestion& suggestion : routing.suggestions)
    sum += suggestion.confidence;
  EXPECT_NEAR(sum, 1, 1e-9);
  EXPECT_EQ(routing.suggestions.size(), 3u);
  EXPECT_EQ(routing.version, shipped_parameters().version);
  EXPECT_TRUE(router().route({"", "", ""}).doubtful);
}

TEST(Router, a_confirmed_decision_teaches_at_once_and_forgetting_it_undoes_that) {
  auto learner = router();
  const std::string text = "قوارب الصيد التقليدي مهملة";
  const auto before = learner.route({text, "", ""});
  learner.learn(std::vector<Decision>{{"d1", "قوارب الصيد التقليدي", "", {"forests"}, {}}});
  EXPECT_EQ(first(learner, text), "forests");
  learner.forget("d1");
  EXPECT_EQ(learner.route({text, "", ""}).suggestions[0].score, before.suggestions[0].score);
}

TEST(Router, not_ours_teaches_too) {
  auto learner = router();
  const std::string text = "les arbres du port";
  const auto score_of = [&](const char* id) {
    for (const Suggestion& suggestion : learner.route({text, "", ""}).suggestions)
      if (suggestion.administration == id)
        return suggestion.score;
    return 0.0;
  };
  const double before = score_of("ports");
  learner.learn(std::vector<Decision>{{"d1", text, "", {}, {"ports"}}});
  EXPECT_LT(score_of("ports"), before);
}

TEST(Router, decisions_in_any_order_give_the_same_scores_to_the_last_bit) {
  std::vector<Decision> decisions;
  const char* texts[] = {"شجرة سقطت",    "سفينة غرقت", "حديقة بلا ماء",
                         "forêt brûlée", "quai fermé", "رصيف الميناء"};
  const char* owners[] = {"forests", "ports", "town", "forests", "ports", "ports"};
  for (std::size_t i = 0; i < 6; ++i)
    decisions.push_back({std::to_string(i), texts[i], i % 2 == 0 ? "ورشة البيئة" : "", {owners[i]}, {}});
  auto reference = router();
  reference.learn(decisions);
  const Question question{"غرس شجرة قرب الرصيف", "ورشة البيئة", ""};
  const auto expected = reference.route(question);
  std::mt19937 random(4);
  for (int round = 0; round < 10; ++round) {
    std::shuffle(decisions.begin(), decisions.end(), random);
    auto learner = router();
    learner.learn(std::span(decisions).first(2));
    learner.learn(std::span(decisions).subspan(2));
    const auto routing = learner.route(question);
    for (std::size_t i = 0; i < expected.suggestions.size(); ++i) {
      EXPECT_EQ(routing.suggestions[i].administration, expected.suggestions[i].administration);
      EXPECT_EQ(routing.suggestions[i].score, expected.suggestions[i].score);
    }
  }
}

TEST(Router, reasons_are_words_of_the_text_competences_and_precedents) {
  auto learner = router();
  learner.learn(std::vector<Decision>{{"d7", "حماية غابات الأرز", "", {"forests"}, {}}});
  const std::string text = "يجب حماية الغابات";
  const auto routing = learner.route({text, "", ""});
  ASSERT_EQ(routing.suggestions[0].administration, "forests");
  std::set<std::string> words, competences, precedents;
  for (const Reason& reason : routing.suggestions[0].reasons) {
    EXPECT_GT(reason.strength, 0);
    if (reason.words)
      words.insert(text.substr(reason.words->begin, reason.words->end - reason.words->begin));
    else if (!reason.competence.empty())
      competences.insert(reason.competence);
    else
      precedents.insert(reason.precedent);
  }
  EXPECT_TRUE(words.contains("الغابات"));
  EXPECT_TRUE(competences.contains("غرس الأشجار وحماية الغابات"));
  EXPECT_TRUE(precedents.contains("d7"));
}

TEST(Router, a_decision_for_an_unknown_body_is_refused_whole) {
  auto learner = router();
  const auto before = learner.route({"شجرة", "", ""}).suggestions[0].score;
  EXPECT_THROW(
      learner.learn(std::vector<Decision>{{"a", "شجرة", "", {"town"}, {}}, {"b", "سفينة", "", {"navy"}, {}}}),
      std::invalid_argument);
  EXPECT_EQ(learner.route({"شجرة", "", ""}).suggestions[0].score, before);
}

TEST(Register, every_administration_has_competences_in_two_languages_and_a_known_parent) {
  std::set<std::string> ids;
  for (const Administration& body : shipped_administrations())
    ids.insert(body.id);
  EXPECT_EQ(ids.size(), shipped_administrations().size());
  for (const Administration& body : shipped_administrations()) {
    EXPECT_GE(body.competences.size(), 4u) << body.id;
    EXPECT_TRUE(body.parent.empty() || ids.contains(body.parent)) << body.id;
    EXPECT_EQ(body.names.size(), 3u) << body.id;
  }
}

TEST(Parameters, a_field_that_nothing_reads_or_that_is_missing_is_an_error) {
  EXPECT_THROW((void)Parameters::parse("{}"), std::runtime_error);
  EXPECT_THROW((void)Parameters::parse("not json"), std::runtime_error);
  EXPECT_THROW((void)Lexicon::parse(R"({"version": "1"})"), std::runtime_error);
}

} // namespace
} // namespace warsha::aggregation
