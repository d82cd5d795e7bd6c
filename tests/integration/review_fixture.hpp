#pragma once

#include "tests/integration/fixture.hpp"

namespace warsha::test {

/// The demonstration with an organiser, two people of one administration and one of another.
class ReviewOf : public ServedWarsha {
protected:
  void SetUp() override {
    ServedWarsha::SetUp();
    organiser = sign_in("organiser");
    officer = sign_in_as("officer", "mtnra");
    head = sign_in_as("head", "mtnra");
    stranger = sign_in_as("stranger", "justice");
    consultation = get("/api/workshops", organiser.headers()).json()["consultations"][0]["id"];
  }
  Person sign_in_as(const std::string& name, const std::string& administration) {
    server.add_account(name, {"--administration", administration}, "reviewer");
    const auto reply = post("/api/session", credentials(name));
    EXPECT_EQ(reply.status, 201) << reply.body;
    return {reply.cookie(), {}};
  }
  /// Says something in the workshop; gives {id, receipt}.
  std::pair<std::string, std::string> said(const std::string& text) { return said(text, join()); }
  std::pair<std::string, std::string> said(const std::string& text, const Person& person) {
    auto staff = follow(organiser, "staff");
    ask(staff, command("phase.enter", {{"phase", "solutions"}}));
    auto socket = follow(person);
    const auto solution = contribute(text, "solution");
    const auto ack = done(socket, solution);
    return {solution["id"], ack["receipt"]};
  }
  [[nodiscard]] std::string review() const { return "/api/consultations/" + consultation + "/review"; }
  Reply act(const Person& person, const std::string& action, json members) const {
    members["id"] = new_id();
    members["action"] = action;
    return post(review(), members, person.headers());
  }
  std::string proposed(const std::string& contribution) {
    json propose{{"id", new_id()},
                 {"action", "propose"},
                 {"title", "نشر المحاضر"},
                 {"text", "تنشر محاضر دورات المجلس في أجل خمسة عشر يوما"},
                 {"contributions", {contribution}}};
    EXPECT_EQ(post(review(), propose, organiser.headers()).status, 200);
    return propose["id"];
  }
  /// Proposed, sent to mtnra and answered by its two people.
  std::string answered(const std::string& contribution, const std::string& kind = "taken") {
    auto proposal = proposed(contribution);
    EXPECT_EQ(act(organiser, "route", {{"proposal", proposal}, {"lead", "mtnra"}}).status, 200);
    EXPECT_EQ(act(officer, "answer", {{"proposal", proposal}, {"kind", kind}, {"words", words()}}).status,
              200);
    EXPECT_EQ(act(head, "approve", {{"proposal", proposal}}).status, 200);
    return proposal;
  }
  static json words(const std::string& ar = "سننشر المحاضر", const std::string& fr = "Nous publierons") {
    return {{"ar", ar}, {"fr", fr}};
  }

  Person organiser, officer, head, stranger;
  std::string consultation;
};

} // namespace warsha::test
