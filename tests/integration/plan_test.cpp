#include "tests/integration/review_fixture.hpp"
#include "tests/support/shifted_clock.hpp"

#include <fstream>

/// The plan's grid and the committee's lists, over HTTP: each role on its way, and nobody on another's.
namespace warsha::test {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

json weights(const std::vector<std::pair<const char*, int>>& all) {
  json criteria = json::array();
  for (const auto& [criterion, weight] : all)
    criteria.push_back({{"criterion", criterion}, {"weight", weight}});
  return criteria;
}
const json kGrid = weights({{"support", 40}, {"clarity", 20}, {"need", 25}, {"cost", 15}});

/// As 2026-12-14.
std::string day_in(int days) {
  const auto then =
      std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now()) + std::chrono::days(days);
  const std::chrono::year_month_day date(then);
  char text[16];
  std::snprintf(text, sizeof text, "%04d-%02u-%02u", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
  return text;
}

class PlanOf : public SteeredReviewOf {
protected:
  void SetUp() override {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    GTEST_SKIP() << "the clock is moved by a library that a sanitizer does not let in";
#endif
    SteeredReviewOf::SetUp();
    server.add_account("second", {"--consultation", consultation}, "committee");
    second = sign_in_again("second");
  }
  [[nodiscard]] json docket(const Person& person) const {
    return get(review(), person.headers()).json();
  }
  [[nodiscard]] json record() const {
    return get("/api/consultations/" + consultation + "/record").json();
  }
  [[nodiscard]] std::string page(const std::string& rest) const {
    return get("/consultations/" + consultation + rest + "?language=fr").body;
  }
  [[nodiscard]] static json list(const std::vector<std::string>& proposals,
                                 const std::string& rule = "silence") {
    json out{{"proposals", proposals},
             {"title", words("لائحة أولى", "Première liste")},
             {"words", words("للمصادقة", "Pour approbation")},
             {"rule", rule},
             {"until", day_in(5)}};
    if (rule == "vote") {
      out["quorum"] = 2;
      out["majority"] = "simple";
    }
    return out;
  }
  /// Everybody comes back on the other side of the list's day: sessions do not last so long.
  void pass_the_day() {
    clock.shift(std::chrono::days(7));
    for (auto* person : {&organiser, &officer, &head, &stranger, &member, &second})
      person->cookie = sign_in_again(person == &organiser  ? "organiser"
                                     : person == &officer  ? "officer"
                                     : person == &head     ? "head"
                                     : person == &stranger ? "stranger"
                                     : person == &member   ? "member"
                                                           : "second")
                           .cookie;
  }

