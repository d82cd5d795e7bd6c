#include "server/aggregation/defaults.hpp"
#include "server/publication/feed.hpp"
#include "server/publication/open_data.hpp"
#include "server/publication/pages.hpp"
#include "server/publication/selection.hpp"
#include "tests/unit/publication/support.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace warsha::publication {
namespace {

using nlohmann::json;
using test::kMonday;
using test::words;
using ::testing::HasSubstr;
using ::testing::Not;

Visit visit(std::string_view language, const std::string& path,
            std::map<std::string, std::string> query = {}) {
  return {Texts::of(language), path, std::move(query), "https://warsha.example"};
}

json answered(const std::string& id, const std::string& title) {
  auto proposal = test::proposal(id, title);
  proposal["state"] = "answered";
  proposal["lead"] = "mtnra";
  proposal["due_at"] = kMonday + 1000;
  proposal["hops"] = {{{"at", kMonday}, {"to", "mtnra"}}};
  proposal["answer"] = {{"kind", "taken"},
                        {"words", words("سننشر المحاضر", "Nous publierons")},
                        {"administration", "mtnra"},
                        {"at", kMonday + 500},
                        {"link", "https://example.org/"}};
  return proposal;
}

TEST(PublicPages, say_what_people_wrote_and_run_nothing_of_it) {
  auto proposal = answered("p", "<script>alert(1)</script> & \"co\"");
  proposal["answer"]["link"] = "javascript:alert(1)";
  const Records records{test::record({test::contribution("c", "<img src=x onerror=y>")}, {proposal})};
  for (const auto& page : {proposals_page(visit("fr", "/proposals"), records),
                           *proposal_page(visit("fr", "/proposals/p"), records, "p"),
                           *contribution_page(visit("fr", "/contributions/c"), records, "c"),
                           feed(visit("fr", "/proposals.atom"), records)}) {
    EXPECT_THAT(page, Not(HasSubstr("<script>")));
    EXPECT_THAT(page, Not(HasSubstr("<img src=x")));
    EXPECT_THAT(page, Not(HasSubstr("href=\"javascript:")));
  }
  EXPECT_THAT(*proposal_page(visit("fr", "/proposals/p"), records, "p"), HasSubstr("&lt;script&gt;"));
}

TEST(PublicPages, are_in_the_readers_language_and_direction) {
  const Records records{test::record(json::array(), {answered("p", "نشر المحاضر")})};
  const auto arabic = *proposal_page(visit("ar", "/proposals/p"), records, "p");
  EXPECT_THAT(arabic, HasSubstr(R"(lang="ar" dir="rtl")"));
  EXPECT_THAT(arabic, HasSubstr("سننشر المحاضر"));
  const auto french = *proposal_page(visit("fr", "/proposals/p"), records, "p");
  EXPECT_THAT(french, HasSubstr(R"(lang="fr" dir="ltr")"));
  EXPECT_THAT(french, HasSubstr("Nous publierons"));
  EXPECT_THAT(french, HasSubstr("1 décembre 2025"));
  EXPECT_THAT(french, HasSubstr(R"(hreflang="en")"));
}

TEST(PublicPages, name_what_each_choice_narrows) {
  const Records records{test::record(json::array(), {answered("p", "t")})};
  EXPECT_THAT(proposals_page(visit("ar", "/proposals"), records), HasSubstr("<label>الحالة<select"));
  EXPECT_THAT(proposals_page(visit("fr", "/proposals"), records), HasSubstr("<label>Statut<select"));
}

TEST(PublicPages, tell_of_an_administration_and_speak_for_none) {
  auto proposal = answered("p", "t");
  proposal["answer"]["kind"] = "not_ours";
  const Records records{test::record(json::array(), {proposal})};
  EXPECT_THAT(*proposal_page(visit("ar", "/proposals/p"), records, "p"),
              HasSubstr(R"(<p class="kind">ليس من اختصاص هذه الإدارة</p>)"));
  EXPECT_THAT(*proposal_page(visit("fr", "/proposals/p"), records, "p"),
              HasSubstr(R"(<p class="kind">Ne relève pas de cette administration</p>)"));
}

TEST(PublicPages, say_the_last_day_of_the_time_to_answer) {
  auto proposal = test::proposal("p", "t");
  proposal["state"] = "routed";
  proposal["lead"] = "mtnra";
  proposal["due_at"] = kMonday + 86'399'999; // the end of the first of December
  const Records records{test::record(json::array(), {proposal})};
  EXPECT_THAT(*proposal_page(visit("fr", "/proposals/p"), records, "p"),
              HasSubstr("réponse au plus tard le 1 décembre 2025"));
}

TEST(PublicPages, keep_the_readers_language_on_the_way_to_a_receipt) {
  const auto page = missing_page(visit("fr", "/nowhere"));
  EXPECT_THAT(page, HasSubstr(R"(href="/receipt?language=fr")"));
  EXPECT_THAT(page, Not(HasSubstr(R"(href="/receipt")")));
}

TEST(PublicPages, say_with_how_many_ratings_something_was_decided) {
  auto refused = test::contribution("r", "x", "refused");
  refused["refused"] = {{"reason", "unclear"}, {"words", words("سبب", "raison")}, {"at", kMonday}};
  refused["ratings"] = 1;
  auto unrated = refused;
  unrated["id"] = "u";
  unrated["ratings"] = 0;
  const Records records{test::record({refused, unrated, test::contribution("w", "y")}, json::array())};
  const auto page = [&](const char* id) {
    return *contribution_page(visit("en", "/contributions/x"), records, id);
  };
  EXPECT_THAT(page("r"), HasSubstr("decided with 1 rating"));
  EXPECT_THAT(page("u"), HasSubstr("decided without a rating"));
  EXPECT_THAT(page("w"), Not(HasSubstr("decided with")));
}

TEST(PublicPages, take_a_receipt_in_a_forms_body_and_keep_what_was_typed_in_vain) {
  for (const auto language : kLanguages) {
    const auto page = receipt_page(visit(language, "/receipts"), "K7QM \"<b>");
    EXPECT_THAT(page, HasSubstr(R"(<form class="card filter" method="post" action="/receipts">)"));
    EXPECT_THAT(page, HasSubstr("value=\"K7QM &quot;&lt;b&gt;\""));
    EXPECT_THAT(page, HasSubstr("role=\"alert\""));
    EXPECT_THAT(page, HasSubstr("<meta name=\"robots\" content=\"noindex\">"));
    for (const auto* gap : {">receipts.", "[[", "{{"})
      EXPECT_THAT(page, Not(HasSubstr(gap))) << language;
  }
  EXPECT_THAT(receipt_page(visit("fr", "/receipts")), Not(HasSubstr("role=\"alert\"")));
}

TEST(PublicPages, have_no_sentence_missing) {
  auto hidden = test::contribution("h", "x", "hidden");
  hidden.erase("text");
  hidden["ground"] = "other";
  auto refused = test::contribution("r", "x", "refused");
  refused["refused"] = {{"reason", "unclear"}, {"words", words("سبب", "raison")}, {"at", kMonday}};
  auto merged = test::contribution("m", "x", "merged");
  merged["merged_into"] = "r";
  auto in = test::contribution("i", "x", "proposed");
  in["proposal"] = "p";
  auto late = test::proposal("l", "late");
  late["late_days"] = 3;
  late["due_at"] = kMonday;
  late["lead"] = "justice";
  late["state"] = "routed";
  const Records records{test::record({hidden, refused, merged, in}, {answered("p", "t"), late})};
  for (const auto language : kLanguages) {
    std::vector<std::string> pages{
        proposals_page(visit(language, "/proposals"), records),
        consultations_page(visit(language, "/consultations"), records),
        administrations_page(visit(language, "/administrations"), records),
        missing_page(visit(language, "/nowhere")),
        *proposal_page(visit(language, "/proposals/p"), records, "p"),
        *proposal_page(visit(language, "/proposals/l"), records, "l"),
        *consultation_page(visit(language, "/consultations/1"), records, records[0]->consultation.text())};
    for (const auto* id : {"h", "r", "m", "i"})
      pages.push_back(*contribution_page(visit(language, "/contributions/x"), records, id));
    for (const auto& page : pages)
      for (const auto* key :
           {">public.", ">state.", ">standing.", ">way.", ">filter", ">kind.", ">balance.", ">refusal.",
            ">answer.", ">ground.", ">figures.", ">scores.", "[[", "{{", "{count}"})
        EXPECT_THAT(page, Not(HasSubstr(key))) << language;
  }
}

TEST(PublicPages, show_a_hidden_contributions_ground_and_never_its_words) {
  auto hidden = test::contribution("h", "x", "hidden");
  hidden.erase("text");
  hidden["ground"] = "personal_data";
  hidden["reason"] = "رقم هاتف";
  const Records records{test::record({hidden}, json::array())};
  const auto page = *contribution_page(visit("fr", "/contributions/h"), records, "h");
  EXPECT_THAT(page, HasSubstr("Données personnelles"));
  EXPECT_THAT(page, HasSubstr("رقم هاتف"));
}

TEST(PublicPages, tell_the_fate_and_its_reason_of_what_stands_under_another) {
  auto refused = test::contribution("r", "x", "refused");
  refused["refused"] = {{"reason", "unclear"}, {"words", words("سبب", "La raison")}, {"at", kMonday}};
  auto in = test::contribution("i", "x", "proposed");
  in["proposal"] = "p";
  auto under_refused = test::contribution("a", "x", "merged");
  under_refused["merged_into"] = "r";
  auto under_proposed = test::contribution("b", "x", "merged");
  under_proposed["merged_into"] = "i";
  const Records records{
      test::record({refused, in, under_refused, under_proposed}, {answered("p", "نشر المحاضر")})};
  const auto page = [&](const char* id) {
    return *contribution_page(visit("fr", "/contributions/x"), records, id);
  };
  EXPECT_THAT(page("a"), HasSubstr("La raison"));
  EXPECT_THAT(page("b"), HasSubstr("Nous publierons"));
}

TEST(PublicPages, show_what_was_merged_and_how_many_stand_behind_it) {
  auto head = test::contribution("h", "نشر المحاضر", "proposed");
  head["proposal"] = "p";
  head["merged"] = json::array({"m"});
  head["behind"] = {{"contributions", 2}};
  auto merged = test::contribution("m", "إتاحة المحاضر", "merged");
  merged["merged_into"] = "h";
  auto proposal = answered("p", "t");
  proposal["contributions"] = json::array({"h"});
  proposal["behind"] = head["behind"];
  auto record = test::record({head, merged}, {proposal});
  record->document["balance"]["merged"] = 1;
  record->document["balance"]["merged_by_fate"]["answered"]["taken"] = 1;
  const Records records{record};
  for (const auto& page : {*proposal_page(visit("fr", "/proposals/p"), records, "p"),
                           *contribution_page(visit("fr", "/contributions/h"), records, "h")}) {
    EXPECT_THAT(page, HasSubstr("إتاحة المحاضر"));
    EXPECT_THAT(page, HasSubstr("/contributions/m?language=fr"));
    EXPECT_THAT(page, HasSubstr("2 contributions réunies"));
    const auto first = page.find("contributions réunies");
    EXPECT_EQ(page.find("contributions réunies", first + 1), std::string::npos)
        << "the one that was merged is one alone";
  }
  EXPECT_THAT(proposals_page(visit("fr", "/proposals"), records), HasSubstr("d’après 2 contributions"));
  const auto sheet =
      *consultation_page(visit("fr", "/consultations/1"), records, records[0]->consultation.text());
  EXPECT_THAT(sheet, HasSubstr("<li>Acceptées, à inscrire dans un engagement <b>1</b></li>"));
  EXPECT_THAT(contributions_csv(*records[0]), HasSubstr(R"(,"2")"));
}

TEST(PublicPages, have_a_balance_sheet_for_each_workshop_beside_the_consultations) {
  auto made = test::record({test::contribution("a", "x"), test::contribution("b", "y")}, json::array());
  made->document["workshops"][0]["balance"] = test::balance(2);
  made->document["workshops"].push_back({{"id", "v"},
                                         {"title", "ورشة أخرى"},
                                         {"closed", true},
                                         {"people", 3},
                                         {"contributions", 3},
                                         {"balance", test::balance(3)}});
  made->document["balance"] = test::balance(5);
  made->document["balance"]["waiting"] = 3;
  made->document["balance"]["answered"]["taken"] = 2;
  const Records records{made};
  const auto page = *consultation_page(visit("en", "/consultations/x"), records, made->consultation.text());
  for (const auto* sheet : {"<tfoot><tr><th scope=\"row\">Received in all</th><td>5</td>",
                            "<tfoot><tr><th scope=\"row\">Received in all</th><td>2</td>",
                            "<tfoot><tr><th scope=\"row\">Received in all</th><td>3</td>",
                            "The balance sheet<span class=\"visually-hidden\">: ورشة أخرى</span>"})
    EXPECT_THAT(page, HasSubstr(sheet));
  EXPECT_THAT(page, HasSubstr("<td class=\"hint\">60%</td>"));
  EXPECT_THAT(page, HasSubstr(R"(<rect class="waits" x="0" y="0" width="600" height="20"/>)"));
  EXPECT_THAT(page, HasSubstr(R"(<rect class="taken" x="600" y="0" width="400" height="20"/>)"));
}

TEST(PublicPages, count_what_was_taken_before_what_was_not) {
  const auto record = test::record(json::array(), json::array());
  record->document["balance"]["answered"] = {{"already_done", 1}, {"not_feasible", 1}, {"taken", 1}};
  const Records records{record};
  const auto page =
      *consultation_page(visit("fr", "/consultations/1"), records, records[0]->consultation.text());
  const auto taken = page.find("Acceptées, à inscrire");
  const auto done = page.find("Déjà réalisées");
  const auto not_feasible = page.find("Non réalisables");
  ASSERT_NE(not_feasible, std::string::npos);
  EXPECT_LT(taken, done);
  EXPECT_LT(done, not_feasible);
}

TEST(PublicPages, tell_which_proposals_one_answer_stands_for_and_who_accepted_a_transfer) {
  auto first = answered("p", "نشر المحاضر");
  auto second = answered("q", "بث الدورات");
  first["answer"]["with"] = json::array({"q"});
  first["hops"].push_back({{"at", kMonday}, {"from", "mtnra"}, {"to", "justice"}, {"accepted_at", kMonday}});
  const Records records{test::record(json::array(), {first, second})};
  const auto page = *proposal_page(visit("fr", "/proposals/p"), records, "p");
  EXPECT_THAT(page, HasSubstr("vaut aussi pour"));
  EXPECT_THAT(page, HasSubstr("/proposals/q?language=fr"));
  EXPECT_THAT(page, HasSubstr("Acceptée le 1 décembre 2025"));
  EXPECT_THAT(*proposal_page(visit("fr", "/proposals/q"), records, "q"), Not(HasSubstr("vaut aussi pour")));
}

TEST(PublicPages, name_the_administrations_that_contribute_wherever_a_proposal_is_shown) {
  auto proposal = answered("p", "نشر المحاضر");
  proposal["contributing"] = json::array({"justice"});
  proposal["contributions"] = json::array({"c"});
  proposal["hops"].push_back({{"at", kMonday}, {"from", "mtnra"}, {"to", "mtnra"}});
  auto in = test::contribution("c", "x", "proposed");
  in["proposal"] = "p";
  const Records records{test::record({in}, {proposal})};
  for (const auto& page : {proposals_page(visit("fr", "/proposals"), records),
                           *proposal_page(visit("fr", "/proposals/p"), records, "p"),
                           *contribution_page(visit("fr", "/contributions/c"), records, "c")})
    EXPECT_THAT(
        page,
        HasSubstr(
            R"(<a href="/administrations/justice?language=fr"><bdi>Ministère de la Justice</bdi></a>)"));
  EXPECT_THAT(*proposal_page(visit("fr", "/proposals/p"), records, "p"),
              HasSubstr("administrations contributrices mises à jour"))
      << "a hop that leads nowhere else";
  EXPECT_THAT(administrations_page(visit("fr", "/administrations"), records),
              HasSubstr(R"(<td data-label="Contribue à">1</td>)"));
}

TEST(PublicPages, count_what_administrations_answered_in_time) {
  auto tardy = answered("q", "u");
  tardy["answer"]["at"] = kMonday + 2000;
  tardy["answer"]["kind"] = "later";
  const Records records{test::record(json::array(), {answered("p", "t"), tardy})};
  const auto page = administrations_page(visit("en", "/administrations"), records);
  for (const auto* figure :
       {R"("Received">2<)", R"("Answered"><span>2 <span class="hint">100%<)",
        R"("In time"><span>1 <span class="hint">50%<)",
        R"("Accepted, wholly or in part"><span>1 <span class="hint">50%<)", R"("Late now">0<)"})
    EXPECT_THAT(page, HasSubstr(figure));
}

TEST(PublicPages, tell_of_an_administration_what_it_is_for_and_what_it_was_sent) {
  const Records records{test::record(json::array(), {answered("p", "نشر المحاضر")})};
  const auto page = *administration_page(visit("fr", "/administrations/mtnra"), records, "mtnra");
  EXPECT_THAT(page, HasSubstr("Ministère de la Transition numérique"));
  EXPECT_THAT(page, HasSubstr(R"(<li lang="ar" dir="rtl">وزارة الانتقال الرقمي)"));
  EXPECT_THAT(page, HasSubstr("simplification des procédures"));
  EXPECT_THAT(page, HasSubstr(R"(href="/administrations/add?language=fr")")) << "a body that belongs to it";
  EXPECT_THAT(page, HasSubstr(R"(data-label="Reçues">1<)"));
  EXPECT_THAT(page, HasSubstr("نشر المحاضر"));
  EXPECT_THAT(page, HasSubstr("/proposals?language=fr&amp;administration=mtnra"));
  EXPECT_THAT(*administration_page(visit("ar", "/administrations/mtnra"), records, "mtnra"),
              HasSubstr("الحكومة المنفتحة"));
  const auto council = *administration_page(visit("en", "/administrations/region-fm"), records, "region-fm");
  EXPECT_THAT(council, HasSubstr("Fez-Meknes"));
  EXPECT_THAT(council, HasSubstr("No proposal has been sent to it yet."));
  EXPECT_EQ(administration_page(visit("en", "/administrations/nobody"), records, "nobody"), std::nullopt);
}

TEST(PublicPages, list_the_whole_register_by_territory_and_lead_to_it_from_proposals) {
  const Records records{test::record(json::array(), {answered("p", "نشر المحاضر")})};
  const auto page = administrations_page(visit("en", "/administrations"), records);
  for (const auto& body : aggregation::shipped_register().administrations)
    EXPECT_THAT(page, HasSubstr("/administrations/" + body.id + "?language=en"));
  for (const auto& body : aggregation::shipped_register().administrations)
    EXPECT_TRUE(Texts::of("ar").has("body." + body.kind)) << body.kind;
  for (const auto& shown : {*proposal_page(visit("en", "/proposals/p"), records, "p"),
                            proposals_page(visit("en", "/proposals"), records)})
    EXPECT_THAT(shown, HasSubstr(R"(<a href="/administrations/mtnra?language=en">)"));
}

TEST(OpenData, has_an_administration_with_its_competences_and_figures) {
  const Records records{test::record(json::array(), {answered("p", "u")})};
  const auto mtnra = *administration_json(records, "mtnra");
  EXPECT_EQ(mtnra["figures"]["received"], 1);
  EXPECT_FALSE(mtnra["competences"]["fr"].empty());
  EXPECT_EQ((*administration_json(records, "region-sm"))["territory"], "MA-09");
  EXPECT_EQ(administration_json(records, "nobody"), std::nullopt);
}

/// The titles in the order in which a page has them.
std::string order(const std::string& page, const std::vector<std::string>& titles) {
  std::map<std::size_t, std::string> places;
  for (const auto& title : titles)
    places[page.find(title)] = title;
  std::string out;
  for (const auto& [place, title] : places)
    out += title + " ";
  return out;
}

TEST(Scores, are_ranked_by_the_weights_that_a_reader_tries_and_by_no_others) {
  const auto scored = [](const std::string& id, double support, double clarity) {
    auto proposal = test::proposal(id, id);
    proposal["score"] = {{"value", (support * 30 + clarity * 10) / 40},
                         {"lowest", 0.0},
                         {"highest", 1.0},
                         {"criteria",
                          {{{"criterion", "support"}, {"weight", 30}, {"share", 0.75}, {"value", support}},
                           {{"criterion", "clarity"}, {"weight", 10}, {"share", 0.25}, {"value", clarity}}}}};
    return proposal;
  };
  auto made = test::record(json::array(), {scored("Wanted", 0.9, 0.1), scored("Clear", 0.2, 0.9)});
  made->document["grid"] = {{{"criterion", "support"}, {"weight", 30}},
                            {{"criterion", "clarity"}, {"weight", 10}}};
  const Records records{made};
  const auto id = made->consultation.text();
  const auto page = [&](std::map<std::string, std::string> query) {
    return *scores_page(visit("en", "/consultations/x/scores", std::move(query)), records, id);
  };
  EXPECT_EQ(order(page({}), {"Wanted", "Clear"}), "Wanted Clear ");
  EXPECT_THAT(page({}), HasSubstr("70")) << "(0.9 × 30 + 0.1 × 10) ÷ 40";
  const auto tried = page({{"weight_support", "0"}});
  EXPECT_EQ(order(tried, {"Wanted", "Clear"}), "Clear Wanted ");
  EXPECT_THAT(tried, HasSubstr("before: 2"));
  for (const auto* wrong : {"-1", "1e9", "101", "x"})
    EXPECT_EQ(order(page({{"weight_support", wrong}}), {"Wanted", "Clear"}), "Wanted Clear ");
}

TEST(Scores, say_which_proposals_change_place_when_one_weight_changes_and_half_of_an_odd_one_can_be_tried) {
  const auto scored = [](const std::string& id, double support, double clarity) {
    auto proposal = test::proposal(id, id);
    proposal["score"] = {{"value", (support * 25 + clarity * 18) / 43},
                         {"lowest", 0.0},
                         {"highest", 1.0},
                         {"criteria",
                          {{{"criterion", "support"}, {"weight", 25}, {"share", 0.58}, {"value", support}},
                           {{"criterion", "clarity"}, {"weight", 18}, {"share", 0.42}, {"value", clarity}}}}};
    return proposal;
  };
  auto made = test::record(json::array(),
                           {scored("Wanted", 0.9, 0.1), scored("Clear", 0.2, 0.9), scored("Last", 0.1, 0.1)});
  made->document["grid"] = {{{"criterion", "support"}, {"weight", 25}},
                            {{"criterion", "clarity"}, {"weight", 18}}};
  const Records records{made};
  const auto page = [&](std::map<std::string, std::string> query) {
    return *scores_page(visit("en", "/consultations/x/scores", std::move(query)), records,
                        made->consultation.text());
  };
  const auto published = page({});
  const auto sensitivity = published.substr(published.find("id=\"sensitivity\""));
  EXPECT_THAT(sensitivity, HasSubstr("half the weight (12.5)"));
  EXPECT_THAT(sensitivity, HasSubstr("2 proposals change rank"));
  EXPECT_THAT(sensitivity, HasSubstr(R"(Wanted</a> <span class="hint">from rank 1 to rank 2</span>)"));
  EXPECT_THAT(sensitivity, HasSubstr(R"(Clear</a> <span class="hint">from rank 2 to rank 1</span>)"));
  EXPECT_THAT(sensitivity, Not(HasSubstr("Last"))) << "it stays where it is";
  EXPECT_THAT(sensitivity, HasSubstr("?language=en&amp;weight_support=12.5"));
  const auto tried = page({{"weight_support", "12.5"}});
  EXPECT_EQ(order(tried, {"Wanted", "Clear"}), "Clear Wanted ");
  EXPECT_THAT(tried, HasSubstr(R"(name="weight_support" value="12.5")"));
  for (const auto* wrong : {"nan", "inf", "-0.5", "100.5", "12,5"})
    EXPECT_EQ(order(page({{"weight_support", wrong}}), {"Wanted", "Clear"}), "Wanted Clear ") << wrong;
}

TEST(PublicPages, tell_a_promise_with_its_activities_and_what_was_reported) {
  auto made = test::record(json::array(), json::array());
  const json commitment{
      {"id", "k"},
      {"lead", "mtnra"},
      {"title", words("نشر المحاضر", "Publier les procès-verbaux")},
      {"problem", words("مشكلة", "Problème")},
      {"description", words("وصف", "Description")},
      {"openness", words("انفتاح", "Ouverture")},
      {"indicator", words("مؤشر", "Indicateur")},
      {"status", "late"},
      {"confirmed_at", kMonday},
      {"proposals", {{{"id", "p"}, {"title", "مقترح"}}}},
      {"activities",
       {{{"number", 1},
         {"title", words("نشاط", "Une activité")},
         {"starts", "2025-12-01"},
         {"ends", "2026-03-31"},
         {"status", "late"},
         {"progress",
          {{{"status", "in_progress"}, {"words", words("بدأنا", "Commencé")}, {"at", kMonday}}}}}}}};
  made->document["commitments"].push_back(commitment);
  made->commitments.emplace("k", 0);
  const Records records{made};
  for (const auto language : kLanguages)
    for (const auto& page : {commitments_page(visit(language, "/commitments"), records),
                             *commitment_page(visit(language, "/commitments/k"), records, "k")})
      for (const auto* key : {">public.", ">status.", ">commitments.", "[[", "{{"})
        EXPECT_THAT(page, Not(HasSubstr(key))) << language;
  const auto french = *commitment_page(visit("fr", "/commitments/k"), records, "k");
  for (const auto* told :
       {"Publier les procès-verbaux", "En retard", "Commencé", "du 1 décembre 2025 au 31 mars 2026"})
    EXPECT_THAT(french, HasSubstr(told));
  EXPECT_EQ(commitments_json(records, {{"status", "late"}}, "")["total"], 1);
  EXPECT_EQ(commitments_json(records, {{"status", "completed"}}, "")["total"], 0);
}

json rated_criterion(const char* name, int weight, std::vector<double> values, const char* origin) {
  json ratings = json::array();
  double sum = 0;
  for (const double value : values) {
    ratings.push_back({{"value", value}, {"origin", origin}});
    sum += value;
  }
  json out{{"criterion", name}, {"weight", weight}, {"share", weight / 100.0}, {"disagreement", 0.0}};
  if (!values.empty()) {
    out["value"] = sum / static_cast<double>(values.size());
    out["disagreement"] = *std::ranges::max_element(values) - *std::ranges::min_element(values);
  }
  out["ratings"] = std::move(ratings);
  return out;
}

TEST(Scores, show_each_rating_as_it_was_given_and_what_was_counted) {
  auto proposal = test::proposal("p", "t");
  proposal["score"] = {
      {"value", (0.296 * 40 + 0.5 * 35) / 75},
      {"lowest", 0.2934},
      {"highest", 0.5434},
      {"grid_version", 1},
      {"z", 1.96},
      {"groups", {{{"workshop", "w"}, {"supports", 15}, {"supporters", 12}, {"asked", 27}}}},
      {"supporters", 12},
      {"asked", 27},
      {"criteria",
       {rated_criterion("support", 40, {0.296}, "support"),
        rated_criterion("need", 35, {0.25, 0.75}, "mtnra"), rated_criterion("cost", 25, {}, "")}}};
  auto made = test::record(json::array(), {proposal});
  made->document["grids"] =
      json::array({{{"version", 1}, {"at", kMonday}, {"criteria", test::criteria("support", 100)}}});
  const Records records{made};
  const auto page = *proposal_page(visit("en", "/proposals/p"), records, "p");
  for (const auto* told : {"39.1", "29.6", "15.8", "23.3", "2 · 4", "differ by 50 of 100", "unknown",
                           "Version 1 of the grid, published on 1 December 2025", "12", "27"})
    EXPECT_THAT(page, HasSubstr(told));
  const auto ranks = *scores_page(visit("en", "/x"), records, made->consultation.text());
  EXPECT_THAT(ranks, HasSubstr("Version 1 of the grid, published on 1 December 2025"));
  const Records unpublished{test::record(json::array(), {test::proposal("q", "t")})};
  EXPECT_THAT(*proposal_page(visit("en", "/proposals/q"), unpublished, "q"), HasSubstr("default grid"));
}

json a_list(const char* rule, const char* result) {
  json list{{"id", "l"},
            {"title", words("لائحة", "Première liste")},
            {"words", words("للمصادقة", "Pour approbation")},
            {"rule", rule},
            {"at", kMonday},
            {"until", "2025-12-15"},
            {"result", result},
            {"proposals",
             {{{"id", "p"},
               {"title", "نشر المحاضر"},
               {"lead", "mtnra"},
               {"answer", "taken"},
               {"objections", {{{"words", words("مكلف", "Trop coûteux")}, {"at", kMonday}}}}}}},
            {"count", {{"approve", 3}, {"reject", 1}, {"abstain", 0}}},
            {"ballots",
             {{{"ballot", "reject"}, {"words", words("غامض", "Pas clair")}, {"at", kMonday}},
              {{"ballot", "approve"}, {"at", kMonday}}}}};
  if (list.at("rule") == "vote") {
    list["quorum"] = 4;
    list["majority"] = "two_thirds";
  }
  return list;
}

TEST(PublicPages, tell_what_the_committee_was_asked_what_it_said_and_where_it_was_not_followed) {
  auto made = test::record(json::array(), {answered("p", "نشر المحاضر")});
  made->document["lists"] = {a_list("silence", "approved_in_part"), a_list("vote", "no_quorum")};
  made->document["overrulings"] = {
      {{"kind", "committee_not_followed"},
       {"proposal", {{"id", "p"}, {"title", "نشر المحاضر"}}},
       {"administration", "mtnra"},
       {"at", kMonday},
       {"words", words("أولوية", "Une priorité")},
       {"commitment", {{"id", "k"}, {"title", words("التزام", "Un engagement")}}}},
      {{"kind", "sent_back"},
       {"proposal", {{"id", "p"}, {"title", "نشر المحاضر"}}},
       {"administration", "justice"},
       {"at", kMonday},
       {"words", words("ليس لنا", "Pas de notre ressort")}},
      {{"kind", "not_approved"},
       {"proposal", {{"id", "p"}, {"title", "نشر المحاضر"}}},
       {"administration", "mtnra"},
       {"at", kMonday}}};
  made->document["proposals"][0]["committee"] = {{"standing", "objected"},
                                                 {"list", "l"},
                                                 {"title", words("لائحة", "Première liste")},
                                                 {"until", "2025-12-15"}};
  const Records records{made};
  const auto id = made->consultation.text();
  for (const auto language : kLanguages)
    for (const auto& page : {*committee_page(visit(language, "/x"), records, id),
                             *proposal_page(visit(language, "/proposals/p"), records, "p")})
      for (const auto* key :
           {">list", ">ballot.", ">overruled.", ">committee.", ">answer.", "[[", "{{", "{date}"})
        EXPECT_THAT(page, Not(HasSubstr(key))) << language;
  const auto french = *committee_page(visit("fr", "/x"), records, id);
  for (const auto* told : {"Trop coûteux", "Pas clair", "1 objection", "15 décembre 2025", "Quorum\u00a0: 4",
                           "majorité des deux tiers", "Quorum non atteint", "Une priorité", "Un engagement",
                           "Pas de notre ressort"})
    EXPECT_THAT(french, HasSubstr(told));
  const auto proposal = *proposal_page(visit("fr", "/proposals/p"), records, "p");
  for (const auto* told : {"Objection d’un membre du comité", "Une priorité", "#list-l"})
    EXPECT_THAT(proposal, HasSubstr(told));
  EXPECT_EQ(committee_page(visit("fr", "/x"), records, "nothing"), std::nullopt);
}

TEST(PublicPages, that_are_not_there_are_none) {
  const Records records{test::record(json::array(), json::array())};
  EXPECT_EQ(proposal_page(visit("ar", "/proposals/p"), records, "p"), std::nullopt);
  EXPECT_EQ(contribution_page(visit("ar", "/contributions/c"), records, "c"), std::nullopt);
  EXPECT_EQ(consultation_page(visit("ar", "/consultations/c"), records, "c"), std::nullopt);
}

TEST(Selecting, finds_words_whatever_the_spelling) {
  const Records records{
      test::record(json::array(), {test::proposal("a", "إنشاء مكتبة"), test::proposal("b", "École")})};
  Filter filter;
  filter.words = "انشاء مكتبه";
  ASSERT_EQ(select(records, filter).size(), 1U);
  EXPECT_EQ(select(records, filter)[0].proposal->at("id"), "a");
  filter.words = "ecole";
  EXPECT_EQ(select(records, filter)[0].proposal->at("id"), "b");
}

TEST(Selecting, puts_the_latest_first_or_the_highest_score) {
  auto old = test::proposal("old", "x", kMonday);
  old["score"]["value"] = 0.9;
  const Records records{test::record(json::array(), {old}),
                        test::record(json::array(), {test::proposal("new", "y", kMonday + 1)}, 2)};
  EXPECT_EQ(select(records, {})[0].proposal->at("id"), "new");
  Filter by_score;
  by_score.by_score = true;
  EXPECT_EQ(select(records, by_score)[0].proposal->at("id"), "old");
}

TEST(Selecting, by_region_consultation_and_answer_narrows) {
  const Records records{test::record(json::array(), {answered("p", "t"), test::proposal("o", "u")}, 1, "سوس"),
                        test::record(json::array(), {test::proposal("q", "t")}, 2, "طنجة")};
  EXPECT_EQ(select(records, Filter::of({{"region", "سوس"}})).size(), 2U);
  EXPECT_EQ(select(records, Filter::of({{"answer", "taken"}})).size(), 1U);
  EXPECT_EQ(select(records, Filter::of({{"consultation", records[1]->consultation.text()}})).size(), 1U);
  EXPECT_EQ(select(records, Filter::of({{"state", "no such"}})).size(), 0U);
}

TEST(Selecting, by_administration_finds_what_it_leads_and_what_it_contributes_to) {
  auto helped = answered("p", "t");
  helped["contributing"] = json::array({"justice"});
  auto led = test::proposal("q", "u");
  led["lead"] = "justice";
  const Records records{test::record(json::array(), {helped, led, test::proposal("r", "v")})};
  EXPECT_EQ(select(records, Filter::of({{"administration", "justice"}})).size(), 2U);
  EXPECT_EQ(select(records, Filter::of({{"administration", "mtnra"}})).size(), 1U);
  EXPECT_THAT(proposals_page(visit("fr", "/proposals"), records),
              HasSubstr(R"(<option value="justice">Ministère de la Justice</option>)"));
}

TEST(Selecting, by_theme_finds_the_proposals_that_something_said_under_it_went_into) {
  auto said = test::contribution("c", "x", "proposed");
  said["theme"] = "الشفافية";
  said["proposal"] = "p";
  auto proposal = test::proposal("p", "t");
  proposal["contributions"] = json::array({"c"});
  const Records records{test::record({said}, {proposal, test::proposal("q", "u")})};
  const auto filter = Filter::of({{"theme", "الشفافية"}});
  ASSERT_EQ(select(records, filter).size(), 1U);
  EXPECT_EQ(select(records, filter)[0].proposal->at("id"), "p");
  EXPECT_EQ(select(records, Filter::of({{"theme", "الشفاف"}})).size(), 0U);
  EXPECT_EQ(filter.query(), "theme=%D8%A7%D9%84%D8%B4%D9%81%D8%A7%D9%81%D9%8A%D8%A9");
  EXPECT_THAT(proposals_page(visit("ar", "/proposals", {{"theme", "الشفافية"}}), records),
              HasSubstr(R"(<option value="الشفافية" selected>)"));
}

TEST(Selecting, what_was_said_narrows_by_workshop_kind_theme_and_place_in_the_balance) {
  auto waiting = test::contribution("w", "first words");
  waiting["kind"] = "problem";
  waiting["theme"] = "الشفافية";
  auto in_review = test::contribution("r", "second words", "proposed");
  in_review["proposal"] = "q";
  auto done = test::contribution("a", "third words", "proposed");
  done["proposal"] = "p";
  const auto made = test::record({waiting, in_review, done}, {answered("p", "t"), test::proposal("q", "u")});
  const Records records{made};
  const auto page = [&](std::map<std::string, std::string> query) {
    return *consultation_page(visit("en", "/consultations/x", std::move(query)), records,
                              made->consultation.text());
  };
  const std::vector<std::tuple<const char*, const char*, const char*>> narrowing{
      {"kind", "problem", "first words"},
      {"theme", "الشفافية", "first words"},
      {"status", "waiting", "first words"},
      {"status", "in_review", "second words"},
      {"status", "answered", "third words"}};
  for (const auto& [name, value, found] : narrowing) {
    const auto narrowed = page({{name, value}});
    for (const std::string words : {"first words", "second words", "third words"})
      EXPECT_EQ(narrowed.find(words) != std::string::npos, words == found) << name << " " << value;
    EXPECT_THAT(narrowed, HasSubstr("<option value=\"" + std::string(value) + "\" selected>"));
  }
  for (const auto* all : {"first words", "second words", "third words"})
    EXPECT_THAT(page({{"workshop", "w"}}), HasSubstr(all));
  EXPECT_THAT(page({{"status", "no such"}}), HasSubstr("No contribution fits"));
}

TEST(Selecting, keeps_what_was_asked_in_a_link) {
  const auto filter = Filter::of({{"q", "ماء & ضوء"}, {"order", "score"}});
  EXPECT_EQ(filter.query(), "q=%D9%85%D8%A7%D8%A1%20%26%20%D8%B6%D9%88%D8%A1&order=score");
}

TEST(Paging, gives_the_nearest_page_there_is) {
  EXPECT_EQ(page_of("", 120, 50).number, 1U);
  EXPECT_EQ(page_of("3", 120, 50).first, 100U);
  EXPECT_EQ(page_of("3", 120, 50).end, 120U);
  EXPECT_EQ(page_of("99999999999999999999", 120, 50).number, 1U);
  EXPECT_EQ(page_of("7", 120, 50).number, 3U);
  EXPECT_EQ(page_of("0", 0, 50).pages, 1U);
}

/// With a proposal "p" that went into a commitment "k" of the seventh of December, and "r", set aside.
std::shared_ptr<Record> committed() {
  constexpr TimeMs kDay = 86'400'000;
  auto proposal = answered("p", "نشر المحاضر");
  proposal["commitment"] = {
      {"id", "k"}, {"title", words("التزام", "Un engagement")}, {"status", "in_progress"}};
  auto refused = test::contribution("r", "كلام مستبعد", "refused");
  refused["refused"] = {
      {"reason", "unclear"}, {"words", words("سبب", "La raison")}, {"at", kMonday + 2 * kDay}};
  auto made = test::record({refused}, {proposal});
  made->document["commitments"].push_back({{"id", "k"},
                                           {"lead", "mtnra"},
                                           {"title", words("التزام", "Un engagement")},
                                           {"description", words("وصف", "Ce qui sera fait")},
                                           {"status", "in_progress"},
                                           {"confirmed_at", kMonday + 6 * kDay},
                                           {"proposals", {{{"id", "p"}, {"title", "نشر المحاضر"}}}},
                                           {"activities", json::array()}});
  made->commitments.emplace("k", 0);
  return made;
}

TEST(OpenData, has_the_values_of_the_whole_catalogue_and_the_version_they_were_made_with) {
  auto proposal = test::proposal("p", "t");
  proposal["score"]["grid_version"] = 2;
  proposal["score"]["criteria"] = json::array({rated_criterion("need", 100, {0.25, 0.75}, "mtnra")});
  proposal["committee"] = {{"standing", "approved"}};
  proposal["contributing"] = json::array({"justice"});
  const Records records{test::record(json::array(), {proposal})};
  const auto lines = proposals_csv(records, {});
  EXPECT_THAT(lines,
              HasSubstr(R"("committee","grid_version","contributing","value_support","value_breadth")"));
  EXPECT_THAT(lines, HasSubstr(R"("approved","2","justice","","","","","","","0.5","","","","")"));
}

TEST(OpenData, has_commitments_and_the_administrations_figures_a_line_each) {
  auto made = committed();
  auto& commitment = made->document["commitments"][0];
  commitment["consultation"] = {{"title", "لقاء"}};
  for (const auto* part : {"problem", "openness", "indicator"})
    commitment[part] = words("نص", "Texte");
  commitment["activities"] = {{{"starts", "2026-02-01"}, {"ends", "2026-03-31"}, {"status", "completed"}},
                              {{"starts", "2026-01-01"}, {"ends", "2026-02-28"}, {"status", "in_progress"}}};
  const Records records{made};
  const auto commitments = commitments_csv(records, {});
  EXPECT_EQ(std::ranges::count(commitments, '\n'), 2);
  for (const auto* told :
       {R"("k","لقاء","mtnra",)", R"("Un engagement")", R"("2026-01-01","2026-03-31","2","1","1")"})
    EXPECT_THAT(commitments, HasSubstr(told));
  EXPECT_EQ(std::ranges::count(commitments_csv(records, {{"status", "completed"}}), '\n'), 1);
  const auto figures = administrations_csv(records);
  EXPECT_THAT(
      figures,
      HasSubstr(
          R"("Ministère de la Transition numérique et de la Réforme de l'administration","1","1","1","1","0","0")"));
}

TEST(OpenData, has_a_line_for_each_and_starts_no_formula) {
  const Records records{test::record({test::contribution("c", "=1+1"), test::contribution("d", "a, \"b\"")},
                                     {answered("p", "t")})};
  const auto lines = contributions_csv(*records[0]);
  EXPECT_EQ(std::ranges::count(lines, '\n'), 3);
  EXPECT_THAT(lines, HasSubstr("'=1+1"));
  EXPECT_THAT(lines, HasSubstr("\"a, \"\"b\"\"\""));
  const auto proposals = proposals_csv(records, {});
  EXPECT_THAT(proposals, HasSubstr("Nous publierons"));
  EXPECT_THAT(proposals, HasSubstr("2025-12-01T00:00:01Z")) << "when it is due, for people";
}

TEST(AtomFeed, updates_an_entry_when_its_answer_comes) {
  const Records records{test::record(json::array(), {answered("p", "t")})};
  const auto atom = feed(visit("fr", "/proposals.atom"), records);
  EXPECT_THAT(atom, HasSubstr("<id>urn:uuid:p</id>"));
  EXPECT_THAT(atom, HasSubstr("<published>2025-12-01T00:00:00Z</published>"));
  EXPECT_THAT(atom, HasSubstr("Nous publierons"));
  EXPECT_THAT(feed(visit("fr", "/proposals.atom", {{"proposal", "another"}}), records),
              Not(HasSubstr("<entry>")));
}

TEST(WhatWasSaid, and_was_hidden_once_it_was_decided_is_found_where_the_balance_counts_it) {
  auto refused = test::contribution("r", "x", "hidden");
  refused["refused"] = {{"reason", "unclear"}};
  auto proposed = test::contribution("o", "x", "hidden");
  proposed["proposal"] = "p";
  const auto record = test::record(json::array({refused, proposed}), {answered("p", "t")});
  const auto is_at = [&](const json& contribution, const char* place) {
    return SaidFilter{{}, {}, {}, place}.fits(*record, contribution);
  };
  EXPECT_TRUE(is_at(refused, "refused"));
  EXPECT_TRUE(is_at(proposed, "answered"));
  EXPECT_TRUE(is_at(test::contribution("h", "x", "hidden"), "hidden"));
  for (const auto& one : {refused, proposed})
    EXPECT_FALSE(is_at(one, "hidden"));
}

TEST(AtomFeed, of_one_proposal_ends_with_where_it_went) {
  const auto record = test::record(json::array(), json::array());
  record->document["ended_proposals"] = json::array({{{"id", "gone"},
                                                      {"title", "t"},
                                                      {"state", "merged"},
                                                      {"at", test::kMonday},
                                                      {"ended_at", test::kMonday + 1000},
                                                      {"words", test::words("السبب", "La raison")},
                                                      {"into", {{"id", "p"}, {"title", "Une autre"}}}}});
  const auto atom = feed(visit("fr", "/proposals.atom", {{"proposal", "gone"}}), {record});
  for (const auto* told : {"<id>urn:uuid:gone</id>", "Une autre", "La raison"})
    EXPECT_THAT(atom, HasSubstr(told));
}

TEST(AtomFeed, tells_of_commitments_and_of_what_was_set_aside_the_latest_first) {
  const Records records{committed()};
  const auto atom = feed(visit("fr", "/proposals.atom"), records);
  for (const auto* told : {"<id>urn:uuid:k</id>", "/commitments/k?language=fr", "Ce qui sera fait",
                           "<id>urn:uuid:r</id>", "/contributions/r?language=fr", "La raison"})
    EXPECT_THAT(atom, HasSubstr(told));
  EXPECT_EQ(order(atom, {"urn:uuid:p", "urn:uuid:k", "urn:uuid:r"}), "urn:uuid:k urn:uuid:r urn:uuid:p ");
  const auto narrowed = feed(visit("fr", "/proposals.atom", {{"administration", "mtnra"}}), records);
  EXPECT_THAT(narrowed, HasSubstr("urn:uuid:k"));
  EXPECT_THAT(narrowed, Not(HasSubstr("urn:uuid:r"))) << "no administration has to do with it";
  const auto one = feed(visit("fr", "/proposals.atom", {{"proposal", "p"}}), records);
  EXPECT_THAT(one, HasSubstr("urn:uuid:k"));
  EXPECT_THAT(one, Not(HasSubstr("urn:uuid:r")));
  EXPECT_THAT(feed(visit("fr", "/proposals.atom", {{"q", "مستبعد"}}), records), HasSubstr("urn:uuid:r"));
  EXPECT_THAT(feed(visit("fr", "/proposals.atom", {{"q", "غيره"}}), records), Not(HasSubstr("<entry>")));
}

TEST(PublicPages, say_on_which_day_an_answer_entered_a_commitment) {
  const Records records{committed()};
  EXPECT_THAT(*proposal_page(visit("fr", "/proposals/p"), records, "p"),
              HasSubstr(R"(Engagement publié</span><span class="visually-hidden">)"));
  EXPECT_THAT(*proposal_page(visit("fr", "/proposals/p"), records, "p"),
              HasSubstr(R"(<span class="hint">7 décembre 2025</span>)"));
}

} // namespace
} // namespace warsha::publication
