#include "server/store/journal.hpp"
#include "tests/load/history/history.hpp"
#include "tests/load/history/history_check.hpp"
#include "tests/load/history/history_log.hpp"

#include <filesystem>
#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <sstream>

namespace warsha::load {

using nlohmann::json;
using testing::AllOf;
using testing::HasSubstr;

namespace {

constexpr const char* kWorkshop = "019a1f00-0000-7000-8000-0000000000aa";
constexpr const char* kAmina = "019a1f00-0000-7000-8000-0000000000b1";
constexpr const char* kBrahim = "019a1f00-0000-7000-8000-0000000000b2";

std::string command_id(int number) {
  return "019a1f00-0000-7000-8000-0000000000" + std::to_string(10 + number);
}

/// A journal that a test writes and doctors.
class FakeJournal final : public JournalSource {
public:
  std::optional<StoredJournal> read(const std::string& workshop) override {
    if (workshop != kWorkshop)
      return std::nullopt;
    return stored;
  }
  std::optional<ReceiptPlace> resolve(const std::string& receipt) override {
    const auto found = receipts.find(receipt);
    return found == receipts.end() ? std::nullopt : std::optional(found->second);
  }

  void append(json body) {
    body["workshop"] = kWorkshop;
    body["seq"] = stored.rows.size() + 1;
    if (!body.contains("at"))
      body["at"] = 1000 + stored.rows.size();
    stored.rows.push_back({stored.rows.size() + 1, body.dump(), {}});
    seal();
  }
  /// Hashes from the beginning, and the head: a server that is wrong, but not about its chain.
  void seal() {
    auto hash = store::chain_start(*WorkshopId::parse(kWorkshop));
    for (auto& row : stored.rows) {
      hash = store::chain_next(hash, row.body);
      row.hash.assign(hash.begin(), hash.end());
    }
    stored.head_seq = stored.rows.empty() ? 0 : stored.rows.back().seq;
    stored.head_hash.assign(hash.begin(), hash.end());
  }
  void change(std::size_t seq, const std::function<void(json&)>& doctor) {
    auto body = json::parse(stored.rows[seq - 1].body);
    doctor(body);
    stored.rows[seq - 1].body = body.dump();
    seal();
  }

  StoredJournal stored;
  std::map<std::string, ReceiptPlace> receipts;
};

/// Two people in a workshop: Amina contributes and edits, Brahim supports, takes it back, and supports again.
class HistoryCheck : public testing::Test {
protected:
  void SetUp() override {
    journal.append(
        {{"type", "workshop.opened"}, {"title", "x"}, {"language", "ar"}, {"questions", json::object()}});
    journal.append({{"type", "contribution.added"},
                    {"by", kAmina},
                    {"command", command(1)},
                    {"contribution", command_id(1)},
                    {"kind", "problem"},
                    {"text", "one"},
                    {"receipt", "K7QM-3F9P-XTWB"},
                    {"answers", json::array()},
                    {"follows_from", json::array()}});
    journal.append({{"type", "contribution.edited"},
                    {"by", kAmina},
                    {"command", command(2)},
                    {"contribution", command_id(1)},
                    {"text", "two"}});
    for (const int number : {3, 4, 5})
      journal.append({{"type", number == 4 ? "contribution.unsupported" : "contribution.supported"},
                      {"by", kBrahim},
                      {"command", command(number)},
                      {"contribution", command_id(1)}});
    journal.receipts["K7QM-3F9P-XTWB"] = {command_id(1), kWorkshop, 2};
    log = whole();
  }

  static json command(int number) { return {{"id", command_id(number)}, {"fingerprint", "0"}}; }
  static std::string said(int number, const std::string& rest) {
    return R"({"type":"command","id":")" + command_id(number) + R"(",)" + rest + "}";
  }
  static std::string about(const std::string& rest) {
    return R"("contribution":")" + command_id(1) + "\"" + rest;
  }

