#include "protocol/limits.hpp"
#include "tests/unit/mail/support.hpp"

#include <gmock/gmock.h>

/// Following by mail, in the store.
namespace warsha::mail::test {
namespace {

class ASubscription : public Following {
protected:
  [[nodiscard]] std::int64_t count(store::Sql sql) const {
    auto connection = read();
    store::Statement row(connection, sql);
    return row.row() ? row.integer(0) : -1;
  }
  [[nodiscard]] std::int64_t messages() const { return count("SELECT COUNT(*) FROM mail_message"); }
  [[nodiscard]] std::int64_t recipients() const { return count("SELECT COUNT(*) FROM mail_recipient"); }
  [[nodiscard]] std::int64_t subscriptions() const { return count("SELECT COUNT(*) FROM mail_subscription"); }
  [[nodiscard]] Wish wished(std::uint8_t number, store::Relation relation = store::Relation::reader) const {
    return wish(store::About::contribution, Office::said(number).text(), "a@example.org", relation);
  }
  [[nodiscard]] store::SubscriptionRow latest_of(std::uint8_t number) const {
    auto connection = read();
    for (const auto& one : store::followers_of(connection, review::test::kConsultation))
      if (one.subscription.target == Office::said(number).text())
        return one.subscription;
    ADD_FAILURE() << "nobody follows it";
    return {};
  }
  /// As the office writes it before it is queued.
  [[nodiscard]] store::OutgoingRow message_for(const store::SubscriptionRow& part) const {
    return {system::new_id<MailId>(),
            "review:1:1",
            office.now,
            part.recipient.text(),
            false,
            "fr",
            "s",
            "t",
            "h",
            office.now,
            {part}};
  }
  /// What belongs to no subscription goes with it.
  void forget_another() {
    ask_for(wished(12));
    forget(office.now + 1);
  }
  void forget(TimeMs before) {
    run_now(*writer, [&](store::Connection& connection) { store::forget_unconfirmed(connection, before); });
  }
};

TEST_F(ASubscription, that_is_not_confirmed_is_followed_by_nobody_and_forgotten_in_time) {
  ask_for(wished(10));
  auto connection = read();
  EXPECT_TRUE(store::followers_of(connection, review::test::kConsultation).empty());
  forget(office.now);
  EXPECT_EQ(subscriptions(), 1) << "not yet";
  forget(office.now + 1);
  EXPECT_EQ(subscriptions(), 0);
  EXPECT_EQ(recipients(), 0);
  EXPECT_EQ(messages(), 0) << "what was to be sent goes too";
}

TEST_F(ASubscription, that_is_confirmed_stays_and_keeps_its_address_when_another_is_forgotten) {
  follow(wished(10));
  ask_for(wished(11));
  forget(office.now + 1);
  EXPECT_EQ(subscriptions(), 1);
  EXPECT_EQ(recipients(), 1);
}

TEST_F(ASubscription, is_confirmed_once_and_tells_from_then_on) {
  office.routed();
  keep();
  follow(wished(10));
  const auto id = latest();
  office.act(office.organiser,
             review::action::Refuse{Office::said(11), review::RefusalReason::unclear, review::test::kWords});
  keep();
  run_now(*writer, [&](store::Connection& connection) {
    EXPECT_EQ(confirm(connection, id, {}, office.now)->told_seq, 2U) << "the second time changes nothing";
    EXPECT_FALSE(confirm(connection, system::new_id<SubscriptionId>(), {}, office.now));
  });
}

TEST_F(ASubscription, as_an_author_takes_the_place_of_a_readers) {
  follow(wished(10));
  ask_for(wished(10, store::Relation::author));
  EXPECT_EQ(subscriptions(), 2) << "until it is confirmed, nothing changes";
  const auto id = latest();
  run_now(*writer, [&](store::Connection& connection) { (void)confirm(connection, id, {}, office.now); });
  EXPECT_EQ(subscriptions(), 1);
  ask_for(wished(10));
  EXPECT_EQ(subscriptions(), 1) << "an author is a reader too";
}

TEST_F(ASubscription, as_an_author_is_told_what_a_reader_was_not_told_yet) {
  follow(wished(10));
  office.propose({Office::said(10)});
  keep();
  dispatch_news();
  ASSERT_EQ(queued().size(), 1U) << "it waits for the mail server";
  EXPECT_EQ(office.act(office.organiser, review::action::Route{id_cast<ProposalId>(office.last), "mtnra"}),
            std::nullopt);
  keep(); // and this for the office
  follow(wished(10, store::Relation::author));
  EXPECT_EQ(queued().size(), 1U);
  dispatch_news();
  EXPECT_EQ(queued().size(), 2U);
  EXPECT_EQ(count("SELECT COUNT(*) FROM mail_message_part p JOIN mail_message m ON m.id = p.message_id"
                  " WHERE m.cause LIKE 'review:%' AND p.relation = 'author'"),
            2);
  EXPECT_EQ(count("SELECT COUNT(*) FROM mail_message WHERE cause LIKE 'confirm:%'"), 1)
      << "what asked to confirm the reader's went with it";
}

TEST_F(ASubscription, as_an_author_gets_what_was_written_for_the_reader_while_it_was_confirmed) {
  follow(wished(10));
  follow(wished(11));
  const auto written = message_for(latest_of(10));
  follow(wished(10, store::Relation::author));
  run_now(*writer, [&](store::Connection& connection) { store::queue_message(connection, written); });
  forget_another();
  ASSERT_EQ(queued().size(), 1U);
  EXPECT_EQ(count("SELECT COUNT(*) FROM mail_message_part p JOIN mail_message m ON m.id = p.message_id"
                  " JOIN mail_subscription s ON s.id = p.subscription_id"
                  " WHERE m.cause LIKE 'review:%' AND p.relation = 'author' AND s.relation = 'author'"),
            1);
}

TEST_F(ASubscription, that_ended_while_its_message_was_written_is_sent_nothing) {
  follow(wished(10));
  follow(wished(11));
  const auto ended = latest_of(10);
  run_now(*writer, [&](store::Connection& connection) {
    store::end_subscription(connection, ended.id);
    store::queue_message(connection, message_for(ended));
  });
  EXPECT_TRUE(queued().empty());
}

TEST_F(ASubscription, is_asked_to_be_confirmed_without_what_a_stranger_said) {
  ask_for(wished(10));
  auto connection = read();
  store::Statement row(connection, "SELECT text, html FROM mail_message");
  ASSERT_TRUE(row.row());
  for (int column = 0; column < 2; ++column) {
    EXPECT_THAT(row.text(column), ::testing::Not(::testing::HasSubstr("قيل 1")));
    EXPECT_THAT(row.text(column), ::testing::HasSubstr("لقاء طنجة"));
  }
}

TEST_F(ASubscription, changes_the_language_of_an_address_when_it_is_confirmed_and_not_when_somebody_asks) {
  const auto language = [&] {
    auto connection = read();
    return store::find_recipient(connection, "a@example.org")->language;
  };
  follow(wished(10));
  auto in_english = wished(11);
  in_english.language = "en";
  ask_for(in_english);
  EXPECT_EQ(language(), "fr");
  const auto id = latest();
  run_now(*writer, [&](store::Connection& connection) { (void)confirm(connection, id, "en", office.now); });
  EXPECT_EQ(language(), "en");
}

TEST_F(ASubscription, that_was_asked_for_anew_is_ended_by_an_older_message_too) {
  follow(10, "a@example.org");
  follow(11, "a@example.org");
  office.propose({Office::said(10)});
  keep();
  dispatch_news();
  auto connection = read();
  const auto message = [&] {
    store::Statement row(connection, "SELECT id FROM mail_message WHERE cause LIKE 'review:%'");
    EXPECT_TRUE(row.row());
    return row.id<MailId>(0);
  }();
  run_now(*writer, [&](store::Connection& writing) {
    store::settle_message(writing, message, true, office.now, "250 ok");
    EXPECT_EQ(stop(writing, message, false, office.now), 1U);
  });
  follow(10, "a@example.org");
  EXPECT_EQ(subscriptions(), 2);
  run_now(*writer,
          [&](store::Connection& writing) { EXPECT_EQ(stop(writing, message, false, office.now), 1U); });
  EXPECT_EQ(subscriptions(), 1);
}

TEST_F(ASubscription, asks_an_unknown_address_three_times_in_three_days_at_most) {
  for (int i = 0; i < 10; ++i)
    ask_for(wished(static_cast<std::uint8_t>(10 + i)));
  EXPECT_EQ(messages(), 3);
  office.now += limits::kConfirmationTime.count();
  ask_for(wished(10));
  EXPECT_EQ(messages(), 4);
}

TEST_F(ASubscription, of_an_address_that_answered_may_be_joined_by_many) {
  follow(wished(10));
  for (std::uint8_t i = 11; i < 20; ++i)
    ask_for(wished(i));
  EXPECT_EQ(messages(), 10);
  for (int i = 0; i < 30; ++i) {
    ++office.now;
    ask_for(wished(19));
  }
  EXPECT_EQ(messages(), limits::kConfirmationsAnswered);
}

TEST_F(ASubscription, ends_with_what_is_still_to_be_sent_for_it_and_the_last_with_the_address) {
  follow(10, "a@example.org");
  follow(11, "a@example.org");
  office.propose({Office::said(10)});
  keep();
  dispatch_news();
  run_now(*writer,
          [&](store::Connection& writing) { store::queue_message(writing, message_for(latest_of(10))); });
  ASSERT_EQ(queued().size(), 2U);
  auto connection = read();
  store::Statement row(connection, "SELECT id FROM mail_message WHERE cause LIKE 'review:%' ORDER BY rowid");
  ASSERT_TRUE(row.row());
  const auto message = row.id<MailId>(0);
  run_now(*writer,
          [&](store::Connection& writing) { EXPECT_EQ(stop(writing, message, false, office.now), 1U); });
  EXPECT_EQ(count("SELECT COUNT(*) FROM mail_message WHERE cause LIKE 'review:%' AND accepted = 1"
                  " AND next_at IS NULL AND text IS NULL"),
            1)
      << "who used a link of it has it, though the mail server's answer is not on disk yet";
  EXPECT_EQ(count("SELECT COUNT(*) FROM mail_message WHERE cause LIKE 'review:%'"), 1);
  EXPECT_EQ(recipients(), 1) << "the other contribution is still followed";
  run_now(*writer,
          [&](store::Connection& writing) { EXPECT_EQ(stop(writing, message, false, office.now), 0U); });
}

TEST_F(ASubscription, ends_with_all_others_when_everything_is_to_end) {
  follow(10, "a@example.org");
  follow(11, "a@example.org");
  follow(10, "b@example.org");
  office.propose({Office::said(10)});
  keep();
  dispatch_news();
  auto connection = read();
  store::Statement row(connection,
                       "SELECT m.id FROM mail_message m JOIN mail_recipient r ON r.id = m.recipient"
                       " WHERE cause LIKE 'review:%' AND r.address = 'a@example.org'");
  ASSERT_TRUE(row.row());
  const auto message = row.id<MailId>(0);
  run_now(*writer, [&](store::Connection& writing) {
    store::settle_message(writing, message, true, office.now, "250 ok");
    EXPECT_EQ(stop(writing, message, true, office.now), 2U);
  });
  EXPECT_EQ(recipients(), 1);
  EXPECT_EQ(count("SELECT COUNT(*) FROM mail_message WHERE answer = '250 ok'"), 1) << "the proof stays";
}

} // namespace
} // namespace warsha::mail::test
