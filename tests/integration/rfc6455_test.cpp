#include "tests/integration/fixture.hpp"
#include "tests/integration/rfc6455_vectors.hpp"
#include "tests/support/web_socket_wire.hpp"

namespace warsha::test {
namespace {

constexpr const char* kProbe = "are you there?";

/// A served workshop and somebody who may enter it; every case has a connection of its own.
class Rfc6455 : public ServedWarsha {
protected:
  void SetUp() override {
    ServedWarsha::SetUp();
    cookie = join().cookie;
  }

  [[nodiscard]] std::string opening_handshake() const {
    return "GET /live/" + workshop + " HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\n" +
           "Connection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n" +
           "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: warsha.live.v1\r\nCookie: " + cookie +
           "\r\n\r\n";
  }

  static bool is_one_of(std::string_view alternatives, std::string_view seen) {
    while (!alternatives.empty()) {
      const auto end = alternatives.find('|');
      if (alternatives.substr(0, end) == seen)
        return true;
      alternatives = end == std::string_view::npos ? std::string_view{} : alternatives.substr(end + 1);
    }
    return false;
  }

  /// What is seen of each expected thing, until one is not as expected.
  static void expect(WireSocket& socket, const WireCase& wanted) {
    std::string before;
    std::optional<std::string> seen;
    for (const auto& expected : wanted.sees) {
      if (expected == "open") {
        socket.write(wire({WireFrame::ping, kProbe}));
        EXPECT_EQ(socket.next(), std::string("pong ") + kProbe) << "after: " << before;
        return;
      }
      if (!seen)
        seen = socket.next();
      const bool optional = expected.front() == '?';
      const bool matches = is_one_of(std::string_view(expected).substr(optional ? 1 : 0), *seen);
      if (!matches && optional)
        continue;
      EXPECT_TRUE(matches) << "seen: " << *seen << "\nexpected: " << expected << "\nafter: " << before;
      if (!matches)
        return;
      before += *seen + "; ";
      seen.reset();
    }
  }

  void run(const std::vector<WireCase>& cases) const {
    for (const auto& one : cases) {
      SCOPED_TRACE("case " + one.number + " (RFC 6455, " + one.section + "): " + one.asks);
      WireSocket socket(server.port(), opening_handshake());
      ASSERT_EQ(socket.answer().status, 101);
      if (one.bytes_apart)
        socket.write_apart(one.sends);
      else
        socket.write(one.sends);
      expect(socket, one);
      if (one.deviation)
        std::cout << "  borne: " << one.number << ' ' << one.asks << ": " << one.deviation << '\n';
    }
    std::cout << "  " << cases.size() << " cases\n";
    EXPECT_EQ(get("/health").status, 200);
  }

  std::string cookie;
};

TEST_F(Rfc6455, framing) {
  run(framing_cases());
}

TEST_F(Rfc6455, pings_and_pongs) {
  run(control_frame_cases());
}

TEST_F(Rfc6455, reserved_bits_and_opcodes) {
  run(reserved_cases());
}

TEST_F(Rfc6455, fragmentation) {
  run(fragmentation_cases());
}

TEST_F(Rfc6455, utf8) {
  run(utf8_cases());
}

TEST_F(Rfc6455, closing) {
  run(closing_cases());
}

} // namespace
} // namespace warsha::test
