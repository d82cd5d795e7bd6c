#include "protocol/codec.hpp"
#include "protocol/limits.hpp"
#include "server/access/base64url.hpp"
#include "server/access/passes.hpp"
#include "server/bundle/format.hpp"
#include "server/bundle/hex.hpp"
#include "server/bundle/keys.hpp"
#include "server/live/board.hpp"
#include "server/live/event_codec.hpp"
#include "server/review/entry_codec.hpp"
#include "server/store/chain.hpp"
#include "tests/fuzz/seed_ids.hpp"
#include "tests/fuzz/targets.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <set>

namespace warsha::fuzz {

using nlohmann::json;
namespace fs = std::filesystem;

namespace {

std::string read_file(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in)
    throw std::runtime_error(path.string() + " can't be read");
  return {std::istreambuf_iterator<char>(in), {}};
}

std::string repeated(const std::string& piece, std::size_t times) {
  std::string all;
  for (std::size_t i = 0; i < times; ++i)
    all += piece;
  return all;
}

/// The messages of schemas/live/examples, right and wrong, in the order of their names.
std::vector<std::string> examples() {
  std::vector<std::string> all;
  for (const auto* folder : {"valid", "invalid"}) {
    std::set<fs::path> files;
    for (const auto& entry :
         fs::directory_iterator(fs::path(WARSHA_SOURCE_DIR) / "schemas/live/examples" / folder))
      files.insert(entry.path());
    for (const auto& file : files) {
      const auto example = json::parse(read_file(file));
      all.push_back(example.contains("frame") ? example["frame"].get<std::string>()
                                              : example.at("message").dump());
    }
  }
  return all;
}

std::vector<std::string> texts_to_clean() {
  std::vector<std::string> all;
  const std::vector<std::string> typed{
      "لا يُنشر محضر دورات المجلس",
      "Le procès-verbal n’est pas publié",
      "  two lines\r\nof one text \n",
      "e\u0301 \u1100\u1161\u11a8 \u0958 \u0344 \u212b",
      "👩‍👩‍👧‍👦🇲🇦",
      "a\u202eb\u2066c",
      "\ufeffx",
      std::string("\0x", 2),
      "\xed\xa0\x80",
      repeated("\u0344", limits::kTextCodePoints / 2 + 1), // each becomes two in NFC
      repeated("a\u0301\u0302", limits::kContributionGraphemes),
      repeated("\u0958", limits::kContributionGraphemes),
      repeated("x", limits::kContributionGraphemes + 1)};
  for (const auto& text : typed)
    for (const char selector : {'\0', '\x01', '\x02', '\x80', '\x81'})
      all.push_back(selector + text);
  return all;
}

std::vector<std::string> request_targets() {
  const auto workshop = kSeedWorkshop.text();
  return {"/",
          "/api/workshops/" + workshop + "/snapshot?audience=staff",
          "/live/" + workshop + "?as=participant",
          "/j/K7QM3F",
          "/api/receipts/K7QM-3F9P-XTWB",
          "/..%2f%2e%2e/warsha.db",
          "/a%00b?c=%d9%88+d&e&=f&&g=h=i#j",
          "//x///y/%",
          "*",
          "http://warsha.example/x?y",
          "10.0.0.1, 2001:db8::1 ,\t192.0.2.7"};
}

std::vector<std::string> cookie_headers() {
  return {"warsha_pass=abc.def",
          "a=b; warsha_pass=abc.def; warsha_session=ghi",
          "warsha_pass=1; warsha_pass=2",
          "xwarsha_pass=1;warsha_pass =2;  warsha_pass=",
          "warsha_pass",
          "=;;==; ;",
          "https://warsha.example",
          "http://warsha.example.evil.example",
          "null"};
}

std::vector<std::string> tokens() {
  const access::Passes issuer(std::string(32, 's'));
  const auto token = issuer.issue({kSeedActors[0], seed_id<ConsultationId>(9), 1764000000000});
  return {token,
          token + "=",
          token.substr(0, token.find('.')),
          std::string(16, '\0') + "\x05\x01",
          std::string(16, 'p') + "\x37\x02\x38\x02",
          access::base64url(std::string(41, '\1')) + "." + access::base64url(std::string(32, '\2')),
          "k7qm-3f9p xtwb",
          "K7QM3F",
          "O0I1L"};
}

std::vector<std::string> request_bodies() {
  return {R"({"code":"K7QM3F","language":"ar","notice_version":1})",
          R"({"code":"k7qm 3f","language":"fr","display_name":"Amina","notice_version":1})",
          R"({"code":7,"language":null,"notice_version":"1"})",
          R"({"code":"K7QM3F","code":"K7QM3G","notice_version":18446744073709551615})",
          R"({"email":"a@example.org","password":"x"})",
          R"({"notice_version":-9223372036854775808,"code":"\ud83d\ude00"})",
          R"([{}])",
          R"({"notice_version":1e3})"};
}

/// A workshop's life, event by event.
std::vector<live::Change> life() {
  using namespace live::change;
  const auto problem = seed_id<ContributionId>(11);
  const auto solution = seed_id<ContributionId>(12);
  const auto theme = seed_id<ThemeId>(21);
  return {Opened{"ورشة", "ar", {{Phase::problems, "ما الإشكاليات؟"}}},
          PhaseEntered{Phase::problems},
          live::change::TimerSet{live::Timer{1764000300000, 300000}},
          Added{problem, Kind::problem, "لا يُنشر المحضر", "K7QM-3F9P-XTWB", {}, {}},
          Edited{problem, "لا يُنشر محضر الدورة"},
          Added{solution, Kind::solution, "نشره", "K7QM-3F9P-XTWC", {problem}, {}},
          ThemeAdded{theme, "النشر"},
          ThemeRenamed{theme, "نشر المحاضر"},
          Placed{problem, theme},
          Placed{problem, std::nullopt},
          Supported{problem},
          Unsupported{problem},
          Hidden{problem, "اسم شخص"},
          Shown{problem},
          Withdrawn{solution},
          ThemeRemoved{theme},
          live::change::TimerSet{std::nullopt},
          PhaseEntered{Phase::closed}};
}

/// The bodies of its events.
std::vector<std::string> life_as_bodies() {
  std::vector<std::string> bodies;
  Seq seq = 0;
  for (const auto& change : life()) {
    live::Event event{++seq, 1764000000000, {}, {}, change};
    if (seq > 2) {
      event.by = kSeedActors[seq % 2];
      event.cause =
          live::Cause{seed_id<CommandId>(static_cast<std::uint8_t>(seq)), seq * 0x123456789abcdefULL};
    }
    bodies.push_back(live::encode_body(kSeedWorkshop, event));
  }
  return bodies;
}

std::vector<std::string> journals() {
  std::string all;
  std::vector<std::string> some;
  for (const auto& body : life_as_bodies()) {
    all += body + "\n";
    some.push_back(all);
  }
  std::string staff;
  std::string people;
  for (const auto& example : examples()) {
    const auto decoded = decode(example);
    if (!std::holds_alternative<ClientMessage>(decoded))
      continue;
    staff += 's' + example + '\n';
    people += (people.size() % 2 ? 'a' : 'b') + example + '\n';
  }
  some.push_back(some[1] + people);
  some.push_back(some[1] + staff);
  some.push_back(all + "s" + R"({"type":"command","id":")" + seed_id<CommandId>(99).text() +
                 R"(","action":"phase.enter","phase":"solutions"})");
  return some;
}

