#include "tests/integration/review_fixture.hpp"

/// A plan above two consultations: made beside the running server, public in all its forms, and over which
/// proposals are linked.
namespace warsha::test {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class NationalPlan : public ReviewOf {
protected:
  void SetUp() override {
    ReviewOf::SetUp();
    ours = proposed(said("نشر محاضر دورات المجلس على الموقع").first);
    far_organiser = sign_in("admin");
    const json document{{"schema", "warsha.consultation/1"},
                        {"title", "لقاء فاس"},
                        {"language", "ar"},
                        {"region", "فاس - مكناس"},
                        {"city", "فاس"},
                        {"venue", "القاعة"},
                        {"date", "2026-11-02"},
                        {"organisers", {"جمعية"}},
                        {"participants", 20},
                        {"workshops", {{{"key", "one"}, {"title", "الشفافية"}}}}};
    const auto created = post("/api/consultations", document, far_organiser.headers());
    ASSERT_EQ(created.status, 201) << created.body;
    far = created.json()["consultation"];
    theirs = there([&] {
      workshop = created.json()["workshops"].at(0)["id"];
      join_code = created.json()["workshops"].at(0)["join_code"];
      return proposed(said("نشر محاضر دورات المجلس في الموقع").first);
    });
    plan = added({"--title-ar", "خطة العمل الوطنية", "--title-fr", "Plan d’action national", "--years",
                  "2027-2030", "--axis-ar", "الشفافية", "--axis-fr", "Transparence"});
  }
  /// Runs it as the organiser of the other consultation.
  template <class Do> std::invoke_result_t<Do> there(Do run) {
    const auto here = std::tuple(workshop, join_code, consultation, organiser);
    consultation = far;
    organiser = far_organiser;
    auto result = run();
    std::tie(workshop, join_code, consultation, organiser) = here;
    return result;
  }
  [[nodiscard]] std::string added(std::vector<std::string> options) const {
    options.insert(options.begin(), {"admin", "plan", "add"});
    auto id = server.run(options);
    id.pop_back(); // the line's end
    return id;
  }
  void attach(const std::string& id) const {
    server.run({"admin", "plan", "attach", "--plan", plan, "--consultation", id});
  }
  [[nodiscard]] json suggestions(const Person& person) const {
    const auto reply = get("/api/consultations/" + consultation + "/suggestions", person.headers());
    EXPECT_EQ(reply.status, 200) << reply.body;
    return reply.json();
  }
  [[nodiscard]] json pair() const { return {{"proposal", ours}, {"other", theirs}}; }
  [[nodiscard]] json links_of(const std::string& proposal) const {
    return get("/api/proposals/" + proposal).json()["links"];
  }
  /// The public record is some seconds behind, unless the review goes on.
  void stir() {
    act(organiser, "reword_proposal", {{"proposal", ours}, {"title", "نشر المحاضر"}, {"text", "تنشر"}});
    there([&] {
      return act(organiser, "reword_proposal",
                 {{"proposal", theirs}, {"title", "نشر المحاضر"}, {"text", "تنشر"}});
    });
  }

