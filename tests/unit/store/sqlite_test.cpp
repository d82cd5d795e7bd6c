#include "schemas/embedded.hpp"
#include "server/store/readers.hpp"
#include "tests/unit/store/support.hpp"

#include <csignal>
#include <fstream>
#include <gtest/gtest.h>
#include <iterator>
#include <sqlite3.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/// What is particular to SQLite: its settings, migrations, and the ways a commit fails.
namespace warsha::tests {

namespace {

using Mode = store::Connection::Mode;

void run_sql(store::Connection& connection, const std::string& sql) {
  ASSERT_EQ(sqlite3_exec(connection.handle(), sql.c_str(), nullptr, nullptr, nullptr), SQLITE_OK)
      << sqlite3_errmsg(connection.handle());
}

/// For sqlite3_exec.
int first_value(void* out, int, char** columns, char**) {
  *static_cast<std::string*>(out) = columns[0] ? columns[0] : "";
  return 0;
}

/// The first column of the first row.
[[nodiscard]] std::string query(store::Connection& connection, const std::string& sql) {
  std::string value;
  sqlite3_exec(connection.handle(), sql.c_str(), first_value, &value, nullptr);
  return value;
}

/// What opening the file says when it is refused.
[[nodiscard]] std::string refusal(const std::filesystem::path& file, Mode mode) {
  try {
    const store::Connection connection(file, mode);
    return "";
  } catch (const store::StoreError& error) {
    return error.what();
  }
}

/// In a process of its own: appends as fast as it can, says each event that was kept, and never comes back.
[[noreturn]] void append_until_killed(const std::filesystem::path& file, const WorkshopId& workshop,
                                      int report) {
  store::Writer writer(file, std::size_t{1} << 20);
  Seq seq = 0;
  run_now(writer, [&](store::Connection& connection) { seq = store::read_head(connection, workshop)->seq; });
  while (true) {
    std::promise<void> half; // a few groups are always on their way
    for (int i = 0; i < 20; ++i) {
      ++seq;
      auto row = sample_contribution("receipt " + std::to_string(seq), seq);
      writer.append(sample_append(workshop, std::move(row)),
                    [seq, i, report, &half](const store::AppendOutcome& ended) {
                      if (!ended.kept || write(report, &seq, sizeof seq) < 0)
                        _exit(1);
                      if (i == 10)
                        half.set_value();
                    });
    }
    half.get_future().wait();
  }
}

/// As on a disk that has no space for a file of more bytes, while it lives.
class FileLimit {
public:
  explicit FileLimit(rlim_t bytes) : signal_before_(std::signal(SIGXFSZ, SIG_IGN)) {
    getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit limited{bytes, before_.rlim_max};
    setrlimit(RLIMIT_FSIZE, &limited);
  }
  ~FileLimit() {
    setrlimit(RLIMIT_FSIZE, &before_);
    std::signal(SIGXFSZ, signal_before_);
  }
  FileLimit(const FileLimit&) = delete;
  FileLimit& operator=(const FileLimit&) = delete;

private:
  rlimit before_{};
  void (*signal_before_)(int);
};

class SqliteStore : public testing::Test {
protected:
  TemporaryFolder folder;
  std::filesystem::path file = folder.file("warsha.db");
};

/// A database as the first version of this program left it: a workshop with two events, of which the second
/// added a contribution.
class FirstLayout : public SqliteStore {
protected:
  void SetUp() override {
    run_as_it_is("PRAGMA application_id = 2003989352; CREATE TABLE migration (version INTEGER PRIMARY KEY,"
                 " name TEXT NOT NULL, sha256 TEXT NOT NULL, applied_at INTEGER NOT NULL) STRICT");
    run_as_it_is(std::string(schemas::kMigrations[0].sql));
    run_as_it_is("INSERT INTO migration VALUES (1, 'x', '" +
                 store::hex(store::sha256(schemas::kMigrations[0].sql)) + "', 0)");
    run_as_it_is("INSERT INTO consultation VALUES ('" + consultation.id.text() +
                 "', 't', 'ar', '', '', '', '', '[]', 0)");
    run_as_it_is("INSERT INTO workshop VALUES ('" + workshop.id.text() + "', '" + consultation.id.text() +
                 "', 0, 't', 'AAAAAA', 'e', 2, zeroblob(32), 0)");
    for (const auto* seq : {"1", "2"})
      run_as_it_is("INSERT INTO event VALUES ('" + workshop.id.text() + "', " + seq + ", 'body " + seq +
                   "', zeroblob(32))");
    run_as_it_is("INSERT INTO contribution VALUES ('" + row.id.text() + "', '" + workshop.id.text() +
                 "', 'ABCD-EFGH-JKMN', 'problem', 'shown', 'words', NULL, NULL, '" + row.author.text() +
                 "', 3, 2, 2, 5)");
  }

