#include "tests/integration/fixture.hpp"

/// The room through real sockets and HTTP: what only the whole server shows. The rules themselves:
/// tests/unit/live.
namespace warsha::test {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class RoomOf : public ServedWarsha {
protected:
  void SetUp() override {
    ServedWarsha::SetUp();
    facilitator = sign_in("facilitator");
    amina = join();
    brahim = join();
  }

  static json event(LiveSocket& socket, const std::string& type) {
    json found;
    socket.until([&](const json& message) {
      if (message.value("type", "") == "events")
        for (const auto& one : message.at("events"))
          if (one.at("type") == type)
            found = one;
      return !found.is_null();
    });
    return found;
  }
  static void enter(LiveSocket& staff, const std::string& phase) {
    done(staff, command("phase.enter", {{"phase", phase}}));
  }
  static json plan(json item) { return command("agenda.set", {{"agenda", json::array({std::move(item)})}}); }

  Person facilitator, amina, brahim;
};

TEST_F(RoomOf, what_is_written_silently_reaches_the_room_with_the_reveal_and_not_before) {
  auto staff = follow(facilitator, "staff");
  done(staff, plan({{"phase", "problems"}, {"silent", true}}));
  enter(staff, "problems");
  auto one = follow(amina);
  auto two = follow(brahim);
  done(one, contribute("قاعة الانتظار بلا كراس"));
  EXPECT_FALSE(event(two, "contribution.added")["contribution"].contains("text"));
  EXPECT_THAT(snapshot(brahim).dump(), Not(HasSubstr("بلا كراس")));
  done(staff, command("reveal"));
  const auto revealed = event(two, "contributions.revealed");
  EXPECT_EQ(revealed["contributions"][0]["text"], "قاعة الانتظار بلا كراس");
}

TEST_F(RoomOf, hidden_tallies_are_pushed_to_everybody_when_they_are_revealed) {
  auto staff = follow(facilitator, "staff");
  enter(staff, "problems");
  auto one = follow(amina);
  const auto problem = contribute("لا تعلن المواعيد");
  done(one, problem);
  done(staff, plan({{"phase", "grouping"}, {"hide_tallies", true}, {"supports", 1}}));
  enter(staff, "grouping");
  auto two = follow(brahim);
  done(two, support(problem["id"]));
  EXPECT_FALSE(event(one, "contribution.supported").contains("supports"));
  EXPECT_EQ(get(path("/results"), brahim.headers()).status, 403);
  EXPECT_EQ(get(path("/results"), facilitator.headers()).json()["results"][0]["together"], 1);
  done(staff, command("tallies.hide", {{"on", false}}));
  EXPECT_EQ(event(one, "tallies.hidden")["tallies"][0]["supports"], 1);
  const auto results = get(path("/results"), brahim.headers()).json();
  EXPECT_EQ(results["voters"], 1);
  EXPECT_FALSE(results["results"][0].contains("groups")) << "a table of one would tell who supports what";
  EXPECT_TRUE(get(path("/results"), facilitator.headers()).json()["results"][0].contains("groups"));
}

TEST_F(RoomOf, two_people_write_one_text_and_whoever_is_late_finds_their_words_fitted_in) {
  auto staff = follow(facilitator, "staff");
  enter(staff, "solutions");
  auto one = follow(amina);
  auto two = follow(brahim);
  const auto draft = command("draft.start", {{"kind", "solution"}});
  done(one, draft);
  const auto write = [&](std::int64_t revision, json edit) {
    return command("draft.change",
                   {{"draft", draft["id"]}, {"revision", revision}, {"edit", std::move(edit)}});
  };
  done(one, write(0, {"نشر"}));
  done(two, write(1, {3, " المواعيد"}));
  done(one, write(1, {3, " كل"}));
  EXPECT_EQ(event(one, "draft.changed")["draft"], draft["id"]);
  EXPECT_EQ(snapshot(amina)["drafts"][0]["text"], "نشر كل المواعيد");
  EXPECT_EQ(ask(one, write(9, {"x"}))["code"], "stale_revision");
  const auto hand_in = command("draft.hand_in", {{"draft", draft["id"]}, {"people", 6}});
  EXPECT_TRUE(done(two, hand_in).contains("receipt"));
  const auto handed_in = event(one, "draft.handed_in");
  EXPECT_EQ(handed_in["contribution"]["text"], "نشر كل المواعيد");
  EXPECT_EQ(handed_in["contribution"]["writers"], 2);
  EXPECT_EQ(handed_in["contribution"]["channel"], "table");
  EXPECT_EQ(handed_in["contribution"]["people"], 6);
}

TEST_F(RoomOf, learns_how_many_saw_each_card_also_while_the_figures_are_hidden) {
  auto staff = follow(facilitator, "staff");
  enter(staff, "problems");
  auto one = follow(amina);
  auto two = follow(brahim);
  const auto problem = contribute("لا تعلن المواعيد");
  done(one, problem);
  done(staff, command("tallies.hide", {{"on", true}}));
  const auto seen = [&](const Person& person) { return get(path("/seen"), person.headers()).json()["seen"]; };
  EXPECT_THAT(seen(amina), IsEmpty());
  for (auto* who : {&one, &two, &two}) {
    who->send({{"type", "seen"}, {"contributions", {problem["id"]}}});
    done(*who, command("floor.ask")); // what was sent before has arrived
    done(*who, command("floor.leave"));
  }
  EXPECT_EQ(seen(amina), (json{{problem["id"].get<std::string>(), 2}}));
  EXPECT_EQ(seen(facilitator), seen(amina));
  one.send({{"type", "seen"}, {"contributions", {new_id()}}});
  done(one, command("floor.ask"));
  EXPECT_EQ(seen(amina).size(), 1U) << "what is not there was seen by nobody";
  EXPECT_EQ(get(path("/seen")).status, 401);
  const auto elsewhere = "/api/workshops/" + other_workshop + "/seen";
  EXPECT_EQ(get(elsewhere, amina.headers()).status, 401);
  EXPECT_EQ(get("/api/workshops/" + new_id() + "/seen", facilitator.headers()).status, 404);
}

TEST_F(RoomOf, tells_who_is_removed_why_and_nobody_else) {
  auto staff = follow(facilitator, "staff");
  auto one = follow(amina);
  auto two = follow(brahim);
  done(staff, command("person.remove", {{"participant", amina.id}, {"ground", "disrespect"}}));
  EXPECT_FALSE(event(two, "person.removed").contains("ground"));
  const auto mine = [&](const Person& person) {
    auto again = connect(person);
    const auto now = snapshot(person);
    hello(again, now["epoch"], now["seq"]);
    return again.until("welcome")["mine"];
  };
  EXPECT_EQ(mine(amina)["removed"], "disrespect");
  EXPECT_FALSE(mine(brahim).contains("removed"));
  EXPECT_THAT(snapshot(brahim).dump(), Not(HasSubstr("disrespect")));
}

TEST_F(RoomOf, a_text_that_was_written_together_belongs_to_each_of_its_writers) {
  auto staff = follow(facilitator, "staff");
  enter(staff, "solutions");
  auto one = follow(amina);
  auto two = follow(brahim);
  const auto draft = command("draft.start", {{"kind", "solution"}});
  done(one, draft);
  done(one, command("draft.change", {{"draft", draft["id"]}, {"revision", 0}, {"edit", {"نشر المحاضر"}}}));
  const auto receipt = done(two, command("draft.hand_in", {{"draft", draft["id"]}}))["receipt"];
  auto again = connect(amina);
  const auto now = snapshot(amina);
  hello(again, now["epoch"], now["seq"]);
  const auto mine = again.until("welcome")["mine"]["contributions"];
  ASSERT_EQ(mine.size(), 1u);
  EXPECT_EQ(mine[0]["receipt"], receipt);
  EXPECT_EQ(ask(one, command("support", {{"contribution", mine[0]["id"]}, {"on", true}}))["code"],
            "own_contribution");
}

TEST_F(RoomOf, a_table_writes_together_under_silence_and_nobody_else_reads_it_before_the_reveal) {
  auto staff = follow(facilitator, "staff");
  done(staff, plan({{"phase", "solutions"}, {"silent", true}}));
  enter(staff, "solutions");
  const auto table = command("table.add", {{"title", "1"}});
  done(staff, table);
  const auto chama = join();
  auto one = follow(amina);
  auto two = follow(brahim);
  auto outside = follow(chama);
  for (auto* each : {&one, &two})
    done(*each, command("table.sit", {{"table", table["id"]}}));
  const auto draft = command("draft.start", {{"kind", "solution"}});
  done(one, draft);
  const auto write = [&](LiveSocket& who, int revision, json edit) {
    done(who, command("draft.change",
                      {{"draft", draft["id"]}, {"revision", revision}, {"edit", std::move(edit)}}));
  };
  write(one, 0, {"نشر "});
  EXPECT_EQ(event(two, "draft.changed")["edit"], json({"نشر "}));
  EXPECT_EQ(event(staff, "draft.changed")["edit"], json({"نشر "}));
  const auto told = event(outside, "draft.changed");
  EXPECT_EQ(told["revision"], 1);
  EXPECT_FALSE(told.contains("edit") || told.contains("who")) << told;
  write(two, 1, {4, "المحاضر"});
  EXPECT_FALSE(event(outside, "draft.changed").contains("edit"));
  EXPECT_THAT(snapshot(brahim).dump(), Not(HasSubstr("نشر"))) << "the room's snapshot is everybody's";
  const auto welcome = [&](const Person& person, const json& from) {
    auto again = connect(person);
    hello(again, from["epoch"], from["seq"]);
    return again.until("welcome");
  };
  const auto now = snapshot(brahim);
  EXPECT_EQ(welcome(brahim, now)["mine"]["drafts"][0]["text"], "نشر المحاضر");
  EXPECT_EQ(welcome(brahim, now)["mine"]["drafts"][0]["revision"], 2);
  EXPECT_FALSE(welcome(chama, now)["mine"].contains("drafts"));
  done(two, command("draft.hand_in", {{"draft", draft["id"]}}));
  EXPECT_FALSE(event(outside, "draft.handed_in")["contribution"].contains("text"));
  done(staff, command("reveal"));
  EXPECT_EQ(event(outside, "contributions.revealed")["contributions"][0]["text"], "نشر المحاضر");
}

TEST_F(RoomOf, whoever_resumes_is_told_the_edits_of_the_table_at_which_they_sit_and_of_no_other) {
  auto staff = follow(facilitator, "staff");
  enter(staff, "solutions");
  const auto table = command("table.add", {{"title", "1"}});
  done(staff, table);
  auto one = follow(amina);
  done(one, command("table.sit", {{"table", table["id"]}}));
  const auto draft = command("draft.start", {{"kind", "solution"}});
  done(one, draft);
  const auto before = snapshot(brahim);
  done(one, command("draft.change", {{"draft", draft["id"]}, {"revision", 0}, {"edit", {"كلام المجموعة"}}}));
  const auto resumed = [&](const Person& person) {
    auto again = connect(person);
    hello(again, before["epoch"], before["seq"]);
    return event(again, "draft.changed");
  };
  EXPECT_EQ(resumed(amina)["edit"], json({"كلام المجموعة"}));
  EXPECT_FALSE(resumed(brahim).contains("edit"));
}

TEST_F(RoomOf, an_expected_result_is_written_together_and_handed_in_with_its_solution) {
  auto staff = follow(facilitator, "staff");
  enter(staff, "solutions");
  auto one = follow(amina);
  auto two = follow(brahim);
  const auto solution = command("draft.start", {{"kind", "solution"}});
  done(one, solution);
  const auto result = command("draft.start", {{"kind", "result"}, {"result_of", solution["id"]}});
  done(two, result);
  const auto write = [&](LiveSocket& who, const json& draft, const char* words) {
    done(who, command("draft.change", {{"draft", draft["id"]}, {"revision", 0}, {"edit", {words}}}));
  };
  write(one, solution, "نشر المواعيد");
  write(two, result, "لا يأتي أحد عبثا");
  const auto ack = done(one, command("draft.hand_in", {{"draft", solution["id"]}}));
  ASSERT_TRUE(ack.contains("result"));
  EXPECT_NE(ack["receipt"], ack["result"]["receipt"]);
  const auto of = [&](const json& receipt) {
    return get("/api/receipts/" + receipt.get<std::string>(), {}).json();
  };
  EXPECT_EQ(of(ack["receipt"])["text"], "نشر المواعيد");
  EXPECT_EQ(of(ack["result"]["receipt"])["text"], "لا يأتي أحد عبثا");
  EXPECT_THAT(snapshot(brahim)["drafts"], IsEmpty());
}

TEST_F(RoomOf, drafts_outlive_the_server) {
  {
    auto staff = follow(facilitator, "staff");
    enter(staff, "solutions");
    auto one = follow(amina);
    const auto draft = command("draft.start", {{"kind", "solution"}});
    done(one, draft);
    done(one, command("draft.change", {{"draft", draft["id"]}, {"revision", 0}, {"edit", {"نصف جملة"}}}));
  }
  server.kill();
  server.start(server_options);
  EXPECT_EQ(snapshot(amina)["drafts"][0]["text"], "نصف جملة");
}

TEST_F(RoomOf, cursors_reach_those_who_write_the_same_and_holds_the_staff) {
  auto staff = follow(facilitator, "staff");
  enter(staff, "solutions");
  auto one = follow(amina);
  auto two = follow(brahim);
  const auto draft = command("draft.start", {{"kind", "solution"}});
  done(one, draft);
  for (auto* each : {&one, &two})
    each->send({{"type", "signal"}, {"kind", "cursor"}, {"target", draft["id"]}, {"at", 0}});
  const auto cursors = two.until([](const json& message) {
    return message.value("type", "") == "signals" && message.at("items").size() == 2;
  });
  EXPECT_EQ(cursors["items"][0]["target"], draft["id"]);
  EXPECT_FALSE(cursors.dump().find(amina.id) != std::string::npos) << "an alias, and no pseudonym";
  one.send({{"type", "signal"}, {"kind", "hold"}, {"target", draft["id"]}}); // not a participant's to say
  staff.send({{"type", "signal"}, {"kind", "hold"}, {"target", draft["id"]}});
  const auto held = staff.until([](const json& message) {
    return message.value("type", "") == "signals" && message.dump().find("hold") != std::string::npos;
  });
  EXPECT_EQ(held["items"].size(), 1U) << "cursors are for those who write: " << held;
  auto late = follow(facilitator, "staff");
  EXPECT_EQ(late.until("signals"), held) << "whoever comes later hears of it at once";
}

TEST_F(RoomOf, a_seat_is_told_by_alias) {
  auto staff = follow(facilitator, "staff");
  auto one = connect(amina);
  const auto now = snapshot(amina);
  hello(one, now.at("epoch"), now.at("seq"));
  const auto alias = one.until("welcome")["you"]["alias"];
  const auto table = command("table.add", {{"title", "1"}});
  done(staff, table);
  done(staff, command("table.seat", {{"table", table["id"]}, {"participants", {amina.id}}}));
  const auto seated = event(one, "table.seated");
  EXPECT_EQ(seated["who"][0], alias);
  EXPECT_FALSE(seated.contains("participants"));
}

// --- Over HTTP
// ----------------------------------------------------------------------------------------------

TEST_F(RoomOf, what_steers_is_the_staffs) {
  for (const auto* rest : {"/people", "/suggestions", "/log.csv"}) {
    EXPECT_EQ(get(path(rest), facilitator.headers()).status, 200) << rest;
    EXPECT_EQ(get(path(rest), amina.headers()).status, 401) << rest;
    EXPECT_EQ(get(path(rest)).status, 401) << rest;
  }
  const json seating{{"size", 2}, {"by", "random"}};
  EXPECT_EQ(post(path("/seating"), seating, facilitator.headers()).status, 200);
  EXPECT_EQ(post(path("/seating"), seating, amina.headers()).status, 401);
  EXPECT_EQ(get("/api/templates", amina.headers()).status, 401);
  EXPECT_EQ(post(path("/twins"), {{"text", "نص"}, {"kind", "problem"}}).status, 401);
}

TEST_F(RoomOf, twins_are_found_as_they_come_and_never_among_hidden_words) {
  auto staff = follow(facilitator, "staff");
  enter(staff, "problems");
  auto one = follow(amina);
  const auto problem = contribute("محاضر دورات المجلس الجماعي لا تنشر");
  done(one, problem);
  const auto twins = [&] {
    return post(path("/twins"), {{"text", "لا تنشر محاضر دورات المجلس"}, {"kind", "problem"}},
                brahim.headers())
        .json()["twins"];
  };
  ASSERT_EQ(twins().size(), 1U);
  EXPECT_EQ(twins()[0]["contribution"], problem["id"]);
  done(staff, hide(problem["id"], "test"));
  EXPECT_TRUE(twins().empty());

  const auto head = contribute("محاضر المجلس الجماعي لا تنشر");
  const auto under = contribute("لا تنشر محاضر المجلس");
  for (const auto& said : {head, under})
    done(one, said);
  done(staff, command("merge", {{"into", head["id"]}, {"contributions", {under["id"]}}}));
  ASSERT_EQ(twins().size(), 1U);
  EXPECT_EQ(twins()[0]["contribution"], head["id"]);
  done(staff, hide(head["id"], "test"));
  ASSERT_EQ(twins().size(), 1U) << "what stood under it stands on its own";
  EXPECT_EQ(twins()[0]["contribution"], under["id"]);
}

TEST_F(RoomOf, suggestions_group_what_says_the_same) {
  auto staff = follow(facilitator, "staff");
  enter(staff, "problems");
  auto one = follow(amina);
  for (const auto* text : {"محاضر دورات المجلس لا تنشر", "لا تنشر محاضر دورات المجلس",
                           "النقل المدرسي غير كاف", "حافلات النقل المدرسي قديمة"})
    done(one, contribute(text));
  const auto suggestions = get(path("/suggestions"), facilitator.headers()).json();
  EXPECT_EQ(suggestions["duplicates"].size(), 1U) << suggestions;
  EXPECT_GE(suggestions["headings"].size(), 1U) << suggestions;
}

TEST_F(RoomOf, everybody_gets_one_seat) {
  for (int i = 0; i < 5; ++i)
    join();
  for (const auto* by : {"random", "balanced"}) {
    const auto tables =
        post(path("/seating"), {{"size", 3}, {"by", by}}, facilitator.headers()).json()["tables"];
    std::size_t seats = 0;
    for (const auto& table : tables)
      seats += table.size();
    EXPECT_EQ(seats, 7U) << by;
    EXPECT_EQ(tables.size(), 2U) << by;
  }
  EXPECT_EQ(post(path("/seating"), {{"size", 1}, {"by", "random"}}, facilitator.headers()).status, 422);
}

TEST_F(RoomOf, an_agenda_is_kept_as_a_template) {
  const json wanted{
      {"title", "لقاء جهوي"},
      {"agenda", {{{"phase", "problems"}, {"question", "ما الذي يعيق؟"}, {"duration_ms", 900000}}}},
      {"settings",
       {{"anonymous", true},
        {"moderation", "after"},
        {"paused", false},
        {"quorum", 0},
        {"results_required", true},
        {"slow_seconds", 0}}}};
  const auto created = post("/api/templates", wanted, facilitator.headers());
  ASSERT_EQ(created.status, 201) << created.body;
  const auto listed = get("/api/templates", facilitator.headers()).json()["templates"];
  ASSERT_EQ(listed.size(), 1U);
  EXPECT_EQ(listed[0]["agenda"], wanted["agenda"]);
  EXPECT_EQ(listed[0]["settings"], wanted["settings"]);
  const auto id = created.json()["id"].get<std::string>();
  EXPECT_EQ(request("DELETE", "/api/templates/" + id, {}, facilitator.headers()).status, 204);
  EXPECT_TRUE(get("/api/templates", facilitator.headers()).json()["templates"].empty());
  EXPECT_EQ(post("/api/templates", {{"title", "x"}}, facilitator.headers()).status, 422);
}

TEST_F(RoomOf, a_solution_without_the_result_that_is_asked_for_is_not_taken) {
  auto staff = follow(facilitator, "staff");
  enter(staff, "solutions");
  done(staff, command("settings.set", {{"settings",
                                        {{"anonymous", false},
                                         {"moderation", "after"},
                                         {"paused", false},
                                         {"quorum", 0},
                                         {"results_required", true},
                                         {"slow_seconds", 0}}}}));
  auto one = follow(amina);
  const auto refused = ask(one, command("contribute", {{"kind", "solution"}, {"text", "نشر المحاضر"}}));
  EXPECT_EQ(refused["code"], "result_required");
  EXPECT_EQ(refused["field"], "result");
  const auto whole = command(
      "contribute", {{"kind", "solution"}, {"text", "نشر المحاضر"}, {"result", "يعرف السكان ما تقرر"}});
  const auto taken = done(one, whole);
  const auto again = done(one, whole);
  EXPECT_EQ(taken, again) << "the same command has no second effect, and the same answer";
  ASSERT_TRUE(taken.contains("result"));
  const auto board = snapshot(amina)["contributions"];
  ASSERT_EQ(board.size(), 2U);
  EXPECT_EQ(board[1]["id"], taken["result"]["contribution"]);
  EXPECT_EQ(board[1]["follows_from"], json::array({whole["id"]}));
  const auto fate = get("/api/receipts/" + taken["result"]["receipt"].get<std::string>()).json();
  EXPECT_EQ(fate["text"], "يعرف السكان ما تقرر");
}

TEST_F(RoomOf, a_note_of_the_staff_says_who_wrote_it_and_can_be_answered) {
  auto staff = follow(facilitator, "staff");
  const auto note = done(staff, command("staff.note", {{"text", "نحتاج ميكروفونا"}}));
  done(staff, command("staff.note", {{"text", "في الطريق"}, {"answers", note["seq"]}}));
  json answer = json::object();
  while (answer.value("text", "") != "في الطريق")
    answer = event(staff, "staff.note");
  EXPECT_EQ(answer["answers"], note["seq"]);
  EXPECT_FALSE(answer.value("name", "").empty());
  const auto notes = get(path("/snapshot?audience=staff"), facilitator.headers()).json()["notes"];
  ASSERT_EQ(notes.size(), 2U);
  EXPECT_EQ(notes[0]["name"], answer["name"]);
  EXPECT_THAT(get(path("/snapshot"), amina.headers()).body, Not(HasSubstr("ميكروفونا")));
}

TEST_F(RoomOf, who_spoke_is_told_to_the_staff_by_groups_alone) {
  auto staff = follow(facilitator, "staff");
  enter(staff, "plenary");
  std::vector<Person> people;
  for (const auto* gender : {"woman", "woman", "woman", "man", "man", "man"}) {
    auto body = join_body();
    body["gender"] = gender;
    const auto joined = post("/api/join", body);
    people.push_back({joined.cookie(), joined.json()["participant"]["id"]});
  }
  for (const auto& person : people)
    done(staff, command("floor.give", {{"participant", person.id}}));
  done(staff, command("floor.end"));
  for (const auto* file : {"/speaking", "/speaking.csv"}) {
    EXPECT_EQ(get(path(file)).status, 401) << file;
    EXPECT_EQ(get(path(file), amina.headers()).status, 401) << file;
  }
  const auto told = get(path("/speaking"), facilitator.headers()).json();
  EXPECT_EQ(told["turns"], 6);
  EXPECT_EQ(told["people"], 8);
  EXPECT_EQ(told["aspects"][0]["aspect"], "gender");
  for (const auto& group : told["aspects"][0]["groups"])
    EXPECT_GE(group["people"], 3) << group;
  const auto csv = get(path("/speaking.csv"), facilitator.headers());
  EXPECT_THAT(csv.body, HasSubstr("\"gender\""));
  for (const auto& person : people)
    EXPECT_THAT(csv.body, Not(HasSubstr(person.id)));
}

TEST_F(RoomOf, turnout_is_that_of_what_is_weighed) {
  auto staff = follow(facilitator, "staff");
  enter(staff, "problems");
  auto one = follow(amina);
  const auto problem = contribute("لا تعلن المواعيد");
  done(one, problem);
  enter(staff, "grouping");
  auto two = follow(brahim);
  done(two, support(problem["id"]));
  const auto voters = [&] { return get(path("/results"), facilitator.headers()).json()["voters"]; };
  EXPECT_EQ(voters(), 1);
  enter(staff, "solutions");
  EXPECT_EQ(voters(), 0) << "solutions are weighed now, and nobody has yet";
  auto solution = command("contribute", {{"kind", "solution"}, {"text", "تُنشر المواعيد"}});
  done(two, solution);
  done(one, support(solution["id"]));
  EXPECT_EQ(voters(), 1);
}

TEST_F(RoomOf, kinds_of_organisation_agree_only_where_each_is_large_enough_and_for_staff_only) {
  auto staff = follow(facilitator, "staff");
  enter(staff, "problems");
  auto one = follow(amina);
  const auto problem = contribute("لا تعلن المواعيد");
  done(one, problem);
  enter(staff, "grouping");
  const auto come = [&](const char* organisation, int people, int supporters) {
    for (int i = 0; i < people; ++i) {
      auto body = join_body();
      body["organisation"] = organisation;
      const auto person = join(body);
      if (i >= supporters)
        continue;
      auto socket = follow(person);
      done(socket, support(problem["id"]));
    }
  };
  const auto results = [&](const Person& person) { return get(path("/results"), person.headers()).json(); };
  come("association", 5, 5);
  come("university", 4, 1);
  auto told = results(facilitator);
  EXPECT_FALSE(told["results"][0].contains("agreement_of_organisations")) << "there is but one large enough";
  EXPECT_EQ(told["organisations"], json({{"kinds", 1}, {"people", 5}, {"said", 9}, {"least", 5}}));
  come("university", 1, 0);
  told = results(facilitator);
  EXPECT_NEAR(told["results"][0]["agreement_of_organisations"].get<double>(), 0.2, 1e-9)
      << "6/7 × 2/7, in tenths";
  EXPECT_THAT(told.dump(), Not(HasSubstr("university"))) << "no kind's own figure";
  const auto room = results(amina);
  EXPECT_FALSE(room.contains("organisations"));
  EXPECT_FALSE(room["results"][0].contains("agreement_of_organisations"));
}

TEST_F(RoomOf, the_log_tells_figures_settings_and_whom_an_act_concerns) {
  auto staff = follow(facilitator, "staff");
  enter(staff, "problems");
  auto one = follow(amina);
  const auto problem = contribute("لا تعلن المواعيد");
  done(one, problem);
  done(staff, command("count", {{"contribution", problem["id"]}, {"channel", "hands"}, {"people", 17}}));
  auto settings = snapshot(facilitator, "staff")["settings"];
  settings["results_required"] = true;
  settings["quorum"] = 20;
  done(staff, command("settings.set", {{"settings", settings}}));
  done(staff, command("take_over", {{"contribution", problem["id"]}, {"from", "5e7d9a10"}}));
  done(staff, plan({{"phase", "problems"}, {"anonymous", true}}));
  const auto table = command("table.add", {{"title", "1"}});
  done(staff, table);
  done(staff, command("table.seat", {{"table", table["id"]}, {"participants", {amina.id}}}));
  const auto alias = event(one, "table.seated")["who"][0].get<std::string>();
  done(one, contribute("كلام بلا اسم"));
  const auto log = get(path("/log.csv"), facilitator.headers()).body;
  EXPECT_THAT(log, HasSubstr("channel=hands; people=17"));
  EXPECT_THAT(log, HasSubstr("results_required: false > true"));
  EXPECT_THAT(log, HasSubstr("quorum: 0 > 20"));
  EXPECT_THAT(log, Not(HasSubstr("slow_seconds"))) << "what did not change";
  const auto line = [&](const std::string& words) {
    const auto at = log.find(words);
    const auto begin = log.rfind('\n', at) + 1;
    return at == std::string::npos ? std::string() : log.substr(begin, log.find('\n', at) - begin);
  };
  EXPECT_THAT(line("contribution.taken_over"), HasSubstr("5e7d9a10"));
  EXPECT_THAT(line("table.seated"), HasSubstr(alias));
  EXPECT_THAT(line("لا تعلن المواعيد"), HasSubstr(alias));
  EXPECT_THAT(line("كلام بلا اسم"), HasSubstr("contribution.added"));
  EXPECT_THAT(line("كلام بلا اسم"), Not(HasSubstr(alias))) << "it was written without a name";
}

TEST_F(RoomOf, the_log_names_nobody_and_is_safe_to_open) {
  auto staff = follow(facilitator, "staff");
  enter(staff, "problems");
  auto one = follow(amina);
  done(one, contribute("=HYPERLINK(1)"));
  const auto log = get(path("/log.csv"), facilitator.headers()).body;
  EXPECT_THAT(log, HasSubstr("contribution.added"));
  EXPECT_THAT(log, HasSubstr("'=HYPERLINK(1)"));
  EXPECT_THAT(log, Not(HasSubstr(amina.id)));
}

TEST_F(RoomOf, people_say_of_themselves_only_what_is_on_the_list) {
  auto body = join_body();
  body["gender"] = "woman";
  body["organisation"] = "association";
  EXPECT_EQ(post("/api/join", body).status, 201);
  body["age"] = "17";
  EXPECT_EQ(post("/api/join", body).status, 422);
}

} // namespace
} // namespace warsha::test
