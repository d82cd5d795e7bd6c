#include "server/app/verify.hpp"
#include "server/live/board.hpp"
#include "server/live/event_codec.hpp"
#include "server/live/projection.hpp"
#include "server/review/entry_codec.hpp"
#include "server/store/review.hpp"
#include "tests/unit/store/support.hpp"

#include <fstream>
#include <gtest/gtest.h>
#include <iterator>
#include <sqlite3.h>
#include <sstream>

namespace warsha::tests {

namespace {

struct Outcome {
  int status = 0;
  std::string report;
};

/// A database with a workshop whose journal holds something of everything that a contribution can meet.
class Verify : public testing::Test {
protected:
  void SetUp() override {
    store::Connection connection(file, store::Connection::Mode::read_write);
    store::in_transaction(connection, [&] {
      store::add_consultation(connection, consultation);
      for (const auto& row : {workshop, quiet})
        store::add_workshop(connection, row);
      write_journal(connection);
    });
  }

  void write_journal(store::Connection& connection) {
    live::Board board;
    std::vector<live::Change> changes = {
        live::change::Opened{workshop.title, "ar", {}},
        live::change::PhaseEntered{Phase::problems},
        live::change::Added{first, Kind::problem, "لا توجد إنارة", "ABCD-EFGH-JKMN", {}, {}},
        live::change::Added{second, Kind::problem, "الحافلة لا تصل", "NMKJ-HGFE-DCBA", {}, {}},
        live::change::ThemeAdded{theme, "النقل"},
        live::change::Placed{second, theme},
        live::change::Supported{second},
        live::change::Hidden{first, "اسم شخص"},
        live::change::Edited{second, "الحافلة لا تصل مساءً"},
    };
    store::Append append{workshop.id, {}, {}};
    for (Seq seq = 1; auto& change : changes) {
      const live::Cause cause{system::new_id<CommandId>(), seq};
      const live::Event event{seq, kNow + static_cast<TimeMs>(seq), author, cause, change};
      append.events.push_back({seq, live::encode_body(workshop.id, event)});
      live::apply(board, event);
      ++seq;
    }
    for (const auto& contribution : board.contributions)
      append.contributions.push_back(live::row_of(contribution));
    auto head = *store::read_head(connection, workshop.id);
    store::write_append(connection, append, head);
  }

  /// Changes the database behind the program's back; gives how many rows changed.
  int tamper(const std::string& sql) {
    sqlite3* handle = nullptr;
    sqlite3_open(file.c_str(), &handle);
    EXPECT_EQ(sqlite3_exec(handle, sql.c_str(), nullptr, nullptr, nullptr), SQLITE_OK)
        << sqlite3_errmsg(handle);
    const int changes = sqlite3_changes(handle);
    sqlite3_close(handle);
    return changes;
  }

  [[nodiscard]] Outcome verify() const {
    std::ostringstream report;
    const int status = app::verify({file, {}}, report);
    return {status, report.str()};
  }

  /// Tampers with one row, expects that the workshop's line and `where` are named, and mends it again.
  void expect_found(const std::string& change, const std::string& where) {
    std::filesystem::copy_file(file, folder.file("whole.db"),
                               std::filesystem::copy_options::overwrite_existing);
    EXPECT_EQ(tamper(change), 1) << change;
    const auto outcome = verify();
    EXPECT_EQ(outcome.status, 1) << change;
    EXPECT_NE(outcome.report.find("FAULT workshop " + workshop.id.text()), std::string::npos)
        << outcome.report;
    EXPECT_NE(outcome.report.find(where), std::string::npos) << change << '\n' << outcome.report;
    std::filesystem::copy_file(folder.file("whole.db"), file,
                               std::filesystem::copy_options::overwrite_existing);
  }

