#include "tests/integration/rfc6455_vectors.hpp"

#include "protocol/limits.hpp"
#include "tests/integration/rfc6455_words.hpp"

namespace warsha::test {

using namespace words;

namespace {

std::string of_length(int opcode, std::string payload, int length_bytes) {
  WireFrame frame;
  frame.opcode = opcode;
  frame.payload = std::move(payload);
  frame.length_bytes = length_bytes;
  return wire(frame);
}
std::string reserved(int opcode, int bits, std::string payload = "{}", bool fin = true) {
  WireFrame frame;
  frame.opcode = opcode;
  frame.reserved = bits;
  frame.payload = std::move(payload);
  frame.fin = fin;
  return wire(frame);
}

/// A hello of exactly that many bytes, told by its last member.
std::string hello_of(std::size_t bytes) {
  const std::string begin = R"({"type":"hello",)";
  const std::string end = R"("x":0})";
  return begin + std::string(bytes - begin.size() - end.size(), ' ') + end;
}

std::string repeated(const std::string& piece, std::size_t times) {
  std::string all;
  for (std::size_t i = 0; i < times; ++i)
    all += piece;
  return all;
}

} // namespace

std::vector<WireCase> framing_cases() {
  const auto most = limits::kMessageBytes;
  std::vector<WireCase> cases{
      {"1.1.1", "5.2", "a payload may be empty", text(""), kMalformed},
      {"1.1.2", "5.2", "125 bytes: the length stands in seven bits", text(hello_of(125)), kAnswered},
      {"1.1.3", "5.2", "126 bytes: the length stands in 16 bits", text(hello_of(126)), kAnswered},
      {"1.1.4", "5.2", "127 bytes", text(hello_of(127)), kAnswered},
      {"1.1.5", "5.2", "128 bytes", text(hello_of(128)), kAnswered},
      {"1.1.6", "5.2", "the longest message that is taken", text(hello_of(most)), kAnswered},
      {"1.1.7", "7.4.1", "one byte more is too big", text(hello_of(most + 1)), kTooBig},
      {"1.1.8", "7.4.1", "65535 bytes: the most in 16 bits", text(hello_of(65535)), kTooBig},
      {"1.1.9", "7.4.1", "65536 bytes: the length stands in 64 bits", text(hello_of(65536)), kTooBig},
      {"1.1.10", "10.4", "65536 bytes announced: refused before they come",
       wire_header(WireFrame::text, 65536), kTooBig},
      {"1.1.11", "10.4", "2^63 - 1 bytes announced", wire_header(WireFrame::text, (1ULL << 63) - 1), kTooBig},
      {"1.1.12",
       "5.2",
       "the first of the 64 bits must be 0",
       wire_header(WireFrame::text, ~0ULL),
       {"close 1002|close 1009", "end"},
       "refused as too big: Beast compares with the limit first, and no such length is under it"},
      {"1.1.13", "10.4", "the limit is of the message, not of the frame",
       begins(hello_of(most)) + wire_header(WireFrame::continuation, 1), kTooBig},
      {"1.1.14", "10.4", "two frames that fit together",
       begins(std::string(most - kFirst.size(), ' ')) + ends(kFirst), kAnswered},
      {"1.2.1", "5.2", "the fewest bytes must be used: 125 in 16 bits",
       of_length(WireFrame::text, hello_of(125), 2), kProtocolError},
      {"1.2.2", "5.2", "the same: 125 in 64 bits", of_length(WireFrame::text, hello_of(125), 8),
       kProtocolError},
      {"1.2.3", "5.2", "the same: 126 in 64 bits", of_length(WireFrame::text, hello_of(126), 8),
       kProtocolError},
      {"1.2.4", "5.2", "the same: 0 in 16 bits", of_length(WireFrame::text, "", 2), kProtocolError},
      {"1.2.5", "5.2", "the same: 30000 in 64 bits", of_length(WireFrame::text, hello_of(30000), 8),
       kProtocolError},
      {"1.4.1",
       "7.4.1",
       "data of a type that is not taken",
       data(WireFrame::binary, kFirst, true),
       {"close 1003", "end"}},
      {"1.4.2", "7.4.1", "the same, empty", data(WireFrame::binary, "", true), {"close 1003", "end"}},
      {"1.4.3",
       "8.1",
       "what is binary need be no UTF-8",
       data(WireFrame::binary, "\xff", true),
       {"close 1003", "end"}},
  };
  for (const std::uint32_t key : {0U, 1U, 0xffffffffU, 0x01020304U}) {
    WireFrame frame;
    frame.payload = kFirst;
    frame.key = key;
    cases.push_back({"1.3." + std::to_string(key), "5.3", "any masking key will do", wire(frame), kAnswered});
  }
  for (const int opcode :
       {WireFrame::text, WireFrame::binary, WireFrame::ping, WireFrame::pong, WireFrame::close}) {
    WireFrame frame;
    frame.opcode = opcode;
    frame.payload = opcode == WireFrame::close ? "\x03\xe8" : "{}";
    frame.masked = false;
    cases.push_back({"1.5." + std::to_string(opcode), "5.1", "a frame that is not masked ends the connection",
                     wire(frame), kProtocolError});
  }
  for (const std::size_t i : {1U, 2U, 4U, 20U})
    cases.push_back(apart(cases[i]));
  return cases;
}

std::vector<WireCase> control_frame_cases() {
  const std::string binary("\x00\xff\xfe\xfd\xfc\xfb\x00\xff", 8);
  const std::string longest(125, '*');
  std::string ten;
  std::vector<std::string> ten_pongs;
  for (int i = 0; i < 10; ++i) {
    ten += ping("payload-" + std::to_string(i));
    ten_pongs.push_back("pong payload-" + std::to_string(i));
  }
  ten_pongs.emplace_back("open");
  std::vector<WireCase> cases{
      {"2.1", "5.5.2", "a ping without data gets a pong without data", ping(""), {"pong ", "open"}},
      {"2.2", "5.5.3", "a pong has the data of its ping", ping("Hello"), {"pong Hello", "open"}},
      {"2.3", "5.5.2", "which may be any bytes", ping(binary), {"pong " + binary, "open"}},
      {"2.4", "5.5", "125 of them", ping(longest), {"pong " + longest, "open"}},
      {"2.5", "5.5", "126 are too many", ping(std::string(126, '*')), kProtocolError},
      {"2.6", "5.5", "125 with a longer length are too many too", of_length(WireFrame::ping, longest, 2),
       kProtocolError},
      {"2.7", "5.5.3", "a pong that answers nothing is not answered", pong(""), {"open"}},
      {"2.8", "5.5.3", "the same with data", pong("unasked"), {"open"}},
      {"2.9", "5.5.3", "a pong, a ping", pong("unasked") + ping("asked"), {"pong asked", "open"}},
      {"2.10", "5.5.3", "ten pings are answered in their order", ten, ten_pongs},
      {"2.11", "5.5", "a pong of 126 bytes", pong(std::string(126, '*')), kProtocolError},
      {"2.12",
       "5.5.2",
       "a ping behind a text",
       text(kFirst) + ping("after"),
       {kEcho + "|pong after", kEcho + "|pong after", "open"}},
  };
  for (const std::size_t i : {1U, 3U, 9U})
    cases.push_back(apart(cases[i]));
  return cases;
}

std::vector<WireCase> reserved_cases() {
  std::vector<WireCase> cases;
  for (int bits = 1; bits < 8; ++bits) {
    const auto number = std::to_string(bits);
    const char* asks = "reserved bits that no extension gave a meaning to end the connection";
    for (const auto& [name, opcode] : {std::pair{"text", WireFrame::text},
                                       {"binary", WireFrame::binary},
                                       {"ping", WireFrame::ping},
                                       {"pong", WireFrame::pong}})
      cases.push_back({"3." + number + " " + name, "5.2", asks, reserved(opcode, bits), kProtocolError});
    cases.push_back({"3." + number + " close", "5.2", asks, reserved(WireFrame::close, bits, "\x03\xe8"),
                     kProtocolError});
    cases.push_back({"3." + number + " continuation", "5.2", asks,
                     begins("{") + reserved(WireFrame::continuation, bits, "}"), kProtocolError});
    cases.push_back({"3." + number + " after a text",
                     "5.2",
                     asks,
                     text(kFirst) + reserved(WireFrame::text, bits),
                     {"?" + kEcho, "close 1002", "end"}});
  }
  for (const int opcode : {3, 4, 5, 6, 7, 11, 12, 13, 14, 15}) {
    const auto number = "4." + std::to_string(opcode);
    const char* asks = "an opcode that is not defined ends the connection";
    cases.push_back({number + " empty", "5.2", asks, data(opcode, "", true), kProtocolError});
    cases.push_back({number, "5.2", asks, data(opcode, "{}", true), kProtocolError});
    cases.push_back({number + " amid a message", "5.2", asks,
                     begins("{") + data(opcode, "", true) + ends("}"), kProtocolError});
    cases.push_back(
        {number + " before a ping", "5.2", asks, data(opcode, "", true) + ping("late"), kProtocolError});
  }
  return cases;
}

std::vector<WireCase> fragmentation_cases() {
  const auto half = kFirst.size() / 2;
  const auto one = begins(kFirst.substr(0, half));
  const auto other = ends(kFirst.substr(half));
  std::string bytewise;
  for (std::size_t i = 0; i < kFirst.size(); ++i)
    bytewise +=
        data(i == 0 ? WireFrame::text : WireFrame::continuation, kFirst.substr(i, 1), i + 1 == kFirst.size());
  std::vector<WireCase> cases{
      {"5.1", "5.5", "a ping must not be fragmented", data(WireFrame::ping, "a", false) + ends("b"),
       kProtocolError},
      {"5.2", "5.5", "nor a pong", data(WireFrame::pong, "a", false) + ends("b"), kProtocolError},
      {"5.3", "5.5", "nor a close", data(WireFrame::close, "\x03\xe8", false), kProtocolError},
      {"5.4", "5.4", "a message in two frames", one + other, kAnswered},
      {"5.5", "5.4", "a frame for each byte", bytewise, kAnswered},
      {"5.6",
       "5.5",
       "a ping amid a message is answered before it",
       one + ping("amid") + other,
       {"pong amid", kEcho, "open"}},
      {"5.7",
       "5.5",
       "so are several",
       one + ping("a") + goes_on("") + ping("b") + other + ping("c"),
       {"pong a", "pong b", kEcho + "|pong c", kEcho + "|pong c", "open"}},
      {"5.8", "5.5.3", "a pong amid a message", one + pong("amid") + other, kAnswered},
      {"5.9", "5.4", "frames may be empty: the first", begins("") + ends(kFirst), kAnswered},
      {"5.10", "5.4", "the last", begins(kFirst) + ends(""), kAnswered},
      {"5.11", "5.4", "those between", one + goes_on("") + goes_on("") + other, kAnswered},
      {"5.12", "5.4", "all of them", begins("") + goes_on("") + ends(""), kMalformed},
      {"5.13", "5.4", "a thousand empty ones", begins("") + repeated(goes_on(""), 1000) + ends(kFirst),
       kAnswered},
      {"5.14", "5.4", "a continuation of nothing", ends("{}"), kProtocolError},
      {"5.15", "5.4", "the same, and not its last", goes_on("{}") + text(kFirst), kProtocolError},
      {"5.16",
       "5.4",
       "a continuation of what has ended",
       one + other + ends("{}"),
       {"?" + kEcho, "close 1002", "end"}},
      {"5.17", "5.4", "a text amid a text", one + text(kFirst), kProtocolError},
      {"5.18", "5.4", "the beginning of a text amid a text", one + one, kProtocolError},
      {"5.19", "5.4", "a binary message amid a text", one + data(WireFrame::binary, "x", true),
       kProtocolError},
      {"5.20", "5.5.1", "a close amid a message", one + close(1000), {"close 1000", "end"}},
      {"5.21",
       "5.4",
       "two messages in fragments, one after the other",
       one + other + one + other,
       {kEcho, kEcho, "open"}},
      {"5.22",
       "5.4",
       "a binary message in fragments",
       data(WireFrame::binary, "a", false) + ends("b"),
       {"close 1003", "end"}},
  };
  for (const std::size_t i : {3U, 5U, 10U})
    cases.push_back(apart(cases[i]));
  return cases;
}

} // namespace warsha::test
