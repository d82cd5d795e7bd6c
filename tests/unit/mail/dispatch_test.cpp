#include "server/store/people.hpp"
#include "tests/unit/mail/support.hpp"

#include <gmock/gmock.h>

/// What is queued, exactly once, and what is kept of it.
namespace warsha::mail::test {
namespace {

using review::test::kConsultation;
using review::test::kMonday;
using review::test::kWords;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
namespace action = review::action;

constexpr TimeMs kHour = 60LL * 60 * 1000;
constexpr TimeMs kDay = 24 * kHour;

class TheOutbox : public Following {
protected:
  void refuse(std::uint8_t number) {
    EXPECT_EQ(office.act(office.organiser,
                         action::Refuse{Office::said(number), review::RefusalReason::unclear, kWords}),
              std::nullopt);
    keep();
  }
  std::optional<store::DueMessage> due(TimeMs now) {
    auto connection = read();
    return store::next_due(connection, now);
  }
  /// Confirmations are out of the way.
  void settle_all() {
    while (const auto message = due(office.now))
      run_now(*writer, [&](store::Connection& writing) {
        store::settle_message(writing, message->id, true, office.now, "250 ok");
      });
  }
  ActorId member(const std::string& name, const std::string& administration = "mtnra") {
    const auto id = system::new_id<ActorId>();
    run_now(*writer, [&](store::Connection& writing) {
      store::add_account(writing, {id, name + "@example.org", name, "hash", 0, {}});
      store::grant(writing, id, {Role::reviewer, administration});
    });
    return id;
  }
};

TEST_F(TheOutbox, holds_one_message_for_each_follower_of_what_was_decided) {
  follow(10, "a@example.org");
  follow(11, "b@example.org");
  follow(10, "c@example.org", store::Relation::reader);
  refuse(10);
  dispatch_news();
  EXPECT_THAT(queued(), ElementsAre(Field(&Queued::address, "a@example.org"),
                                    Field(&Queued::address, "c@example.org")));
  EXPECT_THAT(queued()[0].text, HasSubstr(kWords.fr));
}

TEST_F(TheOutbox, takes_each_entry_once_however_often_it_is_looked_at) {
  follow(10, "a@example.org");
  refuse(10);
  for (int i = 0; i < 3; ++i)
    dispatch_news(); // each time a process that knows nothing of the one before
  EXPECT_EQ(queued().size(), 1U);
  EXPECT_EQ(office.act(office.organiser, action::Reconsider{Office::said(10)}), std::nullopt);
  keep();
  dispatch_news();
  EXPECT_EQ(queued().size(), 2U);
}

TEST_F(TheOutbox, gives_nobody_the_same_cause_twice_even_if_progress_was_lost) {
  follow(10, "a@example.org");
  refuse(10);
  dispatch_news();
  run_now(*writer, [](store::Connection& writing) { store::set_queued_up_to(writing, kConsultation, 0); });
  dispatch_news();
  EXPECT_EQ(queued().size(), 1U);
}

TEST_F(TheOutbox, has_one_message_for_who_follows_a_thing_in_several_ways) {
  const auto proposal = office.propose({Office::said(10), Office::said(11)});
  keep();
  follow(10, "a@example.org");
  follow(11, "a@example.org");
  follow(wish(store::About::proposal, proposal.text(), "a@example.org"));
  EXPECT_EQ(office.act(office.organiser, action::Route{proposal, "mtnra"}), std::nullopt);
  keep();
  dispatch_news();
  ASSERT_EQ(queued().size(), 1U);
  EXPECT_THAT(queued()[0].text, HasSubstr("قيل 1"));
  EXPECT_THAT(queued()[0].text, HasSubstr("قيل 2"));
  EXPECT_THAT(queued()[0].text, HasSubstr(kUrl + "/proposals/" + proposal.text()));
}

TEST_F(TheOutbox, has_one_message_for_each_answer_that_is_published_together) {
  const auto first = office.propose({Office::said(10)});
  const auto second = office.propose({Office::said(11)});
  for (const auto& id : {first, second})
    EXPECT_EQ(office.act(office.organiser, action::Route{id, "mtnra"}), std::nullopt);
  keep();
  follow(10, "a@example.org");
  follow(11, "a@example.org");
  action::AnswerTogether together;
  together.proposals = {{first, {}}, {second, {}}};
  together.words = kWords;
  EXPECT_EQ(office.act(office.officer, together), std::nullopt);
  EXPECT_EQ(office.act(office.head, action::ApproveTogether{{first, second}}), std::nullopt);
  keep();
  dispatch_news();
  EXPECT_EQ(queued().size(), 2U);
}

TEST_F(TheOutbox, keeps_proof_and_no_words_of_what_was_taken_over) {
  follow(10, "a@example.org");
  settle_all();
  refuse(10);
  dispatch_news();
  const auto message = due(office.now);
  ASSERT_TRUE(message);
  EXPECT_EQ(message->address, "a@example.org");
  EXPECT_TRUE(message->stoppable);
  run_now(*writer, [&](store::Connection& writing) {
    store::settle_message(writing, message->id, true, office.now, "250 queued as 7");
  });
  EXPECT_FALSE(due(office.now + kDay));
  auto connection = read();
  EXPECT_EQ(store::told_by_mail(connection, kConsultation).count(Office::said(10)), 1U);
  store::Statement row(connection, "SELECT answer, subject, text, html FROM mail_message WHERE id = ?",
                       message->id);
  ASSERT_TRUE(row.row());
  EXPECT_EQ(row.text(0), "250 queued as 7");
  for (int column = 1; column < 4; ++column)
    EXPECT_TRUE(row.is_null(column));
}

TEST_F(TheOutbox, knows_no_proof_of_what_was_refused_or_told_to_a_reader) {
  follow(10, "a@example.org");
  follow(11, "b@example.org", store::Relation::reader);
  settle_all();
  refuse(10);
  refuse(11);
  dispatch_news();
  bool accepted = false; // the first is refused by the mail server, the second is a reader's
  while (const auto message = due(office.now)) {
    run_now(*writer, [&](store::Connection& writing) {
      store::settle_message(writing, message->id, accepted, office.now, "");
    });
    accepted = true;
  }
  auto connection = read();
  EXPECT_THAT(store::told_by_mail(connection, kConsultation), IsEmpty());
}

TEST_F(TheOutbox, gives_what_was_postponed_when_its_time_has_come) {
  follow(10, "a@example.org");
  const auto message = due(office.now);
  ASSERT_TRUE(message);
  run_now(*writer, [&](store::Connection& writing) {
    store::postpone_message(writing, message->id, office.now + kHour, "451 later");
  });
  EXPECT_FALSE(due(office.now + kHour - 1));
  EXPECT_EQ(due(office.now + kHour)->attempts, 1);
  auto connection = read();
  EXPECT_EQ(store::next_due_at(connection), office.now + kHour);
}

TEST_F(TheOutbox, tells_the_followers_of_a_consultation_its_outcome_once_a_day) {
  follow(wish(store::About::consultation, kConsultation.text(), "a@example.org"));
  office.answered(10);
  office.answered(11);
  refuse(12);
  dispatch_news();
  EXPECT_THAT(queued(), IsEmpty()) << "not one by one";
  dispatch_daily(kMonday + 5 * kHour);
  EXPECT_THAT(queued(), IsEmpty()) << "not at night";
  dispatch_daily(kMonday + 8 * kHour);
  ASSERT_EQ(queued().size(), 1U);
  EXPECT_THAT(queued()[0].subject, HasSubstr("لقاء طنجة"));
  dispatch_daily(kMonday + kDay + 8 * kHour);
  EXPECT_EQ(queued().size(), 1U) << "nothing new";
  office.answered(13);
  keep();
  dispatch_daily(kMonday + kDay + 9 * kHour);
  EXPECT_EQ(queued().size(), 2U);
}

TEST_F(TheOutbox, reminds_the_members_of_an_administration_once_a_day_and_nobody_else) {
  member("officer");
  member("stranger", "justice");
  const auto gone = member("gone");
  run_now(*writer, [&](store::Connection& writing) { store::disable_account(writing, gone, kMonday); });
  office.routed();
  keep();
  dispatch_daily(kMonday + 8 * kHour);
  EXPECT_THAT(queued(), ElementsAre(Field(&Queued::address, "officer@example.org")));
  EXPECT_EQ(queued()[0].cause, "reminder:2025-12-01");
  EXPECT_THAT(queued()[0].text, HasSubstr(kUrl + "/review"));
  office.propose({Office::said(11)});
  EXPECT_EQ(office.act(office.organiser, action::Route{id_cast<ProposalId>(office.last), "mtnra"}),
            std::nullopt);
  keep();
  dispatch_daily(kMonday + 9 * kHour);
  EXPECT_EQ(queued().size(), 1U) << "one a day";
}

TEST_F(TheOutbox, tells_an_outcome_that_was_published_while_it_was_looked_at_the_next_time) {
  follow(wish(store::About::consultation, kConsultation.text(), "a@example.org"));
  const auto first = office.answered(10);
  keep();
  auto earlier = read();
  ProposalId second;
  store::at_one_moment(earlier, [&] {
    (void)store::last_review_seq(earlier, kConsultation); // the moment begins
    second = office.answered(11);
    keep();
    auto later = read();
    ledger->look(later, kConsultation, [](const review::Docket&) {});
    Dispatch(*writer, *ledger, links).queue_daily(earlier, kMonday + 8 * kHour);
  });
  ASSERT_EQ(queued().size(), 1U);
  EXPECT_THAT(queued()[0].text, HasSubstr(first.text()));
  EXPECT_THAT(queued()[0].text, Not(HasSubstr(second.text())));
  dispatch_daily(kMonday + kDay + 8 * kHour);
  ASSERT_EQ(queued().size(), 2U);
  EXPECT_THAT(queued()[1].text, HasSubstr(second.text()));
}

TEST_F(TheOutbox, goes_on_with_the_others_when_one_ledger_cannot_be_read) {
  member("officer");
  follow(wish(store::About::consultation, kConsultation.text(), "a@example.org"));
  office.answered(10);
  office.propose({Office::said(11)});
  EXPECT_EQ(office.act(office.organiser, action::Route{id_cast<ProposalId>(office.last), "mtnra"}),
            std::nullopt);
  keep();
  auto broken = tests::sample_consultation();
  broken.id = ConsultationId{review::test::numbered(0)}; // before the other
  auto followed_too = wish(store::About::consultation, broken.id.text(), "a@example.org");
  followed_too.consultation = broken.id;
  run_now(*writer, [&](store::Connection& connection) { store::add_consultation(connection, broken); });
  follow(followed_too);
  run_now(*writer, [&](store::Connection& connection) {
    store::append_review(connection, broken.id, 1, system::new_id<CommandId>(), "{}");
  });
  dispatch_daily(kMonday + 8 * kHour);
  EXPECT_THAT(queued(), ElementsAre(Field(&Queued::address, "a@example.org"),
                                    Field(&Queued::address, "officer@example.org")));
}

TEST_F(TheOutbox, tells_what_is_new_of_a_consultation_once_it_can_be_read_again) {
  member("officer");
  office.routed();
  keep();
  auto readable = tests::sample_consultation();
  readable.id = ConsultationId{review::test::numbered(99)};
  run_now(*writer, [&](store::Connection& writing) {
    store::add_consultation(writing, readable);
    for (std::size_t i = 0; i < office.bodies.size(); ++i) {
      const auto entry = review::decode_entry(kConsultation, i + 1, office.bodies[i]);
      store::append_review(writing, readable.id, i + 1, system::new_id<CommandId>(),
                           review::encode_entry(readable.id, std::get<review::Entry>(entry)));
    }
    store::append_review(writing, kConsultation, office.bodies.size() + 1, system::new_id<CommandId>(), "{}");
  });
  dispatch_daily(kMonday + 8 * kHour);
  ASSERT_EQ(queued().size(), 1U) << "of the other";
  run_now(*writer, [&](store::Connection& writing) {
    store::execute(writing, "DELETE FROM review_entry WHERE consultation_id = ? AND seq > ?", kConsultation,
                   static_cast<std::int64_t>(office.bodies.size()));
  });
  dispatch_daily(kMonday + kDay + 8 * kHour);
  EXPECT_EQ(queued().size(), 2U);
  dispatch_daily(kMonday + 2 * kDay + 8 * kHour);
  EXPECT_EQ(queued().size(), 2U) << "it is new once";
}

TEST_F(TheOutbox, sends_nothing_to_staff_whose_account_was_disabled_meanwhile) {
  const auto id = member("officer");
  office.routed();
  keep();
  dispatch_daily(kMonday + 8 * kHour);
  run_now(*writer, [&](store::Connection& writing) { store::disable_account(writing, id, kMonday); });
  const auto message = due(kMonday + kDay);
  ASSERT_TRUE(message);
  EXPECT_FALSE(message->address);
  EXPECT_FALSE(message->stoppable);
}

} // namespace
} // namespace warsha::mail::test
