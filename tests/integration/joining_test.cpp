#include "tests/integration/fixture.hpp"

namespace warsha::test {
namespace {

using Joining = ServedWarsha;

std::string lower(std::string text) {
  for (auto& c : text)
    c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return text;
}

TEST_F(Joining, a_code_is_read_however_it_is_typed) {
  const auto half = join_code.substr(0, 3);
  const auto rest = join_code.substr(3);
  for (const auto& typed :
       {join_code, lower(join_code), half + " " + rest, half + "-" + rest, " " + lower(half) + "- " + rest}) {
    auto body = join_body();
    body["code"] = typed;
    const auto reply = post("/api/join", body);
    EXPECT_EQ(reply.status, 201) << typed;
    EXPECT_EQ(reply.json()["workshop"]["id"], workshop) << typed;
  }
  for (const auto& typed : {lower(join_code), half + "%20" + rest, half + "-" + rest})
    EXPECT_EQ(get("/api/join/" + typed).json()["workshop"]["id"], workshop) << typed;
}

TEST_F(Joining, a_code_shows_the_consultation_before_anybody_joins) {
  const auto shown = get("/api/join/" + join_code).json();
  EXPECT_EQ(shown["notice_version"], 1);
  EXPECT_EQ(shown["workshop"]["language"], "ar");
  EXPECT_EQ(shown["consultation"]["date"], "2026-12-12");
}

TEST_F(Joining, an_unknown_code_is_not_found) {
  auto body = join_body();
  for (const auto* typed : {"ZZZZZZ", "", "K7QM3", "K7QM3FF", "######", "رمز"}) {
    body["code"] = typed;
    const auto reply = post("/api/join", body);
    EXPECT_EQ(reply.status, 404) << typed;
    EXPECT_EQ(reply.code(), "join_code_unknown") << typed;
  }
  EXPECT_EQ(get("/api/join/ZZZZZZ").code(), "join_code_unknown");
}

TEST_F(Joining, a_missing_field_is_named) {
  for (const auto* field : {"code", "language"}) {
    auto body = join_body();
    body.erase(field);
    const auto reply = post("/api/join", body);
    EXPECT_EQ(reply.status, 422);
    EXPECT_EQ(reply.code(), "missing_field");
    EXPECT_EQ(reply.json()["field"], field);
    EXPECT_EQ(reply.header("content-type"), "application/problem+json; charset=utf-8");
  }
}

TEST_F(Joining, a_field_of_a_wrong_type_or_value_is_named) {
  for (const auto& [field, value, code] : {std::tuple{"code", json(7), "wrong_type"},
                                           {"code", json(), "wrong_type"},
                                           {"language", json(true), "wrong_type"},
                                           {"language", json("tlh"), "invalid_value"},
                                           {"display_name", json::array(), "wrong_type"},
                                           {"code", json(std::string(65, 'K')), "text_too_long"}}) {
    auto body = join_body();
    body[field] = value;
    const auto reply = post("/api/join", body);
    EXPECT_EQ(reply.status, 422) << body;
    EXPECT_EQ(reply.code(), code) << body;
    EXPECT_EQ(reply.json()["field"], field) << body;
  }
}

TEST_F(Joining, an_unknown_field_is_refused) {
  auto body = join_body();
  body["role"] = "organiser";
  const auto reply = post("/api/join", body);
  EXPECT_EQ(reply.status, 422);
  EXPECT_EQ(reply.code(), "unknown_field");
  EXPECT_EQ(reply.json()["field"], "role");
}

TEST_F(Joining, what_is_no_json_object_is_malformed) {
  for (const std::string body : {"", "{", "[]", "null", "\"K7QM3F\"", "{} {}", "{\"code\":\"\xff\"}"}) {
    const auto reply = request("POST", "/api/join", body);
    EXPECT_EQ(reply.status, 422) << body;
    EXPECT_EQ(reply.code(), "malformed") << body;
  }
}

TEST_F(Joining, nobody_takes_part_without_accepting_the_notice) {
  for (const auto& version : {json(), json(0), json(2), json("1"), json(1.0), json(true)}) {
    auto body = join_body();
    body["notice_version"] = version;
    const auto reply = post("/api/join", body);
    EXPECT_EQ(reply.status, 422) << version;
    EXPECT_EQ(reply.code(), "notice_not_accepted") << version;
    EXPECT_EQ(reply.cookie(), "") << version;
  }
  auto body = join_body();
  body.erase("notice_version");
  EXPECT_EQ(post("/api/join", body).code(), "notice_not_accepted");
}

TEST_F(Joining, a_name_is_a_line_of_sixty_letters_at_most) {
  auto body = join_body();
  body["display_name"] = std::string(61, 'a');
  const auto reply = post("/api/join", body);
  EXPECT_EQ(reply.status, 422);
  EXPECT_EQ(reply.code(), "text_too_long");
  EXPECT_EQ(reply.json()["limit"], 60);
  for (const auto& [name, code] : {std::pair{"", "text_empty"}, {"a\u202eb", "text_forbidden_character"}}) {
    body["display_name"] = name;
    EXPECT_EQ(post("/api/join", body).code(), code) << name;
  }
  std::string sixty; // letters as a person counts them: each is three bytes here
  for (int i = 0; i < 60; ++i)
    sixty += "é́";
  body["display_name"] = sixty;
  EXPECT_EQ(post("/api/join", body).status, 201);
}

TEST_F(Joining, the_same_browser_stays_the_same_person) {
  const auto person = join();
  auto body = join_body();
  body["display_name"] = "أمينة";
  const auto again = post("/api/join", body, person.headers());
  EXPECT_EQ(again.json()["participant"]["id"], person.id);
  EXPECT_EQ(again.json()["participant"]["name"], "أمينة");
  body["code"] = other_join_code;
  EXPECT_EQ(post("/api/join", body, person.headers()).json()["participant"]["id"], person.id);
  const auto me = get("/api/me", {{"Cookie", again.cookie()}}).json();
  EXPECT_EQ(me["participant"]["id"], person.id);
  EXPECT_EQ(me["participant"]["workshops"].size(), 2U);
  EXPECT_NE(join().id, person.id) << "without its cookie it is somebody else";
}

TEST_F(Joining, a_pass_that_was_changed_is_worth_nothing) {
  auto person = join();
  auto& last = person.cookie.back();
  person.cookie[person.cookie.size() / 2] = person.cookie[person.cookie.size() / 2] == 'A' ? 'B' : 'A';
  last = last == 'A' ? 'Q' : 'A';
  EXPECT_FALSE(get("/api/me", person.headers()).json().contains("participant"));
  EXPECT_EQ(get(path(), person.headers()).status, 401);
  EXPECT_NE(post("/api/join", join_body(), person.headers()).json()["participant"]["id"], person.id);
}

TEST_F(Joining, a_pass_is_kept_from_scripts_and_other_sites) {
  const auto cookie = post("/api/join", join_body()).header("set-cookie");
  EXPECT_THAT(cookie, ::testing::AllOf(::testing::HasSubstr("HttpOnly"), ::testing::HasSubstr("SameSite=Lax"),
                                       ::testing::HasSubstr("Path=/")));
}

TEST_F(Joining, a_room_behind_one_address_joins_and_guessing_there_is_slowed_down) {
  for (int i = 0; i < 40; ++i)
    ASSERT_EQ(post("/api/join", join_body()).status, 201) << i;
  auto body = join_body();
  body["code"] = "ZZZZZZ";
  Reply reply;
  int guesses = 0;
  while (guesses < 60 && (reply = post("/api/join", body)).status == 404)
    ++guesses;
  EXPECT_GE(guesses, 30);
  ASSERT_EQ(reply.status, 429) << reply.body;
  EXPECT_EQ(reply.code(), "join_too_many_attempts");
  EXPECT_GE(std::atoi(reply.header("retry-after").c_str()), 1);
  EXPECT_GE(reply.json()["retry_after_ms"], 1);
  // The other way to guess; what time gives back meanwhile is a guess or two.
  int looks = 0;
  while (looks < 10 && get("/api/join/ZZZZZZ").status == 404)
    ++looks;
  EXPECT_LT(looks, 10);
}

} // namespace
} // namespace warsha::test
