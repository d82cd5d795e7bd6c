#include "tests/integration/fixture.hpp"
#include "tests/support/web_socket_wire.hpp"

namespace warsha::test {
namespace {

using ::testing::Contains;

constexpr const char* kSubprotocol = "warsha.live.v1";
constexpr const char* kShortKey =
    "taken: Beast 1.81 sees to it that the key is not too long, and a wrong one harms nobody but its sender";

/// What differs from a right opening handshake (RFC 6455, 4.1), and what the server makes of it.
struct HandshakeCase {
  const char* number;
  const char* section;
  const char* asks;
  /// Replaces the header lines of the same name, in any case; one without a value takes them away.
  std::vector<std::string> lines;
  std::vector<int> statuses; // any of them
  /// The subprotocol of a 101; empty: none must be named.
  std::string subprotocol = kSubprotocol;
  std::string request_line = {};
  const char* deviation = nullptr; // where less is done than the section asks: why that is borne
};

class Rfc6455Handshake : public ServedWarsha {
protected:
  void SetUp() override {
    ServedWarsha::SetUp();
    cookie = join().cookie;
  }

  static std::string lower_name(const std::string& line) {
    auto name = line.substr(0, line.find(':'));
    for (auto& c : name)
      c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return name;
  }

  [[nodiscard]] std::string request(const HandshakeCase& one) const {
    std::vector<std::string> lines{"Host: warsha.example",      "Upgrade: websocket",
                                   "Connection: Upgrade",       "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                                   "Sec-WebSocket-Version: 13", "Sec-WebSocket-Protocol: warsha.live.v1",
                                   "Cookie: " + cookie};
    for (const auto& line : one.lines)
      std::erase_if(lines, [&](const auto& old) { return lower_name(old) == lower_name(line); });
    for (const auto& line : one.lines)
      if (!line.ends_with(':'))
        lines.push_back(line);
    auto bytes =
        (one.request_line.empty() ? "GET /live/" + workshop + " HTTP/1.1" : one.request_line) + "\r\n";
    for (const auto& line : lines)
      bytes += line + "\r\n";
    return bytes + "\r\n";
  }

