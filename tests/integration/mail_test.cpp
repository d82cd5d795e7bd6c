#include "server/store/connection.hpp"
#include "server/store/statement.hpp"
#include "tests/integration/review_fixture.hpp"
#include "tests/support/smtp_server.hpp"

#include <chrono>
#include <thread>

/// From a decision to the mail server, over real sockets: who is told, once, and who is not.
namespace warsha::test {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;
using Verdict = SmtpServer::Verdict;

constexpr const char* kAddress = "amina@example.org";

class MailOf : public ReviewOf {
protected:
  void SetUp() override {
    start_mail_server();
    server_options = {"--mail-server", "smtp://127.0.0.1:" + std::to_string(mail_port), "--mail-from",
                      "warsha@example.org"};
    ReviewOf::SetUp();
  }
  void start_mail_server() {
    mail_server = std::make_unique<SmtpServer>(mail_port);
    mail_port = mail_server->port();
  }

  /// A form as a browser posts it.
  Reply post_form(const std::string& target, const std::string& fields, const Headers& headers = {}) const {
    return request("POST", target, fields, headers);
  }
  Reply follow_receipt(const std::string& receipt, const Person& person,
                       const std::string& address = kAddress, const std::string& language = "ar") const {
    return post("/api/receipts/" + receipt + "/subscription", {{"address", address}, {"language", language}},
                person.cookie.empty() ? Headers{} : person.headers());
  }
  /// The newest message, when there are `count`.
  Mail mail(std::size_t count) const { return mail_server->wait_for(count).back(); }
  void confirm(const Mail& asked) const {
    const auto path = asked.link("confirm");
    EXPECT_EQ(get(path).status, 200);
    const auto reply = post_form(path, path.substr(path.find('?') + 1)); // as its form says, "language=ar"
    ASSERT_EQ(reply.status, 303) << reply.body;
    EXPECT_EQ(get(reply.header("location")).status, 200);
  }
  /// Follows it by its receipt, with the pass of that person, and confirms; `count` messages came then.
  void follow_and_confirm(const std::string& receipt, const Person& person, std::size_t count) const {
    ASSERT_EQ(follow_receipt(receipt, person).status, 202);
    confirm(mail(count));
  }
  void refuse(const std::string& contribution) const {
    EXPECT_EQ(act(organiser, "refuse",
                  {{"contribution", contribution},
                   {"reason", "out_of_scope"},
                   {"words", words("يدخل في اختصاص جهة أخرى", "Relève d’une autre démarche")}})
                  .status,
              200);
  }

  [[nodiscard]] std::int64_t count(store::Sql sql) const {
    store::Connection connection(server.folder() / "warsha.db", store::Connection::Mode::read_only);
    store::Statement row(connection, sql);
    return row.row() ? row.integer(0) : -1;
  }
  /// Until the database says so many; what is on its way takes a moment.
  void wait_until(store::Sql sql, std::int64_t wanted) const {
    for (int i = 0; i < 500 && count(sql) != wanted; ++i)
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
    ASSERT_EQ(count(sql), wanted) << sql.text;
  }
  void wait_until_settled() const {
    wait_until("SELECT COUNT(*) FROM mail_message WHERE next_at IS NOT NULL", 0);
  }
  /// The sums; who was not reached is told as well.
  json told() const {
    auto all = get("/api/consultations/" + consultation + "/told", organiser.headers()).json();
    EXPECT_EQ(all.at("unreached").size(), all.at("not_reached"));
    all.erase("unreached");
    return all;
  }