/// A bundle of the first so many events of a workshop's life, with one entry of a review.
std::string bundle_of(std::size_t events) {
  using namespace bundle;
  const auto key = SigningKey::of(kSeedSecret);
  Manifest manifest;
  manifest.consultation = {"العرائش", 1764000000000, "2026-01-31", kSeedConsultation, "ar", {"o"},
                           "الشمال",  "لقاء",        "v"};
  manifest.public_key = hex(key.public_key());
  std::string lines;
  auto hash = store::chain_start(kSeedWorkshop);
  std::int64_t seq = 0;
  auto bodies = life_as_bodies();
  bodies.resize(std::min(events, bodies.size()));
  for (const auto& body : bodies) {
    hash = store::chain_next(hash, body);
    lines += encode(EventLine{body, hex(hash), ++seq, kSeedWorkshop}) + "\n";
  }
  manifest.workshops.push_back({1764000000000, "e", seq, hex(hash), kSeedWorkshop, 2, "ورشة"});
  for (const auto& person : {kSeedActors[0], kSeedActors[1]})
    lines += encode(PresentLine{person, kSeedWorkshop}) + "\n";
  const auto entry =
      review::encode_entry(kSeedConsultation, {1, 1764000000000, kSeedActors[2], seed_id<CommandId>(90),
                                               review::action::Screen{seed_id<ContributionId>(11), 1, 2, 3}});
  hash = store::chain_next(store::review_start(kSeedConsultation), entry);
  lines += encode(ReviewLine{entry, kSeedConsultation, hex(hash), 1}) + "\n";
  manifest.review = {1, hex(hash)};
  lines.insert(0, encode(manifest) + "\n");
  return lines + encode(SignatureLine{hex(key.sign(sha256(lines)))}) + "\n";
}