  void run(const HandshakeCase& one) const {
    SCOPED_TRACE(std::string("case ") + one.number + " (RFC 6455, " + one.section + "): " + one.asks);
    WireSocket socket(server.port(), request(one));
    const auto& answer = socket.answer();
    EXPECT_THAT(one.statuses, Contains(answer.status)) << answer.body;
    if (answer.status == 426) {
      EXPECT_EQ(answer.header("sec-websocket-version"), "13") << "4.4: the versions that it would take";
    }
    if (answer.status != 101)
      return;
    EXPECT_EQ(lower_name(answer.header("upgrade")), "websocket");
    EXPECT_EQ(lower_name(answer.header("connection")), "upgrade");
    if (one.deviation)
      std::cout << "  borne: " << one.number << ' ' << one.asks << ": " << one.deviation << '\n';
    if (one.lines.empty()) { // the example of 1.3
      EXPECT_EQ(answer.header("sec-websocket-accept"), "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
    }
    EXPECT_EQ(answer.header("sec-websocket-protocol"), one.subprotocol);
    EXPECT_EQ(answer.header("sec-websocket-extensions"), "") << "none is spoken here (9.1)";
    socket.write(wire({WireFrame::ping, "open"}));
    EXPECT_EQ(socket.next(), "pong open");
  }

  std::string cookie;
};

TEST_F(Rfc6455Handshake, opening) {
  const auto target = "/live/" + workshop;
  const std::vector<int> refused{400, 404, 405, 426, 505};
  for (const auto& one : std::vector<HandshakeCase>{
           {"10.1.1", "4.2.2", "a right one opens the socket", {}, {101}},
           {"10.1.2",
            "4.2.1",
            "names of headers in any case",
            {"hOST: warsha.example", "upgrade: websocket", "CONNECTION: Upgrade",
             "sec-websocket-version: 13"},
            {101}},
           {"10.1.3", "4.2.1", "the value of Upgrade in any case", {"Upgrade: WebSocket"}, {101}},
           {"10.1.4", "4.2.1", "the value of Connection in any case", {"Connection: uPGRADE"}, {101}},
           {"10.1.5", "4.2.1", "Connection is a list", {"Connection: keep-alive, Upgrade"}, {101}},
           {"10.1.6", "4.2.1", "with blanks of any kind", {"Connection: \tkeep-alive ,\tUpgrade "}, {101}},
           {"10.1.7", "4.2.1", "Upgrade is a list", {"Upgrade: h2c, websocket"}, {101}},
           {"10.1.8",
            "4.2.1",
            "headers that nobody knows",
            {"X-Nobody: knows", "Sec-WebSocket-Nothing: 1"},
            {101}},
           {"10.2.1", "4.2.1", "a GET", {}, refused, "", "POST " + target + " HTTP/1.1"},
           {"10.2.2", "4.2.1", "a GET, not a HEAD", {}, refused, "", "HEAD " + target + " HTTP/1.1"},
           {"10.2.3", "4.2.1", "of HTTP/1.1 at least", {}, refused, "", "GET " + target + " HTTP/1.0"},
           {"10.2.4", "4.2.1", "a target that is there", {}, {404}, "", "GET /live/x HTTP/1.1"},
           {"10.3.1", "4.2.1", "with Upgrade", {"Upgrade:"}, refused},
           {"10.3.2", "4.2.1", "to a WebSocket", {"Upgrade: h2c"}, refused},
           {"10.3.3", "4.2.1", "and to nothing that begins like it", {"Upgrade: websockets"}, refused},
           {"10.3.4", "4.2.1", "with Connection", {"Connection:"}, refused},
           {"10.3.5", "4.2.1", "that says Upgrade", {"Connection: keep-alive"}, refused},
           {"10.3.6", "4.2.1", "with Host", {"Host:"}, {400}},
           {"10.4.1", "4.2.1", "with a key", {"Sec-WebSocket-Key:"}, {400}},
           {"10.4.2",
            "4.2.1",
            "of 16 bytes in base64, not of 15",
            {"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAA"},
            {400, 101},
            kSubprotocol,
            "",
            kShortKey},
           {"10.4.3",
            "4.2.1",
            "not of 17",
            {"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAAA="},
            {400, 101},
            kSubprotocol,
            "",
            kShortKey},
           {"10.4.4",
            "4.2.1",
            "and in base64",
            {"Sec-WebSocket-Key: this is no base64 at all"},
            {400, 101},
            kSubprotocol,
            "",
            kShortKey},
           {"10.5.1", "4.2.1", "with a version", {"Sec-WebSocket-Version:"}, {400, 426}},
           {"10.5.2", "4.4", "version 8 is told which one is spoken", {"Sec-WebSocket-Version: 8"}, {426}},
           {"10.5.3", "4.4", "so is 14", {"Sec-WebSocket-Version: 14"}, {426}},
           {"10.5.4", "4.4", "so is 0", {"Sec-WebSocket-Version: 0"}, {426}},
           {"10.5.5", "4.4", "so is no number", {"Sec-WebSocket-Version: x"}, {400, 426}},
           {"10.6.1",
            "4.2.2",
            "none is named to who asks for no subprotocol",
            {"Sec-WebSocket-Protocol:"},
            {101},
            ""},
           {"10.6.2",
            "4.2.2",
            "nor to who asks for another one only",
            {"Sec-WebSocket-Protocol: chat"},
            {101},
            ""},
           {"10.6.3",
            "4.2.2",
            "ours is taken from a list",
            {"Sec-WebSocket-Protocol: chat, warsha.live.v1"},
            {101}},
           {"10.6.4", "4.2.2", "without blanks", {"Sec-WebSocket-Protocol: warsha.live.v1,chat"}, {101}},
           {"10.6.5",
            "11.3.4",
            "of several headers",
            {"Sec-WebSocket-Protocol: chat", "Sec-WebSocket-Protocol: warsha.live.v1"},
            {101}},
           {"10.6.6",
            "4.2.2",
            "not one that begins like it",
            {"Sec-WebSocket-Protocol: warsha.live.v11"},
            {101},
            ""},
           {"10.7.1", "10.2", "from the page of this host", {"Origin: https://warsha.example"}, {101}},
           {"10.7.2", "10.2", "from another one", {"Origin: https://evil.example"}, {403}},
           {"10.7.3",
            "10.2",
            "from one whose name begins like it",
            {"Origin: https://warsha.example.evil.example"},
            {403}},
           {"10.7.4", "10.2", "from another port", {"Origin: https://warsha.example:8443"}, {403}},
           {"10.7.5", "10.2", "from a page without origin", {"Origin: null"}, {403}},
           {"10.8.1",
            "9.1",
            "an extension is offered and not taken",
            {"Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits"},
            {101}},
       })
    run(one);
  EXPECT_EQ(get("/health").status, 200);
}

} // namespace
} // namespace warsha::test
