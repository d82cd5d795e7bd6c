#include "tests/integration/rfc6455_vectors.hpp"
#include "tests/integration/rfc6455_words.hpp"

namespace warsha::test {

using namespace words;

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