  /// The log of a server that keeps its promises.
  static std::string whole() {
    const auto first = [](const std::string& contribution) {
      return R"({"at":1001,"contribution":)" + contribution + R"(,"seq":2,"type":"contribution.added"})";
    };
    const std::string added =
        first(R"({"at":1001,"edits":0,"id":")" + command_id(1) +
              R"(","kind":"problem","seq":2,"state":"shown","supports":0,"text":"one"})");
    std::ostringstream out;
    out << "client 0 " << kWorkshop << " participant\n"
        << "client 1 " << kWorkshop << " participant\n"
        << "hello 0 -\nactor 0 " << kAmina << "\nhello 1 -\nactor 1 " << kBrahim << "\n"
        << R"(board 0 1 {"seq":1,"phase":"introduction","timer":null,"themes":[],"contributions":[]})"
        << "\n"
        << "snapshot 0 1 e\nhello 0 1\nsnapshot 1 1 e\nhello 1 1\n"
        << "sent 0 " << said(1, R"("action":"contribute","kind":"problem","text":"one")") << "\n"
        << "ack 0 " << command_id(1) << " 2 K7QM-3F9P-XTWB\n"
        << "event 0 2 0 " << added << "\nsaw 0 2 2\n"
        << "sent 0 " << said(2, R"("action":"edit",)" + about(R"(,"text":"two")")) << "\n"
        << "event 0 3 0 {\"at\":1002,"
        << about(R"(,"edits":1,"seq":3,"text":"two","type":"contribution.edited"})") << "\nsaw 0 3 3\nack 0 "
        << command_id(2) << " 3 -\nsaw 1 2 3\n";
    for (const int number : {3, 4, 5})
      out << "sent 1 "
          << said(number, R"("action":"support",)" + about(number == 4 ? R"(,"on":false)" : R"(,"on":true)"))
          << "\nack 1 " << command_id(number) << " " << number + 1 << " -\n"
          << "event 1 " << number + 1 << " 0 {\"at\":" << 999 + number + 1 << ","
          << about(number == 4 ? R"(,"supports":0,"type":"contribution.unsupported","seq":)"
                               : R"(,"supports":1,"type":"contribution.supported","seq":)")
          << number + 1 << "}\n";
    out << "saw 1 4 6\nsaw 0 4 6 - - 0\nend 0 6\nend 1 6\n";
    return out.str();
  }

  /// Replaces one line (found by its beginning) of the log.
  void doctor(const std::string& beginning, const std::string& replacement) {
    const auto at = log.find("\n" + beginning);
    ASSERT_NE(at, std::string::npos) << beginning;
    const auto end = log.find('\n', at + 1);
    log.replace(at + 1, end - at, replacement.empty() ? "" : replacement + "\n");
  }

  std::vector<std::string> violations() {
    History history;
    std::istringstream in(log);
    read_history(in, "test.log", history);
    std::vector<std::string> lines;
    for (const auto& violation : check_history(history, journal).violations)
      lines.push_back(violation.line());
    return lines;
  }

  FakeJournal journal;
  std::string log;
};

auto contains(const std::string& what) {
  return testing::Contains(HasSubstr(what));
}

} // namespace

TEST_F(HistoryCheck, a_server_that_keeps_its_promises_passes) {
  EXPECT_THAT(violations(), testing::IsEmpty());
}

TEST_F(HistoryCheck, an_acknowledged_command_that_is_lost_is_found) {
  journal.stored.rows.pop_back();
  journal.seal();
  EXPECT_THAT(violations(), testing::Contains(AllOf(HasSubstr("LOST"), HasSubstr(command_id(5)),
                                                    HasSubstr("client 1"), HasSubstr("event 6"))));
}

TEST_F(HistoryCheck, an_acknowledged_command_that_another_event_took_the_place_of_is_found) {
  journal.change(6, [](json& body) { body["command"] = command(6); });
  EXPECT_THAT(violations(), testing::Contains(AllOf(HasSubstr("nobody sent"), HasSubstr(command_id(6)))));
  journal.change(6, [](json& body) {
    body = {{"type", "timer.set"}, {"timer", nullptr}, {"at", 1005}, {"seq", 6}};
  });
  EXPECT_THAT(violations(), testing::Contains(AllOf(HasSubstr("LOST"), HasSubstr(command_id(5)))));
}

TEST_F(HistoryCheck, a_command_that_had_its_effect_twice_is_found) {
  journal.append({{"type", "contribution.edited"},
                  {"by", kAmina},
                  {"command", command(2)},
                  {"contribution", command_id(1)},
                  {"text", "two"}});
  EXPECT_THAT(violations(),
              testing::Contains(AllOf(HasSubstr("DOUBLED"), HasSubstr(command_id(2)), HasSubstr("event 7"))));
}

TEST_F(HistoryCheck, a_gap_in_a_view_is_found) {
  doctor("saw 1 2 3", "saw 1 2 2");
  EXPECT_THAT(violations(),
              testing::Contains(AllOf(HasSubstr("GAP"), HasSubstr("client 1"), HasSubstr("event 4"))));
}

TEST_F(HistoryCheck, events_in_disorder_are_found) {
  doctor("saw 0 2 2", "saw 0 3 3");
  doctor("saw 0 3 3\nack", "saw 0 2 2\nack");
  EXPECT_THAT(violations(), testing::Contains(AllOf(HasSubstr("GAP"), HasSubstr("client 0"))));
}