  Person far_organiser;
  std::string far, plan, ours, theirs;
};

TEST_F(NationalPlan, is_public_with_its_first_consultation_and_its_balance_is_the_sum) {
  EXPECT_EQ(get("/plans/" + plan).status, 404);
  attach(consultation);
  attach(far);
  stir();
  const auto shown = get("/api/plans/" + plan).json();
  ASSERT_EQ(shown["consultations"].size(), 2U);
  std::size_t received = 0;
  for (const auto& one : shown["consultations"]) {
    const auto balance = get("/api/consultations/" + one["id"].get<std::string>() + "/balance").json();
    EXPECT_EQ(one["balance"], balance);
    received += balance["received"].get<std::size_t>();
  }
  EXPECT_EQ(shown["balance"]["received"], received);
  EXPECT_EQ(shown["balance"]["in_review"], 2);
  for (const auto* language : {"ar", "fr", "en"}) {
    const auto page = get("/plans/" + plan + "?language=" + language);
    EXPECT_EQ(page.status, 200);
    EXPECT_THAT(page.body, HasSubstr("/consultations/" + far));
  }
  EXPECT_THAT(get("/plans/" + plan + "?language=fr").body, HasSubstr("Transparence"));
  EXPECT_THAT(get("/consultations/" + far + "?language=fr").body, HasSubstr("/plans/" + plan));
  EXPECT_THAT(get("/sitemap.txt").body, HasSubstr("/plans/" + plan));
  EXPECT_THAT(get("/proposals.atom?plan=" + plan).body, HasSubstr(ours));
  EXPECT_EQ(get("/api/proposals?plan=" + plan).json()["total"], 2);
  EXPECT_EQ(get("/api/proposals?plan=" + far).json()["total"], 0);
  EXPECT_EQ(get("/api/commitments?plan=" + plan).json()["total"], 0);
  EXPECT_THAT(get("/api/plans/" + plan + "/balance.csv").body, HasSubstr("فاس"));
  server.run({"admin", "plan", "detach", "--consultation", far});
  stir();
  EXPECT_EQ(get("/api/plans/" + plan).json()["consultations"].size(), 1U);
}

TEST_F(NationalPlan, is_not_made_of_what_is_no_plan) {
  const auto refused = [&](std::vector<std::string> options) {
    options.insert(options.begin(), {"admin", "plan"});
    EXPECT_THROW(server.run(options), std::runtime_error) << options[2];
  };
  refused({"add", "--title-ar", "خطة", "--title-fr", "Plan", "--years", "2030-2027"});
  refused({"add", "--title-ar", "خطة", "--title-fr", "Plan", "--years", "soon"});
  refused({"add", "--title-ar", "خطة", "--title-fr", " ", "--years", "2027-2030"});
  refused({"add", "--title-ar", "خطة", "--title-fr", "Plan", "--years", "2027", "--axis-ar", "محور"});
  refused({"attach", "--plan", far, "--consultation", far});
  refused({"attach", "--plan", plan, "--consultation", plan});
  server.run({"admin", "plan", "change", "--plan", plan, "--title-fr", "Plan II", "--years", "2031-2034"});
  const auto listed = json::parse(server.run({"admin", "plan", "list", "--json"}))["plans"];
  ASSERT_EQ(listed.size(), 1U);
  EXPECT_EQ(listed[0]["title"]["fr"], "Plan II");
  EXPECT_EQ(listed[0]["title"]["ar"], "خطة العمل الوطنية") << "what is not given stays";
  EXPECT_EQ(listed[0]["axes"].size(), 1U);
}

TEST_F(NationalPlan, is_what_proposals_are_linked_over_and_the_link_is_public_on_both_until_it_is_undone) {
  EXPECT_EQ(act(organiser, "link_proposals", pair()).code(), "proposal_not_found") << "of no plan together";
  EXPECT_TRUE(suggestions(organiser)["elsewhere"].empty());
  attach(consultation);
  attach(far);
  const auto found = suggestions(organiser)["elsewhere"];
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0]["other"]["id"], theirs);
  EXPECT_EQ(found[0]["other"]["consultation"]["city"], "فاس");

  EXPECT_EQ(act(officer, "link_proposals", pair()).status, 403);
  EXPECT_EQ(act(far_organiser, "link_proposals", pair()).status, 403) << "not the organiser here";
  ASSERT_EQ(act(organiser, "link_proposals", pair()).status, 200);
  EXPECT_TRUE(suggestions(organiser)["elsewhere"].empty());
  EXPECT_EQ(suggestions(organiser)["links"][0]["own"], true);
  const auto seen_there = there([&] { return suggestions(organiser); });
  EXPECT_TRUE(seen_there["elsewhere"].empty()) << "it is linked already";
  EXPECT_EQ(seen_there["links"][0]["own"], false);
  stir();
  EXPECT_EQ(links_of(ours)[0]["id"], theirs);
  EXPECT_EQ(links_of(theirs)[0]["id"], ours);
  EXPECT_THAT(get("/proposals/" + theirs + "?language=fr").body, HasSubstr("/proposals/" + ours));
  EXPECT_THAT(get("/plans/" + plan + "?language=fr").body, HasSubstr("2 propositions · 2 régions"));

  ASSERT_EQ(act(organiser, "unlink_proposals", pair()).status, 200);
  EXPECT_TRUE(links_of(ours).empty());
  EXPECT_TRUE(links_of(theirs).empty());
  server.verify();
}

TEST_F(NationalPlan, lets_the_other_side_say_that_it_is_not_the_same) {
  attach(consultation);
  attach(far);
  ASSERT_EQ(act(organiser, "link_proposals", pair()).status, 200);
  const auto apart = there([&] {
    return act(organiser, "tell_apart", {{"proposal", theirs}, {"other", ours}});
  });
  EXPECT_EQ(apart.status, 200) << apart.body;
  stir();
  EXPECT_TRUE(links_of(ours).empty());
  EXPECT_TRUE(suggestions(organiser)["elsewhere"].empty()) << "and it is not suggested again on either side";
  EXPECT_EQ(there([&] { return suggestions(organiser); })["told_apart"].size(), 1U);
  EXPECT_THAT(get("/proposals/" + ours + "?language=fr").body, Not(HasSubstr("/proposals/" + theirs)));
}

TEST_F(NationalPlan, is_not_needed_to_find_twins_in_one_consultation) {
  const auto again = proposed(said("تنشر محاضر دورات المجلس الجماعي في أجل خمسة عشر يوما").first);
  const auto found = suggestions(organiser)["twins"];
  ASSERT_EQ(found.size(), 1U);
  const json twins{{"proposal", found[0]["proposal"]["id"]}, {"other", found[0]["other"]["id"]}};
  EXPECT_EQ(act(officer, "tell_apart", twins).status, 403);
  ASSERT_EQ(act(organiser, "tell_apart", twins).status, 200);
  EXPECT_TRUE(suggestions(organiser)["twins"].empty());
  EXPECT_EQ(suggestions(organiser)["told_apart"].size(), 1U);
  ASSERT_EQ(act(organiser, "compare_again", twins).status, 200);
  EXPECT_EQ(suggestions(organiser)["twins"].size(), 1U);
  EXPECT_EQ(get("/api/consultations/" + consultation + "/suggestions", officer.headers()).status, 403);
}

} // namespace
} // namespace warsha::test
