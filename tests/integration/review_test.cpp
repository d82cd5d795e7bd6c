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
