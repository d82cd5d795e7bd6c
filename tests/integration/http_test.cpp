#include "tests/integration/fixture.hpp"

namespace warsha::test {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using Http = ServedWarsha;

TEST_F(Http, the_client_is_served_with_a_strict_policy) {
  for (const auto* page : {"/", "/j/K7QM3F", "/index.html"}) {
    const auto reply = get(page);
    EXPECT_EQ(reply.status, 200) << page;
    EXPECT_EQ(reply.header("content-type"), "text/html; charset=utf-8") << page;
    EXPECT_THAT(reply.header("content-security-policy"), HasSubstr("default-src 'none'")) << page;
    EXPECT_EQ(reply.header("x-content-type-options"), "nosniff") << page;
  }
  const auto etag = get("/").header("etag");
  EXPECT_EQ(get("/", {{"If-None-Match", etag}}).status, 304);
}

TEST_F(Http, nothing_outside_the_client_is_served) {
  for (const auto* target :
       {"/../warsha.db", "/%2e%2e/warsha.db", "/..%2fwarsha.db", "/nothing.js", "//etc/passwd"})
    EXPECT_EQ(get(target).status, 404) << target;
  EXPECT_EQ(get("warsha").status, 400);
}

TEST_F(Http, an_address_that_leads_nowhere_is_a_page_for_people_and_a_problem_for_programs) {
  const std::pair<std::string, std::string> sentences[] = {
      {"ar", "لا شيء في هذا العنوان"}, {"fr", "Rien à cette adresse"}, {"en", "Nothing at this address"}};
  for (const auto& [language, sentence] : sentences) {
    const auto page = get("/nope?language=" + language, {{"Accept", "text/html,*/*;q=0.8"}});
    EXPECT_EQ(page.status, 404);
    EXPECT_EQ(page.header("content-type"), "text/html; charset=utf-8");
    EXPECT_THAT(page.header("content-security-policy"), HasSubstr("default-src 'none'"));
    EXPECT_THAT(page.body, HasSubstr(sentence));
  }
  EXPECT_THAT(get("/room/a/b", {{"Accept", "text/html"}, {"Accept-Language", "fr"}}).body,
              HasSubstr("Rien à cette adresse"));
  EXPECT_EQ(get("/nope").code(), "not_found");
  EXPECT_EQ(get("/api/nope", {{"Accept", "text/html"}}).code(), "not_found");
  const auto hostile = get("/%22%3E%3Cscript%3E", {{"Accept", "text/html"}});
  EXPECT_EQ(hostile.status, 404);
  EXPECT_THAT(hostile.body, Not(HasSubstr("<script")));
}

TEST_F(Http, health_is_open_to_all) {
  EXPECT_EQ(get("/health").body, R"({"status":"ok"})");
}

TEST_F(Http, a_method_that_does_not_fit_is_refused) {
  for (const auto& [method, target] : {std::pair{"GET", "/api/join"},
                                       {"PUT", "/api/session"},
                                       {"DELETE", "/api/me"},
                                       {"PATCH", "/api/workshops"},
                                       {"POST", "/health"},
                                       {"POST", "/"}}) {
    const auto reply = request(method, target);
    EXPECT_EQ(reply.status, 405) << method << " " << target;
    EXPECT_EQ(reply.code(), "method_not_allowed") << method << " " << target;
  }
}

TEST_F(Http, head_gives_the_length_of_get_and_no_body) {
  const auto person = join();
  for (const auto& target : {std::string("/"), std::string("/health"), path("/snapshot")}) {
    const auto whole = get(target, person.headers());
    const auto head = request("HEAD", target, {}, person.headers());
    EXPECT_EQ(head.status, 200) << target;
    EXPECT_EQ(head.header("content-length"), std::to_string(whole.body.size())) << target;
    EXPECT_EQ(head.body, "") << target;
  }
}

TEST_F(Http, a_connection_is_kept_for_the_next_request) {
  const std::string one = "GET /health HTTP/1.1\r\nHost: x\r\n\r\n";
  const auto reply =
      send_raw(server.port(), one + "HEAD /health HTTP/1.1\r\nHost: x\r\n\r\n" +
                                  "GET /health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  std::size_t answers = 0;
  for (auto at = reply.body.find("HTTP/1.1 200"); at != std::string::npos;
       at = reply.body.find("HTTP/1.1 200", at + 1))
    ++answers;
  EXPECT_EQ(answers, 2U) << reply.body; // after the first one
}

TEST_F(Http, a_body_that_is_too_large_is_refused) {
  const auto admin = sign_in("admin").headers();
  for (const auto& [target, bytes] : {std::pair{"/api/join", 64 * 1024},
                                      {"/api/session", 64 * 1024},
                                      {"/api/consultations", 4 * 1024 * 1024}}) {
    const auto reply = request("POST", target, std::string(static_cast<std::size_t>(bytes) + 1, ' '), admin);
    EXPECT_EQ(reply.status, 413) << target;
    EXPECT_EQ(reply.code(), "body_too_large") << target;
    EXPECT_EQ(request("POST", target, std::string(static_cast<std::size_t>(bytes), ' '), admin).status, 422)
        << target;
  }
  EXPECT_EQ(get("/health").status, 200);
}

TEST_F(Http, whoever_may_not_post_a_large_body_is_told_before_it_is_read) {
  const auto only_the_head = [this](const std::string& target, const std::string& cookie) {
    return send_raw(server.port(), "POST " + target + " HTTP/1.1\r\nHost: x\r\nCookie: " + cookie +
                                       "\r\nContent-Length: 4000000\r\n\r\n");
  };
  EXPECT_EQ(only_the_head("/api/consultations", "a=b").code(), "sign_in_required");
  EXPECT_EQ(only_the_head("/api/consultations", "warsha_session=made-up").code(), "sign_in_required");
  EXPECT_EQ(only_the_head("/api/consultations", sign_in("organiser").cookie).code(), "not_permitted");
  const auto admin = sign_in("admin").cookie;
  EXPECT_EQ(only_the_head("/api/join", admin).code(), "body_too_large");
  const auto whole = request("POST", "/api/consultations", std::string(4'000'000, ' '));
  EXPECT_EQ(whole.status, 401) << "also who sends it all hears why";
}

TEST_F(Http, headers_that_are_too_long_are_refused) {
  EXPECT_EQ(get("/health", {{"X-Long", std::string(17 * 1024, 'x')}}).status, 431);
}

TEST_F(Http, a_transfer_coding_is_refused) {
  const std::string head = "POST /api/join HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n";
  EXPECT_EQ(send_raw(server.port(), head + "\r\n2\r\n{}\r\n0\r\n\r\n").status, 411);
  // The next request must not be read out of the body of this one: one answer, and the end.
  const auto smuggled =
      send_raw(server.port(), head + "Content-Length: 4\r\n\r\n0\r\n\r\nGET /health HTTP/1.1\r\n\r\n");
  EXPECT_THAT(smuggled.status, ::testing::AnyOf(0, 400, 411));
  EXPECT_THAT(smuggled.body, Not(HasSubstr("HTTP/1.1")));
}

TEST_F(Http, what_is_no_http_does_no_harm) {
  for (const auto& bytes : {std::string("\x16\x03\x01\x02\x00", 5), std::string("hello\r\n\r\n"),
                            std::string("GET / HTTP/9.9\r\n\r\n"),
                            std::string("POST /api/join HTTP/1.1\r\nContent-Length: -1\r\n\r\n"),
                            std::string("POST /api/join HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: "
                                        "2\r\n\r\nxx")})
    EXPECT_NE(send_raw(server.port(), bytes + "\r\n\r\n").status / 100, 2) << bytes;
  EXPECT_EQ(get("/health").status, 200);
}

TEST_F(Http, a_snapshot_that_has_not_changed_is_not_sent_again) {
  const auto person = join();
  const auto first = get(path("/snapshot"), person.headers());
  ASSERT_EQ(first.status, 200);
  EXPECT_EQ(first.header("cache-control"), "private, no-cache");
  const auto again =
      get(path("/snapshot"), {{"Cookie", person.cookie}, {"If-None-Match", first.header("etag")}});
  EXPECT_EQ(again.status, 304);
  EXPECT_EQ(again.body, "");
  const auto other = get(path("/snapshot"), {{"Cookie", person.cookie}, {"If-None-Match", "\"other\""}});
  EXPECT_EQ(other.status, 200);
}

TEST_F(Http, a_snapshot_is_packed_for_whoever_takes_it) {
  const auto person = join();
  const auto plain = get(path("/snapshot"), person.headers());
  const auto packed = get(path("/snapshot"), {{"Cookie", person.cookie}, {"Accept-Encoding", "gzip, br"}});
  EXPECT_EQ(packed.header("content-encoding"), "gzip");
  EXPECT_NE(packed.header("etag"), plain.header("etag"));
  EXPECT_THAT(packed.header("vary"), HasSubstr("Accept-Encoding"));
  auto unpacked = json::parse(gunzip(packed.body));
  auto expected = plain.json();
  unpacked.erase("time");
  expected.erase("time");
  EXPECT_EQ(unpacked, expected);
}

TEST_F(Http, the_qr_code_is_an_image_of_the_way_in) {
  const auto person = join();
  const auto reply = get(path("/qr.svg"), person.headers());
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.header("content-type"), "image/svg+xml");
  EXPECT_TRUE(reply.body.starts_with("<svg") || reply.body.starts_with("<?xml")) << reply.body.substr(0, 80);
  EXPECT_THAT(reply.body, ::testing::HasSubstr("</svg>"));
  EXPECT_THAT(get(path(), person.headers()).json()["join_url"].get<std::string>(),
              ::testing::EndsWith("/j/" + join_code));
}

TEST_F(Http, a_receipt_tells_its_holder_what_became_of_the_contribution) {
  const auto person = join();
  const auto facilitator = sign_in("facilitator");
  auto staff = follow(facilitator, "staff");
  enter(staff, "problems");
  auto room = follow(person);
  const auto wanted = contribute("الحافلة لا تصل");
  const auto receipt = done(room, wanted).at("receipt").get<std::string>();
  std::string typed;
  for (const char c : receipt)
    if (c != '-')
      typed += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  for (const auto& form : {receipt, typed}) {
    const auto fate = get("/api/receipts/" + form);
    EXPECT_EQ(fate.status, 200) << form;
    EXPECT_EQ(fate.json()["state"], "shown") << form;
    EXPECT_EQ(fate.json()["text"], "الحافلة لا تصل") << form;
    EXPECT_THAT(fate.body, Not(HasSubstr(person.id)));
  }
  done(staff, hide(wanted["id"], "اسم شخص"));
  const auto hidden = get("/api/receipts/" + receipt).json();
  EXPECT_EQ(hidden["state"], "hidden");
  EXPECT_EQ(hidden["reason"], "اسم شخص");
  EXPECT_FALSE(hidden.contains("text"));
  for (const auto* unknown : {"ZZZZ-ZZZZ-ZZZZ", "x", "%00", "%D8%B1"}) {
    EXPECT_EQ(get(std::string("/api/receipts/") + unknown).status, 404) << unknown;
    EXPECT_EQ(get(std::string("/api/receipts/") + unknown).code(), "not_found") << unknown;
  }
}

} // namespace
} // namespace warsha::test
