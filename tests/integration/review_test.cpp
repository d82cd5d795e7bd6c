#include "tests/integration/review_fixture.hpp"

/// From what was said to an answer, over HTTP: each role on its way, and nobody on another's.
namespace warsha::test {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST_F(ReviewOf, a_solution_goes_its_whole_way_to_a_public_answer) {
  const auto [id, receipt] = said("نشر محاضر المجلس على الموقع");
  EXPECT_EQ(get("/api/receipts/" + receipt + "/fate").json()["state"], "waiting");
  EXPECT_EQ(
      act(organiser, "screen", {{"contribution", id}, {"clarity", 5}, {"precision", 4}, {"link", 5}}).status,
      200);
  const auto proposal = proposed(id);
  const auto routing = get("/api/proposals/" + proposal + "/routing", organiser.headers()).json();
  EXPECT_GE(routing["suggestions"].size(), 3U);
  EXPECT_EQ(act(organiser, "route", {{"proposal", proposal}, {"lead", "mtnra"}}).status, 200);
  EXPECT_EQ(get("/api/inbox", officer.headers()).json()["proposals"].size(), 1U);
  EXPECT_EQ(act(officer, "answer", {{"proposal", proposal}, {"kind", "taken"}, {"words", words()}}).status,
            200);
  EXPECT_THAT(get("/api/proposals/" + proposal).body, Not(HasSubstr("سننشر"))) << "not before it is approved";
  EXPECT_EQ(act(head, "approve", {{"proposal", proposal}}).status, 200);
  const auto fate = get("/api/receipts/" + receipt + "/fate").json();
  EXPECT_EQ(fate["proposal"]["answer"]["kind"], "taken");
  EXPECT_EQ(fate["proposal"]["answer"]["words"]["ar"], "سننشر المحاضر");
  const auto balance = get("/api/consultations/" + consultation + "/balance").json();
  EXPECT_EQ(balance["received"], 1);
  EXPECT_EQ(balance["answered"]["taken"], 1);
  EXPECT_EQ(get("/api/proposals?state=answered").json()["total"], 1);
}

TEST_F(ReviewOf, a_local_matter_is_advised_to_the_body_of_the_region_where_the_meeting_was) {
  const auto [id, receipt] = said("حل");
  const json propose{{"id", new_id()},
                     {"action", "propose"},
                     {"title", "النقل بين القرى"},
                     {"text", "النقل العمومي بين قرى الجهة ومدنها وفك العزلة عن الدواوير"},
                     {"contributions", {id}}};
  EXPECT_EQ(post(review(), propose, organiser.headers()).status, 200);
  const auto routing =
      get("/api/proposals/" + propose["id"].get<std::string>() + "/routing", organiser.headers()).json();
  EXPECT_EQ(routing["suggestions"][0]["administration"], "region-sm") << "the demonstration meets in Agadir";
}

TEST_F(ReviewOf, what_was_advised_is_kept_with_the_decision_and_audited) {
  const auto [id, receipt] = said("حل");
  const auto proposal = proposed(id);
  const auto advised = get("/api/proposals/" + proposal + "/routing", organiser.headers()).json();
  const auto first = advised["suggestions"][0]["administration"].get<std::string>();
  const auto invented = act(
      organiser, "route",
      {{"proposal", proposal}, {"lead", "mtnra"}, {"advice", {{"first", json::array()}, {"version", "x"}}}});
  EXPECT_EQ(invented.status, 422);
  EXPECT_EQ(invented.json()["field"], "advice") << "nobody says for the router what it advised";
  EXPECT_EQ(act(organiser, "route", {{"proposal", proposal}, {"lead", "mtnra"}}).status, 200);

  const auto audit = get("/api/routing-audit", organiser.headers()).json();
  EXPECT_EQ(audit["decisions"], 1);
  EXPECT_EQ(audit["judged"], 1);
  EXPECT_EQ(audit["unadvised"], 0);
  const auto& latest = audit["latest"][0];
  EXPECT_EQ(latest["sent_to"], "mtnra");
  EXPECT_EQ(latest["now"], "mtnra");
  ASSERT_EQ(latest["advised"].size(), 3U);
  EXPECT_EQ(latest["advised"][0]["administration"], first);
  EXPECT_EQ(audit["first"], first == "mtnra" ? 1 : 0);
  EXPECT_THAT(get("/api/routing-audit.csv", organiser.headers()).body, HasSubstr(proposal));
  EXPECT_EQ(get("/api/routing-audit").status, 401);
  EXPECT_EQ(get("/api/routing-audit", officer.headers()).status, 403) << "an administration's member";
  EXPECT_EQ(get("/api/routing-audit.csv", stranger.headers()).status, 403);
}

TEST_F(ReviewOf, an_administrator_says_who_answers_for_an_administration) {
  const auto admin = sign_in("admin");
  const auto count = [&](const std::string& administration) {
    std::size_t found = 0;
    const auto all = get("/api/members", admin.headers()).json();
    for (const auto& one : all["members"])
      found += one["administration"] == administration ? 1 : 0;
    return found;
  };
  EXPECT_EQ(count("mtnra"), 2U);
  EXPECT_EQ(count("region-sm"), 0U);
  const json wanted{{"administration", "region-sm"}, {"email", "Stranger@example.org"}};
  for (const auto& person : {organiser, officer, stranger}) {
    EXPECT_EQ(get("/api/members", person.headers()).status, 403);
    EXPECT_EQ(post("/api/members", wanted, person.headers()).status, 403) << "nobody joins by themselves";
  }
  EXPECT_EQ(get("/api/members").status, 401);
  EXPECT_EQ(post("/api/members", wanted).status, 401);

  const auto added = post("/api/members", wanted, admin.headers());
  EXPECT_EQ(added.status, 201) << added.body;
  EXPECT_EQ(post("/api/members", wanted, admin.headers()).status, 201) << "once is enough, twice is no harm";
  EXPECT_EQ(count("region-sm"), 1U);
  const auto [id, receipt] = said("حل");
  const auto proposal = proposed(id);
  act(organiser, "route", {{"proposal", proposal}, {"lead", "region-sm"}});
  EXPECT_EQ(get("/api/inbox", stranger.headers()).json()["proposals"].size(), 1U) << "at once";

  const auto place = "/api/members/region-sm/" + added.json()["id"].get<std::string>();
  EXPECT_EQ(request("DELETE", place, {}, organiser.headers()).status, 403);
  EXPECT_EQ(request("DELETE", place, {}, admin.headers()).status, 204);
  EXPECT_EQ(count("region-sm"), 0U);
  EXPECT_EQ(count("justice"), 1U) << "the other administration's stays";
  EXPECT_TRUE(get("/api/inbox", stranger.headers()).json()["proposals"].empty());

  const auto refused = [&](json body) { return post("/api/members", body, admin.headers()); };
  EXPECT_EQ(refused({{"administration", "nobody"}, {"email", "stranger@example.org"}}).code(),
            "administration_not_found");
  EXPECT_EQ(refused({{"administration", "mtnra"}, {"email", "nobody@example.org"}}).json()["field"], "email");
  EXPECT_EQ(refused({{"administration", "mtnra"}}).status, 422);
  EXPECT_EQ(request("DELETE", "/api/members/mtnra/junk", {}, admin.headers()).status, 404);
}

TEST_F(ReviewOf, one_administration_neither_reads_nor_changes_what_is_anothers) {
  const auto [id, receipt] = said("حل");
  const auto proposal = proposed(id);
  act(organiser, "route", {{"proposal", proposal}, {"lead", "mtnra"}});
  EXPECT_EQ(act(officer, "note", {{"proposal", proposal}, {"text", "ملاحظة داخلية"}}).status, 200);
  EXPECT_EQ(act(stranger, "note", {{"proposal", proposal}, {"text", "x"}}).status, 403);
  EXPECT_EQ(act(stranger, "answer", {{"proposal", proposal}, {"kind", "taken"}, {"words", words()}}).status,
            403);
  EXPECT_EQ(act(stranger, "decline",
                {{"proposal", proposal}, {"unit", "x"}, {"owner", "mtnra"}, {"words", words()}})
                .status,
            403);
  EXPECT_TRUE(get("/api/inbox", stranger.headers()).json()["proposals"].empty());
  EXPECT_EQ(get(review(), stranger.headers()).status, 403);
  EXPECT_EQ(get(review()).status, 401);
  for (const auto& body : {get(review(), organiser.headers()).body, get("/api/proposals/" + proposal).body,
                           get("/api/proposals").body, get("/api/receipts/" + receipt + "/fate").body})
    EXPECT_THAT(body, Not(HasSubstr("ملاحظة داخلية")));
  EXPECT_THAT(get("/api/inbox", head.headers()).body, HasSubstr("ملاحظة داخلية"));
  // Handed on, its notes stay with those who wrote them.
  act(officer, "decline",
      {{"proposal", proposal}, {"unit", "قسم"}, {"owner", "justice"}, {"words", words()}});
  act(organiser, "route", {{"proposal", proposal}, {"lead", "justice"}});
  EXPECT_THAT(get("/api/inbox", stranger.headers()).body, Not(HasSubstr("ملاحظة داخلية")));
}

TEST_F(ReviewOf, an_owner_accepts_what_another_declined_without_reading_its_notes) {
  const auto [id, receipt] = said("حل");
  const auto proposal = proposed(id);
  act(organiser, "route", {{"proposal", proposal}, {"lead", "mtnra"}});
  act(officer, "note", {{"proposal", proposal}, {"text", "ملاحظة داخلية"}});
  ASSERT_EQ(act(officer, "decline",
                {{"proposal", proposal}, {"unit", "قسم"}, {"owner", "justice"}, {"words", words()}})
                .status,
            200);
  const auto offered = get("/api/inbox", stranger.headers());
  ASSERT_EQ(offered.json()["proposals"].size(), 1U);
  EXPECT_EQ(offered.json()["proposals"][0]["holder"], "justice");
  EXPECT_THAT(offered.body, Not(HasSubstr("ملاحظة داخلية")));
  EXPECT_TRUE(get("/api/inbox", officer.headers()).json()["proposals"].empty());
  EXPECT_EQ(act(officer, "accept", {{"proposal", proposal}}).status, 403);
  EXPECT_EQ(act(stranger, "accept", {{"proposal", proposal}}).status, 200);
  const auto told = get("/api/proposals/" + proposal).json();
  EXPECT_EQ(told["lead"], "justice");
  EXPECT_TRUE(told["hops"].back().contains("accepted_at"));
  EXPECT_FALSE(told.contains("holder"));
}

TEST_F(ReviewOf, what_somebody_wrote_or_decided_is_marked_as_theirs_for_them_alone) {
  const auto [id, receipt] = said("حل");
  act(organiser, "screen", {{"contribution", id}, {"clarity", 5}, {"precision", 4}, {"link", 5}});
  const auto screening = [&](const Person& person) {
    return get(review(), person.headers()).json()["contributions"][0]["screenings"][0];
  };
  server.add_account("colleague", {"--all"}, "organiser");
  const Person colleague{post("/api/session", credentials("colleague")).cookie(), {}};
  EXPECT_TRUE(screening(organiser)["own"]);
  EXPECT_FALSE(screening(colleague).contains("own"));
  const auto proposal = proposed(id);
  act(organiser, "route", {{"proposal", proposal}, {"lead", "mtnra"}});
  act(officer, "answer", {{"proposal", proposal}, {"kind", "taken"}, {"words", words()}});
  const auto answer = [&](const Person& person) {
    return get("/api/inbox", person.headers()).json()["proposals"][0]["proposed_answer"];
  };
  EXPECT_TRUE(answer(officer)["own"]);
  EXPECT_FALSE(answer(head).contains("own"));
}

TEST_F(ReviewOf, one_answer_for_several_is_public_for_all_at_once) {
  const auto first = proposed(said("نشر المحاضر").first);
  const auto second = proposed(said("بث الدورات").first);
  for (const auto& proposal : {first, second})
    act(organiser, "route", {{"proposal", proposal}, {"lead", "mtnra"}});
  const json alike =
      json::array({{{"proposal", first}}, {{"proposal", second}, {"own", words("وحدها", "Seule")}}});
  ASSERT_EQ(
      act(officer, "answer_together", {{"proposals", alike}, {"kind", "later"}, {"words", words()}}).status,
      200);
  EXPECT_EQ(act(head, "approve", {{"proposal", first}}).code(), "answered_together");
  ASSERT_EQ(act(head, "approve_together", {{"proposals", {first, second}}}).status, 200);
  EXPECT_EQ(get("/api/proposals/" + first).json()["answer"]["with"], json::array({second}));
  EXPECT_EQ(get("/api/proposals/" + second).json()["answer"]["words"]["fr"], "Nous publierons\nSeule");
  EXPECT_EQ(
      act(stranger, "answer_together", {{"proposals", alike}, {"kind", "later"}, {"words", words()}}).status,
      403);
}

TEST_F(ReviewOf, suggestions_of_proposals_are_for_the_organiser) {
  const auto one = said("نشر محاضر دورات المجلس الجماعي على موقع الجماعة").first;
  const auto other = said("نشر محاضر دورات المجلس الجماعي في موقع الجماعة").first;
  const auto path = "/api/consultations/" + consultation + "/suggestions";
  EXPECT_EQ(get(path).status, 401);
  EXPECT_EQ(get(path, officer.headers()).status, 403);
  const auto found = get(path, organiser.headers()).json();
  ASSERT_EQ(found["proposals"].size(), 1U);
  EXPECT_EQ(found["proposals"][0]["solutions"].size(), 2U);
}

TEST_F(ReviewOf, what_is_returned_comes_back_by_its_receipt) {
  const auto [id, receipt] = said("غامض");
  EXPECT_EQ(post("/api/receipts/" + receipt + "/revision", {{"text", "أوضح"}}).status, 422);
  EXPECT_EQ(act(organiser, "return", {{"contribution", id}, {"note", "أي سنة؟"}}).status, 200);
  EXPECT_EQ(get("/api/receipts/" + receipt + "/fate").json()["returned_note"], "أي سنة؟");
  EXPECT_EQ(post("/api/receipts/" + receipt + "/revision", {{"text", "سنة 2024"}}).status, 200);
  const auto docket = get(review(), organiser.headers()).json();
  EXPECT_EQ(docket["contributions"][0]["revised"], "سنة 2024");
  EXPECT_EQ(post("/api/receipts/AAAA-AAAA-AAAA/revision", {{"text", "x"}}).status, 404);
}

TEST_F(ReviewOf, what_was_merged_at_the_workshop_goes_along_and_can_be_read_everywhere) {
  const auto amina = join();
  const auto [kept, kept_receipt] = said("نشر محاضر الدورات", amina);
  const auto [first, receipt] = said("محاضر منشورة على الموقع");
  const auto [second, second_receipt] = said("إتاحة المحاضر للعموم", amina);
  auto staff = follow(organiser, "staff");
  done(staff, command("merge", {{"into", kept}, {"contributions", {first, second}}}));
  const json behind{{"contributions", 3}, {"people", 2}};
  const auto docket = get(review(), organiser.headers()).json();
  EXPECT_EQ(docket["contributions"][0]["behind"], behind);
  EXPECT_EQ(docket["contributions"][1]["merged_into"], kept);
  const auto proposal = answered(kept);
  done(staff, command("phase.enter", {{"phase", "closed"}}));

  const auto with_officer = get("/api/inbox", officer.headers()).json()["proposals"][0];
  EXPECT_EQ(with_officer["behind"], behind);
  EXPECT_EQ(with_officer["said"][0]["merged"][0]["text"], "محاضر منشورة على الموقع");
  for (const auto& page : {get("/proposals/" + proposal), get("/contributions/" + kept)})
    for (const auto* words : {"محاضر منشورة على الموقع", "إتاحة المحاضر للعموم"})
      EXPECT_THAT(page.body, HasSubstr(words));
  const auto balance = get("/api/consultations/" + consultation + "/balance").json();
  EXPECT_EQ(balance["merged"], 2);
  EXPECT_EQ(balance["merged_by_fate"]["answered"]["taken"], 2);

  const auto of_merged = get("/api/receipts/" + receipt).json();
  EXPECT_EQ(of_merged["merged"], (json{{"id", kept}, {"text", "نشر محاضر الدورات"}}));
  EXPECT_EQ(of_merged["workshop"]["closed"], true);
  const auto fate = get("/api/receipts/" + receipt + "/fate").json();
  EXPECT_EQ(fate["shared"], true);
  EXPECT_EQ(fate["proposal"]["answer"]["kind"], "taken");
  EXPECT_FALSE(get("/api/receipts/" + kept_receipt).json().contains("merged"));
}

TEST_F(ReviewOf, what_stood_under_hidden_words_stands_on_its_own) {
  const auto [kept, kept_receipt] = said("كلام يُحجب");
  const auto [under, receipt] = said("محاضر منشورة");
  auto staff = follow(organiser, "staff");
  done(staff, command("merge", {{"into", kept}, {"contributions", {under}}}));
  EXPECT_EQ(get("/api/receipts/" + receipt).json()["merged"]["id"], kept);
  done(staff, command("moderate", {{"contribution", kept}, {"hidden", true}, {"ground", "personal_data"}}));
  EXPECT_FALSE(get("/api/receipts/" + receipt).json().contains("merged"));
  const auto docket = get(review(), organiser.headers()).json();
  EXPECT_FALSE(docket["contributions"][1].contains("merged_into"));
  const auto suggested = get("/api/consultations/" + consultation + "/suggestions", organiser.headers());
  EXPECT_EQ(suggested.json()["proposals"][0]["solutions"], json::array({under}));
  const auto hidden = get("/api/receipts/" + kept_receipt).json();
  EXPECT_EQ(hidden["ground"], "personal_data");
  EXPECT_FALSE(hidden.contains("reason")) << "no words were given beside the ground";
  done(staff, command("phase.enter", {{"phase", "closed"}}));
  const auto balance = get("/api/consultations/" + consultation + "/balance").json();
  EXPECT_EQ(balance["hidden"], 1);
  EXPECT_EQ(balance["waiting"], 1);
  EXPECT_THAT(get("/contributions/" + under).body, HasSubstr("محاضر منشورة"));
}

TEST_F(ReviewOf, the_same_command_again_has_no_second_effect_and_all_outlives_a_kill) {
  const auto [id, receipt] = said("حل");
  const json refuse{{"id", new_id()},
                    {"action", "refuse"},
                    {"contribution", id},
                    {"reason", "out_of_scope"},
                    {"words", words("خارج المجال", "Hors du champ")}};
  const auto first = post(review(), refuse, organiser.headers());
  ASSERT_EQ(first.status, 200) << first.body;
  EXPECT_EQ(post(review(), refuse, organiser.headers()).body, first.body);
  server.kill();
  server.start(server_options);
  EXPECT_EQ(get("/api/receipts/" + receipt + "/fate").json()["words"]["fr"], "Hors du champ");
  EXPECT_EQ(get("/api/consultations/" + consultation + "/balance").json()["refused"]["out_of_scope"], 1);
}

TEST_F(ReviewOf, a_command_is_kept_once_and_its_id_means_nothing_else) {
  const auto [id, receipt] = said("نشر محاضر المجلس على الموقع");
  const json screen{{"id", new_id()}, {"action", "screen"}, {"contribution", id},
                    {"clarity", 3},   {"precision", 3},     {"link", 3}};
  const auto first = post(review(), screen, organiser.headers());
  ASSERT_EQ(first.status, 200) << first.body;
  EXPECT_EQ(post(review(), screen, organiser.headers()).json(), first.json());
  auto other = screen;
  other["clarity"] = 5;
  EXPECT_EQ(post(review(), other, organiser.headers()).code(), "id_reused");
}

} // namespace
} // namespace warsha::test
