#include "tests/integration/rfc6455_vectors.hpp"

#include "protocol/limits.hpp"
#include "tests/support/web_socket_wire.hpp"

// The server speaks JSON and echoes nothing. A `hello` with a member that no hello has is answered by its
// name: that is the echo. What is UTF-8 and no JSON object is answered as malformed.
namespace warsha::test {
namespace {

std::string data(int opcode, std::string payload, bool fin) {
  WireFrame frame;
  frame.opcode = opcode;
  frame.payload = std::move(payload);
  frame.fin = fin;
  return wire(frame);
}
std::string text(std::string payload) {
  return data(WireFrame::text, std::move(payload), true);
}
std::string begins(std::string payload) {
  return data(WireFrame::text, std::move(payload), false);
}
std::string goes_on(std::string payload) {
  return data(WireFrame::continuation, std::move(payload), false);
}
std::string ends(std::string payload) {
  return data(WireFrame::continuation, std::move(payload), true);
}
std::string ping(std::string payload) {
  return data(WireFrame::ping, std::move(payload), true);
}
std::string pong(std::string payload) {
  return data(WireFrame::pong, std::move(payload), true);
}
std::string raw_close(std::string body) {
  return data(WireFrame::close, std::move(body), true);
}
std::string close(int code, const std::string& reason = {}) {
  return raw_close(std::string{static_cast<char>(code >> 8), static_cast<char>(code & 0xff)} + reason);
}
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

const std::string kFirst = R"({"type":"hello","x":0})";
const std::string kEcho = "reject unknown_field x";
const std::vector<std::string> kAnswered{kEcho, "open"};
const std::vector<std::string> kMalformed{"reject malformed", "open"};
const std::vector<std::string> kProtocolError{"close 1002", "end"};
const std::vector<std::string> kNotUtf8{"close 1007", "end"};
const std::vector<std::string> kTooBig{"close 1009", "end"};

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

WireCase apart(WireCase one) {
  one.number += "'";
  one.bytes_apart = true;
  return one;
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

std::vector<WireCase> utf8_cases() {
  std::vector<WireCase> cases;
  const auto in_hello = [](const std::string& bytes) { return R"({"type":"hello",")" + bytes + R"(":0})"; };
  // In one frame; in a frame for each byte; in a TCP segment for each byte.
  const auto add = [&](const std::string& number, const char* asks, const std::string& payload,
                       const std::vector<std::string>& sees) {
    std::string bytewise;
    for (std::size_t i = 0; i < payload.size(); ++i)
      bytewise += data(i == 0 ? WireFrame::text : WireFrame::continuation, payload.substr(i, 1),
                       i + 1 == payload.size());
    cases.push_back({number, "8.1", asks, text(payload), sees});
    cases.push_back({number + " fragments", "8.1", asks, bytewise, sees});
    cases.push_back(apart(cases[cases.size() - 2]));
  };
  struct Bytes {
    const char* number;
    const char* asks;
    std::string bytes;
  };
  for (const auto& [number, asks, bytes] :
       std::vector<Bytes>{{"6.1.1", "Greek", "\xce\xba\xe1\xbd\xb9\xcf\x83\xce\xbc\xce\xb5"},
                          {"6.1.2", "Arabic", "ورشة"},
                          {"6.1.3", "four bytes", "😀"},
                          {"6.1.4", "the first of two bytes", "\xc2\x80"},
                          {"6.1.5", "the last of two bytes", "\xdf\xbf"},
                          {"6.1.6", "the first of three bytes", "\xe0\xa0\x80"},
                          {"6.1.7", "the last before the surrogates", "\xed\x9f\xbf"},
                          {"6.1.8", "the first behind the surrogates", "\xee\x80\x80"},
                          {"6.1.9", "the replacement character", "\xef\xbf\xbd"},
                          {"6.1.10", "U+FFFE, a noncharacter and UTF-8 all the same", "\xef\xbf\xbe"},
                          {"6.1.11", "U+FFFF", "\xef\xbf\xbf"},
                          {"6.1.12", "the first of four bytes", "\xf0\x90\x80\x80"},
                          {"6.1.13", "U+1FFFE, a noncharacter", "\xf0\x9f\xbf\xbe"},
                          {"6.1.14", "U+10FFFF, the last of all", "\xf4\x8f\xbf\xbf"},
                          {"6.1.15", "U+FEFF", "\xef\xbb\xbf"}})
    add(number, asks, in_hello(bytes), {"reject unknown_field " + bytes, "open"});
  add("6.1.16", "U+0000 is UTF-8, and no JSON", std::string("a\0b", 3), kMalformed);
  add("6.1.17", "U+007F", "\x7f", kMalformed);
  for (const auto& [number, asks, bytes] :
       std::vector<Bytes>{{"6.2.1", "a continuation byte alone", "\x80"},
                          {"6.2.2", "the last of them", "\xbf"},
                          {"6.2.3", "seven of them", "\x80\xbf\x80\xbf\x80\xbf\x80"},
                          {"6.2.4", "a first byte of two, then a blank", "\xc3 "},
                          {"6.2.5", "a first byte of three, then a blank", "\xe2 "},
                          {"6.2.6", "of three with one behind it", "\xe2\x82 "},
                          {"6.2.7", "of four with two behind it", "\xf0\x9f\x98 "},
                          {"6.2.8", "bytes that stand nowhere", "\xfe\xff"},
                          {"6.2.9", "five bytes", "\xf8\x88\x80\x80\x80"},
                          {"6.2.10", "six bytes", "\xfc\x84\x80\x80\x80\x80"},
                          {"6.2.11", "overlong: / in two", "\xc0\xaf"},
                          {"6.2.12", "overlong: / in three", "\xe0\x80\xaf"},
                          {"6.2.13", "overlong: / in four", "\xf0\x80\x80\xaf"},
                          {"6.2.14", "overlong: U+0000 in two", "\xc0\x80"},
                          {"6.2.15", "overlong: U+007F in two", "\xc1\xbf"},
                          {"6.2.16", "overlong: U+07FF in three", "\xe0\x9f\xbf"},
                          {"6.2.17", "overlong: U+FFFF in four", "\xf0\x8f\xbf\xbf"},
                          {"6.2.18", "the first surrogate", "\xed\xa0\x80"},
                          {"6.2.19", "the last surrogate", "\xed\xbf\xbf"},
                          {"6.2.20", "a pair of surrogates", "\xed\xa0\xbd\xed\xb8\x80"},
                          {"6.2.21", "U+110000", "\xf4\x90\x80\x80"},
                          {"6.2.22", "beyond", "\xf5\x80\x80\x80"}})
    add(number, asks, in_hello(bytes), kNotUtf8);
  add("6.3.1", "a message that ends amid a letter of two bytes", "\"\xd9", kNotUtf8);
  add("6.3.2", "of three", "\"\xe2\x82", kNotUtf8);
  add("6.3.3", "of four", "\"\xf0\x9f\x98", kNotUtf8);
  const char* soon = "the message is not waited for";
  const char* why = "8.1 asks no more than that the message fails; the public suite prefers at once";
  for (const auto& [number, asks, bytes] : std::vector<Bytes>{{"6.4.1", soon, "\"\xf4\x90"},
                                                              {"6.4.2", soon, "\"\xed\xa0"},
                                                              {"6.4.3", soon, "\"\xc0"},
                                                              {"6.4.4", soon, "\"\xff"}}) {
    cases.push_back({number, "8.1", asks, begins(bytes), kNotUtf8, why});
    cases.push_back({number + std::string(" amid a frame"), "8.1", asks,
                     wire_header(WireFrame::text, 1000) + wire({WireFrame::text, bytes}).substr(6), kNotUtf8,
                     why});
  }
  cases.push_back({"6.5.1",
                   "8.1",
                   "a letter may be cut by the end of a frame",
                   begins("{\"type\":\"hello\",\"\xd9") + ping("amid") + ends("\x88\":0}"),
                   {"pong amid", "reject unknown_field و", "open"}});
  cases.push_back(
      {"6.5.2", "8.1", "but not by the end of the last one", begins("\"\xd9") + ends(""), kNotUtf8});
  cases.push_back({"6.5.3", "8.1", "nor over two messages", text("\"\xd9") + text("\x88\""), kNotUtf8});
  return cases;
}

std::vector<WireCase> closing_cases() {
  const std::vector<std::string> normal{"close 1000", "end"};
  std::vector<WireCase> cases{
      {"7.1.1", "5.5.1", "a close is answered by a close, and the server ends the connection", close(1000),
       normal},
      {"7.1.2", "5.5.1", "it may have no body", raw_close(""), {"close|close 1000", "end"}},
      {"7.1.3", "5.5.1", "a body has two bytes at least", raw_close("\x03"), kProtocolError},
      {"7.1.4", "5.5.1", "a reason in UTF-8", close(1000, "انتهت الورشة"), normal},
      {"7.1.5", "5.5", "a reason of 123 bytes", close(1000, std::string(123, '*')), normal},
      {"7.1.6", "5.5", "one of 124 is too long", close(1000, std::string(124, '*')), kProtocolError},
      {"7.1.7",
       "8.1",
       "a reason that is no UTF-8",
       close(1000, "\xff"),
       {"close 1007|close 1002", "end"},
       "1002: Beast gives every fault of a close frame this code; 8.1 asks no certain one"},
      {"7.1.8",
       "8.1",
       "a reason that is cut amid a letter",
       close(1000, "\xd9"),
       {"close 1007|close 1002", "end"},
       "the same"},
      {"7.2.1", "5.5.1", "what comes behind a close is not read: a text", close(1000) + text(kFirst), normal},
      {"7.2.2", "5.5.1", "a ping", close(1000) + ping("late"), normal},
      {"7.2.3", "5.5.1", "a second close", close(1000) + close(1001), normal},
      {"7.2.4", "5.5.1", "what is no frame", close(1000) + std::string(300, '\xff'), normal},
      {"7.2.5", "5.5.1", "a large message", close(1000) + text(std::string(30000, ' ')), normal},
      {"7.3.1",
       "5.5.1",
       "what came before a close is answered or not: the server may be quick",
       text(kFirst) + close(1000),
       {"?" + kEcho, "close 1000", "end"}},
      {"7.3.2",
       "5.5.1",
       "a ping before a close",
       ping("last") + close(1000),
       {"pong last", "close 1000", "end"}},
  };
  for (const int code :
       {1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 3000, 3999, 4000, 4999})
    cases.push_back({"7.7." + std::to_string(code),
                     "7.4",
                     "a code that may be sent comes back",
                     close(code),
                     {"close " + std::to_string(code), "end"}});
  for (const int code : {0, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999})
    cases.push_back({"7.9." + std::to_string(code), "7.4", "a code that must not be sent is a protocol error",
                     close(code), kProtocolError});
  cases.push_back({"7.9.1014",
                   "7.4.1",
                   "1014 (bad gateway) was registered after the RFC",
                   close(1014),
                   {"close 1014|close 1002", "end"},
                   "1002: Beast 1.81 has it among the reserved ones"});
  for (const int code : {5000, 65535})
    cases.push_back({"7.13." + std::to_string(code),
                     "7.4.2",
                     "nothing is said of codes from 5000 on",
                     close(code),
                     {"close " + std::to_string(code) + "|close 1002", "end"},
                     "Beast sends them back; no client of ours sends one"});
  for (const std::size_t i : {0U, 4U})
    cases.push_back(apart(cases[i]));
  return cases;
}

} // namespace warsha::test
