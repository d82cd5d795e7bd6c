#include "protocol/limits.hpp"
#include "server/store/chain.hpp"
#include "tests/unit/bundle/support.hpp"

#include <nlohmann/json.hpp>

/// Everything that somebody on the way could do to a bundle, and what is said of it. In every case nothing is
/// written.
namespace warsha::tests {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;
using Lines = std::vector<std::string>;

// The lines of the hall's bundle, from 0: the manifest, seven events of the first workshop, two people
// present in it, the one event of the second, one entry of the review, the signature.
constexpr std::size_t kManifestAt = 0;
constexpr std::size_t kFifthEvent = 5;
constexpr std::size_t kPresent = 8;
constexpr std::size_t kOtherEvent = 10;
constexpr std::size_t kReviewEntry = 11;
constexpr std::size_t kSignature = 12;

class Tampering : public Bundles {
protected:
  void SetUp() override {
    lines = lines_of(hall.bundle(key));
    ASSERT_EQ(lines.size(), kSignature + 1);
  }
  void expect_refused(const std::string& bundle, const std::string& with) {
    EXPECT_THAT(refusal(bundle), HasSubstr(with));
    EXPECT_TRUE(central_is_empty()) << with;
  }
  [[nodiscard]] std::string first(const std::string& rest) const {
    return "workshop " + hall.workshop.id.text() + rest;
  }
  /// A line as JSON, changed and written again canonically.
  void change(std::size_t at, const std::function<void(nlohmann::json&)>& how) {
    auto document = nlohmann::json::parse(lines[at]);
    how(document);
    lines[at] = document.dump();
  }
  /// An event with another body, and every hash after it made anew: as only the key's holder could sign it.
  void put_body(std::size_t event, const std::string& body) {
    change(event, [&](auto& line) { line["body"] = body; });
    auto hash = store::chain_start(hall.workshop.id);
    for (std::size_t at = 1; at <= 7; ++at)
      change(at, [&](auto& line) {
        hash = store::chain_next(hash, line["body"].template get<std::string>());
        line["hash"] = store::hex(hash);
      });
    change(kManifestAt, [&](auto& manifest) { manifest["workshops"][0]["head"] = store::hex(hash); });
  }

