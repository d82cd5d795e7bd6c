#include "tests/integration/fixture.hpp"

#include <thread>

/// What an organiser sees of all workshops at once, and what a preview of the room is given.
namespace warsha::test {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class OverviewOf : public ServedWarsha {
protected:
  void SetUp() override {
    ServedWarsha::SetUp();
    organiser = sign_in("organiser");
    consultation = get("/api/workshops", organiser.headers()).json()["consultations"][0]["id"];
  }
  [[nodiscard]] std::string overview() const { return "/api/consultations/" + consultation + "/overview"; }
  [[nodiscard]] json line_of(const std::string& id) const {
    const auto reply = get(overview(), organiser.headers());
    EXPECT_EQ(reply.status, 200) << reply.body;
    const auto body = reply.json();
    for (const auto& line : body["workshops"])
      if (line["id"] == id)
        return line;
    ADD_FAILURE() << reply.body;
    return {};
  }
  /// Presence is told within a second: asks until it is so.
  [[nodiscard]] json line_when(const std::string& member, int figure) const {
    for (int attempt = 0; attempt < 100; ++attempt) {
      const auto line = line_of(workshop);
      if (line[member] == figure)
        return line;
      std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
    return line_of(workshop);
  }

  Person organiser;
  std::string consultation;
};

TEST_F(OverviewOf, is_for_organisers_of_the_consultation_and_admins_alone) {
  EXPECT_EQ(get(overview()).code(), "sign_in_required");
  EXPECT_EQ(get(overview(), join().headers()).code(), "sign_in_required");
  for (const auto& [role, scope] :
       {std::pair{"facilitator", std::vector<std::string>{"--workshop", workshop}},
        std::pair{"reviewer", std::vector<std::string>{"--administration", "mtnra"}}}) {
    const auto reply = get(overview(), sign_in(role, scope).headers());
    EXPECT_EQ(reply.status, 403) << role;
    EXPECT_EQ(reply.code(), "not_permitted") << role;
  }
  EXPECT_EQ(get("/api/consultations/" + new_id() + "/overview", organiser.headers()).status, 403)
      << "another consultation";
  EXPECT_EQ(get("/api/consultations/nothing/overview", organiser.headers()).status, 404);
  const auto admin = sign_in("admin", {});
  EXPECT_EQ(get(overview(), admin.headers()).json()["consultation"]["role"], "admin");
  EXPECT_EQ(get("/api/consultations/" + new_id() + "/overview", admin.headers()).status, 404);
}

TEST_F(OverviewOf, has_a_line_for_each_workshop_with_what_happens_there_now) {
  EXPECT_EQ(line_of(other_workshop)["people"], 0);
  auto staff = follow(organiser, "staff");
  enter(staff, "problems");
  done(staff, command("timer.start", {{"duration_ms", 60'000}}));
  done(staff, command("table.add", {{"title", "المجموعة 1"}}));
  auto one = follow(join());
  auto two = follow(join());
  done(one, contribute("كلمات لا تظهر في النظرة العامة"));
  done(two, command("floor.ask"));
  const auto line = line_when("people", 2);
  EXPECT_EQ(line["people"], 2);
  EXPECT_EQ(line["unwritten"], 1);
  EXPECT_EQ(line["staff"], 0) << "who asks knows that they are there";
  EXPECT_EQ(line["phase"], "problems");
  EXPECT_GT(line["timer"]["ends_at"], line["changed_at"]);
  EXPECT_EQ(line["contributions"]["problem"], 1);
  EXPECT_EQ(line["tables"][0]["state"], "working");
  EXPECT_EQ(line["hands"], 1);
  EXPECT_EQ(line["read_only"], false);
  EXPECT_THAT(get(overview(), organiser.headers()).body, Not(HasSubstr("كلمات لا تظهر")));
}

TEST_F(OverviewOf, answers_what_is_calm_without_a_body) {
  const auto first = get(overview(), organiser.headers());
  auto headers = organiser.headers();
  headers["If-None-Match"] = first.header("etag");
  EXPECT_EQ(get(overview(), headers).status, 304);
  auto staff = follow(organiser, "staff");
  enter(staff, "problems");
  EXPECT_EQ(get(overview(), headers).status, 200);
}

TEST_F(OverviewOf,
       a_note_to_a_workshop_is_told_to_its_staff_at_once_and_to_who_comes_later_and_to_nobody_else) {
  const auto facilitator = sign_in("facilitator");
  auto there = follow(facilitator, "staff");
  EXPECT_EQ(line_when("staff", 1)["staff"], 1);
  auto one = follow(join());
  // As the overview's page sends it: without having fetched the board.
  auto desk = connect(organiser, "staff");
  desk.send({{"type", "hello"}});
  desk.until("welcome");
  done(desk, command("staff.note", {{"text", "نختم بعد عشر دقائق"}}));
  EXPECT_EQ(event(there, "staff.note")["text"], "نختم بعد عشر دقائق");
  EXPECT_FALSE(event(one, "staff.note").contains("text"));
  const auto notes = snapshot(facilitator, "staff")["notes"];
  ASSERT_EQ(notes.size(), 1U);
  EXPECT_EQ(notes[0]["text"], "نختم بعد عشر دقائق");
  EXPECT_FALSE(snapshot(facilitator, "room").contains("notes"));
  done(there, command("staff.note", {{"text", "سمعت"}, {"answers", notes[0]["seq"]}}));
  const auto read = line_of(workshop)["notes"];
  ASSERT_EQ(read.size(), 2U) << "the answer comes to where the note was sent from";
  EXPECT_EQ(read[0]["mine"], true);
  EXPECT_EQ(read[1]["mine"], false);
  EXPECT_EQ(read[1]["answers"], notes[0]["seq"]);
  EXPECT_FALSE(read[1].value("name", "").empty());
  const auto admin = sign_in("admin", {});
  EXPECT_THAT(get(overview(), admin.headers()).body, Not(HasSubstr("سمعت")));
  EXPECT_EQ(get("/api/workshops/" + other_workshop + "/snapshot?audience=staff", facilitator.headers())
                .json()["notes"]
                .size(),
            0U);
}

TEST_F(OverviewOf, a_preview_opened_by_staff_is_given_what_the_room_is_given_and_no_more) {
  auto staff = follow(organiser, "staff");
  done(staff, command("agenda.set", {{"agenda", json::array({{{"phase", "problems"}, {"silent", true}}})}}));
  enter(staff, "problems");
  auto preview = follow(organiser, "screen");
  auto one = follow(join());
  done(one, contribute("مكتوبة في صمت"));
  EXPECT_FALSE(event(preview, "contribution.added")["contribution"].contains("text"));
  done(staff, command("staff.note", {{"text", "بيننا"}}));
  EXPECT_FALSE(event(preview, "staff.note").contains("text"));
  done(staff, command("reveal"));
  EXPECT_EQ(event(preview, "contributions.revealed")["contributions"][0]["text"], "مكتوبة في صمت");
  const auto hidden = contribute("كلمات ستحجب");
  done(one, hidden);
  done(staff, hide(hidden["id"], "سبب"));
  event(preview, "contribution.hidden");
  EXPECT_THAT(snapshot(organiser, "room").dump(), Not(HasSubstr("كلمات ستحجب")));
  EXPECT_THAT(snapshot(organiser, "staff").dump(), HasSubstr("كلمات ستحجب")) << "it was there to be seen";
}

TEST_F(OverviewOf, a_preview_cannot_act_whoever_opened_it_and_is_nobody_in_the_room) {
  auto staff = follow(organiser, "staff");
  enter(staff, "problems");
  auto preview = connect(organiser, "screen");
  const auto now = snapshot(organiser);
  hello(preview, now["epoch"], now["seq"]);
  const auto welcome = preview.until("welcome");
  EXPECT_EQ(welcome["you"], (json{{"role", "screen"}}));
  for (const auto& wanted : {contribute("x"), command("phase.enter", {{"phase", "closed"}}),
                             command("staff.note", {{"text", "x"}}), command("floor.ask")})
    EXPECT_EQ(refused(preview, wanted), "not_permitted") << wanted;
  preview.send({{"type", "typing"}});
  auto one = follow(join());
  const auto line = line_when("people", 1);
  EXPECT_EQ(line["people"], 1);
}

TEST_F(OverviewOf, a_participant_who_asks_for_more_gets_nothing_more) {
  const auto person = join();
  EXPECT_EQ(connect(person, "staff").refusal(), "sign_in_required");
  EXPECT_EQ(get(path("/snapshot?audience=staff"), person.headers()).status, 401);
  auto staff = follow(organiser, "staff");
  enter(staff, "problems");
  auto preview = follow(person, "screen");
  EXPECT_EQ(refused(preview, contribute("x")), "not_permitted");
  done(staff, command("staff.note", {{"text", "بيننا"}}));
  EXPECT_FALSE(event(preview, "staff.note").contains("text"));
}

} // namespace
} // namespace warsha::test
