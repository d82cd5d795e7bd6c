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
       {{"ar", {"غرس الأشجار وحماية الغابات"}}, {"fr", {"plantation d'arbres et protection des forêts"}}}},
      {"ports",
       "agency",
       "",
       "",
       {},
       {{"fr", "Agence des ports"}},
       {{"ar", {"تدبير الموانئ والسفن"}}, {"fr", {"gestion des ports et des navires"}}}},
      {"town",
       "local_authority",
       "",
       "MA-01",
       {"العرائش", "Larache"},
       {{"fr", "Commune"}},
       {{"ar", {"الحدائق والأشجار داخل المدينة"}}, {"fr", {"jardins et arbres de la ville"}}}},
  };
}

Router router() {
  return {shipped_lexicon(), shipped_parameters(), bodies()};
}

std::string first(const Router& router, std::string_view text) {
  return router.route({text, "", "", ""}).suggestions.at(0).administration;
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

TEST(Router, of_local_bodies_of_a_kind_the_words_tell_the_kind_and_the_place_tells_which) {
  auto known = bodies();
  Administration other = known[2];
  other.id = "other-town";
  other.territory = "MA-02";
  other.places = {"وجدة"};
  known.push_back(other);
  Router learner(shipped_lexicon(), shipped_parameters(), known);
  const std::string_view matter = "حدائق المدينة";
  EXPECT_EQ(learner.route({matter, "", "MA-01", "العرائش"}).suggestions[0].administration, "town");
  EXPECT_EQ(learner.route({matter, "", "MA-02", "وجدة"}).suggestions[0].administration, "other-town");
  // What one of them was sent teaches of the other.
  const std::string_view unknown = "قوارب الصيد التقليدي";
  EXPECT_NE(learner.route({unknown, "", "MA-02", "وجدة"}).suggestions[0].administration, "other-town");
  learner.learn(std::vector<Decision>{{"d1", std::string(unknown), "", {"town"}, {}}});
  EXPECT_EQ(learner.route({unknown, "", "MA-02", "وجدة"}).suggestions[0].administration, "other-town");
}

TEST(Router, one_towns_saying_that_it_is_anothers_is_nothing_against_towns) {
  auto known = bodies();
  Administration other = known[2];
  other.id = "other-town";
  other.places = {"طنجة"};
  known.push_back(other);
  const auto score_after = [&](std::vector<std::string> not_ours) {
    Router learner(shipped_lexicon(), shipped_parameters(), known);
    learner.learn(std::vector<Decision>{{"d1", "حدائق", "", {"town"}, std::move(not_ours)}});
    return learner.route({"حدائق", "", "MA-01", "العرائش"}).suggestions[0].score;
  };
  EXPECT_EQ(score_after({"other-town"}), score_after({}));
}

TEST(Router, confidences_make_one_and_little_to_go_by_is_doubtful) {
  const auto routing = router().route({"شيء ما", "", "", ""});
  double sum = 0;
  for (const Suggestion& suggestion : routing.suggestions)
    sum += suggestion.confidence;
  EXPECT_NEAR(sum, 1, 1e-9);
  EXPECT_EQ(routing.suggestions.size(), 3u);
  EXPECT_EQ(routing.version, shipped_parameters().version);
  EXPECT_TRUE(router().route({"", "", "", ""}).doubtful);
}

TEST(Router, a_confirmed_decision_teaches_at_once_and_forgetting_it_undoes_that) {
  auto learner = router();
  const std::string text = "قوارب الصيد التقليدي مهملة";
  const auto before = learner.route({text, "", "", ""});
  learner.learn(std::vector<Decision>{{"d1", "قوارب الصيد التقليدي", "", {"forests"}, {}}});
  EXPECT_EQ(first(learner, text), "forests");
  learner.forget("d1");
  EXPECT_EQ(learner.route({text, "", "", ""}).suggestions[0].score, before.suggestions[0].score);
}

TEST(Router, not_ours_teaches_too) {
  auto learner = router();
  const std::string text = "les arbres du port";
  const auto score_of = [&](const char* id) {
    for (const Suggestion& suggestion : learner.route({text, "", "", ""}).suggestions)
      if (suggestion.administration == id)
        return suggestion.score;
    return 0.0;
  };
  const double before = score_of("ports");
  learner.learn(std::vector<Decision>{{"d1", text, "", {}, {"ports"}}});
  EXPECT_LT(score_of("ports"), before);
}

double lead(const Router& router, const Question& question, std::string_view over) {
  const auto routing = router.route(question);
  double of_first = 0, of_other = 0;
  for (const Suggestion& suggestion : routing.suggestions) {
    if (suggestion.administration == "ports")
      of_first = suggestion.score;
    else if (suggestion.administration == over)
      of_other = suggestion.score;
  }
  return of_first - of_other;
}

TEST(Router, the_more_decisions_there_are_the_more_they_count_against_the_competences) {
  // What was decided goes against the words: trees on a quay belong to the ports.
  const std::vector<Decision> decisions = {{"d1", "أشجار الرصيف", "", {"ports"}, {}},
                                           {"d2", "غرس أشجار قرب الميناء", "", {"ports"}, {}}};
  const auto lead_when_half_way_is = [&](double half_way) {
    Parameters parameters = shipped_parameters();
    parameters.routing.many.half_way = half_way;
    Router learner(shipped_lexicon(), parameters, bodies());
    learner.learn(decisions);
    return lead(learner, {"أشجار الرصيف", "", "", ""}, "forests");
  };
  EXPECT_GT(lead_when_half_way_is(1), lead_when_half_way_is(1000));
  EXPECT_GT(lead_when_half_way_is(1000), lead_when_half_way_is(1e9));
}

TEST(Router, what_was_confirmed_under_a_title_tells_more_than_its_words) {
  const auto lead_after = [](int confirmed) {
    auto learner = router();
    std::vector<Decision> decisions;
    for (int i = 0; i < confirmed; ++i)
      decisions.push_back({std::to_string(i), "سؤال رقم", "حماية الغابات", {"ports"}, {}});
    learner.learn(decisions);
    return lead(learner, {"", "حماية الغابات", "", ""}, "forests") -
           lead(learner, {"", "", "", ""}, "forests");
  };
  EXPECT_LT(lead_after(0), 0);
  EXPECT_GT(lead_after(4), lead_after(0));
  EXPECT_GT(lead_after(40), lead_after(4));
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
  const Question question{"غرس شجرة قرب الرصيف", "ورشة البيئة", "", ""};
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
  const auto routing = learner.route({text, "", "", ""});
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
  const auto before = learner.route({"شجرة", "", "", ""}).suggestions[0].score;
  EXPECT_THROW(
      learner.learn(std::vector<Decision>{{"a", "شجرة", "", {"town"}, {}}, {"b", "سفينة", "", {"navy"}, {}}}),
      std::invalid_argument);
  EXPECT_EQ(learner.route({"شجرة", "", "", ""}).suggestions[0].score, before);
}

TEST(Register, every_administration_has_competences_in_two_languages_and_a_known_parent) {
  std::set<std::string> ids;
  for (const Administration& body : shipped_register().administrations)
    ids.insert(body.id);
  EXPECT_EQ(ids.size(), shipped_register().administrations.size());
  for (const Administration& body : shipped_register().administrations) {
    for (const char* language : {"ar", "fr"}) {
      ASSERT_TRUE(body.competences.contains(language)) << body.id;
      EXPECT_GE(body.competences.at(language).size(), 4u) << body.id;
    }
    EXPECT_TRUE(body.parent.empty() || ids.contains(body.parent)) << body.id;
    EXPECT_EQ(body.names.size(), 3u) << body.id;
  }
}

struct LocalCase {
  const char* territory;
  const char* place;
  const char* text;
  const char* expected;
};

std::string first_in(const LocalCase& one) {
  static const Router plain(shipped_lexicon(), shipped_parameters(), shipped_register().administrations);
  return plain.route({one.text, "", one.territory, one.place}).suggestions.at(0).administration;
}

TEST(Register, a_local_matter_goes_to_the_council_of_the_region_where_it_was_said) {
  const LocalCase cases[] = {
      {"MA-03", "فاس", "إحداث مراكز للتكوين المهني تلائم سوق الشغل بالجهة", "region-fm"},
      {"MA-10", "كلميم", "إحداث مراكز للتكوين المهني تلائم سوق الشغل بالجهة", "region-gon"},
      {"MA-08", "Errachidia", "désenclaver les douars par des pistes rurales", "region-dt"},
      {"MA-05", "Azilal", "le tourisme de montagne dans la région manque de promotion", "region-bmk"},
      {"MA-09", "أكادير", "النقل بين القرى ومدن الجهة غير منتظم", "region-sm"},
      {"MA-12", "Dakhla", "publier le programme de développement régional et l'état de ses projets",
       "region-dod"},
  };
  for (const auto& one : cases)
    EXPECT_EQ(first_in(one), one.expected) << one.text;
}

TEST(Register, a_matter_of_a_town_goes_to_the_commune_where_it_was_said) {
  const LocalCase cases[] = {
      {"MA-01", "طنجة", "الإنارة العمومية منعدمة في أحياء المدينة", "commune-tanger"},
      {"MA-01", "Tétouan", "الإنارة العمومية منعدمة في أحياء المدينة", "commune-tetouan"},
      {"MA-03", "Fès", "les trottoirs des quartiers sont cassés", "commune-fes"},
      {"MA-02", "Oujda", "les ordures ne sont pas ramassées dans nos quartiers", "commune-oujda"},
  };
  for (const auto& one : cases)
    EXPECT_EQ(first_in(one), one.expected) << one.text;
}

TEST(Register, a_national_matter_is_no_local_bodys_wherever_it_is_said) {
  const LocalCase cases[] = {
      {"MA-03", "فاس", "تعديل قانون الحق في الحصول على المعلومات", "mtnra"},
      {"MA-09", "Agadir", "protéger les lanceurs d'alerte contre la corruption", "inpplc"},
      {"MA-01", "طنجة", "ملفي في المحكمة منذ أربع سنوات بلا حكم", "justice"},
      {"MA-07", "Marrakech", "publier le budget de l'État dans un format ouvert", "mef"},
      {"MA-02", "وجدة", "شراكة الدولة مع الجمعيات وتمويلها العمومي", "mcrp"},
  };
  for (const auto& one : cases)
    EXPECT_EQ(first_in(one), one.expected) << one.text;
}

TEST(Register, another_regions_body_is_not_even_among_the_first_three) {
  const auto& known = shipped_register();
  const Router plain(shipped_lexicon(), shipped_parameters(), known.administrations);
  for (const char* text :
       {"الإنارة العمومية منعدمة في أحياء المدينة", "النقل بين القرى ومدن الجهة غير منتظم"}) {
    const auto suggestions = plain.route({text, "", "MA-09", "أكادير"}).suggestions;
    for (std::size_t i = 0; i < 3; ++i) {
      const auto& territory = known.find(suggestions[i].administration)->territory;
      EXPECT_TRUE(territory.empty() || territory == "MA-09") << suggestions[i].administration;
    }
  }
}

TEST(Register, the_capitals_name_said_elsewhere_does_not_make_it_its_regions_matter) {
  const LocalCase one{"MA-08", "الرشيدية", "النقل بين القرى ومدن الجهة غير منتظم والملف في الرباط",
                      "region-dt"};
  EXPECT_EQ(first_in(one), one.expected);
}

TEST(Register, a_region_is_found_by_its_name_in_any_language_and_spelling) {
  const auto& known = shipped_register();
  EXPECT_EQ(known.territories.size(), 12u);
  for (const char* name : {"سوس - ماسة", "جهة سوس ماسة", "Souss-Massa", "région Souss-Massa"})
    EXPECT_EQ(known.territory_called(name), "MA-09") << name;
  for (const char* name : {"جهة الشرق", "L'Oriental", "Région de l'Oriental", "oriental"})
    EXPECT_EQ(known.territory_called(name), "MA-02") << name;
  EXPECT_EQ(known.territory_called("Tanger-Tétouan-Al Hoceima"), "MA-01");
  for (const char* name : {"", "Île-de-France", "جهة"})
    EXPECT_EQ(known.territory_called(name), "") << name;
}

TEST(Register, every_region_has_its_council_and_a_commune) {
  const auto& known = shipped_register();
  for (const auto& territory : known.territories)
    for (const char* kind : {"regional_council", "communal_council"})
      EXPECT_TRUE(std::ranges::any_of(
          known.administrations,
          [&](const auto& body) { return body.kind == kind && body.territory == territory.code; }))
          << territory.code << " " << kind;
}

TEST(Register, everyday_words_reach_their_administration_among_the_first_three) {
  const Router plain(shipped_lexicon(), shipped_parameters(), shipped_register().administrations);
  const std::pair<const char*, const char*> cases[] = {
      {"health", "لا توجد سيارة إسعاف في قريتنا"},
      {"health", "ma lqinach dwa f sbitar"},
      {"education", "il manque une cantine et un internat au collège"},
      {"justice", "ملفي في المحكمة منذ أربع سنوات بلا حكم"},
      {"dgapr", "que les anciens détenus trouvent une formation"},
      {"msisf", "مسن بلا معيل يحتاج إلى رعاية"},
      {"mjcc-youth", "دار الشباب مغلقة طوال السنة"},
      {"hcp", "publier les résultats du recensement par douar"},
      {"parliament", "suivre les débats des députés en direct"},
      {"interior", "رفض القائد تسلم ملف جمعيتنا"},
      {"dgct", "الحفرة أمام بيتي منذ شهور"},
      {"mtedd", "trier les déchets et recycler le plastique"},
      {"onee", "انقطاع الكهرباء كل مساء"},
      {"inpplc", "protéger celui qui signale un pot-de-vin"},
      {"adii", "السلع المهربة تغرق السوق"},
  };
  for (const auto& [owner, text] : cases) {
    const auto suggestions = plain.route({text, "", "", ""}).suggestions;
    const bool found = std::any_of(suggestions.begin(), suggestions.begin() + 3,
                                   [&](const auto& one) { return one.administration == owner; });
    EXPECT_TRUE(found) << owner << ": " << text << " went to " << suggestions[0].administration;
  }
}

TEST(Parameters, a_field_that_nothing_reads_or_that_is_missing_is_an_error) {
  EXPECT_THROW((void)Parameters::parse("{}"), std::runtime_error);
  EXPECT_THROW((void)Parameters::parse("not json"), std::runtime_error);
  EXPECT_THROW((void)Lexicon::parse(R"({"version": "1"})"), std::runtime_error);
}

} // namespace
} // namespace warsha::aggregation
