#pragma once

#include "server/store/readers.hpp"
#include "tests/unit/store/support.hpp"

#include <algorithm>
#include <atomic>
#include <gtest/gtest.h>
#include <memory>
#include <optional>
#include <stdexcept>
#include <type_traits>

/// What every implementation of the store promises, by its headers only. `Store` opens one: a default
/// constructor makes an empty database, open_writer() and open_readers(threads) give std::unique_ptr to the
/// implementation's Writer and Readers.
namespace warsha::tests {

template <class Store> class StoreContract : public testing::Test {
protected:
  void SetUp() override {
    run([this](store::Connection& connection) {
      store::add_consultation(connection, consultation);
      store::add_workshop(connection, first);
      store::add_workshop(connection, second);
    });
  }

  void run(std::function<void(store::Connection&)> task) { run_now(*writer, std::move(task)); }
  [[nodiscard]] bool append(store::Append append) { return append_now(*writer, std::move(append)); }

  /// The result of `query` on a reader's thread.
  template <class Query> auto read(Query query) {
    using Result = std::invoke_result_t<Query, store::Connection&>;
    std::promise<Result> result;
    readers->read([&](store::Connection& connection) {
      try {
        result.set_value(query(connection));
      } catch (...) {
        result.set_exception(std::current_exception());
      }
    });
    return result.get_future().get();
  }

  [[nodiscard]] store::Head head_of(const WorkshopId& workshop) {
    return *read([&](store::Connection& connection) { return store::read_head(connection, workshop); });
  }
  [[nodiscard]] std::vector<std::string> bodies_of(const WorkshopId& workshop, Seq after = 0) {
    return read([&](store::Connection& connection) {
      std::vector<std::string> bodies;
      store::read_events(connection, workshop, after,
                         [&](Seq, std::string_view body) { bodies.emplace_back(body); });
      return bodies;
    });
  }
  [[nodiscard]] std::vector<store::ContributionRow> contributions_of(const WorkshopId& workshop) {
    return read(
        [&](store::Connection& connection) { return store::read_contributions(connection, workshop); });
  }

  Store store;
  decltype(std::declval<Store&>().open_writer()) writer = store.open_writer();
  decltype(std::declval<Store&>().open_readers(1)) readers = store.open_readers(1);
  store::ConsultationRow consultation = sample_consultation();
  store::WorkshopRow first = sample_workshop(consultation.id, 0, "AAAAAA");
  store::WorkshopRow second = sample_workshop(consultation.id, 1, "BBBBBB");
};

TYPED_TEST_SUITE_P(StoreContract);

// --- The journal -----------------------------------------------------------------------------------

TYPED_TEST_P(StoreContract, a_new_workshop_stands_at_the_chains_start) {
  const auto head = this->head_of(this->first.id);
  EXPECT_EQ(head.seq, 0u);
  EXPECT_EQ(head.hash, store::chain_start(this->first.id));
  EXPECT_EQ(head.epoch, "epoch-1");
}

TYPED_TEST_P(StoreContract, a_kept_append_is_read_back_and_moves_the_head) {
  store::Append append{this->first.id, {{1, R"({"a":"ألف"})"}, {2, R"({"b":2})"}}, {}};
  ASSERT_TRUE(this->append(append));
  EXPECT_EQ(this->bodies_of(this->first.id), (std::vector<std::string>{R"({"a":"ألف"})", R"({"b":2})"}));
  EXPECT_EQ(this->bodies_of(this->first.id, 1), (std::vector<std::string>{R"({"b":2})"}));
  const auto head = this->head_of(this->first.id);
  EXPECT_EQ(head.seq, 2u);
  const auto after_one = store::chain_next(store::chain_start(this->first.id), append.events[0].body);
  EXPECT_EQ(head.hash, store::chain_next(after_one, append.events[1].body));
}

TYPED_TEST_P(StoreContract, each_workshop_has_a_sequence_and_a_chain_of_its_own) {
  ASSERT_TRUE(this->append(sample_append(this->first.id, 1)));
  ASSERT_TRUE(this->append(sample_append(this->second.id, 1)));
  EXPECT_EQ(this->head_of(this->first.id).seq, 1u);
  EXPECT_EQ(this->head_of(this->second.id).seq, 1u);
  EXPECT_NE(this->head_of(this->first.id).hash, this->head_of(this->second.id).hash);
}

TYPED_TEST_P(StoreContract, events_that_leave_a_gap_are_refused) {
  EXPECT_FALSE(this->append(sample_append(this->first.id, 2)));
  EXPECT_TRUE(this->bodies_of(this->first.id).empty());
  EXPECT_EQ(this->head_of(this->first.id).seq, 0u);
}

TYPED_TEST_P(StoreContract, events_that_come_twice_are_refused) {
  ASSERT_TRUE(this->append(sample_append(this->first.id, 1)));
  EXPECT_FALSE(this->append(sample_append(this->first.id, 1)));
  EXPECT_EQ(this->bodies_of(this->first.id).size(), 1u);
}

TYPED_TEST_P(StoreContract, an_append_with_the_id_of_another_workshops_contribution_is_told_which) {
  const auto row = sample_contribution("AAAA-AAAA-AAAA", 1);
  ASSERT_TRUE(this->append(sample_append(this->second.id, row)));
  auto taken = sample_contribution("BBBB-BBBB-BBBB", 1);
  taken.id = row.id;
  std::promise<store::AppendOutcome> ended;
  this->writer->append(sample_append(this->first.id, taken),
                       [&](const store::AppendOutcome& outcome) { ended.set_value(outcome); });
  const auto outcome = ended.get_future().get();
  EXPECT_FALSE(outcome.kept);
  EXPECT_EQ(outcome.taken, row.id);
  EXPECT_EQ(this->head_of(this->first.id).seq, 0u);
}

TYPED_TEST_P(StoreContract, an_append_to_no_workshop_is_refused) {
  EXPECT_FALSE(this->append(sample_append(system::new_id<WorkshopId>(), 1)));
}

TYPED_TEST_P(StoreContract, an_append_that_is_refused_in_its_middle_leaves_nothing) {
  store::Append append{this->first.id, {{1, "{}"}, {3, "{}"}}, {sample_contribution("AAAA-AAAA-AAAA", 1)}};
  EXPECT_FALSE(this->append(append));
  EXPECT_TRUE(this->bodies_of(this->first.id).empty());
  EXPECT_TRUE(this->contributions_of(this->first.id).empty());
}

TYPED_TEST_P(StoreContract, a_refused_append_does_not_touch_the_others_of_its_group) {
  ASSERT_TRUE(this->append(sample_append(this->second.id, sample_contribution("TAKE-NTAK-ENTA", 1))));
  std::vector<std::optional<bool>> kept(6);
  std::promise<void> all;
  {
    const Hold hold(*this->writer);
    const auto queue = [&](std::size_t index, store::Append append) {
      this->writer->append(std::move(append), [&, index](const store::AppendOutcome& ended) {
        kept[index] = ended.kept;
        if (index + 1 == kept.size())
          all.set_value();
      });
    };
    queue(0, sample_append(this->first.id, 1));
    queue(1, sample_append(this->second.id, 2));
    queue(2, sample_append(this->first.id, sample_contribution("TAKE-NTAK-ENTA", 2)));
    queue(3, sample_append(this->second.id, 3));
    queue(4, sample_append(this->first.id, 3)); // follows what was refused
    queue(5, sample_append(this->second.id, 4));
  }
  all.get_future().wait();
  EXPECT_EQ(kept, (std::vector<std::optional<bool>>{true, true, false, true, false, true}));
  EXPECT_EQ(this->head_of(this->first.id).seq, 1u);
  EXPECT_EQ(this->head_of(this->second.id).seq, 4u);
  EXPECT_TRUE(this->append(sample_append(this->first.id, 2))) << "the workshop goes on from what was kept";
}

TYPED_TEST_P(StoreContract, what_was_kept_is_there_after_opening_again) {
  ASSERT_TRUE(this->append(sample_append(this->first.id, 1)));
  const auto head = this->head_of(this->first.id);
  this->readers.reset();
  this->writer.reset();
  this->writer = this->store.open_writer();
  this->readers = this->store.open_readers(1);
  EXPECT_EQ(this->head_of(this->first.id).hash, head.hash);
  EXPECT_TRUE(this->append(sample_append(this->first.id, 2)));
}

TYPED_TEST_P(StoreContract, closing_the_writer_first_keeps_what_is_queued) {
  std::atomic<int> kept = 0;
  {
    const Hold hold(*this->writer);
    for (Seq seq = 1; seq <= 20; ++seq)
      this->writer->append(sample_append(this->first.id, seq),
                           [&](const store::AppendOutcome& ended) { kept += ended.kept ? 1 : 0; });
  }
  this->writer.reset();
  EXPECT_EQ(kept, 20);
  EXPECT_EQ(this->head_of(this->first.id).seq, 20u);
}

TYPED_TEST_P(StoreContract, reports_come_in_the_order_of_the_queue) {
  std::vector<int> order;
  std::promise<void> all;
  {
    const Hold hold(*this->writer);
    for (int i = 0; i < 30; ++i) {
      if (i % 3 == 0)
        this->writer->run([](store::Connection&) {},
                          [&, i](const std::exception_ptr&) { order.push_back(i); });
      else
        this->writer->append(sample_append(this->first.id, 99),
                             [&, i](const store::AppendOutcome&) { order.push_back(i); });
    }
    this->writer->run([](store::Connection&) {}, [&](const std::exception_ptr&) { all.set_value(); });
  }
  all.get_future().wait();
  ASSERT_EQ(order.size(), 30u);
  EXPECT_TRUE(std::is_sorted(order.begin(), order.end()));
}

// --- The projection --------------------------------------------------------------------------------

TYPED_TEST_P(StoreContract, a_contribution_is_read_back_whole) {
  auto row = sample_contribution("ABCD-EFGH-JKMN", 1);
  row.kind = Kind::solution;
  row.state = "hidden";
  row.reason = "اسم شخص";
  row.theme = system::new_id<ThemeId>();
  row.supports = 12;
  ASSERT_TRUE(this->append(sample_append(this->first.id, row)));
  const auto rows = this->contributions_of(this->first.id);
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(rows[0].id, row.id);
  EXPECT_EQ(rows[0].receipt, row.receipt);
  EXPECT_EQ(rows[0].kind, row.kind);
  EXPECT_EQ(rows[0].state, row.state);
  EXPECT_EQ(rows[0].text, row.text);
  EXPECT_EQ(rows[0].reason, row.reason);
  EXPECT_EQ(rows[0].theme, row.theme);
  EXPECT_EQ(rows[0].author, row.author);
  EXPECT_EQ(rows[0].supports, row.supports);
  EXPECT_EQ(rows[0].added_seq, row.added_seq);
  EXPECT_EQ(rows[0].changed_seq, row.changed_seq);
  EXPECT_EQ(rows[0].added_at, row.added_at);
}

TYPED_TEST_P(StoreContract, a_later_append_changes_a_contribution_where_it_stands) {
  auto row = sample_contribution("ABCD-EFGH-JKMN", 1);
  ASSERT_TRUE(this->append(sample_append(this->first.id, row)));
  auto changed = sample_append(this->first.id, 2);
  row.text = "نص آخر";
  row.state = "withdrawn";
  row.changed_seq = 2;
  changed.contributions.push_back(row);
  ASSERT_TRUE(this->append(changed));
  const auto rows = this->contributions_of(this->first.id);
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(rows[0].text, "نص آخر");
  EXPECT_EQ(rows[0].state, "withdrawn");
  EXPECT_EQ(rows[0].added_seq, 1u);
  EXPECT_EQ(rows[0].changed_seq, 2u);
}

TYPED_TEST_P(StoreContract, a_contribution_never_changes_its_author_receipt_or_workshop) {
  const auto row = sample_contribution("ABCD-EFGH-JKMN", 1);
  ASSERT_TRUE(this->append(sample_append(this->first.id, row)));
  auto other_author = sample_append(this->first.id, 2);
  other_author.contributions = {row};
  other_author.contributions[0].author = system::new_id<ActorId>();
  EXPECT_FALSE(this->append(other_author));
  auto other_receipt = sample_append(this->first.id, 2);
  other_receipt.contributions = {row};
  other_receipt.contributions[0].receipt = "NMKJ-HGFE-DCBA";
  EXPECT_FALSE(this->append(other_receipt));
  EXPECT_FALSE(this->append(sample_append(this->second.id, row)));
  EXPECT_EQ(this->contributions_of(this->first.id)[0].author, row.author);
  EXPECT_TRUE(this->contributions_of(this->second.id).empty());
}

TYPED_TEST_P(StoreContract, a_receipt_finds_its_contribution_and_its_place_in_the_chain) {
  ASSERT_TRUE(this->append(sample_append(this->first.id, 1)));
  const auto row = sample_contribution("ABCD-EFGH-JKMN", 2);
  ASSERT_TRUE(this->append(sample_append(this->first.id, row)));
  const auto place = this->head_of(this->first.id).hash;
  ASSERT_TRUE(this->append(sample_append(this->first.id, 3)));
  const auto found = this->read(
      [](store::Connection& connection) { return store::find_receipt(connection, "ABCD-EFGH-JKMN"); });
  ASSERT_TRUE(found);
  EXPECT_EQ(found->contribution.id, row.id);
  EXPECT_EQ(found->workshop, this->first.id);
  EXPECT_EQ(found->workshop_title, this->first.title);
  EXPECT_EQ(found->consultation_title, this->consultation.title);
  EXPECT_EQ(found->city, this->consultation.city);
  EXPECT_EQ(found->date, this->consultation.date);
  EXPECT_EQ(found->added_hash, place);
  EXPECT_FALSE(this->read(
      [](store::Connection& connection) { return store::find_receipt(connection, "ZZZZ-ZZZZ-ZZZZ"); }));
}

// --- Other writes ----------------------------------------------------------------------------------

TYPED_TEST_P(StoreContract, a_task_that_throws_is_undone_alone_and_says_why) {
  const auto third = sample_workshop(this->consultation.id, 2, "CCCCCC");
  const auto fourth = sample_workshop(this->consultation.id, 3, "DDDDDD");
  std::string why;
  bool kept = false;
  std::promise<void> all;
  {
    const Hold hold(*this->writer);
    this->writer->run(
        [&](store::Connection& connection) {
          store::add_workshop(connection, third);
          throw std::runtime_error("changed my mind");
        },
        [&](const std::exception_ptr& error) {
          try {
            std::rethrow_exception(error);
          } catch (const std::runtime_error& exception) {
            why = exception.what();
          }
        });
    this->writer->append(sample_append(this->first.id, 1),
                         [&](const store::AppendOutcome& ended) { kept = ended.kept; });
    this->writer->run([&](store::Connection& connection) { store::add_workshop(connection, fourth); },
                      [&](const std::exception_ptr&) { all.set_value(); });
  }
  all.get_future().wait();
  EXPECT_EQ(why, "changed my mind");
  EXPECT_TRUE(kept);
  const auto workshops = this->read(
      [&](store::Connection& connection) { return store::workshops_of(connection, this->consultation.id); });
  ASSERT_EQ(workshops.size(), 3u);
  EXPECT_EQ(workshops[2].id, fourth.id);
}

TYPED_TEST_P(StoreContract, a_task_may_append_too_and_appends_follow_it) {
  this->run([&](store::Connection& connection) {
    auto head = *store::read_head(connection, this->first.id);
    store::write_append(connection, sample_append(this->first.id, 1), head);
    EXPECT_EQ(head.seq, 1u);
  });
  EXPECT_TRUE(this->append(sample_append(this->first.id, 2)));
}

TYPED_TEST_P(StoreContract, a_head_that_is_not_the_stored_one_is_refused_and_left_alone) {
  ASSERT_TRUE(this->append(sample_append(this->first.id, 1)));
  store::Head stale{0, store::chain_start(this->first.id), "epoch-1"};
  EXPECT_THROW(this->run([&](store::Connection& connection) {
    store::write_append(connection, sample_append(this->first.id, 1), stale);
  }),
               store::StoreError);
  EXPECT_EQ(stale.seq, 0u);
  EXPECT_EQ(stale.hash, store::chain_start(this->first.id));
}

// --- Reads -----------------------------------------------------------------------------------------

TYPED_TEST_P(StoreContract, everything_one_read_sees_is_of_the_same_moment) {
  ASSERT_TRUE(this->append(sample_append(this->first.id, 1)));
  this->read([&](store::Connection& connection) {
    EXPECT_EQ(store::read_head(connection, this->first.id)->seq, 1u);
    EXPECT_TRUE(this->append(sample_append(this->first.id, 2)));
    EXPECT_EQ(store::read_head(connection, this->first.id)->seq, 1u);
    return true;
  });
  EXPECT_EQ(this->head_of(this->first.id).seq, 2u);
}

TYPED_TEST_P(StoreContract, a_full_queue_takes_no_more_reads_and_runs_all_that_it_took) {
  std::promise<void> begun;
  std::promise<void> go_on;
  std::atomic<int> run = 0;
  this->readers->read([&](store::Connection&) {
    begun.set_value();
    go_on.get_future().wait();
  });
  begun.get_future().wait(); // the one thread is busy, and nothing waits
  const auto count = [&](store::Connection&) { ++run; };
  EXPECT_TRUE(this->readers->try_read(2, count));
  EXPECT_TRUE(this->readers->try_read(2, count));
  EXPECT_FALSE(this->readers->try_read(2, count));
  go_on.set_value();
  this->readers.reset();
  EXPECT_EQ(run, 2);
}

TYPED_TEST_P(StoreContract, closing_the_readers_first_answers_what_was_asked) {
  std::atomic<int> answered = 0;
  for (int i = 0; i < 50; ++i)
    this->readers->read([&](store::Connection& connection) {
      if (store::find_workshop(connection, this->first.id))
        ++answered;
    });
  this->readers.reset();
  EXPECT_EQ(answered, 50);
}

// --- Consultations ---------------------------------------------------------------------------------

TYPED_TEST_P(StoreContract, a_consultation_is_read_back_whole) {
  const auto found = this->read([&](store::Connection& connection) {
    return store::find_consultation(connection, this->consultation.id);
  });
  ASSERT_TRUE(found);
  EXPECT_EQ(found->title, this->consultation.title);
  EXPECT_EQ(found->language, this->consultation.language);
  EXPECT_EQ(found->region, this->consultation.region);
  EXPECT_EQ(found->city, this->consultation.city);
  EXPECT_EQ(found->venue, this->consultation.venue);
  EXPECT_EQ(found->date, this->consultation.date);
  EXPECT_EQ(found->organisers, this->consultation.organisers);
  EXPECT_EQ(found->created_at, kNow);
  EXPECT_EQ(
      this->read([](store::Connection& connection) { return store::all_consultations(connection); }).size(),
      1u);
}

TYPED_TEST_P(StoreContract, a_workshop_is_found_by_its_id_and_by_its_code) {
  const auto by_code = this->read(
      [](store::Connection& connection) { return store::find_workshop_by_code(connection, "BBBBBB"); });
  ASSERT_TRUE(by_code);
  EXPECT_EQ(by_code->id, this->second.id);
  EXPECT_EQ(by_code->position, 1);
  EXPECT_EQ(by_code->consultation, this->consultation.id);
  const auto by_id = this->read(
      [&](store::Connection& connection) { return store::find_workshop(connection, this->second.id); });
  ASSERT_TRUE(by_id);
  EXPECT_EQ(by_id->join_code, "BBBBBB");
  EXPECT_EQ(by_id->title, this->second.title);
  EXPECT_FALSE(this->read(
      [](store::Connection& connection) { return store::find_workshop_by_code(connection, "ZZZZZZ"); }));
  EXPECT_EQ(this->read([](store::Connection& connection) { return store::all_workshops(connection); }).size(),
            2u);
}

TYPED_TEST_P(StoreContract, a_join_code_belongs_to_one_workshop) {
  EXPECT_THROW(this->run([&](store::Connection& connection) {
    store::add_workshop(connection, sample_workshop(this->consultation.id, 2, "AAAAAA"));
  }),
               store::StoreError);
}

TYPED_TEST_P(StoreContract, a_workshop_needs_its_consultation) {
  EXPECT_THROW(this->run([&](store::Connection& connection) {
    store::add_workshop(connection, sample_workshop(system::new_id<ConsultationId>(), 0, "CCCCCC"));
  }),
               store::StoreError);
}

// --- People ----------------------------------------------------------------------------------------

TYPED_TEST_P(StoreContract, a_participant_may_renew_what_they_chose) {
  store::ParticipantRow person{system::new_id<ActorId>(), this->consultation.id, std::nullopt, "ar", 1, kNow};
  this->run([&](store::Connection& connection) { store::put_participant(connection, person); });
  person.display_name = "فاطمة";
  person.language = "fr";
  this->run([&](store::Connection& connection) { store::put_participant(connection, person); });
  const auto found = this->read(
      [&](store::Connection& connection) { return store::find_participant(connection, person.id); });
  ASSERT_TRUE(found);
  EXPECT_EQ(found->display_name, "فاطمة");
  EXPECT_EQ(found->language, "fr");
  EXPECT_EQ(found->consultation, this->consultation.id);
  EXPECT_EQ(found->notice_version, 1);
  EXPECT_EQ(found->created_at, kNow);
}

TYPED_TEST_P(StoreContract, attendance_is_counted_once_and_names_only_those_who_gave_one) {
  const store::ParticipantRow named{system::new_id<ActorId>(), this->consultation.id, "فاطمة", "ar", 1, kNow};
  const store::ParticipantRow anonymous{system::new_id<ActorId>(), this->consultation.id, {}, "ar", 1, kNow};
  this->run([&](store::Connection& connection) {
    for (const auto& person : {named, anonymous}) {
      store::put_participant(connection, person);
      store::put_attendance(connection, this->second.id, person.id, kNow);
      store::put_attendance(connection, this->second.id, person.id, kNow + 1);
    }
    store::put_attendance(connection, this->first.id, named.id, kNow);
  });
  this->read([&](store::Connection& connection) {
    EXPECT_TRUE(store::attends(connection, this->second.id, anonymous.id));
    EXPECT_FALSE(store::attends(connection, this->first.id, anonymous.id));
    EXPECT_EQ(store::workshops_attended(connection, named.id),
              (std::vector<WorkshopId>{this->first.id, this->second.id}));
    const auto names = store::names_of(connection, this->second.id);
    EXPECT_EQ(names.size(), 1u);
    EXPECT_EQ(names.at(named.id), "فاطمة");
    return true;
  });
}

TYPED_TEST_P(StoreContract, an_account_is_found_by_email_and_keeps_its_grants) {
  const store::AccountRow account{system::new_id<ActorId>(), "amina@example.org", "أمينة", "hash", kNow, {}};
  this->run([&](store::Connection& connection) {
    store::add_account(connection, account);
    store::grant(connection, account.id, {Role::organiser, this->consultation.id.text()});
    store::grant(connection, account.id, {Role::facilitator, this->first.id.text()});
    store::grant(connection, account.id, {Role::facilitator, this->first.id.text()});
  });
  this->read([&](store::Connection& connection) {
    const auto found = store::find_account_by_email(connection, "amina@example.org");
    EXPECT_TRUE(found && found->id == account.id && found->name == "أمينة" && !found->disabled_at);
    EXPECT_TRUE(store::find_account(connection, account.id));
    EXPECT_EQ(store::all_accounts(connection).size(), 1u);
    EXPECT_EQ(store::grants_of(connection, account.id).size(), 2u);
    return true;
  });
  EXPECT_THROW(this->run([&](store::Connection& connection) {
    store::add_account(connection, {system::new_id<ActorId>(), "amina@example.org", "x", "hash", kNow, {}});
  }),
               store::StoreError);
}

TYPED_TEST_P(StoreContract, a_session_ends_by_time_by_sign_out_by_a_new_password_and_by_disabling) {
  const store::AccountRow account{system::new_id<ActorId>(), "amina@example.org", "أمينة", "hash", kNow, {}};
  const auto session = [](int number) { return store::sha256(std::to_string(number)); };
  const auto holder = [&](int number, TimeMs now) {
    return this->read([&](store::Connection& connection) {
      return store::find_staff_session(connection, session(number), now);
    });
  };
  this->run([&](store::Connection& connection) {
    store::add_account(connection, account);
    store::add_staff_session(connection, session(1), account.id, kNow, kNow + 1000);
    store::add_staff_session(connection, session(2), account.id, kNow, kNow + 1000);
  });
  EXPECT_EQ(holder(1, kNow + 999), account.id);
  EXPECT_FALSE(holder(1, kNow + 1000));
  EXPECT_FALSE(holder(3, kNow));
  this->run([&](store::Connection& connection) { store::end_staff_session(connection, session(1)); });
  EXPECT_FALSE(holder(1, kNow));
  EXPECT_EQ(holder(2, kNow), account.id);
  this->run(
      [&](store::Connection& connection) { store::set_password_hash(connection, account.id, "other"); });
  EXPECT_FALSE(holder(2, kNow));
  this->run([&](store::Connection& connection) {
    store::add_staff_session(connection, session(4), account.id, kNow, kNow + 1000);
    store::disable_account(connection, account.id, kNow);
  });
  EXPECT_FALSE(holder(4, kNow));
  EXPECT_EQ(
      this->read([&](store::Connection& connection) { return store::find_account(connection, account.id); })
          ->disabled_at,
      kNow);
}

TYPED_TEST_P(StoreContract, a_secret_is_made_once) {
  const std::string fresh("\0binary\xff", 8);
  std::string made;
  std::string again;
  this->run([&](store::Connection& connection) {
    made = store::secret(connection, "pass", fresh);
    again = store::secret(connection, "pass", "another");
  });
  EXPECT_EQ(made, fresh);
  EXPECT_EQ(again, fresh);
}

REGISTER_TYPED_TEST_SUITE_P(
    StoreContract, a_new_workshop_stands_at_the_chains_start, a_kept_append_is_read_back_and_moves_the_head,
    each_workshop_has_a_sequence_and_a_chain_of_its_own, events_that_leave_a_gap_are_refused,
    events_that_come_twice_are_refused, an_append_with_the_id_of_another_workshops_contribution_is_told_which,
    an_append_to_no_workshop_is_refused, an_append_that_is_refused_in_its_middle_leaves_nothing,
    a_refused_append_does_not_touch_the_others_of_its_group, what_was_kept_is_there_after_opening_again,
    closing_the_writer_first_keeps_what_is_queued, reports_come_in_the_order_of_the_queue,
    a_contribution_is_read_back_whole, a_later_append_changes_a_contribution_where_it_stands,
    a_contribution_never_changes_its_author_receipt_or_workshop,
    a_receipt_finds_its_contribution_and_its_place_in_the_chain,
    a_task_that_throws_is_undone_alone_and_says_why, a_task_may_append_too_and_appends_follow_it,
    a_head_that_is_not_the_stored_one_is_refused_and_left_alone,
    everything_one_read_sees_is_of_the_same_moment,
    a_full_queue_takes_no_more_reads_and_runs_all_that_it_took,
    closing_the_readers_first_answers_what_was_asked, a_consultation_is_read_back_whole,
    a_workshop_is_found_by_its_id_and_by_its_code, a_join_code_belongs_to_one_workshop,
    a_workshop_needs_its_consultation, a_participant_may_renew_what_they_chose,
    attendance_is_counted_once_and_names_only_those_who_gave_one,
    an_account_is_found_by_email_and_keeps_its_grants,
    a_session_ends_by_time_by_sign_out_by_a_new_password_and_by_disabling, a_secret_is_made_once);

} // namespace warsha::tests
