#include "server/runtime/system.hpp"
#include "tests/integration/review_fixture.hpp"

#include <fstream>
#include <regex>

/// A written consultation over real sockets: the form that anybody sends in, the queue of who reads it, and
/// its way to the public record.
namespace warsha::test {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr std::int64_t kDay = std::int64_t{24} * 60 * 60 * 1000;

class WrittenConsultation : public ReviewOf {
protected:
  void SetUp() override {
    ReviewOf::SetUp();
    written = begin();
  }
  [[nodiscard]] static json days(std::int64_t from, std::int64_t until) {
    const auto now = system::now_ms();
    return {{"opens_at", now + from}, {"closes_at", now + until}};
  }
  [[nodiscard]] static json about(const json& when) {
    return {{"id", new_id()},
            {"title", "الخدمات الرقمية: استشارة كتابية"},
            {"question", "ما الذي يعيق ولوجكم إلى الخدمات؟"},
            {"days", when}};
  }
  [[nodiscard]] json workshops() const {
    return get("/api/workshops", organiser.headers()).json()["consultations"][0]["workshops"];
  }
  [[nodiscard]] std::string beginnings() const { return "/api/consultations/" + consultation + "/written"; }
  std::string begin(const json& when = days(-kDay, kDay)) const {
    const auto reply = post(beginnings(), about(when), organiser.headers());
    EXPECT_EQ(reply.status, 201) << reply.body;
    return reply.json()["id"];
  }

  /// What a hidden field of the form says.
  static std::string hidden(const std::string& page, const std::string& name) {
    std::smatch found;
    std::regex_search(page, found, std::regex("name=\"" + name + "\" value=\"([^\"]*)\""));
    return found.size() == 2 ? found[1].str() : std::string();
  }
  static std::string encoded(const std::string& text) {
    std::string out;
    for (const unsigned char byte : text) {
      char digits[4];
      std::snprintf(digits, sizeof digits, "%%%02X", byte);
      out += digits;
    }
    return out;
  }
  [[nodiscard]] std::string address() const { return "/write/" + written; }
  /// The form as a browser has it, with something written.
  [[nodiscard]] std::string filled(const std::string& problem, const std::string& solution = {},
                                   const std::string& result = {}) const {
    const auto page = get(address() + "?language=fr").body;
    return "language=fr&problem_id=" + hidden(page, "problem_id") +
           "&solution_id=" + hidden(page, "solution_id") + "&pass=" + hidden(page, "pass") +
           "&problem=" + encoded(problem) + "&solution=" + encoded(solution) + "&result=" + encoded(result);
  }
  Reply send(const std::string& fields, const Headers& headers = {}) const {
    return request("POST", address(), fields, headers);
  }
  static std::vector<std::string> receipts(const std::string& page) {
    std::vector<std::string> all;
    const std::regex one("class=\"receipt ltr\">([A-Z0-9-]+)<");
    for (auto i = std::sregex_iterator(page.begin(), page.end(), one); i != std::sregex_iterator(); ++i)
      all.push_back((*i)[1]);
    return all;
  }
  [[nodiscard]] json queue() const {
    return get("/api/workshops/" + written + "/snapshot?audience=staff", organiser.headers())
        .json()
        .at("contributions");
  }
  LiveSocket console() {
    workshop = written;
    return follow(organiser, "staff");
  }
  [[nodiscard]] json record() const { return get("/api/consultations/" + consultation + "/record").json(); }
  /// The record as soon as it has what was just done; it may be some seconds behind.
  [[nodiscard]] json sheet() const {
    const auto told = record();
    for (const auto& one : told.at("workshops"))
      if (one.at("id") == written)
        return one;
    return {};
  }

