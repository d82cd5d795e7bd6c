#include "protocol/limits.hpp"
#include "tests/integration/fixture.hpp"

#include <thread>

namespace warsha::test {
namespace {

/// A workshop in its problems phase, with a facilitator who follows it.
class Live : public ServedWarsha {
protected:
  void SetUp() override {
    ServedWarsha::SetUp();
    facilitator = sign_in("facilitator");
    staff.emplace(follow(facilitator, "staff"));
    enter(*staff, "problems");
    amina = join();
    brahim = join();
  }

  Person facilitator, amina, brahim;
  std::optional<LiveSocket> staff;
};

// --- Coming in ---------------------------------------------------------------------------------------

TEST_F(Live, a_connection_introduces_itself_first) {
  auto socket = connect(amina);
  EXPECT_EQ(socket.subprotocol(), "warsha.live.v1");
  EXPECT_EQ(refused(socket, contribute("too early")), "hello_expected");
  socket.send({{"type", "hello"}});
  EXPECT_EQ(socket.next()->at("type"), "welcome");
}

TEST_F(Live, somebody_new_is_sent_to_the_snapshot_and_follows_from_there) {
  auto socket = connect(amina);
  socket.send({{"type", "hello"}, {"client", "test"}});
  const auto welcome = socket.next().value();
  EXPECT_EQ(welcome["type"], "welcome");
  EXPECT_EQ(welcome["you"]["role"], "participant");
  EXPECT_EQ(welcome["you"]["id"], amina.id);
  EXPECT_EQ(welcome["workshop"], workshop);
  EXPECT_EQ(welcome["phase"], "problems");
  EXPECT_EQ(welcome["rules"]["contribute"], json::array({"problem"}));
  EXPECT_EQ(welcome["mine"]["contributions"], json::array());
  const auto resync = socket.next().value();
  EXPECT_EQ(resync["type"], "resync");
  EXPECT_EQ(resync["reason"], "no_resume_point");
  const auto reply = get(resync["snapshot"], amina.headers());
  ASSERT_EQ(reply.status, 200);
  const auto board = reply.json();
  EXPECT_EQ(board["audience"], "room");
  hello(socket, board["epoch"], board["seq"]);
  EXPECT_EQ(socket.next()->at("type"), "welcome");
  const auto sent = done(*staff, contribute("said aloud"));
  const auto added = event(socket, "contribution.added");
  EXPECT_EQ(added["seq"], sent["seq"]);
  EXPECT_EQ(added["contribution"]["text"], "said aloud");
  EXPECT_FALSE(added["contribution"].contains("author"));
}

TEST_F(Live, events_come_to_everybody_in_one_order_without_a_gap) {
  auto one = follow(amina);
  auto two = follow(brahim);
  const auto seq_before = snapshot(amina)["seq"].get<std::uint64_t>();
  for (int i = 0; i < 20; ++i) {
    one.send(contribute("one " + std::to_string(i)));
    two.send(contribute("two " + std::to_string(i)));
  }
  const auto collect = [&](LiveSocket& socket) {
    std::vector<json> events;
    while (events.size() < 40) {
      const auto message = socket.until("events");
      events.insert(events.end(), message["events"].begin(), message["events"].end());
    }
    return events;
  };
  const auto seen = collect(one);
  for (std::size_t i = 0; i < seen.size(); ++i)
    EXPECT_EQ(seen[i]["seq"], seq_before + 1 + i);
  EXPECT_EQ(collect(two), seen);
}

TEST_F(Live, the_screen_sees_the_room_and_does_nothing) {
  auto screen = follow(facilitator, "screen");
  EXPECT_EQ(refused(screen, contribute("from the screen")), "not_permitted");
  EXPECT_EQ(refused(screen, command("phase.enter", {{"phase", "grouping"}})), "not_permitted");
  done(*staff, contribute("for all"));
  EXPECT_FALSE(event(screen, "contribution.added")["contribution"].contains("author"));
}

// --- Commands ----------------------------------------------------------------------------------------

TEST_F(Live, a_command_sent_again_is_acknowledged_again_and_counts_once) {
  auto socket = follow(amina);
  const auto wanted = contribute("once");
  const auto first = done(socket, wanted);
  EXPECT_FALSE(first["receipt"].get<std::string>().empty());
  EXPECT_EQ(done(socket, wanted), first);
  auto later = follow(amina);
  EXPECT_EQ(done(later, wanted), first) << "on another connection too";
  EXPECT_EQ(snapshot(amina)["seq"], first["seq"]);
  auto other = follow(brahim);
  EXPECT_FALSE(done(other, wanted).contains("receipt")) << "a receipt is its author's alone";
}

TEST_F(Live, an_id_used_again_for_other_content_is_refused) {
  auto socket = follow(amina);
  auto wanted = contribute("first");
  done(socket, wanted);
  wanted["text"] = "second";
  EXPECT_EQ(refused(socket, wanted), "id_reused");
  const auto board = snapshot(amina);
  EXPECT_EQ(contribution(board, wanted["id"])->at("text"), "first");
}

/// Public pages name the contributions of all workshops.
TEST_F(Live, the_id_of_another_workshops_contribution_is_refused_and_holds_nobody_up) {
  LiveSocket steers(port(), "/live/" + other_workshop + "?as=staff", facilitator.headers());
  hello(steers, "none", 0);
  enter(steers, "problems");
  auto here = follow(amina);
  const auto first = contribute("هنا");
  done(here, first);
  const auto visitor =
      post("/api/join", {{"code", other_join_code}, {"language", "ar"}, {"notice_version", 1}});
  LiveSocket there(port(), "/live/" + other_workshop + "?as=participant", {{"Cookie", visitor.cookie()}});
  const auto board =
      get("/api/workshops/" + other_workshop + "/snapshot", {{"Cookie", visitor.cookie()}}).json();
  hello(there, board.at("epoch"), board.at("seq"));
  there.until("welcome");

  auto stolen = contribute("هناك");
  stolen["id"] = first["id"];
  const auto before = contribute("قبل");
  const auto after = contribute("بعد");
  for (const auto& each : {before, stolen, after})
    there.send(each);
  std::map<std::string, json> answers;
  std::vector<std::string> told;
  there.until([&](const json& message) {
    const auto type = message.at("type").get<std::string>();
    if (type == "ack" || type == "reject")
      answers[message.at("id")] = message;
    EXPECT_NE(type, "status") << "it was never read-only";
    if (type == "events")
      for (const auto& one : message.at("events"))
        told.push_back(one.at("contribution").at("id"));
    return answers.size() == 3 && told.size() == 2;
  });
  EXPECT_EQ(answers.at(stolen["id"]).value("code", ""), "id_reused");
  EXPECT_EQ(answers.at(before["id"]).at("type"), "ack");
  EXPECT_EQ(answers.at(after["id"]).at("type"), "ack");
  EXPECT_EQ(told, (std::vector<std::string>{before["id"], after["id"]}))
      << "each once, in the order they came";
  EXPECT_EQ(contribution(snapshot(amina), first["id"])->at("text"), "هنا");
}

TEST_F(Live, a_message_that_is_not_understood_leaves_the_connection_open) {
  auto socket = follow(amina);
  const auto answer = [&](const std::string& bytes) {
    socket.send_text(bytes);
    return socket.until("reject");
  };
  auto unknown_field = contribute("x");
  unknown_field["as"] = "organiser";
  auto missing = contribute("x");
  missing.erase("text");
  auto wrong_type = contribute("x");
  wrong_type["text"] = 7;
  auto wrong_kind = contribute("x", "question");
  auto no_id = contribute("x");
  no_id.erase("id");
  auto wrong_id = contribute("x");
  wrong_id["id"] = "5";
  auto id_of_another_kind = contribute("x");
  id_of_another_kind["id"] = "0f0f0f0f-0f0f-4f0f-8f0f-0f0f0f0f0f0f";
  auto too_long = contribute(std::string(501, 'a'));
  for (const auto& [bytes, code, field] :
       {std::tuple<std::string, std::string, std::string>{"", "malformed", ""},
        {"{", "malformed", ""},
        {"[]", "malformed", ""},
        {"null", "malformed", ""},
        {std::string(17, '[') + std::string(17, ']'), "malformed", ""},
        {R"({"type":"hello"}{"type":"hello"})", "malformed", ""},
        {"{}", "missing_field", "type"},
        {R"({"type":7})", "wrong_type", "type"},
        {R"({"type":"welcome"})", "unknown_type", "type"},
        {R"({"type":"hello","resume":{"epoch":"e"}})", "missing_field", "seq"},
        {R"({"type":"hello","resume":{"epoch":"e","seq":-1}})", "invalid_value", "seq"},
        {R"({"type":"hello","resume":{"epoch":7,"seq":1}})", "wrong_type", "epoch"},
        {R"({"type":"hello","token":"x"})", "unknown_field", "token"},
        {R"({"type":"typing","text":"x"})", "unknown_field", "text"},
        {command("delete").dump(), "unknown_action", "action"},
        {unknown_field.dump(), "unknown_field", "as"},
        {missing.dump(), "missing_field", "text"},
        {wrong_type.dump(), "wrong_type", "text"},
        {wrong_kind.dump(), "invalid_value", "kind"},
        {no_id.dump(), "missing_field", "id"},
        {wrong_id.dump(), "invalid_value", "id"},
        {id_of_another_kind.dump(), "invalid_value", "id"},
        {too_long.dump(), "text_too_long", "text"},
        {contribute(" \n ").dump(), "text_empty", "text"},
        {contribute("a\u202eb").dump(), "text_forbidden_character", "text"},
        {support("nothing").dump(), "invalid_value", "contribution"}}) {
    const auto rejected = answer(bytes);
    EXPECT_EQ(rejected["code"], code) << bytes;
    EXPECT_EQ(rejected.value("field", ""), field) << bytes;
  }
  EXPECT_EQ(answer(too_long.dump())["limit"], 500);
  EXPECT_EQ(answer(too_long.dump())["id"], too_long["id"]);
  done(socket, contribute("still here"));
}

TEST_F(Live, what_is_not_there_or_not_fitting_is_refused) {
  auto socket = follow(amina);
  const auto problem = contribute("a problem");
  done(socket, problem);
  EXPECT_EQ(refused(socket, command("edit", {{"contribution", new_id()}, {"text", "x"}})),
            "contribution_not_found");
  EXPECT_EQ(refused(*staff, command("place", {{"contribution", problem["id"]}, {"theme", new_id()}})),
            "theme_not_found");
  EXPECT_EQ(refused(*staff, command("timer.extend", {{"duration_ms", 60000}})), "timer_not_running");
  EXPECT_EQ(refused(*staff, command("moderate", {{"contribution", problem["id"]}, {"hidden", true}})),
            "reason_required");
  auto solution = contribute("a solution", "solution");
  solution["answers"] = {problem["id"]};
  done(*staff, solution);
  auto wrong = contribute("wrong", "solution");
  wrong["answers"] = {solution["id"]};
  EXPECT_EQ(refused(*staff, wrong), "wrong_reference");
}

TEST_F(Live, a_participant_does_what_the_phase_asks_for) {
  auto socket = follow(amina);
  EXPECT_EQ(refused(socket, contribute("a solution", "solution")), "wrong_phase");
  EXPECT_EQ(refused(socket, command("phase.enter", {{"phase", "closed"}})), "not_permitted");
  EXPECT_EQ(refused(socket, command("theme.add", {{"title", "x"}})), "not_permitted");
  EXPECT_EQ(refused(socket, command("timer.start", {{"duration_ms", 60000}})), "not_permitted");
  const auto problem = contribute("a problem");
  done(socket, problem);
  EXPECT_EQ(refused(socket, hide(problem["id"], "x")), "not_permitted");
  enter(*staff, "grouping");
  EXPECT_EQ(event(socket, "phase.entered")["rules"]["contribute"], json::array());
  EXPECT_EQ(refused(socket, contribute("too late")), "wrong_phase");
  enter(*staff, "closed");
  EXPECT_EQ(refused(socket, contribute("closed")), "workshop_closed");
  EXPECT_EQ(refused(socket, command("withdraw", {{"contribution", problem["id"]}})), "workshop_closed");
  EXPECT_EQ(refused(*staff, contribute("closed for staff too")), "workshop_closed");
  enter(*staff, "problems");
  done(socket, contribute("open again"));
}

TEST_F(Live, support_is_given_once_by_participants_to_others) {
  auto one = follow(amina);
  auto two = follow(brahim);
  const auto problem = contribute("a problem");
  const std::string id = problem["id"];
  done(one, problem);
  EXPECT_EQ(refused(two, support(id)), "wrong_phase");
  enter(*staff, "grouping");
  EXPECT_EQ(refused(one, support(id)), "own_contribution");
  EXPECT_EQ(refused(*staff, support(id)), "not_permitted");
  EXPECT_EQ(refused(two, support(new_id())), "contribution_not_found");
  const auto given = done(two, support(id));
  EXPECT_EQ(event(one, "contribution.supported")["supports"], 1);
  EXPECT_EQ(done(two, support(id))["seq"], given["seq"]) << "given already";
  auto again = connect(brahim);
  again.send({{"type", "hello"}});
  EXPECT_EQ(again.until("welcome")["mine"]["supports"], json::array({id}));
  done(two, support(id, false));
  EXPECT_EQ(event(one, "contribution.unsupported")["supports"], 0);
  done(*staff, hide(id, "reason"));
  EXPECT_EQ(refused(two, support(id)), "contribution_hidden");
  done(one, command("withdraw", {{"contribution", id}}));
  EXPECT_EQ(refused(two, support(id)), "contribution_withdrawn");
}

TEST_F(Live, only_the_author_changes_or_withdraws_a_contribution) {
  auto one = follow(amina);
  auto two = follow(brahim);
  const auto problem = contribute("before");
  done(one, problem);
  EXPECT_EQ(refused(two, command("edit", {{"contribution", problem["id"]}, {"text", "mine"}})), "not_yours");
  EXPECT_EQ(refused(two, command("withdraw", {{"contribution", problem["id"]}})), "not_yours");
  done(one, command("edit", {{"contribution", problem["id"]}, {"text", "the second wording"}}));
  EXPECT_EQ(event(two, "contribution.edited")["text"], "the second wording");
  done(one, command("withdraw", {{"contribution", problem["id"]}}));
  event(two, "contribution.withdrawn");
  EXPECT_THAT(get(path("/snapshot?audience=room"), brahim.headers()).body,
              ::testing::Not(::testing::HasSubstr("the second wording")));
  EXPECT_THAT(get(path("/snapshot?audience=staff"), facilitator.headers()).body,
              ::testing::Not(::testing::HasSubstr("the second wording")));
}

TEST_F(Live, who_sends_too_fast_is_told_so_and_can_go_on) {
  auto socket = follow(amina);
  json last;
  for (int i = 0; i < 100; ++i)
    socket.send(last = contribute("n " + std::to_string(i)));
  int kept = 0;
  int too_fast = 0;
  for (int i = 0; i < 100; ++i) {
    const auto answer =
        socket.until([](const json& one) { return one["type"] == "ack" || one["type"] == "reject"; });
    kept += answer["type"] == "ack" ? 1 : 0;
    too_fast += answer.value("code", "") == "too_fast" ? 1 : 0;
  }
  EXPECT_EQ(kept + too_fast, 100);
  EXPECT_GE(kept, static_cast<int>(limits::kCommandBurst) - 1) << "the hello costs one as well";
  EXPECT_GT(too_fast, 0);
  std::this_thread::sleep_for(std::chrono::milliseconds(300)); // two commands are allowed by then
  done(socket, last);
}

// --- Hiding ------------------------------------------------------------------------------------------

TEST_F(Live, what_is_hidden_leaves_the_room_with_its_reason_and_without_its_words) {
  auto one = follow(amina);
  auto two = follow(brahim);
  const auto before = snapshot(brahim);
  const auto problem = contribute("words that hurt");
  const std::string id = problem["id"];
  done(one, problem);
  done(one, command("edit", {{"contribution", id}, {"text", "words that hurt more"}}));
  ASSERT_EQ(contribution(snapshot(brahim), id) == nullptr, false);
  done(*staff, hide(id, "names a person"));

  const auto hidden = event(two, "contribution.hidden");
  EXPECT_EQ(hidden["reason"], "names a person");
  EXPECT_FALSE(hidden.contains("text"));
  const auto board = snapshot(brahim);
  EXPECT_EQ(contribution(board, id)->at("state"), "hidden");
  EXPECT_THAT(board.dump(), ::testing::Not(::testing::HasSubstr("hurt")));
  EXPECT_EQ(contribution(snapshot(facilitator, "staff"), id)->at("text"), "words that hurt more");

  auto late = connect(brahim);
  hello(late, before["epoch"], before["seq"]);
  late.until("welcome");
  const auto missed = late.until("events");
  EXPECT_EQ(missed["last"], hidden["seq"]);
  EXPECT_EQ(missed["events"].size(), 3U);
  EXPECT_THAT(missed.dump(), ::testing::Not(::testing::HasSubstr("hurt")));

  done(*staff, command("moderate", {{"contribution", id}, {"hidden", false}}));
  EXPECT_EQ(event(two, "contribution.shown")["contribution"]["text"], "words that hurt more");
}

TEST_F(Live, the_author_of_what_is_hidden_sees_why) {
  auto socket = follow(amina);
  const auto problem = contribute("mine");
  done(socket, problem);
  done(*staff, hide(problem["id"], "names a person"));
  socket.send({{"type", "hello"}});
  const auto mine = socket.until("welcome")["mine"]["contributions"].at(0);
  EXPECT_EQ(mine["state"], "hidden");
  EXPECT_EQ(mine["reason"], "names a person");
  EXPECT_EQ(mine["text"], "mine");
}

// --- Coming back -------------------------------------------------------------------------------------

TEST_F(Live, who_comes_back_gets_what_was_missed_and_then_what_follows) {
  const auto left = snapshot(amina);
  const auto seq = left["seq"].get<std::uint64_t>();
  for (int i = 0; i < 5; ++i)
    done(*staff, contribute("missed " + std::to_string(i)));
  auto socket = connect(amina);
  hello(socket, left["epoch"], seq);
  EXPECT_EQ(socket.until("welcome")["seq"], seq + 5);
  const auto missed = socket.until("events");
  EXPECT_EQ(missed["first"], seq + 1);
  EXPECT_EQ(missed["last"], seq + 5);
  EXPECT_EQ(missed["events"].at(4)["contribution"]["text"], "missed 4");
  done(*staff, contribute("next"));
  EXPECT_EQ(socket.until("events")["first"], seq + 6);
}

TEST_F(Live, another_epoch_or_a_place_not_reached_yet_needs_a_snapshot) {
  const auto now = snapshot(amina);
  for (const auto& [epoch, seq] : {std::pair<std::string, std::uint64_t>{"0123456789abcdef", 1},
                                   {now["epoch"], now["seq"].get<std::uint64_t>() + 1},
                                   {now["epoch"], UINT64_MAX}}) {
    auto socket = connect(amina);
    hello(socket, epoch, seq);
    EXPECT_EQ(socket.until("resync")["reason"], "epoch_changed") << epoch << " " << seq;
  }
}

TEST_F(Live, a_restart_keeps_everything_and_sends_the_far_behind_to_the_snapshot) {
  auto socket = follow(amina);
  const auto problem = contribute("kept");
  const auto ack = done(socket, problem);
  server.send_signal(SIGTERM);
  ASSERT_EQ(server.wait_for_end(5), 0);
  server.start();
  const auto board = snapshot(amina);
  EXPECT_EQ(board["seq"], ack["seq"]);
  EXPECT_EQ(contribution(board, problem["id"])->at("text"), "kept");
  auto back = connect(amina);
  hello(back, board["epoch"], 0);
  EXPECT_EQ(back.until("resync")["reason"], "too_far_behind");
  EXPECT_EQ(done(back, problem), ack) << "still the same command after a restart";
}

// --- Presence ----------------------------------------------------------------------------------------

TEST_F(Live, presence_counts_people_once_and_who_writes) {
  auto one = follow(amina);
  auto same = follow(amina);
  auto two = std::make_optional(follow(brahim));
  const auto until_presence = [&](int people, int writing) {
    return one.until([&](const json& message) {
      return message["type"] == "presence" && message["people"] == people && message["writing"] == writing;
    });
  };
  until_presence(2, 0);
  two->send({{"type", "typing"}});
  until_presence(2, 1);
  two.reset();
  until_presence(1, 0);
}

TEST_F(Live, presence_counts_who_has_written_nothing_yet) {
  auto one = follow(amina);
  auto two = follow(brahim);
  const auto until_unwritten = [&](int people) {
    return one.until([&](const json& message) {
      return message["type"] == "presence" && message["people"] == 2 && message["unwritten"] == people;
    });
  };
  until_unwritten(2);
  done(two, contribute("لا تعلن المواعيد"));
  until_unwritten(1);
}

// --- What ends a connection ----------------------------------------------------------------------------

TEST_F(Live, sixty_four_malformed_messages_end_the_connection) {
  auto socket = follow(amina);
  for (int i = 0; i < 63; ++i)
    socket.send_text("{");
  done(socket, contribute("still here"));
  socket.send_text("{");
  EXPECT_EQ(socket.close_code(), 4502);
}

TEST_F(Live, a_binary_message_ends_the_connection) {
  auto socket = follow(amina);
  socket.send_binary("{}");
  EXPECT_EQ(socket.close_code(), 1003);
}

TEST_F(Live, a_message_over_the_limit_ends_the_connection) {
  auto fits = follow(amina);
  auto wanted = contribute("fits").dump();
  wanted.resize(32 * 1024, ' ');
  fits.send_text(wanted);
  fits.until("ack");
  fits.send_text(wanted + " ");
  EXPECT_EQ(fits.close_code(), 1009);
}

TEST_F(Live, bytes_that_are_no_utf8_end_the_connection) {
  for (const auto* bytes : {"\xff", "\xc0\xaf", "\xed\xa0\x80", "\"\xd8\""}) {
    auto socket = follow(amina);
    socket.send_text(bytes);
    EXPECT_EQ(socket.close_code(), 1007);
  }
  EXPECT_EQ(get("/health").status, 200);
}

// --- When the server goes ------------------------------------------------------------------------------

TEST_F(Live, a_server_that_is_told_to_end_says_goodbye_and_ends) {
  auto one = follow(amina);
  auto silent = connect(brahim);
  server.send_signal(SIGTERM);
  for (auto* socket : {&one, &silent, &*staff}) {
    const auto bye = socket->until("bye");
    EXPECT_EQ(bye["reason"], "restart");
    EXPECT_GE(bye["retry_after_ms"], 500);
    EXPECT_LE(bye["retry_after_ms"], 4000);
    EXPECT_EQ(socket->close_code(), 1012);
  }
  EXPECT_EQ(server.wait_for_end(5), 0);
  server.verify();
}

TEST_F(Live, a_server_that_is_told_to_end_does_not_wait_for_the_deaf) {
  auto deaf = follow(amina);
  server.send_signal(SIGTERM);
  EXPECT_EQ(server.wait_for_end(5), 0);
}

TEST_F(Live, what_was_acknowledged_is_there_once_after_the_server_was_killed) {
  auto socket = std::make_optional(follow(amina));
  std::vector<json> sent;
  for (int i = 0; i < 50; ++i)
    socket->send(sent.emplace_back(contribute("n " + std::to_string(i))));
  std::map<std::string, json> acks;
  while (acks.size() < 20) {
    auto ack = socket->until("ack");
    acks[ack["id"]] = ack;
  }
  server.kill();
  while (const auto message = socket->next()) // what had left before
    if (message->at("type") == "ack")
      acks[message->at("id")] = *message;
  server.verify();
  server.start();
  const auto board = snapshot(amina);
  for (const auto& [id, ack] : acks) {
    const auto* kept = contribution(board, id);
    ASSERT_NE(kept, nullptr) << id;
    EXPECT_EQ(kept->at("seq"), ack["seq"]);
  }
  socket.emplace(follow(amina));
  for (const auto& one : sent) { // as a client does that does not know
    const auto ack = done(*socket, one);
    if (acks.contains(one["id"])) {
      EXPECT_EQ(ack, acks[one["id"]]);
    }
  }
  const auto after = snapshot(amina);
  std::map<std::string, int> times;
  for (const auto& one : after["contributions"])
    ++times[one["id"]];
  EXPECT_EQ(times.size(), sent.size());
  for (const auto& [id, count] : times)
    EXPECT_EQ(count, 1) << id;
  server.verify();
}

// --- A client that does not read -----------------------------------------------------------------------

TEST_F(Live, a_client_that_does_not_read_delays_nobody_and_is_told_to_resync) {
  auto slow = follow(brahim, "participant", true);
  auto socket = follow(amina);
  std::string long_text; // 500 letters of eight code points each: 8,000 bytes
  for (int i = 0; i < 500; ++i) {
    long_text += "ب";
    for (int mark = 0; mark < 7; ++mark)
      long_text += "\u064e";
  }
  auto longest = std::chrono::steady_clock::duration::zero();
  // Enough to fill what may wait for it, and few enough that a slow machine is done before the server gives
  // up writing to it.
  for (int i = 0; i < 5; ++i) {
    for (int j = 0; j < 20; ++j)
      staff->send(contribute(long_text));
    const auto began = std::chrono::steady_clock::now();
    done(socket, contribute("quick " + std::to_string(i)));
    longest = std::max(longest, std::chrono::steady_clock::now() - began);
    for (int j = 0; j < 20; ++j)
      staff->until("ack");
  }
  EXPECT_LT(longest, std::chrono::seconds(2));
  EXPECT_EQ(slow.until("resync")["reason"], "too_slow");
  const auto board = snapshot(brahim);
  hello(slow, board["epoch"], board["seq"]);
  EXPECT_EQ(slow.until("welcome")["seq"], board["seq"]);
  done(*staff, contribute("after"));
  EXPECT_EQ(event(slow, "contribution.added")["contribution"]["text"], "after");
}

} // namespace
} // namespace warsha::test
