#include "server/mail/backoff.hpp"
#include "server/mail/smtp.hpp"
#include "tests/support/smtp_server.hpp"

#include <atomic>
#include <future>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace warsha::mail {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;
using ::testing::Not;
using Verdict = test::SmtpServer::Verdict;

const std::string kMessage = "Subject: x\r\n\r\nContent-Type: text/plain\r\n\r\nLg==\r\n"
                             "--\r\n.a line that begins with a point\r\n"
                             "Content-Type: text/html\r\n\r\n\r\n";

class HandingOver : public ::testing::Test {
protected:
  Delivery send() { return to_server.send("amina@example.org", kMessage); }

  test::SmtpServer server;
  Smtp to_server{{"smtp://127.0.0.1:" + std::to_string(server.port()), "warsha@example.org", "", ""},
                 [] { return false; }};
};

TEST_F(HandingOver, gives_the_servers_last_word_as_proof) {
  for (int i = 0; i < 2; ++i) {
    const auto delivery = send();
    ASSERT_TRUE(std::holds_alternative<Accepted>(delivery));
    EXPECT_THAT(std::get<Accepted>(delivery).answer, HasSubstr("250 2.0.0 Ok: queued as"));
  }
  const auto mails = server.wait_for(2);
  EXPECT_EQ(mails.front().to, "amina@example.org");
  EXPECT_EQ(mails.front().raw, kMessage) << "lines that begin with a point too";
}

TEST_F(HandingOver, tells_not_now_from_never_and_from_no_server) {
  const auto said = [&](Verdict verdict) {
    server.next(verdict);
    to_server.rest();
    return send();
  };
  const auto deferred = std::get<Refused>(said(Verdict::defer));
  EXPECT_FALSE(deferred.for_good);
  EXPECT_THAT(deferred.reason, HasSubstr("451 4.7.1"));
  EXPECT_THAT(deferred.reason, Not(HasSubstr("amina")));
  const auto refused = std::get<Refused>(said(Verdict::refuse));
  EXPECT_TRUE(refused.for_good);
  EXPECT_THAT(refused.reason, HasSubstr("550 5.1.1"));
  EXPECT_TRUE(std::holds_alternative<Unreachable>(said(Verdict::drop)));
}

enum class Of { us, mailbox, message, not_now };

struct Refusal {
  const char* step;
  const char* line;
  Of of;
};

TEST_F(HandingOver, gives_up_what_is_refused_for_itself_and_nothing_that_is_refused_for_us) {
  const Refusal refusals[] = {{"GREETING", "554 5.7.1 No SMTP service here", Of::us},
                              {"GREETING", "554 too busy", Of::us},
                              {"EHLO", "550 5.7.1 who are you?", Of::us},
                              {"MAIL", "550 5.1.8 Sender address rejected: Domain not found", Of::us},
                              {"RCPT", "554 5.7.1 <(address)>: Relay access denied", Of::not_now},
                              {"RCPT", "553 5.7.1 Sender address rejected: not owned by user", Of::not_now},
                              {"RCPT", "550 5.1.8 Sender address rejected: Domain not found", Of::not_now},
                              {"RCPT", "421 4.3.2 going down", Of::us},
                              {"RCPT", "550 relay not permitted", Of::not_now},
                              {"RCPT", "503 5.5.1 need MAIL first", Of::not_now},
                              {"RCPT", "550 5.1.10 no mail for this domain", Of::mailbox},
                              {"RCPT", "552 5.2.2 mailbox full for good", Of::mailbox},
                              {"DATA", "554 5.7.1 not from there", Of::not_now},
                              {"DATA", "451 4.3.0 try later", Of::not_now},
                              {".", "554 5.6.0 malformed", Of::message},
                              {".", "552 too large", Of::message},
                              {".", "550 5.7.26 unauthenticated mail", Of::not_now},
                              {".", "452 4.3.1 no room", Of::not_now}};
  for (const auto& refusal : refusals) {
    server.reply_at(refusal.step, refusal.line);
    to_server.rest();
    const auto delivery = send();
    const auto* refused = std::get_if<Refused>(&delivery);
    EXPECT_EQ(refused == nullptr, refusal.of == Of::us) << refusal.line;
    EXPECT_EQ(refused && refused->for_good, refusal.of == Of::mailbox || refusal.of == Of::message)
        << refusal.line;
    EXPECT_FALSE(std::holds_alternative<Accepted>(delivery)) << refusal.line;
    server.reply_at(refusal.step, {});
  }
  to_server.rest();
  EXPECT_TRUE(std::holds_alternative<Accepted>(send()));
}

TEST_F(HandingOver, waits_for_a_slow_answer_and_ends_when_it_is_to_stop) {
  server.reply_at(".", test::SmtpServer::kSilence);
  std::atomic<bool> stopping = false;
  Smtp patient{{"smtp://127.0.0.1:" + std::to_string(server.port()), "warsha@example.org", "", ""},
               [&] { return stopping.load(); }};
  auto delivery = std::async(std::launch::async, [&] { return patient.send("amina@example.org", kMessage); });
  server.wait_for_silence();
  stopping = true;
  EXPECT_TRUE(std::holds_alternative<Unreachable>(delivery.get()));
}

TEST(Smtp, demands_tls_of_a_server_that_is_not_on_this_machine) {
  EXPECT_TRUE(is_loopback("smtp://127.0.0.1:25"));
  EXPECT_TRUE(is_loopback("smtp://localhost:25"));
  EXPECT_TRUE(is_loopback("smtp://[::1]:25"));
  EXPECT_FALSE(is_loopback("smtp://mail.example.org:587"));
  EXPECT_FALSE(is_loopback("smtp://localhost.example.org:587"));
  EXPECT_FALSE(is_loopback("smtp://10.127.0.1:587"));
}

TEST(Smtp, keeps_no_address_of_what_a_server_says) {
  EXPECT_EQ(without_address("550 <Amina@Example.org>: no amina@example.org here\r\n", "amina@example.org"),
            "550 <(address)>: no (address) here");
  EXPECT_LE(without_address(std::string(1000, 'x'), "a@b.org").size(), 300U);
}

TEST(Backoff, doubles_up_to_its_most) {
  EXPECT_EQ(wait_after(1, 3s, 4h), 3s);
  EXPECT_EQ(wait_after(2, 3s, 4h), 6s);
  EXPECT_EQ(wait_after(5, 3s, 4h), 48s);
  EXPECT_EQ(wait_after(50, 3s, 4h), 4h);
}

} // namespace
} // namespace warsha::mail
