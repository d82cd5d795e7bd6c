#include "tests/integration/fixture.hpp"

/// What anybody may read without signing in, from the real server.
namespace warsha::test {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class ThePublicPages : public ServedWarsha {
protected:
  void SetUp() override {
    ServedWarsha::SetUp();
    organiser = sign_in("organiser");
    consultation = get("/api/workshops", organiser.headers()).json()["consultations"][0]["id"];
    auto staff = follow(organiser, "staff");
    ask(staff, command("phase.enter", {{"phase", "solutions"}}));
    auto socket = follow(join());
    const auto solution = contribute("نشر جدول أشغال المجلس", "solution");
    receipt = done(socket, solution)["receipt"];
    contribution = solution["id"];
  }
  void close() {
    auto staff = follow(organiser, "staff");
    done(staff, command("phase.enter", {{"phase", "closed"}}));
  }
  std::string proposed() {
    const json propose{{"id", new_id()},
                       {"action", "propose"},
                       {"title", "نشر جدول الأشغال"},
                       {"text", "ينشر جدول أشغال كل دورة قبل أسبوع"},
                       {"contributions", {contribution}}};
    EXPECT_EQ(post("/api/consultations/" + consultation + "/review", propose, organiser.headers()).status,
              200);
    return propose["id"];
  }

  Person organiser;
  std::string consultation, contribution, receipt;
};

TEST_F(ThePublicPages, keep_the_words_of_a_meeting_until_it_is_closed) {
  EXPECT_EQ(get("/contributions/" + contribution).status, 404);
  EXPECT_EQ(get("/api/consultations/" + consultation + "/record").json()["contributions"].size(), 0U);
}

TEST_F(ThePublicPages, tell_of_a_proposal_as_soon_as_it_is_made) {
  const auto proposal = proposed();
  const auto page = get("/proposals/" + proposal + "?language=ar");
  EXPECT_EQ(page.status, 200);
  EXPECT_THAT(page.header("content-type"), HasSubstr("text/html"));
  EXPECT_THAT(page.header("content-security-policy"), HasSubstr("default-src 'none'"));
  EXPECT_THAT(page.body, HasSubstr("ينشر جدول أشغال كل دورة قبل أسبوع"));
  EXPECT_THAT(get("/proposals?language=fr").body, HasSubstr("1 proposition"));
  EXPECT_THAT(get("/contributions/" + contribution).body, HasSubstr("نشر جدول أشغال المجلس"));
  EXPECT_THAT(get("/proposals.atom").body, HasSubstr("urn:uuid:" + proposal));
  EXPECT_EQ(get("/api/proposals?state=open").json()["total"], 1);
  EXPECT_EQ(get("/api/proposals?state=answered").json()["total"], 0);
  EXPECT_THAT(get("/api/proposals.csv").body, HasSubstr("نشر جدول الأشغال"));
}

TEST_F(ThePublicPages, give_nobodys_name_nor_receipt) {
  close();
  const auto proposal = proposed();
  for (const auto& path : {"/proposals/" + proposal, "/contributions/" + contribution,
                           "/consultations/" + consultation, "/api/consultations/" + consultation + "/record",
                           "/api/consultations/" + consultation + "/contributions.csv"}) {
    const auto reply = get(path);
    EXPECT_EQ(reply.status, 200) << path;
    EXPECT_THAT(reply.body, Not(HasSubstr(receipt))) << "whoever has it speaks for its author";
    EXPECT_THAT(reply.body, Not(HasSubstr("organiser@")));
  }
}

TEST_F(ThePublicPages, are_not_sent_again_to_whoever_has_them) {
  const auto proposal = proposed();
  const auto first = get("/api/proposals");
  const auto etag = first.header("etag");
  ASSERT_FALSE(etag.empty());
  EXPECT_EQ(get("/api/proposals", {{"If-None-Match", etag}}).status, 304);
  const json route{{"id", new_id()},
                   {"action", "route"},
                   {"proposal", proposal},
                   {"lead", "mtnra"},
                   {"contributing", json::array()}};
  ASSERT_EQ(post("/api/consultations/" + consultation + "/review", route, organiser.headers()).status, 200);
  EXPECT_EQ(get("/api/proposals", {{"If-None-Match", etag}}).status, 200);
}

TEST_F(ThePublicPages, say_in_the_readers_language_that_there_is_nothing) {
  const auto page = get("/proposals/none", {{"Accept-Language", "fr-MA, ar;q=0.5"}});
  EXPECT_EQ(page.status, 404);
  EXPECT_THAT(page.body, HasSubstr("Rien à cette adresse"));
  EXPECT_EQ(get("/api/consultations/none/record").status, 404);
  EXPECT_THAT(get("//proposals/none").body, Not(HasSubstr("href=\"//"))) << "a link to another server";
}

} // namespace
} // namespace warsha::test