  ShiftedClock clock{server.folder() / "clock"};
  Person second;
};

TEST_F(PlanOf, a_grid_is_published_before_it_is_used_and_every_version_is_public) {
  const auto [contribution, receipt] = said("نشر المحاضر");
  act(organiser, "screen", {{"contribution", contribution}, {"clarity", 5}, {"precision", 1}, {"link", 1}});
  const auto proposal = proposed(contribution);
  EXPECT_TRUE(record()["grids"].empty());
  EXPECT_EQ(record()["grid"].size(), 5U);
  EXPECT_THAT(page("/scores"), HasSubstr("grille par défaut")) << "scores say that nobody published one";

  EXPECT_EQ(act(organiser, "publish_grid", {{"criteria", weights({{"need", 99}})}}).code(), "invalid_value");
  made(organiser, "publish_grid", {{"criteria", kGrid}});
  EXPECT_EQ(record()["grid"], kGrid);
  auto score = get("/api/proposals/" + proposal).json()["score"];
  EXPECT_EQ(score["grid_version"], 1);
  EXPECT_EQ(score["criteria"].size(), 4U);
  EXPECT_THAT(page("/scores"), HasSubstr("Version 1 de la grille"));

  const json second_grid = weights({{"clarity", 100}});
  EXPECT_EQ(act(colleague, "change_grid", {{"criteria", second_grid}}).code(), "missing_field")
      << "a reason is needed";
  made(colleague, "change_grid", {{"criteria", second_grid}, {"words", words("اختصار", "Pour simplifier")}});
  const auto grids = record()["grids"];
  ASSERT_EQ(grids.size(), 2U);
  EXPECT_EQ(grids[0]["criteria"], kGrid);
  EXPECT_EQ(grids[1]["why"]["fr"], "Pour simplifier");
  EXPECT_FALSE(grids[1].contains("by"));
  EXPECT_EQ(docket(organiser)["grids"][1]["by"], "colleague");
  for (const auto* told : {"Version 1 de la grille", "Version 2 de la grille", "Pour simplifier"})
    EXPECT_THAT(page("/scores"), HasSubstr(told));
  score = get("/api/proposals/" + proposal).json()["score"];
  EXPECT_EQ(score["grid_version"], 2);
  EXPECT_EQ(score["value"], 1.0);
  EXPECT_THAT(get("/api/proposals.csv").body, HasSubstr("grid_version"));
  EXPECT_THAT(get("/proposals/" + proposal + "?language=fr").body, HasSubstr("Version 2 de la grille"));
}

TEST_F(PlanOf, who_would_be_where_is_seen_before_and_by_organisers_only) {
  const auto first = said("أ").first;
  const auto other = said("ب").first;
  act(organiser, "screen", {{"contribution", first}, {"clarity", 5}, {"precision", 1}, {"link", 1}});
  act(organiser, "screen", {{"contribution", other}, {"clarity", 1}, {"precision", 5}, {"link", 5}});
  const auto clear = proposed(first);
  (void)proposed(other);
  const auto path = "/api/consultations/" + consultation + "/grid/preview";
  const json tried{{"criteria", weights({{"clarity", 100}})}};
  const auto preview = post(path, tried, organiser.headers());
  ASSERT_EQ(preview.status, 200) << preview.body;
  EXPECT_EQ(preview.json()["proposals"][0]["id"], clear);
  EXPECT_EQ(preview.json()["proposals"][0]["was"], 2);
  EXPECT_TRUE(record()["grids"].empty()) << "nothing is kept";
  EXPECT_EQ(post(path, tried).status, 401);
  for (const auto* person : {&officer, &stranger, &member})
    EXPECT_EQ(post(path, tried, person->headers()).status, 403);
  EXPECT_EQ(post(path, {{"criteria", weights({{"beauty", 1}})}}, organiser.headers()).status, 422);
}

TEST_F(PlanOf, only_organisers_publish_grids_and_only_those_whose_it_is_rate) {
  const auto proposal = proposed(said("حل").first);
  for (const auto* person : {&officer, &stranger, &member})
    EXPECT_EQ(act(*person, "change_grid", {{"criteria", kGrid}, {"words", words()}}).status, 403);
  for (const auto* person : {&officer, &stranger, &member})
    EXPECT_EQ(act(*person, "publish_grid", {{"criteria", kGrid}}).status, 403);
  EXPECT_EQ(act({}, "publish_grid", {{"criteria", kGrid}}).status, 401);
  made(organiser, "publish_grid", {{"criteria", kGrid}});
  act(organiser, "route", {{"proposal", proposal}, {"lead", "mtnra"}});
  const auto rate = [&](const Person& person, const std::string& administration, int need) {
    return act(person, "rate", {{"proposal", proposal}, {"administration", administration}, {"need", need}});
  };
  EXPECT_EQ(rate(stranger, "justice", 1).status, 403);
  EXPECT_EQ(rate(stranger, "mtnra", 1).status, 403);
  EXPECT_EQ(rate(officer, "justice", 1).status, 403);
  for (const auto* person : {&organiser, &member})
    EXPECT_EQ(rate(*person, "mtnra", 1).status, 403);
  EXPECT_EQ(rate({}, "mtnra", 1).status, 401);
  EXPECT_EQ(rate(officer, "mtnra", 6).status, 422);
  EXPECT_EQ(rate(officer, "mtnra", 2).status, 200);
  EXPECT_EQ(rate(head, "mtnra", 5).status, 200);
  EXPECT_EQ(rate(officer, "mtnra", 3).status, 200) << "their own, as often as they like";
  const auto inbox = get("/api/inbox", officer.headers()).json();
  EXPECT_EQ(inbox["proposals"][0]["rated"]["mtnra"]["need"], 3);
  EXPECT_EQ(inbox["proposals"][0]["ratings"].size(), 2U);
  const auto shown = get("/api/proposals/" + proposal);
  for (const auto& criterion : shown.json()["score"]["criteria"])
    if (criterion["criterion"] == "need") {
      EXPECT_EQ(criterion["value"], 0.75);
      EXPECT_EQ(criterion["disagreement"], 0.5);
      EXPECT_EQ(criterion["ratings"][0]["origin"], "mtnra");
    }
  EXPECT_THAT(shown.body, Not(HasSubstr("officer"))) << "no person is in it";
  EXPECT_FALSE(shown.json().contains("ratings"));
  // Whoever contributes rates as well, and reads no more than everybody does.
  act(organiser, "route", {{"proposal", proposal}, {"lead", "mtnra"}, {"contributing", {"justice"}}});
  act(officer, "note", {{"proposal", proposal}, {"text", "ملاحظة داخلية"}});
  EXPECT_EQ(rate(stranger, "justice", 1).status, 200);
  const auto theirs = get("/api/inbox", stranger.headers());
  EXPECT_TRUE(theirs.json()["proposals"].empty());
  EXPECT_EQ(theirs.json()["contributed"][0]["rated"]["justice"]["need"], 1);
  EXPECT_THAT(theirs.body, Not(HasSubstr("ملاحظة داخلية")));
  EXPECT_THAT(theirs.body, Not(HasSubstr(R"("by")")));
}

TEST_F(PlanOf, silence_approves_all_but_what_a_member_objects_to_and_everybody_reads_why) {
  const auto kept = answered(said("أ").first);
  const auto out = answered(said("ب").first);
  for (const auto* person : {&officer, &stranger, &member})
    EXPECT_EQ(act(*person, "submit_list", list({kept, out})).status, 403);
  EXPECT_EQ(act({}, "submit_list", list({kept, out})).status, 401);
  const auto id = made(organiser, "submit_list", list({kept, out}));
  EXPECT_EQ(record()["lists"][0]["result"], "open");
  EXPECT_THAT(page("/committee"), HasSubstr("Première liste"));
  const json objection{{"list", id}, {"proposal", out}, {"words", words("مكلف", "Trop coûteux")}};
  for (const auto* person : {&organiser, &officer, &stranger})
    EXPECT_EQ(act(*person, "object", objection).status, 403);
  EXPECT_EQ(act({}, "object", objection).status, 401);
  EXPECT_EQ(act(member, "object", objection).status, 200);
  EXPECT_EQ(docket(member)["lists"][0]["mine"]["objections"][out]["fr"], "Trop coûteux");
  EXPECT_EQ(docket(second)["lists"][0]["proposals"][1]["objections"][0]["by"], "member");
  EXPECT_TRUE(docket(second)["lists"][0]["mine"]["objections"].empty());
  EXPECT_THAT(page("/committee"), HasSubstr("Trop coûteux"));
  EXPECT_THAT(record()["lists"].dump(), Not(HasSubstr(R"("by")")));

  pass_the_day();
  EXPECT_EQ(record()["lists"][0]["result"], "approved_in_part");
  EXPECT_EQ(get("/api/proposals/" + kept).json()["committee"]["standing"], "approved");
  EXPECT_EQ(get("/api/proposals/" + out).json()["committee"]["standing"], "objected");
  EXPECT_EQ(act(second, "object", objection).code(), "list_over");
  EXPECT_EQ(record()["overrulings"][0]["kind"], "not_approved");
  EXPECT_EQ(act(organiser, "submit_list", list({kept})).code(), "already_listed");
  server.add_account("newcomer", {"--consultation", consultation}, "committee");
  EXPECT_EQ(record()["lists"][0]["result"], "approved_in_part") << "whoever comes later changes nothing";
}

TEST_F(PlanOf, a_vote_is_counted_by_its_rule_and_who_does_not_follow_it_says_why_in_public) {
  const auto proposal = answered(said("حل").first);
  auto wanted = list({proposal}, "vote");
  wanted["quorum"] = 3;
  EXPECT_EQ(act(organiser, "submit_list", wanted).code(), "invalid_value") << "there are two members";
  const auto id = made(organiser, "submit_list", list({proposal}, "vote"));
  const auto promise = made(officer, "commit", commitment(proposal));
  EXPECT_EQ(act(organiser, "confirm_commitment", {{"commitment", promise}}).code(), "list_open");
  const json against{{"list", id}, {"ballot", "reject"}, {"words", words("غير واضح", "Pas clair")}};
  for (const auto* person : {&organiser, &officer, &stranger})
    EXPECT_EQ(act(*person, "vote", against).status, 403);
  EXPECT_EQ(act({}, "vote", against).status, 401);
  EXPECT_EQ(act(member, "vote", {{"list", id}, {"ballot", "approve"}}).status, 200);
  EXPECT_EQ(act(member, "vote", against).status, 200);
  EXPECT_EQ(act(second, "vote", {{"list", id}, {"ballot", "abstain"}}).status, 200);

  pass_the_day();
  const auto told = record()["lists"][0];
  EXPECT_EQ(told["result"], "rejected");
  EXPECT_EQ(told["count"], (json{{"approve", 0}, {"reject", 1}, {"abstain", 1}}));
  EXPECT_EQ(act(organiser, "confirm_commitment", {{"commitment", promise}}).code(), "missing_field");
  EXPECT_EQ(act(organiser, "confirm_commitment",
                {{"commitment", promise}, {"words", words("أولوية", "Une priorité")}})
                .status,
            200);
  const auto overruled = record()["overrulings"];
  ASSERT_EQ(overruled.size(), 1U);
  EXPECT_EQ(overruled[0]["kind"], "committee_not_followed");
  for (const auto& body : {page("/committee"), get("/commitments/" + promise + "?language=fr").body,
                           get("/proposals/" + proposal + "?language=fr").body})
    EXPECT_THAT(body, HasSubstr("Une priorité"));
  EXPECT_THAT(page("/committee"), HasSubstr("Pas clair"));
}

TEST_F(PlanOf, all_of_it_outlives_a_kill_is_verified_and_travels_in_a_bundle) {
  made(organiser, "publish_grid", {{"criteria", kGrid}});
  const auto proposal = answered(said("حل").first);
  made(officer, "rate", {{"proposal", proposal}, {"administration", "mtnra"}, {"need", 4}, {"cost", 2}});
  made(organiser, "change_grid",
       {{"criteria", weights({{"need", 60}, {"cost", 40}})}, {"words", words("س", "m")}});
  const auto silent = made(organiser, "submit_list", list({proposal}));
  made(member, "object", {{"list", silent}, {"proposal", proposal}, {"words", words()}});
  made(member, "withdraw_objection", {{"list", silent}, {"proposal", proposal}});
  made(second, "vote", {{"list", silent}, {"ballot", "approve"}});
  made(organiser, "withdraw_list", {{"list", silent}, {"words", words("خطأ", "Erreur")}});
  const auto voted = made(organiser, "submit_list", list({proposal}, "vote"));
  made(member, "vote", {{"list", voted}, {"ballot", "approve"}});
  made(second, "vote", {{"list", voted}, {"ballot", "approve"}});
  pass_the_day();
  const auto before = record();
  ASSERT_EQ(before["lists"].size(), 2U);
  EXPECT_EQ(before["lists"][0]["result"], "approved");
  EXPECT_EQ(before["lists"][1]["result"], "withdrawn");
  server.kill();
  server.start(server_options);
  EXPECT_EQ(record(), before);
  EXPECT_THAT(server.verify(), HasSubstr("everything is whole"));

  const auto file = [&](const char* name) { return (server.folder() / name).string(); };
  std::ofstream(file("hall.pem")) << server.run({"export", "--make-key", file("private.pem")});
  server.run({"export", "--consultation", consultation, "--key", file("private.pem"), file("all.bundle")});
  ServerProcess central;
  central.run({"import", file("all.bundle"), "--trust", file("hall.pem")});
  central.start();
  auto there =
      send_request(central.port(), "GET", "/api/consultations/" + consultation + "/record", {}, {}).json();
  for (const auto* same : {"grids", "lists", "overrulings"})
    EXPECT_EQ(there[same], before[same]) << same;
  EXPECT_THAT(central.verify(), HasSubstr("everything is whole"));
}

} // namespace
} // namespace warsha::test
