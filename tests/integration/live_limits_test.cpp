#include "protocol/limits.hpp"
#include "tests/integration/fixture.hpp"

#include <chrono>

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

TEST_F(LiveLimits, a_person_may_send_as_much_whatever_the_number_of_sockets) {
  const auto amina = join();
  std::vector<LiveSocket> sockets;
  for (int i = 0; i < 4; ++i)
    sockets.push_back(follow(amina));
  const auto began = std::chrono::steady_clock::now();
  constexpr int kEach = 45;
  for (auto& socket : sockets)
    for (int i = 0; i < kEach; ++i)
      socket.send(contribute("n " + std::to_string(i)));
  int kept = 0;
  for (auto& socket : sockets)
    for (int i = 0; i < kEach; ++i)
      kept += socket.until([](const json& one) {
        return one["type"] == "ack" || one["type"] == "reject";
      })["type"] == "ack"
                  ? 1
                  : 0;
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
  EXPECT_GT(kept, 0);
  EXPECT_LE(kept, limits::kCommandBurst + took.count() * limits::kCommandsPerSecond);
  auto brahim = follow(join());
  done(brahim, contribute("another person is not held up"));
}

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
