#include "tests/integration/fixture.hpp"

#include <future>

namespace warsha::test {
namespace {

using Sessions = ServedWarsha;

/// Where a test can come from any address.
class SessionsFromAfar : public ServedWarsha {
protected:
  SessionsFromAfar() { server_options = {"--behind-proxy"}; }
  static Headers from(const std::string& address) { return {{"X-Forwarded-For", address}}; }
};

TEST_F(Sessions, somebody_who_signs_in_is_known) {
  const auto organiser = sign_in("organiser");
  const auto me = get("/api/me", organiser.headers()).json();
  EXPECT_EQ(me["staff"]["email"], "organiser@example.org");
  EXPECT_EQ(me["staff"]["roles"].at(0)["role"], "organiser");
  auto upper = credentials("organiser");
  upper["email"] = "Organiser@Example.ORG";
  EXPECT_EQ(post("/api/session", upper).status, 201);
}

TEST_F(Sessions, a_wrong_password_and_an_unknown_address_are_answered_alike) {
  server.add_account("facilitator");
  const auto wrong = post("/api/session", credentials("facilitator", "wrong-horse-7"));
  const auto unknown = post("/api/session", credentials("nobody"));
  EXPECT_EQ(wrong.status, 401);
  EXPECT_EQ(wrong.code(), "sign_in_failed");
  EXPECT_EQ(unknown.status, wrong.status);
  EXPECT_EQ(unknown.body, wrong.body);
  EXPECT_EQ(wrong.cookie(), "");
}

TEST_F(Sessions, signing_out_ends_the_session_for_whoever_holds_it) {
  const auto facilitator = sign_in("facilitator");
  ASSERT_EQ(get("/api/workshops", facilitator.headers()).status, 200);
  const auto out = request("DELETE", "/api/session", {}, facilitator.headers());
  EXPECT_EQ(out.status, 204);
  EXPECT_THAT(out.header("set-cookie"), ::testing::HasSubstr("Max-Age=0"));
  EXPECT_EQ(get("/api/workshops", facilitator.headers()).status, 401);
  EXPECT_FALSE(get("/api/me", facilitator.headers()).json().contains("staff"));
  EXPECT_EQ(request("DELETE", "/api/session", {}, facilitator.headers()).status, 204) << "twice does no harm";
}

TEST_F(Sessions, a_disabled_account_is_out_at_once) {
  const auto facilitator = sign_in("facilitator");
  server.run({"admin", "account", "disable", "--email", "facilitator@example.org"});
  EXPECT_EQ(get("/api/workshops", facilitator.headers()).status, 401);
  EXPECT_EQ(post("/api/session", credentials("facilitator")).code(), "sign_in_failed");
}

TEST_F(Sessions, fields_are_checked) {
  EXPECT_EQ(post("/api/session", {{"email", "a@b.c"}}).code(), "missing_field");
  EXPECT_EQ(post("/api/session", {{"email", 1}, {"password", "x"}}).code(), "wrong_type");
  EXPECT_EQ(post("/api/session", {{"email", "a@b.c"}, {"password", "x"}, {"remember", true}}).code(),
            "unknown_field");
  EXPECT_EQ(post("/api/session", {{"email", "a@b.c"}, {"password", std::string(257, 'x')}}).code(),
            "text_too_long");
}

TEST_F(Sessions, guessing_passwords_is_slowed_down) {
  server.add_account("facilitator");
  Reply reply;
  int guesses = 0;
  while (guesses < 20 && (reply = post("/api/session", credentials("facilitator", "guess"))).status == 401)
    ++guesses;
  EXPECT_GE(guesses, 10);
  ASSERT_EQ(reply.status, 429);
  EXPECT_EQ(reply.code(), "too_fast");
  EXPECT_GE(std::atoi(reply.header("retry-after").c_str()), 1);
}

TEST_F(SessionsFromAfar, an_address_that_guesses_all_the_time_keeps_nobody_waiting) {
  using Clock = std::chrono::steady_clock;
  server.add_account("facilitator");
  std::vector<std::future<Reply>> guesses;
  for (int i = 0; i < 150; ++i)
    guesses.push_back(std::async(std::launch::async, [this] {
      return post("/api/session", credentials("facilitator", "guess"), from("192.0.2.1"));
    }));
  std::map<int, int> answers;
  ++answers[guesses.front().get().status];
  const auto began = Clock::now();
  EXPECT_EQ(get("/api/me", from("198.51.100.7")).status, 200);
  EXPECT_LT(Clock::now() - began, std::chrono::seconds(1)) << "what is read does not wait for passwords";
  EXPECT_EQ(post("/api/session", credentials("facilitator"), from("198.51.100.7")).status, 201);
  for (std::size_t i = 1; i < guesses.size(); ++i)
    ++answers[guesses[i].get().status];
  EXPECT_LE(answers[401], 12) << "ten, and what time gave back";
  EXPECT_EQ(answers[401] + answers[429], 150);
}

TEST_F(Sessions, signing_out_closes_what_the_session_had_open) {
  const auto facilitator = sign_in("facilitator");
  auto console = follow(facilitator, "staff");
  auto screen = follow(facilitator, "screen");
  auto participant = follow(join());
  ASSERT_EQ(request("DELETE", "/api/session", {}, facilitator.headers()).status, 204);
  EXPECT_EQ(console.close_code(), 4501);
  EXPECT_EQ(screen.close_code(), 4501);
  participant.send({{"type", "hello"}});
  participant.until("welcome");
}

} // namespace
} // namespace warsha::test
