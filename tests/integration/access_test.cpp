#include "tests/integration/fixture.hpp"

namespace warsha::test {
namespace {

using Access = ServedWarsha;

TEST_F(Access, a_stranger_sees_nothing_of_a_workshop) {
  for (const auto* rest :
       {"", "/snapshot", "/snapshot?audience=room", "/snapshot?audience=staff", "/qr.svg"}) {
    const auto reply = get(path(rest));
    EXPECT_EQ(reply.status, 401) << rest;
    EXPECT_EQ(reply.code(), "sign_in_required") << rest;
  }
  EXPECT_EQ(get("/api/workshops").status, 401);
  EXPECT_EQ(post("/api/consultations", json::object()).status, 401);
  EXPECT_EQ(get("/api/me").body, "{}");
}

TEST_F(Access, a_participant_sees_the_room_of_the_workshop_joined_and_no_other) {
  const auto person = join();
  for (const auto* rest : {"", "/snapshot", "/snapshot?audience=room", "/qr.svg"}) {
    EXPECT_EQ(get(path(rest), person.headers()).status, 200) << rest;
    EXPECT_EQ(get("/api/workshops/" + other_workshop + rest, person.headers()).status, 401) << rest;
  }
  EXPECT_EQ(get(path("/snapshot?audience=staff"), person.headers()).status, 401);
  EXPECT_EQ(get("/api/workshops", person.headers()).status, 401);
  EXPECT_EQ(post("/api/consultations", json::object(), person.headers()).status, 401);
}

TEST_F(Access, a_facilitator_sees_the_workshops_given_and_no_other) {
  const auto facilitator = sign_in("facilitator", {"--workshop", workshop});
  EXPECT_EQ(get(path("/snapshot?audience=staff"), facilitator.headers()).status, 200);
  EXPECT_EQ(
      get("/api/workshops/" + other_workshop + "/snapshot?audience=staff", facilitator.headers()).status,
      403);
  EXPECT_EQ(get(path("/seen"), facilitator.headers()).status, 200);
  for (const auto* of : {"", "/seen"})
    EXPECT_EQ(get("/api/workshops/" + other_workshop + of, facilitator.headers()).status, 403) << of;
  const auto listed = get("/api/workshops", facilitator.headers()).json();
  ASSERT_EQ(listed["consultations"].size(), 1U);
  ASSERT_EQ(listed["consultations"][0]["workshops"].size(), 1U);
  EXPECT_EQ(listed["consultations"][0]["workshops"][0]["id"], workshop);
}

TEST_F(Access, what_does_not_exist_is_not_found) {
  const auto facilitator = sign_in("facilitator");
  for (const auto& target : {"/api/workshops/" + new_id(), "/api/workshops/" + new_id() + "/snapshot",
                             std::string("/api/workshops/nothing"), std::string("/api/nothing"),
                             std::string("/api/"), std::string("/api/workshops/a/b/c"), path("/nothing")}) {
    const auto reply = get(target, facilitator.headers());
    EXPECT_EQ(reply.status, 404) << target;
    EXPECT_EQ(reply.code(), "not_found") << target;
  }
  EXPECT_EQ(get(path("/snapshot?audience=press"), facilitator.headers()).status, 400);
}

TEST_F(Access, a_live_connection_needs_the_right_to_it) {
  const auto person = join();
  const auto to = [&](const std::string& target, const Headers& headers) {
    const LiveSocket socket(server.port(), target, headers);
    return std::pair(socket.status(), socket.refusal());
  };
  using Refusal = std::pair<int, std::string>;
  EXPECT_EQ(to("/live/" + workshop, {}), Refusal(401, "pass_required"));
  EXPECT_EQ(to("/live/" + other_workshop, person.headers()), Refusal(401, "pass_required"));
  EXPECT_EQ(to("/live/" + workshop + "?as=staff", person.headers()), Refusal(401, "sign_in_required"));
  EXPECT_EQ(to("/live/" + workshop + "?as=screen", {}), Refusal(401, "sign_in_required"));
  EXPECT_EQ(to("/live/" + workshop + "?as=organiser", person.headers()), Refusal(400, "invalid_value"));
  EXPECT_EQ(to("/live/" + new_id(), person.headers()), Refusal(404, "not_found"));
  EXPECT_EQ(to("/live/nothing", person.headers()), Refusal(404, "not_found"));
  EXPECT_EQ(to("/api/me", person.headers()), Refusal(404, "not_found"));
  EXPECT_EQ(to("/live/" + workshop, person.headers()).first, 101);
  EXPECT_EQ(to("/live/" + workshop + "?as=screen", person.headers()).first, 101);
}

TEST_F(Access, another_site_can_neither_post_nor_connect) {
  const auto person = join();
  const auto own = "http://127.0.0.1:" + std::to_string(server.port());
  for (const std::string origin :
       {"http://evil.example", "null", "https://127.0.0.1.evil.example", "http://"}) {
    const Headers headers{{"Cookie", person.cookie}, {"Origin", origin}};
    const auto reply = post("/api/join", join_body(), headers);
    EXPECT_EQ(reply.status, 403) << origin;
    EXPECT_EQ(reply.code(), "origin_refused") << origin;
    EXPECT_EQ(request("DELETE", "/api/session", {}, headers).status, 403) << origin;
    const LiveSocket socket(server.port(), "/live/" + workshop, headers);
    EXPECT_EQ(socket.status(), 403) << origin;
    EXPECT_EQ(socket.refusal(), "origin_refused") << origin;
  }
  const Headers headers{{"Cookie", person.cookie}, {"Origin", own}};
  EXPECT_EQ(post("/api/join", join_body(), headers).status, 201);
  EXPECT_EQ(LiveSocket(server.port(), "/live/" + workshop, headers).status(), 101);
}

TEST_F(Access, only_an_administrator_creates_consultations) {
  const json document{{"schema", "warsha.consultation/1"},
                      {"title", "Consultation"},
                      {"language", "fr"},
                      {"region", "Souss-Massa"},
                      {"city", "Agadir"},
                      {"venue", "Salle"},
                      {"date", "2026-11-02"},
                      {"organisers", {"Association"}},
                      {"participants", 20},
                      {"workshops", {{{"key", "eau"}, {"title", "Eau"}, {"moderation", "before"}}}}};
  for (const auto* role : {"facilitator", "organiser"}) {
    const auto reply = post("/api/consultations", document, sign_in(role).headers());
    EXPECT_EQ(reply.status, 403) << role;
    EXPECT_EQ(reply.code(), "not_permitted") << role;
  }
  const auto admin = sign_in("admin");
  const auto created = post("/api/consultations", document, admin.headers());
  ASSERT_EQ(created.status, 201) << created.body;
  const auto made = created.json()["workshops"].at(0);
  EXPECT_EQ(made["key"], "eau");
  auto body = join_body();
  body["code"] = made["join_code"];
  EXPECT_EQ(post("/api/join", body).json()["workshop"]["id"], made["id"]);
  const auto snapshot =
      get("/api/workshops/" + made["id"].get<std::string>() + "/snapshot?audience=staff", admin.headers());
  ASSERT_EQ(snapshot.status, 200) << "whoever sets it up can run it";
  EXPECT_EQ(snapshot.json()["settings"]["moderation"], "before") << "as it was chosen when it was made";
  EXPECT_EQ(snapshot.json()["seq"], 2);
}

TEST_F(Access, a_document_that_does_not_fit_is_refused_and_says_where) {
  const auto admin = sign_in("admin");
  const auto before = get("/api/workshops", admin.headers()).body;
  const json good{{"schema", "warsha.consultation/1"},
                  {"title", "C"},
                  {"language", "fr"},
                  {"region", "R"},
                  {"city", "C"},
                  {"venue", "V"},
                  {"date", "2026-11-02"},
                  {"organisers", {"A"}},
                  {"workshops", {{{"key", "eau"}, {"title", "Eau"}}}}};
  for (const auto& [field, value] : {std::pair{"title", json("")},
                                     {"language", json("tlh")},
                                     {"workshops", json::array()},
                                     {"schema", json("warsha.consultation/2")},
                                     {"organisers", json("A")},
                                     {"extra", json(1)}}) {
    auto document = good;
    document[field] = value;
    const auto reply = post("/api/consultations", document, admin.headers());
    EXPECT_EQ(reply.status, 422) << field;
    EXPECT_EQ(reply.code(), "invalid_value") << field;
    EXPECT_NE(reply.json().value("field", ""), "") << field;
  }
  auto twice = good;
  twice["workshops"].push_back(twice["workshops"][0]);
  EXPECT_THAT(post("/api/consultations", twice, admin.headers()).json().value("field", ""),
              ::testing::HasSubstr("used twice"));
  for (const std::string text : {"not json", "[]", "{}"})
    EXPECT_EQ(request("POST", "/api/consultations", text, admin.headers()).status, 422) << text;
  EXPECT_EQ(get("/api/workshops", admin.headers()).body, before);
}

} // namespace
} // namespace warsha::test
