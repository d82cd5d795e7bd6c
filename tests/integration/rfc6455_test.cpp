#include "tests/integration/fixture.hpp"
#include "tests/integration/rfc6455_vectors.hpp"
#include "tests/support/web_socket_wire.hpp"

namespace warsha::test {
namespace {

constexpr const char* kProbe = "are you there?";
/// Comes of itself to whoever has joined.
constexpr const char* kUnasked = "message presence|message tick";

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

// --- What the server sends: WireSocket holds every frame to 5.1, 5.2 and 5.5 -----------------------------

TEST_F(Rfc6455, the_servers_frames_tell_short_lengths_in_the_fewest_bytes) {
  WireSocket socket(server.port(), opening_handshake());
  std::map<std::size_t, int> lengths;
  for (std::size_t letters = 1; letters < 64; ++letters) {
    auto wanted = command("withdraw");
    const std::string field(letters, 'x');
    wanted[field] = 0;
    socket.write(wire({WireFrame::text, wanted.dump()}));
    ASSERT_EQ(socket.next(), "reject unknown_field " + field);
    ++lengths[socket.frame_bytes()];
  }
  for (const std::size_t at_the_edge : {124U, 125U, 126U, 127U, 128U})
    EXPECT_EQ(lengths[at_the_edge], 1) << at_the_edge;
}

TEST_F(Rfc6455, the_servers_frames_tell_long_lengths_in_the_fewest_bytes) {
  const auto facilitator = sign_in("facilitator");
  const Person person{cookie, {}};
  const auto before = snapshot(person);
  auto staff = follow(facilitator, "staff");
  enter(staff, "problems");
  bool under = false; // 65,536, from which on a length takes eight bytes
  bool over = false;
  for (int i = 0; i < 200 && !over; ++i) {
    done(staff, contribute(std::string(500, 'x')));
    if (i % 20 != 19)
      continue;
    WireSocket socket(server.port(), opening_handshake());
    const json resume{{"type", "hello"}, {"resume", {{"epoch", before["epoch"]}, {"seq", before["seq"]}}}};
    socket.write(wire({WireFrame::text, resume.dump()}));
    ASSERT_EQ(socket.next(), "message welcome");
    ASSERT_EQ(socket.next(), "message events");
    under = under || (socket.frame_bytes() >= 126 && socket.frame_bytes() < 65536);
    over = over || socket.frame_bytes() >= 65536;
    socket.write(wire({WireFrame::ping, kProbe}));
    auto seen = socket.next();
    while (is_one_of(kUnasked, seen))
      seen = socket.next();
    EXPECT_EQ(seen, std::string("pong ") + kProbe);
  }
  EXPECT_TRUE(under);
  EXPECT_TRUE(over);
}

TEST_F(Rfc6455, a_pong_comes_between_the_frames_of_a_busy_room) {
  const auto facilitator = sign_in("facilitator");
  auto staff = follow(facilitator, "staff");
  enter(staff, "problems");
  const auto now = snapshot({cookie, {}});
  WireSocket socket(server.port(), opening_handshake());
  const json resume{{"type", "hello"}, {"resume", {{"epoch", now["epoch"]}, {"seq", now["seq"]}}}};
  socket.write(wire({WireFrame::text, resume.dump()}));
  ASSERT_EQ(socket.next(), "message welcome");
  // Events and pongs are written by different hands: neither may break into the other's frame.
  constexpr int kRounds = 200;
  for (int i = 0; i < kRounds; ++i) {
    staff.send(contribute(std::string(static_cast<std::size_t>(1 + i % 400), 'x')));
    socket.write(wire({WireFrame::ping, std::to_string(i)}));
  }
  int events = 0;
  for (int pongs = 0; pongs < kRounds || events == 0;) {
    const auto seen = socket.next();
    if (seen == "pong " + std::to_string(pongs))
      ++pongs;
    else if (seen == "message events")
      ++events;
    else
      ASSERT_TRUE(is_one_of(kUnasked, seen))
          << seen << " after " << pongs << " pongs, " << events << " events";
  }
  for (int i = 0; i < kRounds; ++i)
    staff.until("ack");
}

} // namespace
} // namespace warsha::test