TEST_F(HistoryCheck, events_in_disorder_within_a_message_are_found) {
  doctor("saw 1 4 6", "broken 1 4 6");
  EXPECT_THAT(violations(), contains("BROKEN"));
}

TEST_F(HistoryCheck, an_event_that_one_client_was_told_otherwise_is_found) {
  doctor("saw 1 2 3", "event 1 3 1 {\"at\":1002," +
                          about(R"(,"edits":1,"seq":3,"text":"not two","type":"contribution.edited"})") +
                          "\nsaw 1 2 3 0 1");
  EXPECT_THAT(violations(),
              testing::Contains(AllOf(HasSubstr("DIVERGENT"), HasSubstr("client 1"), HasSubstr("event 3"))));
}

TEST_F(HistoryCheck, a_tally_that_is_wrong_is_found) {
  journal.change(5, [](json& body) { body["type"] = "contribution.supported"; });
  EXPECT_THAT(violations(), testing::Contains(AllOf(HasSubstr("DIVERGENT"), HasSubstr("event 5"))));
}

TEST_F(HistoryCheck, an_omission_that_nothing_replaces_is_found) {
  doctor("saw 0 4 6 - - 0", "saw 0 4 6 0 0 -");
  EXPECT_THAT(violations(),
              testing::Contains(AllOf(HasSubstr("GAP"), HasSubstr("nothing in the message replaces it"),
                                      HasSubstr("event 6"))));
}

TEST_F(HistoryCheck, only_tallies_may_be_left_out) {
  doctor("saw 1 2 3", "saw 1 2 3 - 0");
  EXPECT_THAT(violations(), testing::Contains(AllOf(HasSubstr("GAP"), HasSubstr("event 2"))));
}

TEST_F(HistoryCheck, a_snapshot_of_another_board_is_found) {
  doctor("board 0 1",
         R"(board 0 1 {"seq":1,"phase":"problems","timer":null,"themes":[],"contributions":[]})");
  EXPECT_THAT(violations(), testing::Contains(AllOf(HasSubstr("DIVERGENT"), HasSubstr("snapshot"))));
}

TEST_F(HistoryCheck, a_view_beyond_the_journal_is_found) {
  doctor("end 1 6", "event 1 7 0 {\"seq\":7}\nsaw 1 7 7");
  EXPECT_THAT(violations(), testing::Contains(AllOf(HasSubstr("LOST"), HasSubstr("event 7"))));
}

TEST_F(HistoryCheck, one_who_lacks_the_end_is_found) {
  doctor("saw 0 4 6", "saw 0 4 5");
  doctor("end 0 6", "end 0 5");
  EXPECT_THAT(violations(), testing::Contains(AllOf(HasSubstr("MISSING"), HasSubstr("client 0"))));
}

TEST_F(HistoryCheck, a_rejected_command_in_the_journal_is_found) {
  doctor("ack 1 " + command_id(5), "reject 1 " + command_id(5) + " wrong_phase");
  EXPECT_THAT(violations(), testing::Contains(AllOf(HasSubstr("rejected"), HasSubstr(command_id(5)))));
}

TEST_F(HistoryCheck, an_ack_with_another_place_or_receipt_is_found) {
  doctor("ack 1 " + command_id(5), "ack 1 " + command_id(5) + " 5 -");
  doctor("ack 0 " + command_id(1), "ack 0 " + command_id(1) + " 2 K7QM-3F9P-0000");
  const auto found = violations();
  EXPECT_THAT(found, testing::Contains(AllOf(HasSubstr("its ack says event 5"), HasSubstr(command_id(5)))));
  EXPECT_THAT(found, contains("another receipt"));
  EXPECT_THAT(found, contains("leads nowhere"));
}

TEST_F(HistoryCheck, a_receipt_that_leads_elsewhere_is_found) {
  journal.receipts["K7QM-3F9P-XTWB"].seq = 3;
  EXPECT_THAT(violations(), contains("leads to something else"));
}

TEST_F(HistoryCheck, an_event_that_is_not_what_was_sent_or_not_by_its_author_is_found) {
  journal.change(3, [](json& body) { body["text"] = "three"; });
  journal.change(4, [](json& body) { body["by"] = kAmina; });
  const auto found = violations();
  EXPECT_THAT(found,
              testing::Contains(AllOf(HasSubstr("text is not what was sent"), HasSubstr(command_id(2)))));
  EXPECT_THAT(found, testing::Contains(AllOf(HasSubstr("another's"), HasSubstr(command_id(3)))));
}

TEST_F(HistoryCheck, a_broken_chain_is_found) {
  journal.stored.rows[2].body.replace(journal.stored.rows[2].body.find("1002"), 4, "1003");
  EXPECT_THAT(violations(), testing::Contains(AllOf(HasSubstr("CHAIN"), HasSubstr("event 3"))));
}

