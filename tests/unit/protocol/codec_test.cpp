#include "protocol/codec.hpp"
#include "protocol/text.hpp"

#include <gtest/gtest.h>
#include <random>

namespace warsha {
namespace {

const CommandId kId = *CommandId::parse("019a1f00-0000-7000-8000-000000000064");

Command decoded(const std::string& frame) {
  auto message = decode(frame);
  return std::get<Command>(std::get<ClientMessage>(message));
}

TEST(Codec, a_command_that_is_encoded_and_decoded_is_the_same) {
  const ContributionId problem = *ContributionId::parse("019a1f00-0000-7000-8000-000000000001");
  const Command command{kId, action::Contribute{Kind::solution, "نشر المحضر", {problem}, {}}, 0};
  const auto again = decoded(encode(command));
  const auto& contribute = std::get<action::Contribute>(again.action);
  EXPECT_EQ(again.id, kId);
  EXPECT_EQ(contribute.text, "نشر المحضر");
  EXPECT_EQ(contribute.answers, std::vector{problem});
  EXPECT_EQ(encode(again), encode(command));
}

TEST(Codec, the_same_content_has_the_same_fingerprint_whatever_its_spelling) {
  const auto one = decoded(
      R"({"type":"command","id":"019a1f00-0000-7000-8000-000000000064","action":"theme.add","title":"é"})");
  const auto same = decoded(
      "{ \"title\": \" e\\u0301 \", "
      "\"action\":\"theme.add\",\"id\":\"019a1f00-0000-7000-8000-000000000064\",\"type\":\"command\"}");
  const auto other = decoded(
      R"({"type":"command","id":"019a1f00-0000-7000-8000-000000000064","action":"theme.add","title":"e"})");
  EXPECT_EQ(one.fingerprint, same.fingerprint);
  EXPECT_NE(one.fingerprint, other.fingerprint);
}

TEST(Codec, a_refused_command_is_answered_with_its_id_where_one_can_be_read) {
  const auto refused =
      decode(R"({"type":"command","id":"019a1f00-0000-7000-8000-000000000064","action":"fly"})");
  EXPECT_EQ(std::get<DecodeError>(refused).id, kId);
}

TEST(Codec, no_bytes_whatever_bring_it_down) {
  std::mt19937 random(1);
  const std::string seed =
      R"({"type":"command","id":"019a1f00-0000-7000-8000-000000000064","action":"contribute","kind":"problem","text":"نص","answers":[]})";
  for (int i = 0; i < 20'000; ++i) {
    auto frame = seed;
    for (unsigned change = random() % 6; change-- > 0;)
      frame[random() % frame.size()] = static_cast<char>(random());
    if (random() % 3 == 0)
      frame.resize(random() % frame.size());
    (void)decode(frame);
  }
  (void)decode(std::string(30'000, '['));
  (void)decode("{\"type\":\"command\",\"duration_ms\":99999999999999999999999999}");
  SUCCEED();
}

TEST(Codec, a_reject_is_valid_even_when_it_echoes_broken_bytes) {
  EXPECT_NE(encode_reject(kId, {Code::unknown_field, "\xff\xfe", {}}).find("unknown_field"),
            std::string::npos);
}

// --- Texts ---------------------------------------------------------------------------------------------

struct TextCase {
  const char* what;
  std::string typed;
  std::size_t most;
  std::variant<std::string, Code> expected;
};

TEST(Text, is_cleaned_counted_and_refused_as_people_would_expect) {
  const TextCase cases[] = {
      {"trimmed", "  نص \n", 10, "نص"},
      {"white space of any script", "\u00a0\u3000نص\u2003", 10, "نص"},
      {"composed", "e\u0301", 10, "\u00e9"},
      {"carriage returns dropped", "سطر\r\nسطر", 20, "سطر\nسطر"},
      {"empty", " \n\t ", 10, Code::text_empty},
      {"marks don't count", "مُحَمَّد", 4, "مُحَمَّد"},
      {"a fifth letter does", "محمدي", 4, Code::text_too_long},
      {"a family is one", "👨‍👩‍👧‍👦", 1, "👨‍👩‍👧‍👦"},
      {"a flag is one", "🇲🇦", 1, "🇲🇦"},
      {"endless marks",
       "ا" +
           [] {
             std::string marks;
             for (int i = 0; i < 5000; ++i)
               marks += "\u064e";
             return marks;
           }(),
       10, Code::text_too_long},
      {"override", "a\u202eb", 10, Code::text_forbidden_character},
      {"isolate", "a\u2066b", 10, Code::text_forbidden_character},
      {"direction mark is fine", "a\u200fb", 10, "a\u200fb"},
      {"joiner is fine", "می\u200cخواهم", 20, "می\u200cخواهم"},
      {"escape", "a\x1b[31m", 10, Code::text_forbidden_character},
      {"noncharacter", "a\uffff", 10, Code::text_forbidden_character},
      {"not UTF-8", "a\xc3", 10, Code::text_forbidden_character},
      {"surrogate", "a\xed\xa0\x80", 10, Code::text_forbidden_character},
  };
  for (const auto& [what, typed, most, expected] : cases)
    EXPECT_EQ(clean_text(typed, most), expected) << what;
}

TEST(Text, a_line_takes_no_line_feed) {
  EXPECT_EQ(clean_line("سطر\nسطر", 20), (std::variant<std::string, Code>(Code::text_forbidden_character)));
}

// --- Ids --------------------------------------------------------------------------------------------------

TEST(Uuid, is_written_and_read_the_same) {
  const auto bytes = uuid::make(1'764'000'000'000, {1, 2, 3, 4, 5, 6, 7, 8, 9, 10});
  EXPECT_EQ(uuid::parse(uuid::text(bytes)), bytes);
  EXPECT_EQ(uuid::text(bytes).substr(0, 13), "019ab697-e800") << "the time comes first";
}

TEST(Uuid, nothing_but_lower_case_version_7_is_one) {
  for (const auto* wrong : {"", "019a1f00-0000-7000-8000-00000000000", "019A1F00-0000-7000-8000-000000000001",
                            "019a1f00-0000-4000-8000-000000000001", "019a1f00-0000-7000-c000-000000000001",
                            "019a1f0000007000-8000-0000-00000000001", "{19a1f00-0000-7000-8000-000000000001"})
    EXPECT_EQ(uuid::parse(wrong), std::nullopt) << wrong;
}

} // namespace
} // namespace warsha