  std::string written;
};

TEST_F(WrittenConsultation, is_begun_by_the_organiser_alone_and_once) {
  const auto wanted = about(days(0, kDay));
  EXPECT_EQ(post(beginnings(), wanted).status, 401);
  EXPECT_EQ(post(beginnings(), wanted, officer.headers()).status, 403);
  EXPECT_EQ(post(beginnings(), wanted, sign_in("facilitator").headers()).status, 403);
  EXPECT_EQ(post(beginnings(), wanted, organiser.headers()).status, 201);
  EXPECT_EQ(post(beginnings(), wanted, organiser.headers()).status, 201); // its answer was lost
  std::size_t begun = 0;
  for (const auto& one : workshops())
    begun += one.at("written") == true ? 1 : 0;
  EXPECT_EQ(begun, 2U); // with that of this fixture
  auto backwards = about(days(kDay, 0));
  EXPECT_EQ(post(beginnings(), backwards, organiser.headers()).json()["code"], "form_days_wrong");
  auto taken = about(days(0, kDay));
  taken["id"] = workshop;
  EXPECT_EQ(post(beginnings(), taken, organiser.headers()).json()["code"], "id_reused");
}

TEST_F(WrittenConsultation, gives_a_receipt_for_each_thing_that_was_written) {
  const auto reply = send(filled("Les horaires\nne conviennent pas", "Ouvrir le samedi", "Moins d'attente"));
  EXPECT_EQ(reply.status, 200);
  EXPECT_THAT(reply.header("cache-control"), HasSubstr("no-store"));
  const auto all = receipts(reply.body);
  ASSERT_EQ(all.size(), 3U);
  const auto waiting = queue();
  ASSERT_EQ(waiting.size(), 3U);
  for (const auto& one : waiting) {
    EXPECT_EQ(one.at("state"), "waiting");
    EXPECT_EQ(one.at("channel"), "form");
  }
  EXPECT_EQ(waiting[0].at("text"), "Les horaires\nne conviennent pas");
  EXPECT_EQ(waiting[1].at("answers"), json::array({waiting[0].at("id")}));
  EXPECT_EQ(waiting[2].at("follows_from"), json::array({waiting[1].at("id")}));
  const auto device = reply.cookie();
  EXPECT_THAT(device, HasSubstr("warsha_pass="));
  for (const auto& receipt : all)
    EXPECT_EQ(get("/api/receipts/" + receipt, {{"Cookie", device}}).status, 200);
}

TEST_F(WrittenConsultation, doubles_nothing_when_a_form_is_sent_again) {
  const auto form = filled("مشكل", "حل");
  const auto first = send(form);
  const auto again = send(form); // its answer, and the cookie with it, were lost
  EXPECT_EQ(again.status, 200);
  EXPECT_EQ(receipts(again.body), receipts(first.body));
  const auto reloaded = send(form, {{"Cookie", first.cookie()}});
  EXPECT_EQ(receipts(reloaded.body), receipts(first.body));
  EXPECT_EQ(queue().size(), 2U);
  // Somebody who has seen the ids, and no more, gets no receipt.
  const auto stranger_pass = hidden(get(address()).body, "pass");
  const auto stolen = std::regex_replace(form, std::regex("pass=[^&]*"), "pass=" + stranger_pass);
  EXPECT_TRUE(receipts(send(stolen).body).empty());
}

TEST_F(WrittenConsultation, comes_back_filled_in_whatever_is_refused) {
  const std::string long_text(501, 'x');
  const auto too_long = send(filled("Le problème", long_text, "Le résultat"));
  EXPECT_EQ(too_long.status, 422);
  for (const auto& kept : {std::string("Le problème"), long_text, std::string("Le résultat")})
    EXPECT_THAT(too_long.body, HasSubstr(kept));
  EXPECT_THAT(too_long.body, HasSubstr("id=\"solution-wrong\""));
  EXPECT_TRUE(queue().empty()) << "the problem must wait for its solution";
  EXPECT_EQ(send(filled(" \n ")).status, 422);
  const auto without_solution = send(filled("", "", "Le résultat"));
  EXPECT_EQ(without_solution.status, 422);
  EXPECT_THAT(without_solution.body, HasSubstr("Le résultat"));
  // Another text under the ids of one that was kept: pressed once more, it is another contribution.
  const auto form = filled("premier");
  EXPECT_EQ(send(form).status, 200);
  const auto changed = send(std::regex_replace(form, std::regex("&problem=[^&]*"), "&problem=second"));
  EXPECT_EQ(changed.status, 422);
  EXPECT_THAT(changed.body, HasSubstr("second"));
  EXPECT_THAT(form, Not(HasSubstr(hidden(changed.body, "problem_id"))));
}

TEST_F(WrittenConsultation, takes_junk_for_nothing) {
  EXPECT_EQ(send("").status, 422);
  const auto ids = "&problem_id=" + new_id() + "&solution_id=" + new_id();
  EXPECT_EQ(send("problem=x" + ids).status, 503) << "without a pass of ours there is nobody who wrote it";
  EXPECT_EQ(send("problem=x").status, 422);
  EXPECT_EQ(send("problem=%ff%fe&pass=..&problem_id=1&solution_id=1").status, 422);
  const auto no_text = send("problem=%ff%fe" + ids);
  EXPECT_EQ(no_text.status, 422);
  EXPECT_THAT(no_text.body, HasSubstr("رمز خفي"));
  EXPECT_THAT(send("problem=" + encoded("<script>alert(1)</script>")).body, Not(HasSubstr("<script>alert")));
  EXPECT_EQ(get("/write/nothing").status, 404);
  EXPECT_EQ(get("/write/" + new_id()).status, 404);
  EXPECT_EQ(get("/write/" + workshop).status, 404) << "a workshop with a room has no form";
  EXPECT_EQ(send(filled("x"), {{"Origin", "https://elsewhere.example"}}).status, 403);
  EXPECT_TRUE(queue().empty());
}

TEST_F(WrittenConsultation, has_no_door_into_a_room) {
  const auto reply = send(filled("مشكل"));
  const Person writer{reply.cookie(), {}};
  EXPECT_EQ(get("/api/workshops/" + written + "/snapshot", writer.headers()).status, 401);
  bool found = false;
  for (const auto& one : workshops())
    if (one.at("id") == written) {
      found = true;
      const json body{{"code", one.at("join_code")}, {"language", "ar"}, {"notice_version", 1}};
      EXPECT_EQ(post("/api/join", body).json()["code"], "join_code_unknown");
    }
  EXPECT_TRUE(found);
}

TEST_F(WrittenConsultation, is_closed_before_and_after_its_days_and_keeps_what_was_typed) {
  const auto form = filled("كتبتها قبل الإغلاق");
  const auto sent = filled("أرسلتها قبل الإغلاق");
  const auto kept = receipts(send(sent).body);
  ASSERT_EQ(kept.size(), 1U);
  auto staff = console();
  done(staff, command("form.set", {{"days", days(-2 * kDay, -kDay)}}));
  EXPECT_THAT(get(address()).body, Not(HasSubstr("<textarea")));
  const auto late = send(form);
  EXPECT_EQ(late.status, 422);
  EXPECT_THAT(late.body, HasSubstr("كتبتها قبل الإغلاق"));
  EXPECT_THAT(late.body, Not(HasSubstr("type=\"submit\"")));
  EXPECT_EQ(receipts(send(sent).body), kept) << "its answer was lost, not what it said";
  done(staff, command("form.set", {{"days", days(kDay, 2 * kDay)}}));
  EXPECT_EQ(send(form).status, 422);
  done(staff, command("form.set", {{"days", days(-kDay, kDay)}}));
  EXPECT_EQ(send(form).status, 200);
}

TEST_F(WrittenConsultation, goes_the_way_of_all_contributions_and_its_balance_closes) {
  const auto reply = send(filled("", "Publier les procès-verbaux"));
  ASSERT_EQ(receipts(reply.body).size(), 1U);
  send(filled("", "Appelez Mme Alaoui au 0600000000"));
  auto waiting = queue();
  ASSERT_EQ(waiting.size(), 2U);
  const auto good = waiting[0].at("id").get<std::string>();
  const auto bad = waiting[1].at("id").get<std::string>();

  auto staff = console();
  EXPECT_EQ(refused(staff, command("phase.enter", {{"phase", "closed"}})), "form_unread");
  // Not read yet: it can't be taken up, and no page has its words.
  EXPECT_EQ(
      act(organiser, "propose", {{"title", "t"}, {"text", "t"}, {"contributions", {good}}}).status / 100, 4);
  EXPECT_EQ(get("/contributions/" + good).status, 404);
  done(staff, command("moderate", {{"contribution", good}, {"hidden", false}}));
  done(staff, command("moderate", {{"contribution", bad}, {"hidden", true}, {"ground", "personal_data"}}));
  done(staff, command("phase.enter", {{"phase", "closed"}}));
  const auto proposal = answered(good);

  const auto told = sheet();
  ASSERT_FALSE(told.is_null());
  EXPECT_TRUE(told.at("closed"));
  EXPECT_TRUE(told.contains("form"));
  EXPECT_FALSE(told.contains("people"));
  const auto& balance = told.at("balance");
  EXPECT_EQ(balance.at("received"), 2);
  EXPECT_EQ(balance.at("answered").at("taken"), 1);
  EXPECT_EQ(balance.at("hidden"), 1);
  EXPECT_EQ(record().at("balance").at("received"), 2);

  const auto page = get("/contributions/" + good + "?language=fr");
  EXPECT_EQ(page.status, 200);
  EXPECT_THAT(page.body, HasSubstr("Publier les procès-verbaux"));
  EXPECT_THAT(get("/contributions/" + bad + "?language=fr").body, Not(HasSubstr("0600000000")));
  EXPECT_THAT(get("/consultations/" + consultation + "?language=fr").body, HasSubstr("Consultation écrite"));
  // Nobody was asked, and so nobody's support is counted, nor its absence.
  const auto score = get("/api/proposals/" + proposal).json().at("score");
  EXPECT_EQ(score.at("asked"), 0);
  for (const auto& criterion : score.at("criteria")) {
    EXPECT_TRUE(criterion.at("criterion") != "support" || !criterion.contains("value")) << criterion;
  }
}

TEST_F(WrittenConsultation, goes_into_a_bundle_and_is_the_same_on_another_server) {
  const auto receipt = receipts(send(filled("مشكل")).body).at(0);
  const auto file = [&](const char* name) { return (server.folder() / name).string(); };
  std::ofstream(file("public.pem")) << server.run({"export", "--make-key", file("private.pem")});
  server.run({"export", "--consultation", consultation, "--key", file("private.pem"), file("one.bundle")});
  EXPECT_THAT(server.verify(), HasSubstr("everything is whole"));

  ServerProcess there;
  there.run({"import", file("one.bundle"), "--trust", file("public.pem"), "--json"});
  EXPECT_THAT(there.verify(), HasSubstr("everything is whole"));
  there.start();
  const auto asked = [&](const std::string& path) { return send_request(there.port(), "GET", path, {}, {}); };
  EXPECT_EQ(asked("/api/receipts/" + receipt).status, 200);
  EXPECT_THAT(asked(address()).body, HasSubstr("<textarea"));
}

TEST_F(WrittenConsultation, takes_so_many_forms_of_one_source_and_says_when_it_is_too_fast) {
  int kept = 0;
  Reply last;
  for (int i = 0; i < 40; ++i) {
    last = send(filled("مشكل " + std::to_string(i)));
    if (last.status != 200)
      break;
    ++kept;
  }
  EXPECT_GE(kept, 20);
  EXPECT_LE(kept, 25);
  EXPECT_EQ(last.status, 429);
  EXPECT_THAT(last.body, HasSubstr("مشكل " + std::to_string(kept)));
}

} // namespace
} // namespace warsha::test
