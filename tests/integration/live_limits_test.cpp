#include "tests/integration/fixture.hpp"

namespace warsha::test {
namespace {

/// On one shard: what people share, they share on each.
class LiveLimits : public ServedWarsha {
protected:
  LiveLimits() { server_options = {"--shards", "1"}; }
  void SetUp() override {
    ServedWarsha::SetUp();
    staff.emplace(follow(sign_in("facilitator"), "staff"));
    enter(*staff, "problems");
  }

  std::optional<LiveSocket> staff;
};

TEST_F(LiveLimits, who_writes_what_is_refused_can_go_on) {
  auto socket = follow(join());
  for (int i = 0; i < 80; ++i) {
    const auto answer = ask(socket, contribute(i % 2 == 0 ? std::string(501, 'a') : " "));
    const std::string code = answer.at("code");
    // Like any command it costs one of those that a person may send.
    EXPECT_TRUE(code == "text_too_long" || code == "text_empty" || code == "too_fast") << code;
  }
  auto other = follow(join());
  done(other, contribute("still here"));
  socket.send({{"type", "hello"}});
  socket.until("welcome");
}

} // namespace
} // namespace warsha::test