/// As they come, and behind an 'm' those that the target chains and signs again.
std::vector<std::string> bundles_to_read() {
  std::vector<std::string> some;
  for (const std::size_t events : {1, 3, 6, 9, 12}) {
    some.push_back(bundle_of(events));
    some.push_back('m' + some.back());
  }
  some.push_back(some[2].substr(0, some[2].size() / 2));
  return some;
}

std::vector<std::string> consultation_files() {
  json small{{"schema", "warsha.consultation/1"},
             {"title", "لقاء"},
             {"language", "ar"},
             {"region", "r"},
             {"city", "c"},
             {"venue", "v"},
             {"date", "2026-01-31"},
             {"organisers", {"o"}},
             {"workshops", {{{"key", "w"}, {"title", "t"}}}}};
  std::vector<std::string> all{small.dump()};
  auto& workshop = small["workshops"][0];
  workshop["questions"] = {{"problems", "q"}};
  workshop["themes"] = {{{"key", "t1"}, {"title", "t"}}};
  workshop["contributions"] = {
      {{"key", "p"}, {"kind", "problem"}, {"text", "x"}, {"theme", "t1"}, {"supports", 3}},
      {{"key", "s"}, {"kind", "solution"}, {"text", "y"}, {"answers", {"p"}}},
      {{"key", "r"}, {"kind", "result"}, {"text", "z"}, {"follows_from", {"s"}}}};
  small["participants"] = 12;
  all.push_back(small.dump());
  workshop["contributions"][0]["theme"] = "t9";
  all.push_back(small.dump());
  workshop["contributions"][0] = {{"key", "p"}, {"kind", "problem"}, {"text", repeated("\u0958", 500)}};
  small["title"] = repeated("\u0958", 300);
  all.push_back(small.dump());
  auto real = json::parse(read_file(fs::path(WARSHA_SOURCE_DIR) / "deploy/demonstration/consultation.json"));
  for (auto& one : real["workshops"])
    if (one.contains("contributions") && one["contributions"].size() > 4)
      one["contributions"].erase(one["contributions"].begin() + 4, one["contributions"].end());
  all.push_back(real.dump());
  return all;
}

void collect(const json& value, std::set<std::string>& found) {
  if (value.is_string() && value.get_ref<const std::string&>().size() <= 40)
    found.insert(value.dump());
  if (value.is_object())
    for (const auto& [key, member] : value.items())
      found.insert(json(key).dump());
  if (value.is_structured())
    for (const auto& member : value)
      collect(member, found);
}

} // namespace

std::vector<std::string> seeds(std::string_view target) {
  if (target == "messages")
    return examples();
  if (target == "texts")
    return texts_to_clean();
  if (target == "targets")
    return request_targets();
  if (target == "cookies")
    return cookie_headers();
  if (target == "passes")
    return tokens();
  if (target == "bodies")
    return request_bodies();
  if (target == "journal")
    return journals();
  if (target == "bundles")
    return bundles_to_read();
  return consultation_files();
}

std::vector<std::string> words(std::string_view target) {
  if (target == "texts")
    return {"\u200f", "\u202e", "\u0301", "\u0958", "\u0344", "\u2028",
            "\ufeff", "\u0085", "\u00a0", "\u200d", "\r\n"};
  if (target == "targets")
    return {"%2f", "%2e", "%00", "%25", "?", "&", "=", ", "};
  if (target == "cookies")
    return {"warsha_pass=", "; ", "://", "warsha.example"};
  if (target == "passes")
    return {".", "-", "="};
  std::set<std::string> found{"null",  "true", "false",   "-1",     "18446744073709551615",
                              "1e400", "0.5",  "\\ud800", "\\u0000"};
  for (const auto& seed : seeds(target))
    for (std::size_t begin = 0; begin < seed.size();) { // of a journal: line by line
      const auto end = std::min(seed.find('\n', begin), seed.size());
      const auto brace = std::min(seed.find('{', begin), end);
      collect(json::parse(seed.substr(brace, end - brace), nullptr, false), found);
      begin = end + 1;
    }
  return {found.begin(), found.end()};
}

} // namespace warsha::fuzz
