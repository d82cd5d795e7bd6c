#include "server/live/canonical_event.hpp"
#include "server/live/event_codec.hpp"
#include "tests/unit/live/support.hpp"

#include <gtest/gtest.h>
#include <random>

/// The bytes that are hashed into the chain must never change: a journal of today is verified in ten years.
namespace warsha::live {
namespace {

using namespace test;

const WorkshopId kWorkshop{numbered(9)};
const ContributionId kContribution{numbered(4)};
const ThemeId kTheme{numbered(5)};
const DraftId kDraft{numbered(6)};
constexpr TimeMs kAt = 1'700'000'000'123;

struct BytesCase {
  const char* what;
  Change change;
  std::string bytes;
};

/// As they were written by nlohmann's dump() of a sorted object.
std::vector<BytesCase> cases() {
  const std::string head =
      R"("at":1700000000123,"by":"018bcfe5-6800-7000-8000-000000000001","command":{"fingerprint":"00000000000000ff",)"
      R"("id":"018bcfe5-6800-7000-8000-000000000002"},)";
  const std::string end = R"(,"workshop":"018bcfe5-6800-7000-8000-000000000009"})";
  const std::string contribution = R"("contribution":"018bcfe5-6800-7000-8000-000000000004",)";
  const std::string draft = R"("draft":"018bcfe5-6800-7000-8000-000000000006",)";
  const std::string theme = R"("theme":"018bcfe5-6800-7000-8000-000000000005")";
  const auto plain = [&](const std::string& type) {
    return "{" + head + contribution + R"("seq":7,"type":")" + type + '"' + end;
  };
  return {
      {"opened", change::Opened{"ورشة \"أ\"", "ar", {{Phase::problems, "سؤال؟"}, {Phase::grouping, "ثان"}}},
       "{" + head +
           R"("language":"ar","questions":{"grouping":"ثان","problems":"سؤال؟"},"seq":7,)"
           R"("title":"ورشة \"أ\"","type":"workshop.opened")" +
           end},
      {"opened without questions", change::Opened{"t", "fr", {}},
       "{" + head + R"("language":"fr","questions":{},"seq":7,"title":"t","type":"workshop.opened")" + end},
      {"phase", change::PhaseEntered{Phase::solutions},
       "{" + head + R"("phase":"solutions","seq":7,"type":"phase.entered")" + end},
      {"timer", change::TimerSet{Timer{1'700'000'060'000, 60'000}},
       "{" + head + R"("seq":7,"timer":{"duration_ms":60000,"ends_at":1700000060000},"type":"timer.set")" +
           end},
      {"timer paused", change::TimerSet{Timer{1'700'000'060'000, 60'000, 1'500}},
       "{" + head +
           R"("seq":7,"timer":{"duration_ms":60000,"ends_at":1700000060000,"left_ms":1500},"type":"timer.set")" +
           end},
      {"timer stopped", change::TimerSet{}, "{" + head + R"("seq":7,"timer":null,"type":"timer.set")" + end},
      {"added",
       change::Added{kContribution, Kind::problem, "سطر\nآخر\t\\ \x01\x1f\x7f €😀", "ABCD-EFGH-JKMN", {}, {}},
       R"({"answers":[],)" + head + contribution +
           R"("follows_from":[],"kind":"problem","receipt":"ABCD-EFGH-JKMN","seq":7,)"
           "\"text\":\"سطر\\nآخر\\t\\\\ \\u0001\\u001f\x7f €😀\","
           R"("type":"contribution.added")" +
           end},
      {"added with answers",
       change::Added{kContribution,
                     Kind::result,
                     "/",
                     "r",
                     {ContributionId{numbered(1)}, ContributionId{numbered(2)}},
                     {ContributionId{numbered(3)}}},
       R"({"answers":["018bcfe5-6800-7000-8000-000000000001","018bcfe5-6800-7000-8000-000000000002"],)" +
           head + contribution +
           R"("follows_from":["018bcfe5-6800-7000-8000-000000000003"],"kind":"result","receipt":"r","seq":7,)"
           R"("text":"/","type":"contribution.added")" +
           end},
      {"added under a theme",
       change::Added{.contribution = kContribution,
                     .kind = Kind::problem,
                     .text = "/",
                     .receipt = "r",
                     .theme = kTheme},
       R"({"answers":[],)" + head + contribution +
           R"("follows_from":[],"kind":"problem","receipt":"r",)"
           R"("seq":7,"text":"/",)" +
           theme + R"(,"type":"contribution.added")" + end},
      {"handed in",
       change::DraftHandedIn{.draft = kDraft, .contribution = kContribution, .text = "/", .receipt = "r"},
       "{" + head + contribution + draft + R"("receipt":"r","seq":7,"text":"/","type":"draft.handed_in")" +
           end},
      {"handed in for a table",
       change::DraftHandedIn{
           .draft = kDraft, .contribution = kContribution, .text = "/", .receipt = "r", .people = 6},
       "{" + head + contribution + draft +
           R"("people":6,"receipt":"r","seq":7,"text":"/","type":"draft.handed_in")" + end},
      {"edited", change::Edited{kContribution, "\b\f\r"},
       "{" + head + contribution + R"("seq":7,"text":"\b\f\r","type":"contribution.edited")" + end},
      {"withdrawn", change::Withdrawn{kContribution}, plain("contribution.withdrawn")},
      {"hidden", change::Hidden{kContribution, "سبب"},
       "{" + head + contribution + R"("reason":"سبب","seq":7,"type":"contribution.hidden")" + end},
      {"shown", change::Shown{kContribution}, plain("contribution.shown")},
      {"supported", change::Supported{kContribution}, plain("contribution.supported")},
      {"unsupported", change::Unsupported{kContribution}, plain("contribution.unsupported")},
      {"placed", change::Placed{kContribution, kTheme},
       "{" + head + contribution + R"("seq":7,)" + theme + R"(,"type":"contribution.placed")" + end},
      {"placed under none", change::Placed{kContribution, std::nullopt},
       "{" + head + contribution + R"("seq":7,"theme":null,"type":"contribution.placed")" + end},
      {"theme added", change::ThemeAdded{kTheme, "عنوان"},
       "{" + head + R"("seq":7,)" + theme + R"(,"title":"عنوان","type":"theme.added")" + end},
      {"theme renamed", change::ThemeRenamed{kTheme, "x"},
       "{" + head + R"("seq":7,)" + theme + R"(,"title":"x","type":"theme.renamed")" + end},
      {"theme removed", change::ThemeRemoved{kTheme},
       "{" + head + R"("seq":7,)" + theme + R"(,"type":"theme.removed")" + end},
  };
}

Event event_of(const Change& change) {
  return {7, kAt, ActorId{numbered(1)}, Cause{CommandId{numbered(2)}, 255}, change};
}

TEST(EventBytes, are_these_for_each_type) {
  for (const auto& [what, change, bytes] : cases())
    EXPECT_EQ(encode_body(kWorkshop, event_of(change)), bytes) << what;
}

TEST(EventBytes, of_the_system_name_nobody) {
  const Event opened{1, kAt, {}, std::nullopt, change::Opened{"t", "ar", {}}};
  EXPECT_EQ(encode_body(kWorkshop, opened),
            R"({"at":1700000000123,"language":"ar","questions":{},"seq":1,"title":"t",)"
            R"("type":"workshop.opened","workshop":"018bcfe5-6800-7000-8000-000000000009"})");
}

TEST(EventBytes, are_read_without_a_document) {
  for (const auto& [what, change, bytes] : cases()) {
    const auto event = read_canonical(kWorkshop, 7, bytes);
    // The one escape that is left to the document: other controls, which no text holds.
    if (bytes.find("\\u") != std::string::npos)
      continue;
    ASSERT_TRUE(event) << what;
    EXPECT_EQ(encode_body(kWorkshop, *event), bytes) << what;
  }
}

/// What decode_body makes of a text, in words that can be compared.
std::string outcome(const std::string& text) {
  const auto decoded = decode_body(kWorkshop, 7, text);
  if (const auto* wrong = std::get_if<std::string>(&decoded))
    return "refused: " + *wrong;
  return encode_body(kWorkshop, std::get<Event>(decoded));
}

/// With a space before it no body is canonical, and says the same.
std::string outcome_of_document(const std::string& text) {
  return outcome(" " + text);
}

TEST(EventBytes, say_the_same_to_both_readers_whatever_was_done_to_them) {
  std::mt19937 random(1);
  const auto all = cases();
  const std::string alphabet = "\"\\{}[]:,0129-nullabtruef \n\x01\x7f\x80\xc3\xd9\xff";
  int refused = 0;
  int understood = 0;
  for (int i = 0; i < 40'000; ++i) {
    auto text = all[random() % all.size()].bytes;
    for (auto changes = 1 + random() % 2; changes-- > 0;) {
      const auto at = random() % text.size();
      const auto c = alphabet[random() % alphabet.size()];
      switch (random() % 4) {
      case 0:
        text[at] = c;
        break;
      case 1:
        text.insert(at, 1, c);
        break;
      case 2:
        text.erase(at, 1);
        break;
      default:
        text.insert(at, text.substr(random() % text.size(), random() % 30));
      }
    }
    const auto expected = outcome_of_document(text);
    ASSERT_EQ(outcome(text), expected) << text;
    ++(expected.starts_with("refused") ? refused : understood);
  }
  EXPECT_GT(refused, 1000);
  EXPECT_GT(understood, 1000);
}

TEST(EventBytes, that_are_not_utf8_are_refused) {
  const std::vector<std::string> broken{"\xc3",         "\xc0\xaf", "\xed\xa0\x80", "\xf4\x90\x80\x80",
                                        "\xe0\x80\x80", "\xff"};
  for (const auto& bytes : broken) {
    auto text = encode_body(kWorkshop, event_of(change::Edited{kContribution, "@"}));
    text.replace(text.find('@'), 1, bytes);
    EXPECT_FALSE(read_canonical(kWorkshop, 7, text));
    EXPECT_TRUE(std::holds_alternative<std::string>(decode_body(kWorkshop, 7, text)));
  }
}

} // namespace
} // namespace warsha::live
