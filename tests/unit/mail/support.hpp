#pragma once

#include "server/access/link_tokens.hpp"
#include "server/mail/dispatch.hpp"
#include "server/mail/subscriptions.hpp"
#include "server/review/ledger.hpp"
#include "server/store/mail.hpp"
#include "server/store/review.hpp"
#include "server/store/statement.hpp"
#include "tests/unit/review/office.hpp"
#include "tests/unit/store/support.hpp"

#include <memory>

namespace warsha::mail::test {

using review::test::Office;
using tests::run_now;

inline const std::string kUrl = "https://warsha.example.org";

/// A consultation whose review is acted on in memory and kept in a database, with people who follow it.
class Following : public ::testing::Test {
protected:
  void SetUp() override {
    auto consultation = tests::sample_consultation();
    consultation.id = review::test::kConsultation;
    consultation.title = "لقاء طنجة";
    const auto workshop = tests::sample_workshop(consultation.id, 0, "ABC234");
    run_now(*writer, [&](store::Connection& connection) {
      store::add_consultation(connection, consultation);
      store::add_workshop(connection, workshop);
    });
    Seq seq = 0;
    for (auto& [id, row] : office.rows) {
      ++seq;
      auto contribution = tests::sample_contribution("AAAA-AAAA-AA" + std::to_string(10 + seq), seq);
      contribution.id = id;
      contribution.text = "قيل " + std::to_string(seq);
      EXPECT_TRUE(tests::append_now(*writer, tests::sample_append(workshop.id, contribution)));
    }
  }

  /// What was done in the office reaches the ledger.
  void keep() {
    run_now(*writer, [&](store::Connection& connection) {
      for (; kept < office.bodies.size(); ++kept)
        store::append_review(connection, review::test::kConsultation, kept + 1, system::new_id<CommandId>(),
                             office.bodies[kept]);
    });
  }
  Wish wish(store::About about, const std::string& target, const std::string& address,
            store::Relation relation = store::Relation::reader) const {
    return {review::test::kConsultation, about, target, relation, address, "fr", "titre"};
  }
  void ask_for(const Wish& wanted) {
    run_now(*writer, [&](store::Connection& connection) { ask(connection, wanted, links, office.now); });
  }
  SubscriptionId latest() {
    store::Connection connection = read();
    store::Statement row(connection, "SELECT id FROM mail_subscription ORDER BY rowid DESC LIMIT 1");
    EXPECT_TRUE(row.row());
    return row.id<SubscriptionId>(0);
  }
  /// Asks and confirms.
  void follow(const Wish& wanted) {
    ask_for(wanted);
    const auto id = latest();
    run_now(*writer,
            [&](store::Connection& connection) { EXPECT_TRUE(confirm(connection, id, {}, office.now)); });
  }
  void follow(std::uint8_t contribution, const std::string& address,
              store::Relation relation = store::Relation::author) {
    follow(wish(store::About::contribution, Office::said(contribution).text(), address, relation));
  }
  [[nodiscard]] store::Connection read() const {
    return {folder.file("warsha.db"), store::Connection::Mode::read_only};
  }
  void dispatch_news() {
    auto connection = read();
    Dispatch(*writer, *ledger, links).queue_news(connection, office.now);
  }
  void dispatch_daily(TimeMs now) {
    auto connection = read();
    Dispatch(*writer, *ledger, links).queue_daily(connection, now);
  }

  struct Queued {
    std::string cause, address, subject, text;
  };
  /// All but confirmations, in their order.
  [[nodiscard]] std::vector<Queued> queued() const {
    auto connection = read();
    store::Statement row(connection,
                         "SELECT cause, COALESCE((SELECT address FROM mail_recipient WHERE id = m.recipient),"
                         " (SELECT email FROM account WHERE id = m.recipient)), subject, text"
                         " FROM mail_message m WHERE cause NOT LIKE 'confirm:%' ORDER BY rowid");
    std::vector<Queued> all;
    while (row.row())
      all.push_back({row.text(0), row.text(1), row.text(2), row.text(3)});
    return all;
  }

  tests::TemporaryFolder folder;
  std::unique_ptr<store::Writer> writer = std::make_unique<store::Writer>(folder.file("warsha.db"));
  std::unique_ptr<review::Ledger> ledger = std::make_unique<review::Ledger>(*writer);
  access::LinkTokens tokens{std::string(32, 's')};
  Links links{tokens, kUrl};
  Office office;
  std::size_t kept = 0;
};

} // namespace warsha::mail::test
