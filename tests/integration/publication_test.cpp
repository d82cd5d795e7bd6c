#include "tests/integration/fixture.hpp"

#include <algorithm>
#include <deque>
#include <filesystem>
#include <regex>
#include <set>

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
  /// Every file that a contract refers to is served, and what those refer to.
  void expect_references_lead_somewhere(const std::string& from) {
    static const std::regex kReference(R"re(\$ref"?: *['"]?([^'"#\s}]+\.json))re");
    std::set<std::string> seen{from};
    for (std::deque<std::string> left{from}; !left.empty(); left.pop_front()) {
      const auto reply = get(left.front());
      EXPECT_EQ(reply.status, 200) << left.front();
      for (std::sregex_iterator one(reply.body.begin(), reply.body.end(), kReference), none; one != none;
           ++one)
        if (const auto path = (std::filesystem::path(left.front()).parent_path() / (*one)[1].str())
                                  .lexically_normal()
                                  .string();
            seen.insert(path).second)
          left.push_back(path);
    }
    EXPECT_GT(seen.size(), 3U);
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

TEST_F(ThePublicPages, follow_a_receipt_without_a_script_to_an_address_that_does_not_have_it) {
  const auto follow = [&](const std::string& typed) {
    return request("POST", "/receipts", "language=fr&receipt=" + typed,
                   {{"Content-Type", "application/x-www-form-urlencoded"}});
  };
  EXPECT_EQ(get("/receipts").status, 200);
  const auto wrong = follow("AAAA-BBBB-CCCC");
  EXPECT_EQ(wrong.status, 404);
  EXPECT_THAT(wrong.body, HasSubstr("value=\"AAAA-BBBB-CCCC\""));
  const auto kept = follow(receipt);
  EXPECT_EQ(kept.status, 200);
  EXPECT_THAT(kept.body, HasSubstr("La contribution est enregistrée"));
  EXPECT_EQ(kept.header("cache-control"), "no-store");
  for (const auto* junk : {"", "receipt", "receipt=", "receipt=%ZZ", "other=1&language=xx", "receipt=%00%ff"})
    EXPECT_EQ(request("POST", "/receipts", junk).status, 404) << junk;
  const auto proposal = proposed();
  const auto found = follow(receipt);
  EXPECT_EQ(found.status, 303);
  EXPECT_EQ(found.header("location"), "/contributions/" + contribution + "?language=fr");
  EXPECT_EQ(
      request("POST", "/receipts", "receipt=" + receipt, {{"Origin", "https://elsewhere.example"}}).status,
      403);
}

TEST_F(ThePublicPages, lead_to_the_contracts_that_they_keep) {
  EXPECT_THAT(get("/proposals").body, HasSubstr("href=\"/schemas/http/openapi.yaml\""));
  EXPECT_THAT(get("/schemas/http/openapi.yaml").body, HasSubstr("openapi: 3.1.0"));
  for (const auto* schema : {"exports/record", "exports/consultation", "live/common"})
    EXPECT_TRUE(get("/schemas/" + std::string(schema) + ".schema.json").json().contains("$schema")) << schema;
  expect_references_lead_somewhere("/schemas/http/openapi.yaml");
  EXPECT_THAT(get("/api/commitments.csv").body, HasSubstr("\"confirmed_at\""));
  EXPECT_THAT(get("/api/administrations.csv").body, HasSubstr("\"on_time\""));
  EXPECT_THAT(get("/administrations/region-sm").body, HasSubstr("سوس - ماسة"));
  EXPECT_EQ(get("/administrations/nobody").status, 404);
  EXPECT_EQ(get("/api/administrations/region-sm").json()["territory"], "MA-09");
  EXPECT_EQ(get("/api/administrations/nobody").status, 404);
  EXPECT_THAT(get("/sitemap.txt").body, HasSubstr("/administrations/region-sm\n"));
  const auto lines = [&](const std::string& path) { return std::ranges::count(get(path).body, '\n'); };
  EXPECT_EQ(lines("/api/commitments.csv?status=whatever&administration=%27"), 1)
      << "the names of the columns";
}

TEST_F(ThePublicPages, are_all_found_by_search_engines) {
  const auto proposal = proposed();
  const auto sitemap = get("/sitemap.txt").body;
  for (const auto& path : {"/proposals/" + proposal, "/consultations/" + consultation + "/scores"})
    EXPECT_THAT(sitemap, HasSubstr(path + "\n"));
  EXPECT_THAT(sitemap, HasSubstr("/contributions/"));
  EXPECT_THAT(get("/robots.txt").body, HasSubstr("/sitemap.txt\n"));
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