  TemporaryFolder folder;
  std::filesystem::path file = folder.file("warsha.db");
  store::ConsultationRow consultation = sample_consultation();
  store::WorkshopRow workshop = sample_workshop(consultation.id, 0, "AAAAAA");
  store::WorkshopRow quiet = [this] {
    auto row = sample_workshop(consultation.id, 1, "BBBBBB");
    row.title = ""; // has no first event that says another
    return row;
  }();
  ContributionId first = system::new_id<ContributionId>();
  ContributionId second = system::new_id<ContributionId>();
  ThemeId theme = system::new_id<ThemeId>();
  ActorId author = system::new_id<ActorId>();
};

} // namespace

TEST_F(Verify, a_whole_database_is_found_whole) {
  const auto outcome = verify();
  EXPECT_EQ(outcome.status, 0) << outcome.report;
  EXPECT_NE(outcome.report.find("workshop " + workshop.id.text() + ": 9 events, 2 contributions, head "),
            std::string::npos)
      << outcome.report;
  EXPECT_NE(outcome.report.find("2 workshops, 9 events, 2 receipts: everything is whole"), std::string::npos);
}

TEST_F(Verify, it_prints_the_head_hash_for_comparison_with_one_kept_elsewhere) {
  store::Connection connection(file, store::Connection::Mode::read_only);
  const auto head = store::read_head(connection, workshop.id);
  EXPECT_NE(verify().report.find(store::hex(head->hash)), std::string::npos);
}

TEST_F(Verify, a_changed_byte_in_any_event_is_found) {
  std::vector<std::size_t> sizes;
  {
    store::Connection connection(file, store::Connection::Mode::read_only);
    store::read_events(connection, workshop.id, 0,
                       [&](Seq, std::string_view body) { sizes.push_back(body.size()); });
  }
  ASSERT_EQ(sizes.size(), 9u);
  for (std::size_t event = 1; event <= sizes.size(); ++event) {
    for (std::size_t at = 0; at < sizes[event - 1]; at += 17) {
      // Bytes, not letters: the body is cut as a blob, and the byte becomes a digit that it was not.
      const std::string cut = "CAST(body AS BLOB)";
      const std::string position = std::to_string(at + 1);
      const std::string digit =
          "CASE substr(" + cut + ", " + position + ", 1) WHEN x'37' THEN x'38' ELSE x'37' END";
      expect_found("UPDATE event SET body = CAST(substr(" + cut + ", 1, " + std::to_string(at) + ") || " +
                       digit + " || substr(" + cut + ", " + std::to_string(at + 2) +
                       ") AS TEXT) WHERE seq = " + std::to_string(event),
                   "event " + std::to_string(event) + ": its body and its hash");
    }
  }
}

TEST_F(Verify, a_changed_byte_in_any_hash_is_found) {
  for (int event = 1; event <= 9; ++event)
    for (const int at : {1, 16, 32})
      expect_found("UPDATE event SET hash = CAST(substr(hash, 1, " + std::to_string(at - 1) +
                       ") || CASE substr(hash, " + std::to_string(at) +
                       ", 1) WHEN x'00' THEN x'01' ELSE x'00' END || substr(hash, " + std::to_string(at + 1) +
                       ") AS BLOB) WHERE seq = " + std::to_string(event),
                   "event " + std::to_string(event) + ": its body and its hash");
}

TEST_F(Verify, one_changed_event_in_the_middle_is_one_fault_of_the_chain) {
  for (const std::string change : {"body = replace(body, '17000', '17001')", "hash = zeroblob(32)"}) {
    std::filesystem::copy_file(file, folder.file("whole.db"),
                               std::filesystem::copy_options::overwrite_existing);
    ASSERT_EQ(tamper("UPDATE event SET " + change + " WHERE seq = 2"), 1);
    const std::string report = verify().report;
    EXPECT_EQ(report.find("do not belong together"), report.rfind("do not belong together")) << report;
    EXPECT_NE(report.find("event 2: its body and its hash"), std::string::npos) << report;
    std::filesystem::copy_file(folder.file("whole.db"), file,
                               std::filesystem::copy_options::overwrite_existing);
  }
}

TEST_F(Verify, a_missing_event_is_found) {
  expect_found("DELETE FROM event WHERE seq = 5", "after event 4 comes event 6");
}

TEST_F(Verify, a_journal_that_was_cut_off_is_found) {
  expect_found("DELETE FROM event WHERE seq = 9", "its head is at event 9 and its journal ends at event 8");
}

TEST_F(Verify, a_changed_head_is_found) {
  const std::string where = " WHERE join_code = 'AAAAAA'";
  expect_found("UPDATE workshop SET head_seq = 8" + where, "its head is at event 8");
  expect_found("UPDATE workshop SET head_hash = zeroblob(32)" + where, "its head's hash");
  expect_found("UPDATE workshop SET head_hash = x'00'" + where, "a stored hash has 1 bytes");
}

TEST_F(Verify, a_title_that_is_not_the_first_events_is_found) {
  expect_found("UPDATE workshop SET title = title || '!' WHERE join_code = 'AAAAAA'", "its title");
}

TEST_F(Verify, a_change_in_any_column_of_a_contribution_is_found) {
  const std::string where = " WHERE id = '" + second.text() + "'";
  const std::string which = "contribution " + second.text() + " of event 4: ";
  const auto set = [&](const std::string& what) { return "UPDATE contribution SET " + what + where; };
  expect_found(set("receipt = 'NMKJ-HGFE-DCBB'"), which + "the receipt");
  expect_found(set("receipt = 'nonsense'"), which + "its receipt is malformed");
  expect_found(set("kind = 'solution'"), which + "the kind");
  expect_found(set("kind = 'nonsense'"), "unknown kind");
  expect_found(set("state = 'withdrawn'"), which + "the state");
  expect_found(set("text = text || ' '"), which + "the text");
  expect_found(set("reason = ''"), which + "the reason");
  expect_found(set("ground = 'repetition'"), which + "the ground of hiding it");
  expect_found(set("theme_id = NULL"), which + "the theme");
  expect_found(set("author_id = '" + theme.text() + "'"), which + "the author");
  expect_found(set("supports = 2"), which + "the number of supports");
  expect_found(set("people = 2"), which + "the number of people behind it");
  expect_found(set("added_seq = 3"), which + "the event that added it");
  expect_found(set("changed_seq = 8"), which + "the event that changed it last");
  expect_found(set("added_at = 0"), which + "the time");
  expect_found(set("workshop_id = (SELECT id FROM workshop WHERE join_code = 'BBBBBB')"),
               which + "it is missing");
}

TEST_F(Verify, a_contribution_that_no_event_added_is_found) {
  const auto stranger = system::new_id<ContributionId>();
  expect_found(
      "INSERT INTO contribution SELECT NULL, '" + stranger.text() +
          "', workshop_id, 'XXXX-XXXX-XXXX', kind, state, text, reason, theme_id, author_id, supports,"
          " added_seq, changed_seq, added_at, merged_into, veiled, people, ground FROM contribution WHERE id "
          "= '" +
          second.text() + "'",
      "contribution " + stranger.text() + ": no event added it");
}

TEST_F(Verify, a_contribution_that_is_gone_is_found) {
  expect_found("DELETE FROM contribution WHERE id = '" + first.text() + "'", "it is missing");
}

TEST_F(Verify, the_report_keeps_hidden_words_to_itself) {
  tamper("UPDATE contribution SET text = text || '!'");
  EXPECT_EQ(verify().report.find("إنارة"), std::string::npos);
}

TEST_F(Verify, rows_that_point_nowhere_are_found) {
  tamper("INSERT INTO event VALUES (NULL, 'nowhere', 1, '{}', zeroblob(32))");
  const auto outcome = verify();
  EXPECT_EQ(outcome.status, 1);
  EXPECT_NE(outcome.report.find("FAULT file: a row of table event points"), std::string::npos)
      << outcome.report;
}

/// A review of two entries: a rating, and a proposal of what was rated.
class VerifyReview : public Verify {
protected:
  void SetUp() override {
    Verify::SetUp();
    store::Connection connection(file, store::Connection::Mode::read_write);
    store::in_transaction(connection, [&] {
      for (Seq seq = 1; const review::Action& action :
                        {review::Action{review::action::Screen{second, 4, 3, 5}},
                         review::Action{review::action::Propose{"عنوان", "نص المقترح", {second}}}}) {
        const review::Entry entry{seq, kNow, author, system::new_id<CommandId>(), action};
        store::append_review(connection, consultation.id, seq, entry.id,
                             review::encode_entry(consultation.id, entry));
        ++seq;
      }
    });
  }
  void expect_fault(const std::string& change, const std::string& what) {
    EXPECT_EQ(tamper(change), 1) << change;
    const auto outcome = verify();
    EXPECT_EQ(outcome.status, 1) << change;
    EXPECT_NE(outcome.report.find("FAULT review of consultation " + consultation.id.text() + ": " + what),
              std::string::npos)
        << outcome.report;
  }
};

TEST_F(VerifyReview, is_told_with_its_head) {
  const auto outcome = verify();
  EXPECT_EQ(outcome.status, 0) << outcome.report;
  EXPECT_NE(outcome.report.find("2 entries, 1 proposals, head "), std::string::npos) << outcome.report;
}

TEST_F(VerifyReview, finds_another_rating_than_was_given) {
  expect_fault(R"(UPDATE review_entry SET body = replace(body, '"clarity":4', '"clarity":5') WHERE seq = 1)",
               "entry 1: its body and its hash do not belong together");
}

TEST_F(VerifyReview, finds_an_entry_that_is_gone) {
  expect_fault("DELETE FROM review_entry WHERE seq = 1", "after entry 0 comes entry 2");
}

TEST_F(VerifyReview, finds_bytes_that_say_nothing) {
  expect_fault("UPDATE review_entry SET body = '{}' WHERE seq = 2", "entry 2: ");
}

TEST_F(Verify, no_damage_to_the_file_brings_it_down) {
  std::ifstream stream(file, std::ios::binary);
  const std::string whole{std::istreambuf_iterator<char>(stream), {}};
  ASSERT_GT(whole.size(), 50'000u);
  int found = 0;
  for (std::size_t at = 0; at < whole.size(); at += 397) {
    std::string damaged = whole;
    damaged[at] = static_cast<char>(damaged[at] ^ 0x55);
    std::ofstream(file, std::ios::binary) << damaged;
    try {
      found += verify().status;
    } catch (const store::StoreError&) {
      ++found; // not even to be opened
    }
  }
  EXPECT_GT(found, 10); // the rest of the bytes is empty space, or what no event tells
}

} // namespace warsha::tests