TEST_F(HistoryCheck, a_missing_row_is_found) {
  journal.stored.rows.erase(journal.stored.rows.begin() + 2);
  EXPECT_THAT(violations(), contains("CHAIN"));
}

TEST_F(HistoryCheck, a_command_without_effect_is_acknowledged_with_the_latest_event) {
  doctor("end 1 6", "sent 1 " + said(6, R"("action":"support",)" + about(R"(,"on":true)")) + "\nack 1 " +
                        command_id(6) + " 6 -\nend 1 6");
  EXPECT_THAT(violations(), testing::IsEmpty());
  doctor("ack 1 " + command_id(6), "ack 1 " + command_id(6) + " 5 -"); // then it was not supported
  EXPECT_THAT(violations(), testing::Contains(AllOf(HasSubstr("LOST"), HasSubstr(command_id(6)))));
}

TEST_F(HistoryCheck, a_client_that_resumes_from_elsewhere_is_found) {
  doctor("end 1 6", "hello 1 4\nend 1 6");
  EXPECT_THAT(violations(), contains("resumes from 4"));
}

TEST_F(HistoryCheck, events_sent_again_after_a_snapshot_are_no_fault) {
  doctor("end 1 6", "fresh 1\nhello 1 -\nsnapshot 1 1 e\nhello 1 1\nsaw 1 2 6\nsaw 1 6 6\nend 1 6");
  EXPECT_THAT(violations(), testing::IsEmpty());
}

TEST_F(HistoryCheck, words_of_what_was_taken_back_may_be_missing) {
  doctor("saw 1 2 3", "event 1 3 1 {\"at\":1002," +
                          about(R"(,"edits":1,"seq":3,"type":"contribution.edited"})") + "\nsaw 1 2 3 0 1");
  EXPECT_THAT(violations(), contains("DIVERGENT"));
  journal.append({{"type", "contribution.withdrawn"},
                  {"by", kAmina},
                  {"command", command(6)},
                  {"contribution", command_id(1)}});
  doctor("end 0 6", "sent 0 " + said(6, R"("action":"withdraw",)" + about("")));
  doctor("end 1 6", "");
  EXPECT_THAT(violations(), testing::IsEmpty());
}

TEST_F(HistoryCheck, a_line_that_was_cut_off_is_passed_over) {
  log += "saw 1 7";
  EXPECT_THAT(violations(), testing::IsEmpty());
  log += "\n";
  EXPECT_THAT(violations(), contains("can't be read"));
}

TEST(HistoryLog, writes_what_the_reader_reads) {
  const auto folder = std::filesystem::path(testing::TempDir()) / "history-log";
  std::filesystem::remove_all(folder);
  {
    HistoryLog written(folder);
    const auto a = written.add_client(kWorkshop, false);
    const auto b = written.add_client(kWorkshop, false);
    for (const auto client : {a, b}) {
      written.actor(client, kAmina);
      written.hello(client, false, 0);
      written.snapshot(client, 1, "e", R"({"seq":1})");
    }
    written.sent(a, R"({"id":")" + command_id(1) + R"("})");
    written.acked(a, command_id(1), 2, "R");
    const std::string message =
        R"({"type":"events","first":2,"last":4,"events":[{"seq":2,"x":1},{"seq":4,"contribution":{"seq":2}}]})";
    written.saw(a, 2, 4, message);
    written.saw(b, 2, 4, message);
    written.saw(a, 5, 6, R"({"type":"events","first":5,"last":6,"events":[{"seq":6},{"seq":5}]})");
    written.ended(b, 4);
  }
  History history;
  for (const auto& file : std::filesystem::directory_iterator(folder)) {
    std::ifstream in(file.path());
    read_history(in, "log", history);
  }
  ASSERT_EQ(history.clients.size(), 2U);
  EXPECT_EQ(history.clients[1].end, 4U);
  EXPECT_EQ(history.commands.at(command_id(1)).acks.front().receipt, "R");
  EXPECT_TRUE(history.events.at(kWorkshop).contains(4));
  EXPECT_FALSE(history.events.at(kWorkshop).contains(3)) << "it was left out";
  EXPECT_EQ(history.events.at(kWorkshop).at(2).size(), 1U) << "the same text is written once";
  EXPECT_EQ(history.boards.at(kWorkshop).at(1).size(), 1U);
  EXPECT_EQ(history.omissions.at(kWorkshop).begin()->first.there, (std::vector{true, false, true}));
  ASSERT_EQ(history.violations.size(), 1U);
  EXPECT_THAT(history.violations[0].line(), HasSubstr("BROKEN"));
}

} // namespace warsha::load
