#include "tests/integration/review_fixture.hpp"

/// Words that an administration keeps for its answers: its members', and nobody else's.
namespace warsha::test {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class AnswerTemplates : public ReviewOf {
protected:
  static json wanted(const std::string& title = "أخذنا به") {
    return {{"administration", "mtnra"}, {"title", title}, {"kind", "taken"}, {"words", words()}};
  }
  static json changed(int revision, const std::string& title = "عنوان آخر") {
    return {
        {"title", title}, {"kind", "later"}, {"words", words("لاحقا", "Plus tard")}, {"revision", revision}};
  }
  std::string added() {
    const auto reply = post("/api/answer-templates", wanted(), officer.headers());
    EXPECT_EQ(reply.status, 201) << reply.body;
    return reply.json()["id"];
  }
  json all(const Person& person) {
    return get("/api/answer-templates", person.headers()).json()["templates"];
  }
  Reply change(const std::string& id, const json& body, const Person& person) {
    return request("PUT", "/api/answer-templates/" + id, body.dump(), person.headers());
  }
  Reply remove(const std::string& id, const Person& person) {
    return request("DELETE", "/api/answer-templates/" + id, {}, person.headers());
  }
};

TEST_F(AnswerTemplates, are_made_read_changed_and_deleted_by_the_members_of_one_administration) {
  const auto id = added();
  ASSERT_EQ(all(head).size(), 1U);
  EXPECT_EQ(all(head)[0]["words"]["fr"], "Nous publierons");
  const auto second = change(id, changed(1), head);
  ASSERT_EQ(second.status, 200) << second.body;
  EXPECT_EQ(second.json()["revision"], 2);
  EXPECT_EQ(all(officer)[0]["kind"], "later");
  EXPECT_EQ(remove(id, officer).status, 204);
  EXPECT_TRUE(all(head).empty());
  EXPECT_EQ(remove(id, officer).status, 204) << "gone is gone";
  EXPECT_EQ(change(id, changed(2), officer).status, 404);
}

TEST_F(AnswerTemplates, are_neither_read_nor_changed_by_anybody_else) {
  const auto id = added();
  EXPECT_TRUE(all(stranger).empty());
  EXPECT_EQ(change(id, changed(1), stranger).status, 403);
  EXPECT_EQ(remove(id, stranger).status, 403);
  EXPECT_EQ(post("/api/answer-templates", wanted(), stranger.headers()).status, 403);
  for (const auto* path : {"/api/answer-templates"}) {
    EXPECT_EQ(get(path, organiser.headers()).status, 403);
    EXPECT_EQ(get(path).status, 401);
  }
  EXPECT_EQ(change(id, changed(1), organiser).status, 403);
  EXPECT_EQ(remove(id, Person{}).status, 401);
  EXPECT_EQ(all(officer)[0]["revision"], 1);
}

TEST_F(AnswerTemplates, a_change_of_what_somebody_else_changed_meanwhile_is_refused) {
  const auto id = added();
  ASSERT_EQ(change(id, changed(1, "الأول"), officer).status, 200);
  const auto late = change(id, changed(1, "الثاني"), head);
  EXPECT_EQ(late.status, 409);
  EXPECT_EQ(late.code(), "changed_meanwhile");
  EXPECT_EQ(all(officer)[0]["title"], "الأول");
}

TEST_F(AnswerTemplates, need_a_kind_and_words_in_both_languages) {
  auto body = wanted();
  body["words"]["fr"] = "";
  EXPECT_EQ(post("/api/answer-templates", body, officer.headers()).code(), "text_empty");
  body = wanted();
  body["kind"] = "perhaps";
  EXPECT_EQ(post("/api/answer-templates", body, officer.headers()).code(), "invalid_value");
  EXPECT_EQ(post("/api/answer-templates", wanted(std::string(121, 'x')), officer.headers()).status, 422);
}

TEST_F(AnswerTemplates, are_so_many_at_most) {
  for (std::size_t i = 0; i < limits::kAnswerTemplates; ++i)
    ASSERT_EQ(post("/api/answer-templates", wanted(std::to_string(i)), officer.headers()).status, 201);
  EXPECT_EQ(post("/api/answer-templates", wanted(), officer.headers()).code(), "too_many_templates");
}

} // namespace
} // namespace warsha::test
