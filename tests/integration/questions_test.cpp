#include "tests/integration/review_fixture.hpp"

/// What an administration asks the organiser or the authors, over HTTP: who asks, who replies, and who reads
/// what of it, endpoint by endpoint.
namespace warsha::test {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

const std::string kQuestion = "هل المقصود محاضر اللجان كذلك؟";
const std::string kReply = "نعم، محاضر اللجان الدائمة كذلك";

class QuestionsOf : public SteeredReviewOf {
protected:
  void SetUp() override {
    SteeredReviewOf::SetUp();
    author = join();
    std::tie(contribution, receipt) = said("نشر محاضر المجلس على الموقع", author);
    proposal = proposed(contribution);
    act(organiser, "route", {{"proposal", proposal}, {"lead", "mtnra"}});
  }
  std::string ask_of(const std::string& to) const {
    return made(officer, "ask", {{"proposal", proposal}, {"to", to}, {"text", kQuestion}});
  }
  [[nodiscard]] Reply reply_as_author(const std::string& question, const std::string& text = kReply,
                                      const std::string& id = new_id()) const {
    return post("/api/receipts/" + receipt + "/reply", {{"id", id}, {"question", question}, {"text", text}});
  }
  [[nodiscard]] json fate(const Headers& headers = {}) const {
    return get("/api/receipts/" + receipt + "/fate", headers).json();
  }
  [[nodiscard]] json inbox(const Person& person, const std::string& part = "proposals") const {
    return get("/api/inbox", person.headers()).json().at(part);
  }
  [[nodiscard]] json questions_for(const Person& person) const {
    return get(review(), person.headers()).json().at("questions");
  }
  /// Everything that anybody, the committee, or another administration can read of the proposal.
  [[nodiscard]] std::vector<std::string> read_by_others() const {
    std::vector<std::string> all;
    for (const auto& path :
         {"/api/proposals/" + proposal, "/proposals/" + proposal + "?language=ar",
          "/api/consultations/" + consultation + "/record", "/api/receipts/" + receipt + "/fate",
          "/contributions/" + contribution, std::string("/api/proposals"), std::string("/proposals.atom"),
          std::string("/api/proposals.csv")}) {
      const auto reply = get(path);
      EXPECT_EQ(reply.status, 200) << path;
      all.push_back(reply.body);
    }
    all.push_back(get("/api/inbox", stranger.headers()).body);
    all.push_back(get(review(), member.headers()).body);
    return all;
  }