  Lines lines;
};

TEST_F(Tampering, nothing_changed_is_taken) {
  EXPECT_EQ(refusal(joined(lines)), "");
}

TEST_F(Tampering, a_byte_of_a_body) {
  change(kFifthEvent, [&](auto& line) {
    auto body = line["body"].template get<std::string>();
    body[body.find("1700000000004")] = '2';
    line["body"] = body;
  });
  expect_refused(joined(lines), first(", event 5: its body and its hash do not belong together"));
}

TEST_F(Tampering, a_byte_of_a_hash) {
  change(kFifthEvent, [](auto& line) {
    auto hash = line["hash"].template get<std::string>();
    hash[10] = hash[10] == '0' ? '1' : '0';
    line["hash"] = hash;
  });
  expect_refused(joined(lines), first(", event 5: its body and its hash do not belong together"));
}

TEST_F(Tampering, a_byte_of_a_review_entry) {
  change(kReviewEntry, [](auto& line) {
    auto body = line["body"].template get<std::string>();
    body[body.find("\"clarity\":4") + 10] = '5';
    line["body"] = body;
  });
  expect_refused(joined(lines), "the review, entry 1: its body and its hash do not belong together");
}

TEST_F(Tampering, a_line_that_is_left_out) {
  lines.erase(lines.begin() + kFifthEvent);
  expect_refused(joined(lines), first(", event 5 (line 6): it is not there; in its place stands event 6"));
}

TEST_F(Tampering, the_last_event_of_a_workshop_left_out) {
  lines.erase(lines.begin() + kOtherEvent);
  expect_refused(joined(lines),
                 "workshop " + hall.other.id.text() +
                     ", event 1 (line 11): it is not there; in its place stands entry 1 of the "
                     "review");
}

TEST_F(Tampering, two_lines_that_are_swapped) {
  std::swap(lines[kFifthEvent], lines[kFifthEvent + 1]);
  expect_refused(joined(lines), first(", event 5 (line 6): it is not there; in its place stands event 6"));
}

TEST_F(Tampering, a_line_that_is_there_twice) {
  lines.insert(lines.begin() + kFifthEvent, lines[kFifthEvent]);
  expect_refused(joined(lines), first(", event 6 (line 7): it is not there; in its place stands event 5"));
}

TEST_F(Tampering, somebody_present_who_is_left_out_or_put_in_or_moved) {
  auto fewer = lines;
  fewer.erase(fewer.begin() + kPresent);
  expect_refused(joined(fewer), first(", person 2 of 2 present (line 10): it is not there"));
  auto moved = lines;
  std::swap(moved[kPresent], moved[kPresent + 1]);
  expect_refused(joined(moved), "the ids of who was present are not sorted");
  auto more = lines;
  more.insert(more.begin() + kPresent, bundle::encode(bundle::PresentLine{{}, hall.workshop.id}));
  expect_refused(joined(more), first(", person 1 of 2 present (line 9): the line can't be read"));
}

TEST_F(Tampering, the_manifest_after_the_signing) {
  change(kManifestAt, [](auto& manifest) { manifest["consultation"]["city"] = "طنجة"; });
  expect_refused(joined(lines), "the signature: it is not the key's signature of these lines");
}

TEST_F(Tampering, a_whole_journal_written_anew_without_the_key) {
  auto body = nlohmann::json::parse(nlohmann::json::parse(lines[3])["body"].get<std::string>());
  body["text"] = "كلام لم يقله أحد";
  put_body(3, body.dump());
  expect_refused(joined(lines), "the signature: it is not the key's signature of these lines");
}

TEST_F(Tampering, a_head_that_is_not_the_last_hash) {
  change(kManifestAt, [](auto& manifest) { manifest["workshops"][0]["head"] = std::string(64, 'a'); });
  expect_refused(joined(lines), first(": its last event's hash is not the head that the manifest names"));
}

TEST_F(Tampering, another_key) {
  const auto stranger = bundle::SigningKey::make(folder.file("stranger.pem"));
  expect_refused(hall.bundle(stranger), "the manifest: the key that signed it is not trusted: " +
                                            bundle::hex(stranger.public_key()));
  expect_refused(signed_again(lines, stranger), "the signature: it is not the key's signature");
}

TEST_F(Tampering, a_file_that_is_cut_off_anywhere) {
  const auto bundle = joined(lines);
  for (std::size_t bytes = 0; bytes < bundle.size(); bytes += 7)
    expect_refused(bundle.substr(0, bytes), "it is cut off");
  expect_refused(bundle.substr(0, bundle.size() - 1),
                 "the signature: the file ends within it; it is cut off");
  lines.pop_back();
  expect_refused(joined(lines), "the signature: the file ends before it; it is cut off");
}

TEST_F(Tampering, something_after_the_signature) {
  expect_refused(joined(lines) + "\n", "the signature: something follows it");
  expect_refused(joined(lines) + lines[kFifthEvent] + "\n", "the signature: something follows it");
}

TEST_F(Tampering, a_line_that_is_too_long) {
  lines[kFifthEvent] = std::string(limits::kBundleLineBytes + 1, 'x');
  expect_refused(joined(lines), first(", event 5 (line 6): the line has more than 524288 bytes"));
  lines[kManifestAt] = std::string(limits::kBundleManifestBytes + 1, ' ');
  expect_refused(joined(lines), "the manifest (line 1): the line has more than 2097152 bytes");
}

TEST_F(Tampering, deep_json) {
  auto deep = lines;
  deep[kFifthEvent] = std::string(100'000, '[');
  expect_refused(joined(deep), first(", event 5 (line 6): the line is not a JSON object, or is nested too"));
  put_body(kFifthEvent, std::string(100'000, '['));
  expect_refused(signed_again(lines, key), first(", event 5: its body is not a canonical event"));
}

TEST_F(Tampering, a_line_in_other_bytes_of_the_same_meaning) {
  lines[kFifthEvent].insert(1, " ");
  expect_refused(joined(lines), first(", event 5 (line 6): the line is not in its one canonical form"));
}

TEST_F(Tampering, a_member_that_no_line_has) {
  change(kFifthEvent, [](auto& line) { line["name"] = "x"; });
  expect_refused(joined(lines), first(", event 5 (line 6): the line can't be read: name: unknown_field"));
  change(kFifthEvent, [](auto& line) {
    line.erase("name");
    line["\x1b[2J\n"] = "x";
  });
  expect_refused(joined(lines), first(", event 5 (line 6): the line can't be read: ?[2J?: unknown_field"));
}

TEST_F(Tampering, a_signed_body_that_is_not_canonical) {
  auto body = nlohmann::json::parse(lines[kFifthEvent])["body"].get<std::string>();
  put_body(kFifthEvent, body.insert(1, " "));
  expect_refused(signed_again(lines, key), first(", event 5: its body is not a canonical event"));
}

TEST_F(Tampering, a_signed_event_of_another_workshop) {
  auto body = nlohmann::json::parse(nlohmann::json::parse(lines[kFifthEvent])["body"].get<std::string>());
  body["workshop"] = hall.other.id.text();
  put_body(kFifthEvent, body.dump());
  expect_refused(signed_again(lines, key), first(", event 5: its body is not a canonical event"));
}

/// What only the second reading sees, with events before it already in the transaction.
TEST_F(Tampering, a_signed_event_that_no_board_can_take) {
  auto body = nlohmann::json::parse(nlohmann::json::parse(lines[kFifthEvent])["body"].get<std::string>());
  body["contribution"] = system::new_id<ContributionId>().text();
  put_body(kFifthEvent, body.dump());
  expect_refused(signed_again(lines, key), first(", event 5: the event names what doesn't exist"));
}

TEST_F(Tampering, a_signed_title_that_the_journal_does_not_have) {
  change(kManifestAt, [](auto& manifest) { manifest["workshops"][1]["title"] = "ورشة أخرى"; });
  expect_refused(signed_again(lines, key), "workshop " + hall.other.id.text() +
                                               ": the manifest's title of it is not that of its first");
}

TEST_F(Tampering, a_signed_receipt_that_two_contributions_have) {
  auto body = nlohmann::json::parse(nlohmann::json::parse(lines[4])["body"].get<std::string>());
  body["receipt"] = "ABCD-EFGH-JKMN";
  put_body(4, body.dump());
  expect_refused(signed_again(lines, key),
                 first(", event 4: its receipt is that of another contribution in this bundle"));
  body["receipt"] = "abcd";
  put_body(4, body.dump());
  expect_refused(signed_again(lines, key), first(", event 4: its receipt is malformed"));
}

TEST_F(Tampering, numbers_beyond_every_limit) {
  const auto whole = lines;
  change(kManifestAt, [](auto& manifest) { manifest["workshops"][0]["events"] = limits::kBundleEvents + 1; });
  expect_refused(joined(lines), "the manifest (line 1): the line can't be read: events: invalid_value");
  lines = whole;
  change(kManifestAt, [](auto& manifest) {
    while (manifest["workshops"].size() <= limits::kBundleWorkshops) {
      manifest["workshops"].push_back(manifest["workshops"][0]);
      manifest["workshops"].back()["id"] = system::new_id<WorkshopId>().text();
    }
  });
  expect_refused(joined(lines), "the manifest: it has no workshop, or more than 50");
}

TEST_F(Tampering, another_version) {
  change(kManifestAt, [](auto& manifest) { manifest["bundle"] = "warsha-bundle/2"; });
  expect_refused(joined(lines), "the manifest: this program reads warsha-bundle/1");
}

/// The very last thing that can go wrong: all is written and the file is another one by then.
TEST_F(Tampering, a_file_that_changes_between_its_two_readings_leaves_nothing) {
  class Changing : public std::stringbuf {
  public:
    Changing(const std::string& first, std::string second)
        : std::stringbuf(first), second_(std::move(second)) {}

  protected:
    pos_type seekpos(pos_type position, std::ios_base::openmode mode) override {
      str(second_);
      return std::stringbuf::seekpos(position, mode);
    }

  private:
    std::string second_;
  };
  const auto whole = joined(lines);
  auto other = lines;
  other[kSignature][20] = other[kSignature][20] == '0' ? '1' : '0';
  const std::pair<std::string, std::string> seconds[] = {
      {joined(other), "the signature: it is not the key's signature"},
      {hall.bundle(key, kNow + 1), "the file: it was changed while it was read"},
      {whole.substr(0, whole.size() - 50), "the signature: the file ends within it"}};
  for (const auto& [second, message] : seconds) {
    Changing buffer(whole, second);
    std::istream stream(&buffer);
    try {
      bundle::import(central, stream, trusted);
      FAIL() << message;
    } catch (const bundle::BundleError& error) {
      EXPECT_THAT(error.what(), StartsWith(message));
    }
    EXPECT_TRUE(central_is_empty());
  }
}

/// Whatever byte of a bundle is another one: it is noticed, and nothing is written.
TEST_F(Tampering, any_byte) {
  const auto whole = joined(lines);
  for (std::size_t at = 0; at < whole.size(); at += 3) {
    auto bundle = whole;
    bundle[at] = static_cast<char>(bundle[at] ^ 1);
    EXPECT_NE(refusal(bundle), "") << "byte " << at;
  }
  EXPECT_TRUE(central_is_empty());
}

} // namespace
} // namespace warsha::tests
