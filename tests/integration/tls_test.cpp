#include "tests/integration/fixture.hpp"
#include "tests/support/tls.hpp"

namespace warsha::test {
namespace {

/// The server under TLS. What is asked of `tunnel` in plain reaches it encrypted.
class SecureWarsha : public ServedWarsha {
protected:
  void SetUp() override {
    make_certificate(server.folder());
    server_options = {"--tls-certificate", server.folder() / "certificate.pem", "--tls-key",
                      server.folder() / "key.pem"};
    ServedWarsha::SetUp();
    tunnel.emplace(server.port());
  }

  [[nodiscard]] std::uint16_t port() const override { return tunnel->port(); }

  std::optional<TlsTunnel> tunnel;
};

TEST_F(SecureWarsha, answers_https_and_keeps_its_cookies_to_it) {
  const auto reply = post("/api/join", join_body());
  EXPECT_EQ(reply.status, 201) << reply.body;
  EXPECT_THAT(reply.header("set-cookie"), testing::HasSubstr("Secure"));
}

TEST_F(SecureWarsha, tells_a_plain_client_nothing) {
  EXPECT_EQ(send_request(server.port(), "GET", "/health").status, 0);
  EXPECT_EQ(get("/health").status, 200);
}

TEST_F(SecureWarsha, a_room_works_under_tls_as_it_does_without) {
  const auto staff = sign_in("facilitator");
  auto console = follow(staff, "staff");
  enter(console, "problems");
  auto author = follow(join());
  auto reader = follow(join());
  const auto said = contribute("ما كيوصلناش الخبر فالوقت");
  EXPECT_EQ(done(author, said).at("type"), "ack");
  EXPECT_EQ(event(reader, "contribution.added").at("contribution").at("id"), said.at("id"));
}

TEST_F(SecureWarsha, a_reader_that_rests_under_tls_gets_every_record_in_the_end) {
  const auto staff = sign_in("facilitator");
  auto console = follow(staff, "staff");
  enter(console, "problems");
  auto resting = follow(join(), "participant", true);
  // More than one record and more than the kernel takes, less than what would send it to a snapshot.
  const std::string words(450, 'w');
  std::uint64_t last = 0;
  for (int i = 0; i < 300; ++i)
    last = done(console, contribute(words)).at("seq").get<std::uint64_t>();
  std::uint64_t seen = 0;
  resting.until([&](const json& message) {
    if (message.at("type") == "events")
      seen = message.at("last").get<std::uint64_t>();
    return seen >= last;
  });
  EXPECT_EQ(seen, last);
}

} // namespace
} // namespace warsha::test
