#include "tests/integration/review_fixture.hpp"

/// Promises and their progress, contestations and the committee's opinions, over HTTP.
namespace warsha::test {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class CommitmentsOf : public SteeredReviewOf {
protected:
  static std::string contestation_of(const std::string& receipt) {
    return "/api/receipts/" + receipt + "/contestation";
  }
  [[nodiscard]] json fate(const std::string& receipt, const Headers& headers = {}) const {
    return get("/api/receipts/" + receipt + "/fate", headers).json();
  }
};

TEST_F(CommitmentsOf, a_taken_proposal_becomes_a_promise_whose_progress_everybody_reads) {
  const auto [contribution, receipt] = said("نشر محاضر المجلس على الموقع");
  const auto proposal = answered(contribution);
  const auto id = made(officer, "commit", commitment(proposal));
  EXPECT_EQ(get("/api/commitments/" + id).status, 404) << "nobody confirmed it";
  EXPECT_EQ(get("/api/commitments").json()["total"], 0);
  EXPECT_FALSE(get("/api/proposals/" + proposal).json().contains("commitment"));
  EXPECT_EQ(get("/api/inbox", head.headers()).json()["commitments"][0]["state"], "drafted");
  made(organiser, "confirm_commitment", {{"commitment", id}});

  auto shown = get("/api/commitments/" + id).json();
  EXPECT_EQ(shown["title"]["fr"], "Publier les procès-verbaux");
  EXPECT_EQ(shown["lead"], "mtnra");
  EXPECT_EQ(shown["proposals"][0]["id"], proposal);
  EXPECT_EQ(shown["activities"][0]["status"], "late") << "its end is long past";
  EXPECT_EQ(shown["activities"][1]["status"], "not_started");
  EXPECT_EQ(get("/api/proposals/" + proposal).json()["commitment"]["id"], id);
  EXPECT_EQ(fate(receipt)["proposal"]["commitment"]["status"], "late");

  made(head, "progress",
       {{"commitment", id},
        {"activity", 1},
        {"status", "in_progress"},
        {"words", words("بدأنا", "Commencé")}});
  made(head, "progress",
       {{"commitment", id},
        {"activity", 1},
        {"status", "completed"},
        {"words", words("أُنجز", "Achevé")},
        {"link", "https://example.org/pv"}});
  shown = get("/api/commitments/" + id).json();
  ASSERT_EQ(shown["activities"][0]["progress"].size(), 2U) << "an earlier report stays";
  EXPECT_EQ(shown["activities"][0]["progress"][1]["link"], "https://example.org/pv");
  EXPECT_EQ(shown["activities"][0]["status"], "completed");
  EXPECT_EQ(shown["status"], "in_progress");
}

TEST_F(CommitmentsOf, another_administration_neither_promises_nor_reports_nor_reads_drafts) {
  const auto proposal = answered(said("حل").first);
  EXPECT_EQ(act(stranger, "commit", commitment(proposal)).code(), "not_permitted");
  const auto id = made(officer, "commit", commitment(proposal));
  EXPECT_THAT(get("/api/inbox", stranger.headers()).body, Not(HasSubstr(id)));
  auto anew = commitment(proposal);
  anew["commitment"] = id;
  EXPECT_EQ(act(stranger, "commit", anew).status, 403);
  EXPECT_EQ(act(stranger, "confirm_commitment", {{"commitment", id}}).status, 403);
  made(organiser, "confirm_commitment", {{"commitment", id}});
  const json report{{"commitment", id}, {"activity", 1}, {"status", "completed"}, {"words", words()}};
  for (const auto* person : {&stranger, &organiser, &member})
    EXPECT_EQ(act(*person, "progress", report).status, 403);
  EXPECT_EQ(act({}, "progress", report).status, 401);
  EXPECT_EQ(act(officer, "progress", report).status, 200);
}

TEST_F(CommitmentsOf, are_found_by_administration_and_status_and_name_no_person) {
  const auto id = confirmed(answered(said("حل").first));
  EXPECT_EQ(get("/api/commitments?administration=mtnra&status=late").json()["commitments"][0]["id"], id);
  EXPECT_EQ(get("/api/commitments?consultation=" + consultation).json()["total"], 1);
  EXPECT_EQ(get("/api/commitments?administration=justice").json()["total"], 0);
  EXPECT_EQ(get("/api/commitments?status=completed").json()["total"], 0);
  EXPECT_EQ(get("/api/commitments?status=whatever").json()["total"], 0);
  EXPECT_EQ(get("/api/commitments/nothing").code(), "not_found");
  for (const auto& body : {get("/api/commitments").body, get("/api/commitments/" + id).body})
    for (const auto* word : {"\"by\"", "confirmed_by", "returned", "\"seq\""})
      EXPECT_THAT(body, Not(HasSubstr(word)));
}

TEST_F(CommitmentsOf, only_the_author_contests_once_and_somebody_else_decides) {
  const auto author = join();
  const auto other = join();
  const auto [id, receipt] = said("نشر الميزانية", author);
  EXPECT_EQ(fate(receipt, author.headers())["contestable"], false) << "nothing was decided";
  act(organiser, "refuse",
      {{"contribution", id}, {"reason", "out_of_scope"}, {"words", words("خارج المجال", "Hors du champ")}});
  EXPECT_EQ(fate(receipt, author.headers())["contestable"], true);
  EXPECT_EQ(fate(receipt)["contestable"], false);
  EXPECT_EQ(fate(receipt, other.headers())["contestable"], false);

  const json body{{"id", new_id()}, {"text", "الميزانية في صلب الشفافية"}};
  EXPECT_EQ(post(contestation_of(receipt), body).status, 403) << "a receipt alone is not enough";
  EXPECT_EQ(post(contestation_of(receipt), body, other.headers()).status, 403);
  EXPECT_EQ(post(contestation_of(receipt), body, organiser.headers()).status, 403);
  EXPECT_EQ(act(organiser, "contest", {{"contribution", id}, {"text", "x"}}).status, 403);
  const auto first = post(contestation_of(receipt), body, author.headers());
  ASSERT_EQ(first.status, 200) << first.body;
  EXPECT_EQ(post(contestation_of(receipt), body, author.headers()).body, first.body) << "the same again";
  EXPECT_EQ(post(contestation_of(receipt), {{"id", new_id()}, {"text", "x"}}, author.headers()).code(),
            "already_contested");
  EXPECT_EQ(fate(receipt, author.headers())["contestable"], false);
  EXPECT_EQ(fate(receipt)["contestation"]["text"], "الميزانية في صلب الشفافية");
  EXPECT_THAT(get(review(), organiser.headers()).body, Not(HasSubstr(author.id)));

  const json decision{{"contribution", id}, {"upheld", true}, {"words", words("أصبتم", "Vous avez raison")}};
  EXPECT_EQ(act(organiser, "decide_contestation", decision).code(), "somebody_else_needed");
  EXPECT_EQ(act(officer, "decide_contestation", decision).status, 403);
  EXPECT_EQ(act(colleague, "decide_contestation", decision).status, 200);
  EXPECT_EQ(fate(receipt)["state"], "waiting");
  EXPECT_EQ(fate(receipt)["contestation"]["state"], "upheld");
  EXPECT_EQ(fate(receipt)["contestation"]["words"]["fr"], "Vous avez raison");
  EXPECT_EQ(get("/api/consultations/" + consultation + "/balance").json()["waiting"], 1);
}

TEST_F(CommitmentsOf, the_committee_reads_and_says_what_it_thinks_of_what_is_taken) {
  const auto proposal = answered(said("حل").first);
  const json opinion{
      {"proposal", proposal}, {"stance", "reservation"}, {"words", words("الأجل طويل", "Long")}};
  for (const auto* person : {&organiser, &officer, &stranger})
    EXPECT_EQ(act(*person, "opine", opinion).status, 403);
  EXPECT_EQ(get(review(), member.headers()).status, 200);
  const auto listed = get("/api/workshops", member.headers()).json()["consultations"];
  ASSERT_EQ(listed.size(), 1U) << "how the page finds the review";
  EXPECT_TRUE(listed[0]["workshops"].empty()) << "it has no role in the rooms";
  EXPECT_EQ(act(member, "opine", opinion).status, 200);
  EXPECT_EQ(
      act(member, "refuse", {{"contribution", new_id()}, {"reason", "unclear"}, {"words", words()}}).status,
      403);
  const auto shown = get("/api/proposals/" + proposal).json();
  EXPECT_EQ(shown["opinions"][0]["stance"], "reservation");
  EXPECT_EQ(shown["opinions"][0]["words"]["ar"], "الأجل طويل");
  EXPECT_FALSE(shown["opinions"][0].contains("by"));
}

TEST_F(CommitmentsOf, members_of_one_administration_assign_among_themselves_and_nobody_else_sees_it) {
  const auto proposal = proposed(said("حل").first);
  act(organiser, "route", {{"proposal", proposal}, {"lead", "mtnra"}});
  const auto inbox = get("/api/inbox", head.headers()).json();
  ASSERT_EQ(inbox["members"].size(), 2U);
  std::string other;
  for (const auto& one : inbox["members"])
    if (one["id"] != inbox["me"])
      other = one["id"];
  EXPECT_EQ(act(head, "assign", {{"proposal", proposal}, {"to", other}}).status, 200);
  EXPECT_EQ(get("/api/inbox", officer.headers()).json()["proposals"][0]["assigned"], other);
  EXPECT_EQ(act(stranger, "assign", {{"proposal", proposal}}).status, 403);
  EXPECT_EQ(act(head, "assign", {{"proposal", proposal}, {"to", new_id()}}).code(), "invalid_value");
  for (const auto& body : {get(review(), organiser.headers()).body, get("/api/proposals/" + proposal).body,
                           get("/api/inbox", stranger.headers()).body})
    EXPECT_THAT(body, Not(HasSubstr(other)));
}

TEST_F(CommitmentsOf, whom_no_decision_reached_is_told_to_organisers_and_its_sum_to_the_committee) {
  const auto [contribution, receipt] = said("نشر محاضر المجلس على الموقع");
  answered(contribution);
  const auto path = "/api/consultations/" + consultation + "/told";
  EXPECT_EQ(get(path, organiser.headers()).json()["unreached"], json::array({contribution}));
  const auto to_committee = get(path, member.headers()).json();
  EXPECT_EQ(to_committee["not_reached"], 1);
  EXPECT_FALSE(to_committee.contains("unreached"));
}

TEST_F(CommitmentsOf, an_answer_that_was_sent_back_is_known_by_the_note_that_says_why) {
  const auto [contribution, receipt] = said("نشر محاضر المجلس على الموقع");
  const auto proposal =
      made(organiser, "propose", {{"title", "مقترح"}, {"text", "نص"}, {"contributions", {contribution}}});
  made(organiser, "route", {{"proposal", proposal}, {"lead", "mtnra"}, {"contributing", json::array()}});
  made(officer, "note", {{"proposal", proposal}, {"text", "ندرسه"}});
  made(officer, "answer",
       {{"proposal", proposal}, {"kind", "later"}, {"words", words("لاحقا", "Plus tard")}});
  made(head, "reject_answer", {{"proposal", proposal}, {"text", "متى؟"}});
  const auto notes = get("/api/inbox", officer.headers()).json()["proposals"][0]["notes"];
  ASSERT_EQ(notes.size(), 2U);
  EXPECT_FALSE(notes[0].contains("rejects_answer"));
  EXPECT_EQ(notes[1]["rejects_answer"], true);
  EXPECT_EQ(notes[1]["text"], "متى؟");
}

TEST_F(CommitmentsOf, all_of_it_outlives_a_kill) {
  const auto author = join();
  const auto [refused, receipt] = said("نشر الميزانية", author);
  act(organiser, "refuse", {{"contribution", refused}, {"reason", "unclear"}, {"words", words()}});
  post(contestation_of(receipt), {{"id", new_id()}, {"text", "واضح"}}, author.headers());
  const auto proposal = answered(said("حل").first);
  act(member, "opine", {{"proposal", proposal}, {"stance", "support"}, {"words", words()}});
  const auto id = confirmed(proposal);
  made(officer, "progress",
       {{"commitment", id}, {"activity", 2}, {"status", "in_progress"}, {"words", words()}});
  const auto before = get("/api/commitments/" + id).json();
  server.kill();
  server.start(server_options);
  EXPECT_EQ(get("/api/commitments/" + id).json(), before);
  EXPECT_EQ(get("/api/proposals/" + proposal).json()["opinions"].size(), 1U);
  EXPECT_EQ(fate(receipt)["contestation"]["state"], "waiting");
}

} // namespace
} // namespace warsha::test