  std::uint16_t mail_port = 0;
  std::unique_ptr<SmtpServer> mail_server;
};

TEST_F(MailOf, an_author_who_confirmed_is_told_a_decision_with_its_words_and_the_proof_is_kept) {
  const auto author = join();
  const auto [id, receipt] = said("نشر محاضر المجلس على الموقع", author);
  EXPECT_TRUE(get("/api/receipts/" + receipt + "/fate").json()["mail"]);
  ASSERT_EQ(follow_receipt(receipt, author).status, 202);
  const auto asked = mail(1);
  EXPECT_EQ(asked.to, kAddress);
  EXPECT_EQ(asked.from, "warsha@example.org");
  EXPECT_EQ(asked.headers.at("auto-submitted"), "auto-generated");
  EXPECT_EQ(asked.headers.count("list-unsubscribe"), 0U) << "nothing is followed yet";
  EXPECT_THAT(asked.text, Not(HasSubstr("نشر محاضر المجلس على الموقع"))) << "the address is not confirmed";
  EXPECT_THAT(asked.text, Not(HasSubstr(receipt)));
  EXPECT_THAT(get(asked.link("confirm")).body, Not(HasSubstr(receipt)));
  confirm(asked);

  refuse(id);
  const auto decision = mail(2);
  EXPECT_EQ(decision.subject(), "قرار بشأن مساهمة تتابعها");
  EXPECT_THAT(decision.text, HasSubstr("يدخل في اختصاص جهة أخرى"));
  EXPECT_THAT(decision.text, HasSubstr("/receipt/" + receipt + "?language=ar"));
  EXPECT_THAT(decision.html, HasSubstr("dir=\"rtl\""));
  EXPECT_THAT(decision.headers.at("list-unsubscribe"), HasSubstr("/unsubscribe/"));
  EXPECT_EQ(decision.headers.at("list-unsubscribe-post"), "List-Unsubscribe=One-Click");
  wait_until_settled();
  EXPECT_EQ(told(), json({{"decided", 1}, {"by_mail", 1}, {"on_device", 0}, {"not_reached", 0}}));
  EXPECT_EQ(count("SELECT COUNT(*) FROM mail_message WHERE answer LIKE '250 2.0.0 Ok: queued as%'"), 2);
  EXPECT_EQ(count("SELECT COUNT(*) FROM mail_message WHERE subject IS NOT NULL OR text IS NOT NULL"
                  " OR html IS NOT NULL"),
            0);
}

TEST_F(MailOf, an_author_is_asked_what_the_administration_wants_to_know_and_a_reader_is_not) {
  const auto author = join();
  const auto [id, receipt] = said("نشر محاضر المجلس على الموقع", author);
  follow_and_confirm(receipt, author, 1);
  const auto proposal = proposed(id);
  act(organiser, "route", {{"proposal", proposal}, {"lead", "mtnra"}});
  mail(3); // that it is in a proposal, and sent
  ASSERT_EQ(act(officer, "ask", {{"proposal", proposal}, {"to", "organiser"}, {"text", "سؤال داخلي"}}).status,
            200);
  const json question{{"id", new_id()},
                      {"action", "ask"},
                      {"proposal", proposal},
                      {"to", "authors"},
                      {"text", "هل المقصود محاضر اللجان كذلك؟"}};
  ASSERT_EQ(post(review(), question, officer.headers()).status, 200);
  const auto asked = mail(4);
  EXPECT_THAT(asked.text, HasSubstr("هل المقصود محاضر اللجان كذلك؟"));
  EXPECT_THAT(asked.text, Not(HasSubstr("سؤال داخلي")));
  EXPECT_THAT(asked.text, HasSubstr("/receipt/" + receipt + "?language=ar"));
  ASSERT_EQ(post("/api/receipts/" + receipt + "/reply",
                 {{"id", new_id()}, {"question", question["id"]}, {"text", "أنا فلان"}})
                .status,
            200);
  ASSERT_EQ(act(organiser, "withhold_reply",
                {{"question", question["id"]}, {"contribution", id}, {"note", "لا تكتب اسمك"}})
                .status,
            200);
  const auto back = mail(5);
  EXPECT_THAT(back.text, HasSubstr("لا تكتب اسمك"));
  EXPECT_THAT(back.text, Not(HasSubstr("أنا فلان")));
}

TEST_F(MailOf, nothing_is_sent_to_an_address_that_did_not_confirm) {
  const auto author = join();
  const auto [id, receipt] = said("حل أول", author);
  const auto [other, other_receipt] = said("حل ثان", author);
  ASSERT_EQ(follow_receipt(receipt, author).status, 202);
  const auto asked = mail(1);
  // A program that looks at links confirms nothing.
  EXPECT_EQ(get(asked.link("confirm")).status, 200);
  refuse(id);
  follow_and_confirm(other_receipt, author, 2);
  refuse(other);
  const auto last = mail(3);
  EXPECT_THAT(last.text, HasSubstr("حل ثان"));
  EXPECT_THAT(last.text, Not(HasSubstr("حل أول")));
}

TEST_F(MailOf, a_decision_is_told_exactly_once_when_the_server_is_killed_before_the_mail_server_answers) {
  const auto author = join();
  const auto [id, receipt] = said("حل", author);
  const auto [other, other_receipt] = said("حل آخر", author);
  follow_and_confirm(receipt, author, 1);
  follow_and_confirm(other_receipt, author, 2);
  wait_until_settled();
  mail_server.reset(); // down when it is decided
  refuse(id);
  server.kill();
  server.start(server_options);
  wait_until("SELECT COUNT(*) FROM mail_message WHERE next_at IS NOT NULL", 1);
  server.kill();
  start_mail_server();
  server.start(server_options);
  EXPECT_THAT(mail(1).text, HasSubstr("يدخل في اختصاص جهة أخرى"));
  wait_until_settled();
  server.kill();
  server.start(server_options);
  refuse(other); // what comes next is this and nothing else
  EXPECT_THAT(mail(2).text, HasSubstr("حل آخر"));
  wait_until_settled();
  EXPECT_EQ(mail_server->tried(), 2U);
  EXPECT_EQ(told()["by_mail"], 2);
}

TEST_F(MailOf, what_the_mail_server_puts_off_or_drops_comes_later_and_what_it_refuses_is_given_up) {
  const auto author = join();
  const auto [first, first_receipt] = said("حل أول", author);
  const auto [second, second_receipt] = said("حل ثان", author);
  const auto [third, third_receipt] = said("حل ثالث", author);
  follow_and_confirm(first_receipt, author, 1);
  follow_and_confirm(second_receipt, author, 2);
  follow_and_confirm(third_receipt, author, 3);
  mail_server->next(Verdict::defer);
  refuse(first);
  EXPECT_THAT(mail(4).text, HasSubstr("حل أول"));
  mail_server->next(Verdict::drop);
  refuse(second);
  EXPECT_THAT(mail(5).text, HasSubstr("حل ثان"));
  mail_server->next(Verdict::refuse);
  refuse(third);
  wait_until("SELECT COUNT(*) FROM mail_message WHERE settled_at IS NOT NULL", 6);
  EXPECT_EQ(mail_server->tried(), 8U) << "3 confirmations, 2, 2, and 1 that is not tried again";
  EXPECT_EQ(told(), json({{"decided", 3}, {"by_mail", 2}, {"on_device", 0}, {"not_reached", 1}}));
  EXPECT_EQ(count("SELECT COUNT(*) FROM mail_message WHERE accepted = 0 AND answer LIKE '550 5.1.1%'"), 1);
  EXPECT_EQ(count("SELECT COUNT(*) FROM mail_message WHERE answer LIKE '%amina%'"), 0)
      << "the reason holds no address";
}

TEST_F(MailOf, a_mail_server_that_refuses_us_for_a_while_loses_nothing) {
  const auto author = join();
  const auto [id, receipt] = said("حل", author);
  follow_and_confirm(receipt, author, 1);
  wait_until_settled();
  mail_server->reply_at("GREETING", "554 5.7.1 No SMTP service here");
  refuse(id);
  wait_until("SELECT COUNT(*) FROM mail_message WHERE attempts > 0 AND next_at IS NOT NULL", 1);
  mail_server->reply_at("MAIL", "550 5.1.8 Sender address rejected");
  mail_server->reply_at("GREETING", {});
  wait_until("SELECT COUNT(*) FROM mail_message WHERE answer LIKE 'MAIL failed%'", 1);
  mail_server->reply_at("MAIL", {});
  EXPECT_THAT(mail(2).text, HasSubstr("يدخل في اختصاص جهة أخرى"));
}

TEST_F(MailOf, what_is_not_public_yet_is_told_to_nobody) {
  const auto author = join();
  const auto [id, receipt] = said("نشر الميزانية", author);
  follow_and_confirm(receipt, author, 1);
  const auto proposal = proposed(id);
  EXPECT_THAT(mail(2).text, HasSubstr("نشر المحاضر")) << "it went into a proposal";
  act(organiser, "route", {{"proposal", proposal}, {"lead", "mtnra"}});
  EXPECT_THAT(mail(3).subject(), HasSubstr("أُحيل على الإدارة"));
  act(officer, "note", {{"proposal", proposal}, {"text", "ملاحظة داخلية"}});
  act(officer, "answer", {{"proposal", proposal}, {"kind", "later"}, {"words", words("مسودة", "Brouillon")}});
  act(head, "reject_answer", {{"proposal", proposal}, {"text", "أعد الصياغة"}});
  act(officer, "answer", {{"proposal", proposal}, {"kind", "taken"}, {"words", words()}});
  EXPECT_EQ(act(head, "approve", {{"proposal", proposal}}).status, 200);
  const auto answer = mail(4);
  EXPECT_THAT(answer.text, HasSubstr("سننشر المحاضر"));
  for (const auto& one : mail_server->wait_for(4)) {
    EXPECT_THAT(one.text, Not(HasSubstr("مسودة")));
    EXPECT_THAT(one.text, Not(HasSubstr("ملاحظة داخلية")));
    EXPECT_THAT(one.text, Not(HasSubstr("أعد الصياغة")));
  }
}

TEST_F(MailOf, the_note_that_asks_for_other_words_is_told_to_who_holds_the_receipt_alone) {
  const auto author = join();
  const auto [id, receipt] = said("غامض", author);
  act(organiser, "return", {{"contribution", id}, {"note", "أي سنة؟"}});
  act(organiser, "reconsider", {{"contribution", id}});
  act(organiser, "screen", {{"contribution", id}, {"clarity", 2}, {"precision", 2}, {"link", 3}});
  auto staff = follow(organiser, "staff");
  done(staff, command("phase.enter", {{"phase", "closed"}}));
  // A reader follows its public page once that is there.
  for (int i = 0; i < 300 && get("/contributions/" + id).status != 200; ++i)
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  ASSERT_EQ(post_form("/subscriptions",
                      "about=contribution&target=" + id + "&address=reader%40example.org&language=fr")
                .status,
            303);
  confirm(mail(1));
  follow_and_confirm(receipt, author, 2);
  act(organiser, "return", {{"contribution", id}, {"note", "أي إقليم؟"}});
  for (const auto& one : mail_server->wait_for(4)) {
    if (one.to == "reader@example.org") {
      EXPECT_THAT(one.text, Not(HasSubstr("أي إقليم؟")));
      EXPECT_THAT(one.text, Not(HasSubstr(receipt)));
    } else if (one.headers.contains("list-unsubscribe")) {
      EXPECT_THAT(one.text, HasSubstr("أي إقليم؟"));
    }
  }
}

TEST_F(MailOf, one_click_ends_it_and_erases_the_address) {
  const auto author = join();
  const auto [id, receipt] = said("حل", author);
  const auto [other, other_receipt] = said("حل آخر", author);
  follow_and_confirm(receipt, author, 1);
  refuse(id);
  const auto path = mail(2).link("unsubscribe");
  EXPECT_THAT(get(path).body, HasSubstr("أوقف هذا التتبّع")) << "looking at it ends nothing";
  EXPECT_EQ(count("SELECT COUNT(*) FROM mail_recipient"), 1);
  // As a mail program does it: no cookie, no origin (RFC 8058).
  EXPECT_EQ(post_form(path, "List-Unsubscribe=One-Click").status, 200);
  EXPECT_EQ(count("SELECT COUNT(*) FROM mail_recipient"), 0);
  EXPECT_EQ(count("SELECT COUNT(*) FROM mail_subscription"), 0);
  const auto again = post_form(path, "List-Unsubscribe=One-Click");
  EXPECT_EQ(again.status, 200);
  EXPECT_THAT(again.body, HasSubstr("<h1>هذا الرابط لم يعد صالحا</h1>")) << "nothing was there to stop";
  EXPECT_EQ(told()["by_mail"], 1) << "what was told stays told";
  act(organiser, "reconsider", {{"contribution", id}});
  follow_and_confirm(other_receipt, author, 3);
  refuse(other);
  EXPECT_THAT(mail(4).text, HasSubstr("حل آخر")) << "nothing of the first came between";
}

TEST_F(MailOf, a_proposal_is_followed_by_a_form_without_a_script) {
  const auto [id, receipt] = said("نشر المحاضر");
  const auto proposal = proposed(id);
  const auto page = get("/proposals/" + proposal + "?language=fr");
  EXPECT_THAT(page.body, HasSubstr("action=\"/subscriptions\""));
  EXPECT_THAT(page.body, HasSubstr("name=\"target\" value=\"" + proposal + "\""));
  const auto fields = "about=proposal&language=fr&target=" + proposal;
  const auto wrong = post_form("/subscriptions", fields + "&address=%3Cb%3Enobody");
  EXPECT_EQ(wrong.status, 422);
  EXPECT_THAT(wrong.body, HasSubstr("value=\"&lt;b&gt;nobody\"")) << "what was typed is still there";
  EXPECT_THAT(wrong.body, HasSubstr("aria-invalid=\"true\""));
  EXPECT_EQ(post_form("/subscriptions", fields + "&address=a%40example.org",
                      {{"Origin", "https://elsewhere.example"}})
                .status,
            403);
  EXPECT_EQ(post_form("/subscriptions", "about=proposal&target=none&address=a%40example.org").status, 404);
  const auto asked = post_form("/subscriptions", fields + "&address=Reader%40Example.org",
                               {{"Origin", "http://127.0.0.1:" + std::to_string(port())}});
  ASSERT_EQ(asked.status, 303) << asked.body;
  EXPECT_EQ(asked.header("location"), "/subscriptions/asked?language=fr");
  EXPECT_THAT(get(asked.header("location")).body, HasSubstr("Il reste à confirmer"));
  const auto confirmation = mail(1);
  EXPECT_EQ(confirmation.to, "reader@example.org");
  EXPECT_EQ(confirmation.subject(), "Confirmez votre demande de suivi par courriel");
  confirm(confirmation);
  act(organiser, "route", {{"proposal", proposal}, {"lead", "mtnra"}});
  EXPECT_THAT(mail(2).text, HasSubstr("a été transmise à l’administration compétente"));
  EXPECT_EQ(told()["decided"], 0);
}

TEST_F(MailOf, nobody_learns_whether_an_address_is_known_nor_fills_its_mailbox) {
  const auto author = join();
  const auto [id, receipt] = said("حل", author);
  const auto first = follow_receipt(receipt, author);
  confirm(mail(1));
  const auto again = follow_receipt(receipt, author);
  EXPECT_EQ(first.status, again.status);
  EXPECT_EQ(first.body, again.body);
  for (int i = 0; i < 6; ++i)
    EXPECT_EQ(follow_receipt(receipt, {}, "victim@example.org").body, first.body);
  wait_until_settled();
  EXPECT_EQ(count("SELECT COUNT(*) FROM mail_message"), 1 + 3);
  EXPECT_EQ(follow_receipt(receipt, {}, "two words@example.org").code(), "address_invalid");
  EXPECT_EQ(follow_receipt("AAAA-AAAA-AAAA", {}).status, 404);
  int status = 0;
  for (int i = 0; i < 100 && status != 429; ++i)
    status = follow_receipt(receipt, {}, "n" + std::to_string(i) + "@example.org").status;
  EXPECT_EQ(status, 429);
}

TEST_F(MailOf, what_is_not_there_uses_up_nothing_of_what_others_may_ask) {
  const auto author = join();
  const auto [id, receipt] = said("حل", author);
  for (int i = 0; i < 70; ++i)
    ASSERT_EQ(follow_receipt("AAAA-AAAA-AAAA", {}).status, 404);
  for (int i = 0; i < 70; ++i)
    ASSERT_EQ(post_form("/subscriptions", "about=proposal&target=none&address=a%40example.org").status, 404);
  EXPECT_EQ(follow_receipt(receipt, author).status, 202);
}

TEST_F(MailOf, what_cannot_be_kept_now_is_said_on_a_page_that_can_be_sent_again) {
  const auto author = join();
  const auto [id, receipt] = said("حل", author);
  const auto proposal = proposed(id);
  ASSERT_EQ(follow_receipt(receipt, author).status, 202);
  const auto confirmation = mail(1).link("confirm");
  const auto form = "about=proposal&language=ar&address=reader%40example.org&target=" + proposal;
  wait_until_settled();
  {
    store::Connection another(server.folder() / "warsha.db", store::Connection::Mode::read_write);
    store::in_transaction(another, [&] {
      const auto follow = post_form("/subscriptions", form);
      EXPECT_EQ(follow.status, 503);
      EXPECT_THAT(follow.body, HasSubstr("value=\"reader@example.org\""));
      const auto confirm = post_form(confirmation, "language=ar");
      EXPECT_EQ(confirm.status, 503);
      EXPECT_THAT(confirm.body, HasSubstr("نعم، أكّد التتبّع"));
    });
  }
  EXPECT_EQ(post_form("/subscriptions", form).status, 303);
  confirm(mail(2));
  act(organiser, "route", {{"proposal", proposal}, {"lead", "mtnra"}});
  const auto stop = mail(3).link("unsubscribe");
  wait_until_settled();
  {
    store::Connection another(server.folder() / "warsha.db", store::Connection::Mode::read_write);
    store::in_transaction(another, [&] {
      const auto reply = post_form(stop, "language=ar&what=these");
      EXPECT_EQ(reply.status, 503);
      EXPECT_THAT(reply.body, HasSubstr("أوقف هذا التتبّع"));
    });
  }
  EXPECT_THAT(post_form(stop, "language=ar&what=these").body, HasSubstr("أُوقف التتبّع"));
}

TEST_F(MailOf, links_that_were_not_issued_here_lead_nowhere) {
  for (const auto* path :
       {"/confirm/abc", "/unsubscribe/abc", "/confirm/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}) {
    EXPECT_EQ(get(path).status, 404) << path;
    EXPECT_EQ(post_form(path, "what=everything").status, 404) << path;
  }
}

TEST_F(MailOf, an_author_who_reads_the_decision_on_the_device_is_told_and_a_stranger_does_not_count) {
  const auto author = join();
  const auto [id, receipt] = said("حل", author);
  get("/api/receipts/" + receipt + "/fate", author.headers()); // before there is a decision
  refuse(id);
  get("/api/receipts/" + receipt + "/fate", join().headers());
  get("/api/receipts/" + receipt + "/fate");
  EXPECT_EQ(told(), json({{"decided", 1}, {"by_mail", 0}, {"on_device", 0}, {"not_reached", 1}}));
  get("/api/receipts/" + receipt + "/fate", author.headers());
  wait_until("SELECT COUNT(*) FROM read_by_author", 1);
  EXPECT_EQ(told(), json({{"decided", 1}, {"by_mail", 0}, {"on_device", 1}, {"not_reached", 0}}));
  EXPECT_EQ(get("/api/consultations/" + consultation + "/told").status, 401);
  EXPECT_EQ(get("/api/consultations/" + consultation + "/told", officer.headers()).status, 403);
}

TEST_F(ReviewOf, offers_no_mail_where_none_can_be_sent) {
  const auto [id, receipt] = said("حل");
  EXPECT_EQ(get("/api/receipts/" + receipt + "/fate").json()["mail"], false);
  const auto proposal = proposed(id);
  EXPECT_THAT(get("/proposals/" + proposal).body, Not(HasSubstr("/subscriptions")));
  EXPECT_EQ(
      post("/api/receipts/" + receipt + "/subscription", {{"address", kAddress}, {"language", "ar"}}).status,
      404);
  EXPECT_EQ(
      request("POST", "/subscriptions", "about=proposal&target=" + proposal + "&address=a%40example.org")
          .status,
      404);
}

} // namespace
} // namespace warsha::test
