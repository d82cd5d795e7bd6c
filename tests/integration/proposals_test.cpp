#include "tests/integration/review_fixture.hpp"

/// Proposals that are merged, dissolved and shared, and what else may be contested, over HTTP.
namespace warsha::test {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class ProposalsOf : public SteeredReviewOf {
protected:
  [[nodiscard]] json fate(const std::string& receipt, const Headers& headers = {}) const {
    return get("/api/receipts/" + receipt + "/fate", headers).json();
  }
  [[nodiscard]] json docket(const Person& person) const { return get(review(), person.headers()).json(); }
};

TEST_F(ProposalsOf, one_that_was_merged_or_dissolved_says_publicly_where_it_went_and_can_come_back) {
  const auto [first, first_receipt] = said("نشر محاضر المجلس");
  const auto [second, second_receipt] = said("محاضر المجلس على الإنترنت");
  const auto one = proposed(first);
  const auto other = proposed(second);
  const json merge{{"proposal", other}, {"into", one}, {"words", words("الفكرة نفسها", "La même idée")}};
  for (const auto* person : {&officer, &member, &stranger})
    EXPECT_EQ(act(*person, "merge_proposal", merge).status, 403);
  EXPECT_EQ(act({}, "merge_proposal", merge).status, 401);
  ASSERT_EQ(act(organiser, "merge_proposal", merge).status, 200);
  EXPECT_EQ(fate(second_receipt)["proposal"]["id"], one) << "the receipt follows it";
  EXPECT_EQ(fate(first_receipt)["proposal"]["id"], one);
  const auto ended = get("/api/proposals/" + other).json();
  EXPECT_EQ(ended["state"], "merged");
  EXPECT_EQ(ended["into"]["id"], one);
  EXPECT_EQ(ended["words"]["fr"], "La même idée");
  const auto page = get("/proposals/" + other + "?language=fr");
  EXPECT_EQ(page.status, 200);
  EXPECT_THAT(page.body, HasSubstr("/proposals/" + one));
  EXPECT_THAT(page.body, Not(HasSubstr("organiser@")));
  EXPECT_EQ(get("/api/proposals").json()["total"], 1);
  EXPECT_EQ(docket(organiser)["ended"][0]["can_come_back"], true);

  const auto refused_of_others = [&](const std::string& action, const json& members) {
    for (const auto* person : {&officer, &member, &stranger})
      EXPECT_EQ(act(*person, action, members).status, 403) << action;
    EXPECT_EQ(act({}, action, members).status, 401) << action;
  };
  refused_of_others("unmerge_proposal", {{"proposal", other}});
  refused_of_others("dissolve_proposal", {{"proposal", one}, {"words", words()}});
  EXPECT_EQ(act({}, "share", {{"proposal", one}, {"words", words()}}).status, 401);
  EXPECT_EQ(act(organiser, "dissolve_proposal", {{"proposal", one}}).status, 422) << "without a reason";
  EXPECT_EQ(act(organiser, "dissolve_proposal", {{"proposal", new_id()}, {"words", words()}}).code(),
            "proposal_not_found");
  ASSERT_EQ(act(colleague, "unmerge_proposal", {{"proposal", other}}).status, 200);
  EXPECT_EQ(fate(second_receipt)["proposal"]["id"], other);
  EXPECT_EQ(get("/api/proposals").json()["total"], 2);
  ASSERT_EQ(act(organiser, "dissolve_proposal", {{"proposal", other}, {"words", words()}}).status, 200);
  EXPECT_EQ(fate(second_receipt)["state"], "waiting");
  EXPECT_THAT(get("/proposals/" + other + "?language=fr").body, HasSubstr("/contributions/" + second));
  EXPECT_EQ(get("/api/consultations/" + consultation + "/balance").json()["waiting"], 1);
}

TEST_F(ProposalsOf, a_merge_of_the_meeting_is_contested_by_its_author_and_not_decided_by_who_merged) {
  const auto author = join();
  const auto [stays, stays_receipt] = said("نشر الميزانية");
  const auto [id, receipt] = said("نشر حسابات الجماعة", author);
  EXPECT_EQ(fate(receipt, author.headers())["contestable"], false);
  auto staff = follow(organiser, "staff");
  done(staff, command("merge", {{"into", stays}, {"contributions", {id}}}));
  EXPECT_EQ(fate(receipt, author.headers())["contestable"], true);
  const auto one = proposed(stays);
  EXPECT_EQ(fate(receipt)["proposal"]["id"], one) << "it shares a fate";
  const json body{{"id", new_id()}, {"text", "ليست الفكرة نفسها"}};
  const auto path = "/api/receipts/" + receipt + "/contestation";
  const auto first = post(path, body, author.headers());
  ASSERT_EQ(first.status, 200) << first.body;
  EXPECT_EQ(post(path, body, author.headers()).body, first.body) << "the same again";
  const json decision{{"contribution", id}, {"upheld", true}, {"words", words()}};
  EXPECT_EQ(act(organiser, "decide_contestation", decision).code(), "somebody_else_needed")
      << "they merged it in the meeting";
  ASSERT_EQ(act(colleague, "decide_contestation", decision).status, 200);
  EXPECT_EQ(post(path, body, author.headers()).body, first.body) << "and afterwards";
  const auto now = fate(receipt);
  EXPECT_EQ(now["state"], "waiting");
  EXPECT_FALSE(now.contains("shared"));
  for (const auto& contribution : docket(organiser)["contributions"])
    if (contribution["id"] == id) {
      EXPECT_FALSE(contribution.contains("merged_into")) << "it may be screened and proposed";
    }
  EXPECT_NE(proposed(id), one);
}

TEST_F(ProposalsOf, the_committee_reads_an_answer_before_it_is_published_and_nobody_else_does) {
  const auto id = proposed(said("حل").first);
  act(organiser, "route", {{"proposal", id}, {"lead", "mtnra"}});
  act(officer, "note", {{"proposal", id}, {"text", "ملاحظة داخلية"}});
  act(officer, "answer",
      {{"proposal", id}, {"kind", "not_feasible"}, {"words", words("غير ممكن الآن", "Impossible")}});
  const auto read = get(review(), member.headers()).body;
  EXPECT_THAT(read, HasSubstr("غير ممكن الآن"));
  EXPECT_THAT(read, Not(HasSubstr("ملاحظة داخلية")));
  for (const auto& body :
       {get(review(), organiser.headers()).body, get("/api/inbox", stranger.headers()).body,
        get("/api/proposals/" + id).body, get("/proposals/" + id).body,
        get("/api/consultations/" + consultation + "/record").body})
    EXPECT_THAT(body, Not(HasSubstr("غير ممكن الآن")));
  const json opinion{{"proposal", id}, {"stance", "against"}, {"words", words("بل ممكن", "Possible")}};
  ASSERT_EQ(act(member, "opine", opinion).status, 200);
  EXPECT_FALSE(get("/api/proposals/" + id).json().contains("opinions"));
  EXPECT_THAT(get("/api/inbox", head.headers()).body, HasSubstr("بل ممكن")) << "in time to think again";
  ASSERT_EQ(act(head, "approve", {{"proposal", id}}).status, 200);
  EXPECT_EQ(get("/api/proposals/" + id).json()["opinions"].size(), 1U);
}

TEST_F(ProposalsOf, what_its_author_made_clearer_is_what_the_administration_and_everybody_reads) {
  const auto [id, receipt] = said("نشر الوثائق");
  act(organiser, "screen", {{"contribution", id}, {"clarity", 1}, {"precision", 1}, {"link", 3}});
  act(organiser, "return", {{"contribution", id}, {"note", "أي وثائق؟"}});
  ASSERT_EQ(post("/api/receipts/" + receipt + "/revision", {{"text", "نشر محاضر الدورات"}}).status, 200);
  for (const auto& contribution : docket(organiser)["contributions"])
    if (contribution["id"] == id) {
      EXPECT_EQ(contribution["screenings"][0]["of_old_words"], true);
    }
  const auto proposal = proposed(id);
  act(organiser, "route", {{"proposal", proposal}, {"lead", "mtnra"}});
  for (const auto& said : {get("/api/inbox", officer.headers()).json()["proposals"][0]["said"][0],
                           get("/api/proposals/" + proposal).json()["said"][0]}) {
    EXPECT_EQ(said["text"], "نشر محاضر الدورات");
    EXPECT_EQ(said["first_said"], "نشر الوثائق");
  }
  EXPECT_EQ(get("/api/proposals?q=%D9%85%D8%AD%D8%A7%D8%B6%D8%B1").json()["total"], 1) << "محاضر";
}

TEST_F(ProposalsOf, are_shared_by_whom_they_were_handed_to_with_who_handed_them_on) {
  const auto id = proposed(said("حل").first);
  act(organiser, "route", {{"proposal", id}, {"lead", "mtnra"}});
  act(officer, "decline", {{"proposal", id}, {"unit", "قسم"}, {"owner", "justice"}, {"words", words()}});
  const json share{{"proposal", id}, {"words", words("من اختصاصنا معا", "Cela relève des deux")}};
  for (const auto* person : {&officer, &organiser, &member})
    EXPECT_EQ(act(*person, "share", share).status, 403);
  ASSERT_EQ(act(stranger, "share", share).status, 200);
  const auto shown = get("/api/proposals/" + id).json();
  EXPECT_EQ(shown["lead"], "justice");
  EXPECT_EQ(shown["contributing"], json::array({"mtnra"}));
  EXPECT_EQ(shown["hops"].back()["shared"]["fr"], "Cela relève des deux");
  EXPECT_THAT(get("/proposals/" + id + "?language=fr").body, HasSubstr("Cela relève des deux"));
  EXPECT_EQ(get("/api/inbox", head.headers()).json()["contributed"][0]["id"], id);
}

} // namespace
} // namespace warsha::test