  /// Whatever its version; gives the first column of the first row.
  std::string run_as_it_is(const std::string& sql) const {
    sqlite3* handle = nullptr;
    EXPECT_EQ(sqlite3_open(file.c_str(), &handle), SQLITE_OK);
    std::string value;
    EXPECT_EQ(sqlite3_exec(handle, sql.c_str(), first_value, &value, nullptr), SQLITE_OK)
        << sqlite3_errmsg(handle);
    sqlite3_close(handle);
    return value;
  }

  store::ConsultationRow consultation = sample_consultation();
  store::WorkshopRow workshop = sample_workshop(consultation.id, 0, "AAAAAA");
  store::ContributionRow row = sample_contribution("ABCD-EFGH-JKMN", 2);
};

/// A writer with one workshop.
class SqliteWriter : public SqliteStore {
protected:
  void SetUp() override {
    run_now(writer, [this](store::Connection& connection) {
      store::add_consultation(connection, consultation);
      store::add_workshop(connection, workshop);
    });
  }
  store::Writer writer{file};
  store::ConsultationRow consultation = sample_consultation();
  store::WorkshopRow workshop = sample_workshop(consultation.id, 0, "AAAAAA");
};

} // namespace

TEST_F(SqliteStore, a_commit_that_returned_survives_a_power_cut) {
  store::Connection connection(file, Mode::read_write);
  EXPECT_EQ(query(connection, "PRAGMA journal_mode"), "wal");
  EXPECT_EQ(query(connection, "PRAGMA synchronous"), "2");
  EXPECT_EQ(query(connection, "PRAGMA foreign_keys"), "1");
}

TEST_F(SqliteStore, a_database_is_its_owners_alone) {
  const auto before = umask(022);
  {
    store::Writer writer(file);
    run_now(writer, [](store::Connection& connection) {
      store::add_consultation(connection, sample_consultation());
    });
    for (const auto* beside : {"", "-wal", "-shm"})
      EXPECT_EQ(std::filesystem::status(file.string() + beside).permissions(), std::filesystem::perms{0600})
          << beside;
  }
  umask(before);
}

TEST_F(SqliteStore, a_database_that_its_owner_shares_stays_shared) {
  { const store::Connection connection(file, Mode::read_write); }
  std::filesystem::permissions(file, std::filesystem::perms{0640});
  { const store::Connection connection(file, Mode::read_write); }
  EXPECT_EQ(std::filesystem::status(file).permissions(), std::filesystem::perms{0640});
}

TEST_F(SqliteStore, every_migration_is_recorded_with_its_hash) {
  store::Connection connection(file, Mode::read_write);
  EXPECT_EQ(query(connection, "SELECT count(*) FROM migration"),
            std::to_string(std::size(schemas::kMigrations)));
  EXPECT_EQ(query(connection, "SELECT sha256 FROM migration WHERE version = 1"),
            store::hex(store::sha256(schemas::kMigrations[0].sql)));
}

TEST_F(SqliteStore, migrations_are_applied_once) {
  std::string applied_at;
  {
    store::Connection connection(file, Mode::read_write);
    run_sql(connection, "UPDATE migration SET applied_at = 7");
  }
  store::Connection connection(file, Mode::read_write);
  EXPECT_EQ(query(connection, "SELECT applied_at FROM migration WHERE version = 1"), "7");
}

TEST_F(SqliteStore, a_database_of_a_newer_program_is_refused) {
  {
    store::Connection connection(file, Mode::read_write);
    run_sql(connection, "INSERT INTO migration VALUES (9999, 'later', 'x', 0)");
  }
  EXPECT_NE(refusal(file, Mode::read_write).find("made by a newer warsha"), std::string::npos);
  EXPECT_NE(refusal(file, Mode::read_only).find("made by a newer warsha"), std::string::npos);
}

TEST_F(SqliteStore, a_migration_that_is_not_the_recorded_one_is_refused) {
  {
    store::Connection connection(file, Mode::read_write);
    run_sql(connection, "UPDATE migration SET sha256 = 'another' WHERE version = 1");
  }
  EXPECT_NE(refusal(file, Mode::read_write).find("differs from this program's"), std::string::npos);
}

TEST_F(SqliteStore, a_database_that_lacks_a_migration_can_not_be_read_before_it_has_it) {
  {
    store::Connection connection(file, Mode::read_write);
    run_sql(connection, "DELETE FROM migration WHERE version = (SELECT max(version) FROM migration)");
  }
  EXPECT_NE(refusal(file, Mode::read_only).find("brings it up to date"), std::string::npos);
}

TEST_F(SqliteStore, the_database_of_another_program_is_refused_and_left_alone) {
  sqlite3* other = nullptr;
  ASSERT_EQ(sqlite3_open(file.c_str(), &other), SQLITE_OK);
  sqlite3_exec(other, "CREATE TABLE recipe (name TEXT)", nullptr, nullptr, nullptr);
  sqlite3_close(other);
  EXPECT_NE(refusal(file, Mode::read_write).find("another program"), std::string::npos);
  EXPECT_EQ(refusal(file, Mode::read_write), refusal(file, Mode::read_only));
}

TEST_F(SqliteStore, a_file_that_is_no_database_is_refused_in_one_line) {
  std::ofstream(file) << std::string(5000, 'x');
  const auto what = refusal(file, Mode::read_write);
  EXPECT_NE(what.find(file.string()), std::string::npos);
  EXPECT_NE(what.find("not a database"), std::string::npos);
  EXPECT_EQ(what.find('\n'), std::string::npos);
}

TEST_F(SqliteStore, reading_makes_no_file) {
  EXPECT_NE(refusal(file, Mode::read_only).find("there is no such file"), std::string::npos);
  EXPECT_FALSE(std::filesystem::exists(file));
}

TEST_F(SqliteStore, a_reader_can_not_write) {
  { const store::Connection connection(file, Mode::read_write); }
  store::Connection reader(file, Mode::read_only);
  EXPECT_THROW(store::add_consultation(reader, sample_consultation()), store::StoreError);
}

TEST_F(SqliteStore, a_transaction_keeps_all_or_nothing) {
  store::Connection connection(file, Mode::read_write);
  EXPECT_THROW(store::in_transaction(connection,
                                     [&] {
                                       store::add_consultation(connection, sample_consultation());
                                       throw std::runtime_error("no");
                                     }),
               std::runtime_error);
  EXPECT_TRUE(store::all_consultations(connection).empty());
  store::in_transaction(connection, [&] { store::add_consultation(connection, sample_consultation()); });
  EXPECT_EQ(store::all_consultations(connection).size(), 1u);
}

TEST_F(SqliteWriter, what_waits_is_committed_as_one_group) {
  store::Connection reader(file, Mode::read_only);
  std::vector<Seq> seen; // on disk when each piece is reported
  std::promise<void> all;
  {
    const Hold hold(writer);
    for (Seq seq = 1; seq <= 40; ++seq)
      writer.append(sample_append(workshop.id, seq), [&, seq](const store::AppendOutcome&) {
        seen.push_back(store::read_head(reader, workshop.id)->seq);
        if (seq == 40)
          all.set_value();
      });
  }
  all.get_future().wait();
  EXPECT_EQ(seen, std::vector<Seq>(40, 40));
}

TEST_F(SqliteWriter, when_a_commit_fails_nothing_of_its_group_is_kept_and_the_next_goes_on) {
  bool kept = true;
  std::exception_ptr broken;
  std::exception_ptr bystander;
  std::promise<void> all;
  {
    const Hold hold(writer);
    writer.append(sample_append(workshop.id, 1),
                  [&](const store::AppendOutcome& ended) { kept = ended.kept; });
    writer.run([](store::Connection&) {}, [&](std::exception_ptr error) { bystander = std::move(error); });
    writer.run(
        [](store::Connection& connection) {
          // Checked at the commit only, which fails.
          run_sql(connection, "PRAGMA defer_foreign_keys = ON");
          run_sql(connection, "INSERT INTO attendance VALUES ('nobody', 'nowhere', 0)");
        },
        [&](std::exception_ptr error) {
          broken = std::move(error);
          all.set_value();
        });
  }
  all.get_future().wait();
  EXPECT_FALSE(kept);
  EXPECT_TRUE(broken);
  EXPECT_TRUE(bystander);
  EXPECT_TRUE(append_now(writer, sample_append(workshop.id, 1))) << "from the head that is on disk";
}

TEST_F(SqliteWriter, a_full_disk_is_said_and_survived) {
  const auto limit_pages = [this](const std::string& pages) {
    run_now(writer,
            [&](store::Connection& connection) { run_sql(connection, "PRAGMA max_page_count = " + pages); });
  };
  limit_pages("1"); // SQLite makes it the number of pages that there are
  store::Append large{workshop.id, {{1, std::string(200'000, 'x')}}, {}};
  EXPECT_FALSE(append_now(writer, large));
  limit_pages("1000000");
  EXPECT_TRUE(append_now(writer, large));
}

TEST_F(SqliteWriter, a_receipt_leads_to_its_own_event_even_from_a_wrong_place) {
  ASSERT_TRUE(append_now(writer, sample_append(workshop.id, sample_contribution("ABCD-EFGH-JKMN", 1))));
  ASSERT_TRUE(append_now(writer, sample_append(workshop.id, 2)));
  const auto hash = [this] {
    store::Connection reader(file, Mode::read_only);
    const auto found = store::find_receipt(reader, "ABCD-EFGH-JKMN");
    return found ? store::hex(found->added_hash) : "";
  };
  const auto before = hash();
  run_now(writer, [](store::Connection& connection) {
    run_sql(connection, "UPDATE contribution SET place = place + 1");
  });
  EXPECT_EQ(hash(), before);
}

TEST_F(SqliteWriter, what_another_process_writes_meanwhile_is_noticed) {
  ASSERT_TRUE(append_now(writer, sample_append(workshop.id, 1)));
  store::Connection other(file, Mode::read_write);
  store::in_transaction(other, [&] {
    auto head = *store::read_head(other, workshop.id);
    store::write_append(other, sample_append(workshop.id, 2), head);
  });
  EXPECT_FALSE(append_now(writer, sample_append(workshop.id, 2)));
  EXPECT_TRUE(append_now(writer, sample_append(workshop.id, 3)));
}

TEST_F(SqliteStore, what_was_reported_kept_survives_a_kill_at_any_moment) {
  const auto consultation = sample_consultation();
  const auto workshop = sample_workshop(consultation.id, 0, "AAAAAA");
  {
    store::Connection connection(file, Mode::read_write);
    store::add_consultation(connection, consultation);
    store::add_workshop(connection, workshop);
  }
  Seq reported = 0;
  for (int round = 0; round < 20; ++round) {
    const Seq before = reported;
    int pipe_ends[2];
    ASSERT_EQ(pipe(pipe_ends), 0);
    const pid_t child = fork();
    ASSERT_GE(child, 0);
    if (child == 0)
      append_until_killed(file, workshop.id, pipe_ends[1]);
    close(pipe_ends[1]);
    // Killed after a different number of reports each time, while the writer is in the midst of the next
    // groups.
    for (Seq seq = 0; reported < before + 7 + static_cast<Seq>(round) * 5;) {
      ASSERT_EQ(read(pipe_ends[0], &seq, sizeof seq), static_cast<ssize_t>(sizeof seq));
      reported = seq;
    }
    kill(child, SIGKILL);
    waitpid(child, nullptr, 0);
    for (Seq seq = 0; read(pipe_ends[0], &seq, sizeof seq) == static_cast<ssize_t>(sizeof seq);)
      reported = seq; // what it said before it died
    close(pipe_ends[0]);

    store::Connection connection(file, Mode::read_only);
    const auto head = *store::read_head(connection, workshop.id);
    EXPECT_GE(head.seq, reported);
    auto hash = store::chain_start(workshop.id);
    Seq last = 0;
    store::read_events(connection, workshop.id, 0, [&](Seq seq, std::string_view body) {
      EXPECT_EQ(seq, last + 1);
      last = seq;
      hash = store::chain_next(hash, body);
    });
    EXPECT_EQ(last, head.seq);
    EXPECT_EQ(hash, head.hash);
    EXPECT_EQ(store::read_contributions(connection, workshop.id).size(), last) << "each event added one";
    reported = head.seq;
  }
}

TEST_F(SqliteStore, a_wal_that_was_given_its_size_keeps_it_and_holds_nothing) {
  constexpr std::size_t kBytes = std::size_t{4} << 20;
  const auto consultation = sample_consultation();
  const auto workshop = sample_workshop(consultation.id, 0, "AAAAAA");
  const auto wal_size = [this] { return std::filesystem::file_size(file.string() + "-wal"); };
  {
    store::Writer writer(file, kBytes);
    const auto size = wal_size();
    EXPECT_GE(size, kBytes);
    run_now(writer, [&](store::Connection& connection) {
      store::add_consultation(connection, consultation);
      store::add_workshop(connection, workshop);
    });
    ASSERT_TRUE(append_now(writer, sample_append(workshop.id, 1)));
    EXPECT_EQ(wal_size(), size) << "a commit overwrites";
    store::Connection reader(file, Mode::read_only);
    EXPECT_EQ(query(reader, "SELECT count(*) FROM sqlite_schema WHERE name = 'padding'"), "0");
  }
  EXPECT_LT(std::filesystem::file_size(file), kBytes) << "what only gave the WAL its size is in no database";
  EXPECT_FALSE(std::filesystem::exists(file.string() + "-wal"))
      << "after a clean stop the file alone is whole";
  store::Writer writer(file, kBytes);
  EXPECT_TRUE(append_now(writer, sample_append(workshop.id, 2)));
}

TEST_F(SqliteStore, what_is_gathered_for_the_wal_is_there_for_everybody_at_each_commit) {
  store::Connection connection(file, Mode::read_write);
  run_sql(connection,
          "PRAGMA cache_size = 10"); // most pages go to the WAL, and are read again, before the commit
  run_sql(connection, "CREATE TABLE probe (id INTEGER PRIMARY KEY, bytes BLOB)");
  store::Connection reader(file, Mode::read_only);
  int expected = 0;
  for (int round = 0; round < 30; ++round) {
    run_sql(connection, "BEGIN IMMEDIATE");
    run_sql(connection,
            "INSERT INTO probe (bytes) WITH n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i <"
            " 200) SELECT randomblob(3000) FROM n");
    run_sql(connection, "SAVEPOINT inner; UPDATE probe SET bytes = zeroblob(5000) WHERE id % 7 = 0");
    run_sql(connection, round % 2 == 0 ? "ROLLBACK TO inner" : "RELEASE inner");
    run_sql(connection, "UPDATE probe SET bytes = randomblob(2000) WHERE id % 11 = 0");
    if (round % 3 == 0) {
      run_sql(connection, "ROLLBACK");
    } else {
      run_sql(connection, "COMMIT");
      expected += 200;
    }
    EXPECT_EQ(query(reader, "SELECT count(*) FROM probe"), std::to_string(expected));
    EXPECT_EQ(query(reader, "PRAGMA integrity_check"), "ok");
    if (round % 5 == 4)
      run_sql(connection, "PRAGMA wal_checkpoint(RESTART)");
  }
  const auto sum = [](store::Connection& from) {
    return query(from, "SELECT hex(substr(group_concat(hex(substr(bytes, 1, 4)), ''), 1, 4000)) FROM probe");
  };
  EXPECT_EQ(sum(reader), sum(connection));
}

TEST_F(SqliteStore, what_was_rolled_back_is_not_written_over_what_others_commit) {
  for (const std::string ending : {"closes", "writes", "closes in the midst"}) {
    const auto probe_file = folder.file(ending + ".db");
    auto one = std::make_unique<store::Connection>(probe_file, Mode::read_write);
    run_sql(*one, "CREATE TABLE probe (id INTEGER PRIMARY KEY, bytes BLOB)");
    run_sql(*one,
            "INSERT INTO probe (bytes) WITH n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20)"
            " SELECT randomblob(3000) FROM n");
    store::Connection two(probe_file, Mode::read_write);
    // Pages go to the WAL before a commit, and nothing is read from it.
    run_sql(*one, "PRAGMA cache_size = 5; PRAGMA wal_checkpoint(TRUNCATE)");
    run_sql(*one, "BEGIN IMMEDIATE; UPDATE probe SET bytes = randomblob(3000)");
    if (ending != "closes in the midst")
      run_sql(*one, "ROLLBACK");
    else
      one.reset();
    run_sql(two, "UPDATE probe SET bytes = zeroblob(3000)");
    if (ending == "writes")
      run_sql(*one, "UPDATE probe SET bytes = zeroblob(2999) WHERE id = 1");
    else
      one.reset();
    store::Connection reader(probe_file, Mode::read_only);
    EXPECT_EQ(query(reader, "PRAGMA integrity_check"), "ok") << ending;
    EXPECT_EQ(query(reader, "SELECT count(*) FROM probe WHERE bytes = zeroblob(length(bytes))"), "20")
        << ending;
  }
}

TEST_F(SqliteStore, a_wal_that_can_not_be_given_its_size_is_no_reason_not_to_start) {
  { const store::Connection connection(file, Mode::read_write); }
  const FileLimit limit(3 << 20);
  store::Writer writer(file, std::size_t{32} << 20);
  EXPECT_LT(std::filesystem::file_size(file.string() + "-wal"), 1u << 20)
      << "what it took in vain is given back";
  const auto consultation = sample_consultation();
  const auto workshop = sample_workshop(consultation.id, 0, "AAAAAA");
  run_now(writer, [&](store::Connection& connection) {
    store::add_consultation(connection, consultation);
    store::add_workshop(connection, workshop);
  });
  EXPECT_TRUE(append_now(writer, sample_append(workshop.id, 1)));
}

TEST_F(SqliteWriter, a_read_that_stays_open_holds_up_no_commit) {
  store::Connection reader(file, Mode::read_only);
  store::at_one_moment(reader, [&] {
    EXPECT_EQ(store::read_head(reader, workshop.id)->seq, 0u);
    const std::string body(100'000, 'x');
    for (Seq seq = 1; seq <= 200; ++seq) // 20 MB: beyond where the WAL would begin anew
      ASSERT_TRUE(append_now(writer, {workshop.id, {{seq, body}}, {}}));
    EXPECT_EQ(store::read_head(reader, workshop.id)->seq, 0u);
  });
  for (Seq seq = 201; seq <= 300; ++seq)
    ASSERT_TRUE(append_now(writer, sample_append(workshop.id, seq)));
  EXPECT_EQ(store::read_head(reader, workshop.id)->seq, 300u);
}

TEST_F(FirstLayout, is_brought_up_to_date_with_all_it_holds) {
  store::Connection connection(file, Mode::upgrade);
  std::vector<std::string> bodies;
  store::read_events(connection, workshop.id, 0,
                     [&](Seq, std::string_view body) { bodies.emplace_back(body); });
  EXPECT_EQ(bodies, (std::vector<std::string>{"body 1", "body 2"}));
  const auto rows = store::read_contributions(connection, workshop.id);
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(rows[0].id, row.id);
  EXPECT_EQ(rows[0].text, "words");
  EXPECT_EQ(rows[0].supports, 3);
  EXPECT_TRUE(store::find_receipt(connection, "ABCD-EFGH-JKMN"));
}

TEST_F(FirstLayout, knows_afterwards_how_many_stand_behind_what_and_on_which_ground_it_is_hidden) {
  const auto handed_in = sample_contribution("HAND-EDIN-HAND", 5);
  const auto add_event = [&](int seq, const std::string& body) {
    run_as_it_is("INSERT INTO event VALUES ('" + workshop.id.text() + "', " + std::to_string(seq) + ", '" +
                 body + "', zeroblob(32))");
  };
  run_as_it_is(R"(UPDATE event SET body = '{"type":"contribution.added","people":12}' WHERE seq = 2)");
  add_event(3, R"({"type":"draft.changed","draft":"d","by":"one"})");
  add_event(4, R"({"type":"draft.changed","draft":"d","by":"two"})");
  add_event(5, R"({"type":"draft.handed_in","draft":"d","by":"two"})");
  add_event(6, R"({"type":"contribution.hidden","contribution":")" + row.id.text() +
                   R"(","ground":"repetition"})");
  run_as_it_is("INSERT INTO contribution VALUES ('" + handed_in.id.text() + "', '" + workshop.id.text() +
               "', 'HAND-EDIN-HAND', 'solution', 'shown', 'words', NULL, NULL, 'two', 0, 5, 5, 5)");
  run_as_it_is("UPDATE contribution SET state = 'hidden', reason = 'twice' WHERE added_seq = 2");
  store::Connection connection(file, Mode::upgrade);
  const auto column = [&](const char* wanted, const ContributionId& id) {
    return query(connection,
                 "SELECT " + std::string(wanted) + " FROM contribution WHERE id = '" + id.text() + "'");
  };
  EXPECT_EQ(column("people", row.id), "12");
  EXPECT_EQ(column("ground", row.id), "repetition");
  EXPECT_EQ(column("people", handed_in.id), "2");
  EXPECT_EQ(column("ground", handed_in.id), "");
}

TEST_F(FirstLayout, that_does_not_fit_together_is_left_as_it_is) {
  run_as_it_is("UPDATE contribution SET added_seq = 7");
  EXPECT_NE(refusal(file, Mode::upgrade).find("each contribution has the event that added it"),
            std::string::npos);
  EXPECT_EQ(run_as_it_is("SELECT count(*) FROM contribution"), "1");
  EXPECT_EQ(run_as_it_is("SELECT max(version) FROM migration"), "1");
}

TEST_F(FirstLayout, is_not_changed_by_a_tool) {
  EXPECT_NE(refusal(file, Mode::read_write).find("`warsha serve` brings it up to date"), std::string::npos);
  EXPECT_EQ(run_as_it_is("SELECT max(version) FROM migration"), "1");
}

TEST_F(FirstLayout, that_an_older_server_uses_is_left_as_it_is) {
  run_as_it_is("PRAGMA journal_mode = WAL");
  sqlite3* older = nullptr;
  ASSERT_EQ(sqlite3_open(file.c_str(), &older), SQLITE_OK);
  EXPECT_EQ(sqlite3_exec(older, "SELECT count(*) FROM event", nullptr, nullptr, nullptr), SQLITE_OK);
  EXPECT_NE(refusal(file, Mode::upgrade).find("another program uses it"), std::string::npos);
  EXPECT_EQ(run_as_it_is("SELECT max(version) FROM migration"), "1");
  sqlite3_close(older);
  EXPECT_EQ(refusal(file, Mode::upgrade), "");
}

TEST_F(SqliteWriter, the_wal_does_not_grow_for_ever_under_load) {
  const std::string body(2000, 'x');
  std::promise<void> all;
  constexpr Seq kEvents = 30'000; // 60 MB of bodies
  for (Seq seq = 1; seq <= kEvents; ++seq)
    writer.append({workshop.id, {{seq, body}}, {}}, [&, seq](const store::AppendOutcome&) {
      if (seq == kEvents)
        all.set_value();
    });
  all.get_future().wait();
  EXPECT_LT(std::filesystem::file_size(file.string() + "-wal"), 50'000'000u);
}

} // namespace warsha::tests