  Person author;
  std::string contribution, receipt, proposal;
};

TEST_F(QuestionsOf, are_asked_by_members_of_the_administration_that_has_the_proposal) {
  const json question{{"proposal", proposal}, {"to", "organiser"}, {"text", kQuestion}};
  EXPECT_EQ(act({}, "ask", question).status, 401);
  for (const auto* person : {&organiser, &stranger, &member, &author})
    EXPECT_NE(act(*person, "ask", question).status, 200);
  EXPECT_EQ(act(stranger, "ask", question).status, 403);
  EXPECT_EQ(act(officer, "ask", {{"proposal", proposal}, {"to", "everybody"}, {"text", "؟"}}).status, 422);
  EXPECT_EQ(act(officer, "ask", {{"proposal", proposal}, {"to", "organiser"}, {"text", " "}}).code(),
            "text_empty");
  EXPECT_EQ(act(officer, "ask", {{"proposal", new_id()}, {"to", "organiser"}, {"text", "؟"}}).code(),
            "proposal_not_found");
  EXPECT_EQ(act(officer, "ask", question).status, 200);
  EXPECT_EQ(act(head, "ask", question).status, 200);
}

TEST_F(QuestionsOf, to_the_organiser_are_replied_to_on_the_desk_and_read_by_nobody_else) {
  const auto due = inbox(officer)[0]["due_at"];
  const auto question = ask_of("organiser");
  EXPECT_TRUE(inbox(head)[0]["questions"][0]["open"]);
  const auto asked = questions_for(organiser)[0];
  EXPECT_EQ(asked["text"], kQuestion);
  EXPECT_EQ(asked["administration"], "mtnra");
  const json reply{{"question", question}, {"expected_seq", asked["seq"]}, {"text", kReply}};
  EXPECT_EQ(act({}, "reply", reply).status, 401);
  for (const auto* person : {&officer, &stranger, &member})
    EXPECT_EQ(act(*person, "reply", reply).status, 403);
  ASSERT_EQ(act(organiser, "reply", reply).status, 200);
  EXPECT_EQ(act(colleague, "reply", reply).status, 409) << "somebody else was first";
  EXPECT_EQ(act(colleague, "reply", {{"question", new_id()}, {"text", "x"}}).status, 404);

  const auto seen = inbox(officer)[0];
  EXPECT_EQ(seen["questions"][0]["reply"]["text"], kReply);
  EXPECT_EQ(seen["due_at"], due) << "the clock goes on";
  for (const auto& body : read_by_others()) {
    EXPECT_THAT(body, Not(HasSubstr(kQuestion)));
    EXPECT_THAT(body, Not(HasSubstr(kReply)));
  }
  EXPECT_FALSE(get(review(), member.headers()).json().contains("questions"));
  // Nor is it by who contributes, or by who gets it next.
  act(organiser, "route", {{"proposal", proposal}, {"lead", "mtnra"}, {"contributing", {"justice"}}});
  EXPECT_THAT(inbox(stranger, "contributed").dump(), Not(HasSubstr(kQuestion)));
  act(organiser, "route", {{"proposal", proposal}, {"lead", "justice"}});
  ASSERT_EQ(inbox(stranger).size(), 1U);
  EXPECT_THAT(inbox(stranger).dump(), Not(HasSubstr(kQuestion)));
  EXPECT_THAT(inbox(stranger).dump(), Not(HasSubstr(kReply)));
}

TEST_F(QuestionsOf, to_the_authors_come_by_the_receipt_and_their_replies_wait_for_an_organiser) {
  const auto question = ask_of("authors");
  EXPECT_EQ(fate()["questions"][0]["text"], kQuestion);
  EXPECT_EQ(fate()["questions"][0]["may_reply"], true);
  const auto id = new_id();
  const auto first = reply_as_author(question, kReply, id);
  ASSERT_EQ(first.status, 200) << first.body;
  EXPECT_EQ(reply_as_author(question, kReply, id).body, first.body) << "the same again";
  EXPECT_EQ(reply_as_author(question).code(), "question_closed");
  EXPECT_EQ(fate(author.headers())["questions"][0]["reply"]["text"], kReply) << "on the device that wrote it";
  EXPECT_THAT(fate().dump(), Not(HasSubstr(kReply))) << "a receipt may be shown to others";
  for (const auto& body : read_by_others())
    EXPECT_THAT(body, Not(HasSubstr(kReply)));
  EXPECT_THAT(get("/proposals/" + proposal).body, Not(HasSubstr(kQuestion)));
  for (const auto* person : {&officer, &head}) {
    EXPECT_THAT(inbox(*person).dump(), Not(HasSubstr(kReply)));
    EXPECT_EQ(inbox(*person)[0]["questions"][0]["waiting"], 1);
  }
  const auto reply = questions_for(organiser)[0]["replies"][0];
  EXPECT_EQ(reply["text"], kReply);
  EXPECT_EQ(reply["state"], "waiting");

  const json publish{{"question", question}, {"contribution", contribution}, {"expected_seq", reply["seq"]}};
  EXPECT_EQ(act({}, "publish_reply", publish).status, 401);
  for (const auto* person : {&officer, &stranger, &member})
    EXPECT_EQ(act(*person, "publish_reply", publish).status, 403);
  ASSERT_EQ(act(organiser, "publish_reply", publish).status, 200);
  EXPECT_EQ(act(colleague, "publish_reply", publish).status, 409);
  EXPECT_EQ(inbox(officer)[0]["questions"][0]["replies"][0]["text"], kReply);
  const auto page = get("/proposals/" + proposal + "?language=fr").body;
  EXPECT_THAT(page, HasSubstr(kQuestion));
  EXPECT_THAT(page, HasSubstr(kReply));
  EXPECT_THAT(page, Not(HasSubstr(receipt)));
  EXPECT_THAT(page, Not(HasSubstr("officer")));
  const auto shown = get("/api/proposals/" + proposal).json()["questions"][0];
  EXPECT_EQ(shown["replies"][0]["contribution"], contribution);
  EXPECT_FALSE(shown.contains("by"));
  EXPECT_EQ(fate()["questions"][0]["reply"]["text"], kReply);
  // It stays public with the proposal where that went.
  act(organiser, "dissolve_proposal", {{"proposal", proposal}, {"words", words()}});
  EXPECT_THAT(get("/proposals/" + proposal).body, HasSubstr(kReply));
}

TEST_F(QuestionsOf, a_reply_that_is_not_published_goes_back_to_its_author_alone) {
  const auto question = ask_of("authors");
  ASSERT_EQ(reply_as_author(question, "أنا فلان من حي السلام").status, 200);
  const json withhold{{"question", question}, {"contribution", contribution}, {"note", "لا تكتب اسمك"}};
  for (const auto* person : {&officer, &stranger, &member})
    EXPECT_EQ(act(*person, "withhold_reply", withhold).status, 403);
  EXPECT_EQ(act(organiser, "withhold_reply", {{"question", question}, {"contribution", contribution}}).status,
            422)
      << "without a reason";
  ASSERT_EQ(act(organiser, "withhold_reply", withhold).status, 200);
  EXPECT_EQ(act(colleague, "publish_reply", {{"question", question}, {"contribution", contribution}}).code(),
            "no_reply_waiting");
  EXPECT_EQ(fate()["questions"][0]["reply"]["note"], "لا تكتب اسمك");
  EXPECT_THAT(inbox(officer).dump(), Not(HasSubstr("لا تكتب اسمك")));
  EXPECT_EQ(inbox(officer)[0]["questions"][0]["withheld"], 1);
  for (const auto& body : read_by_others())
    EXPECT_THAT(body, Not(HasSubstr("حي السلام")));
  ASSERT_EQ(reply_as_author(question).status, 200) << "in other words";
  ASSERT_EQ(act(organiser, "publish_reply", {{"question", question}, {"contribution", contribution}}).status,
            200);
  EXPECT_THAT(get("/api/proposals/" + proposal).body, HasSubstr(kReply));
}

TEST_F(QuestionsOf, are_replied_to_by_who_holds_a_receipt_of_the_proposal_and_by_no_account) {
  const auto question = ask_of("authors");
  const auto other = said("شيء آخر").second;
  const json body{{"id", new_id()}, {"question", question}, {"text", kReply}};
  EXPECT_EQ(post("/api/receipts/" + other + "/reply", body).code(), "question_closed");
  EXPECT_EQ(post("/api/receipts/AAAA-AAAA-AAAA/reply", body).status, 404);
  EXPECT_EQ(reply_as_author(new_id()).code(), "question_not_found");
  EXPECT_EQ(reply_as_author(question, std::string(4000, 'x')).code(), "text_too_long");
  for (const auto* person : {&organiser, &officer, &member})
    EXPECT_EQ(act(*person, "reply_as_author",
                  {{"contribution", contribution}, {"question", question}, {"text", kReply}})
                  .status,
              403);
  EXPECT_FALSE(get("/api/receipts/" + other + "/fate").json().contains("questions"));
}

TEST_F(QuestionsOf, and_replies_outlive_a_kill_and_wait_for_nothing_once_the_answer_is_there) {
  const auto to_organiser = ask_of("organiser");
  const auto to_authors = ask_of("authors");
  act(officer, "answer", {{"proposal", proposal}, {"kind", "later"}, {"words", words()}});
  act(head, "approve", {{"proposal", proposal}});
  server.kill();
  server.start(server_options);
  EXPECT_EQ(inbox(officer)[0]["questions"].size(), 2U);
  EXPECT_EQ(act(organiser, "reply", {{"question", to_organiser}, {"text", kReply}}).code(),
            "question_closed");
  EXPECT_EQ(reply_as_author(to_authors).code(), "question_closed");
  EXPECT_EQ(fate()["questions"][0]["may_reply"], false);
  EXPECT_EQ(act(officer, "ask", {{"proposal", proposal}, {"to", "authors"}, {"text", "؟"}}).code(),
            "already_answered");
}

} // namespace
} // namespace warsha::test
