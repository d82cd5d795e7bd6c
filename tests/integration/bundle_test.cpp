#include "tests/integration/fixture.hpp"

#include <fstream>
#include <iterator>

/// The way of a consultation that was held without internet: a laptop in the hall, a file, the central
/// server.
namespace warsha::test {
namespace {

using ::testing::HasSubstr;

class HeldInAHall : public ServedWarsha {
protected:
  void SetUp() override {
    ServedWarsha::SetUp();
    organiser = sign_in("organiser");
    consultation = get("/api/workshops", organiser.headers()).json()["consultations"][0]["id"];
    std::ofstream(hall("hall.pem")) << server.run({"export", "--make-key", hall("private.pem")});
  }
  [[nodiscard]] std::string hall(const std::string& file) const { return (server.folder() / file).string(); }

  /// Exports while the hall's server runs.
  [[nodiscard]] std::string exported(const std::string& file) const {
    const auto path = hall(file);
    server.run({"export", "--consultation", consultation, "--key", hall("private.pem"), "--instant",
                "1700000000000", path});
    return path;
  }
  [[nodiscard]] json imported(const ServerProcess& at, const std::string& bundle) const {
    return json::parse(at.run({"import", bundle, "--trust", hall("hall.pem"), "--json"}));
  }
  static std::string content(const std::string& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  /// Somebody comes and says something; gives the receipt.
  std::string said(const std::string& text) {
    auto socket = follow(join());
    return done(socket, contribute(text))["receipt"];
  }

  ServerProcess central;
  Person organiser;
  std::string consultation;
};

TEST_F(HeldInAHall, what_was_said_is_followed_on_the_central_server) {
  auto staff = follow(organiser, "staff");
  done(staff, command("agenda.set", {{"agenda", {{{"phase", "problems"}, {"question", "ما الذي يعيق؟"}}}}}));
  done(staff, command("settings.set", {{"settings",
                                        {{"anonymous", true},
                                         {"moderation", "after"},
                                         {"paused", false},
                                         {"quorum", 3},
                                         {"results_required", false},
                                         {"slow_seconds", 0}}}}));
  enter(staff, "problems");
  const auto first = said("لا توجد إنارة قرب المدرسة");
  const auto second = said("الحافلة لا تصل مساءً");
  const auto bundle = exported("first.warsha-bundle");

  central.start(); // it runs while the bundle arrives, and has never heard of the consultation
  const auto there = [&](const std::string& path, const Headers& headers = {}) {
    return send_request(central.port(), "GET", path, {}, headers);
  };
  EXPECT_EQ(there("/api/receipts/" + first).status, 404);
  const auto outcome = imported(central, bundle);
  EXPECT_EQ(outcome["outcome"], "imported");
  EXPECT_EQ(outcome["consultation"], consultation);

  for (const auto& receipt : {first, second}) {
    const auto here = get("/api/receipts/" + receipt);
    const auto arrived = there("/api/receipts/" + receipt);
    EXPECT_EQ(arrived.status, 200) << arrived.body;
    EXPECT_EQ(arrived.json(), here.json());
    EXPECT_EQ(there("/api/receipts/" + receipt + "/fate").json()["state"], "waiting");
  }
  central.add_account("organiser");
  const auto session = send_request(central.port(), "POST", "/api/session", credentials("organiser").dump());
  ASSERT_EQ(session.status, 201) << session.body;
  const Headers signed_in{{"Cookie", session.cookie()}};
  const auto board = there(path("/snapshot?audience=staff"), signed_in);
  ASSERT_EQ(board.status, 200) << board.body;
  EXPECT_EQ(board.json()["contributions"].size(), 2U);
  EXPECT_EQ(board.json()["seq"], snapshot(organiser, "staff")["seq"]);
  EXPECT_THAT(central.verify(), HasSubstr("everything is whole"));

  // The hall's pass opens no door elsewhere, and its join codes do not either.
  EXPECT_EQ(there(path("/snapshot"), join().headers()).status, 401);
  EXPECT_EQ(there("/api/join/" + join_code).status, 404);

  // Exported from there, with the same key and instant, it is the same file.
  const auto again = (central.folder() / "again.warsha-bundle").string();
  central.run({"export", "--consultation", consultation, "--key", hall("private.pem"), "--instant",
               "1700000000000", again});
  EXPECT_EQ(content(again), content(bundle));
}

TEST_F(HeldInAHall, the_same_file_again_changes_nothing_and_a_later_one_goes_on) {
  auto staff = follow(organiser, "staff");
  enter(staff, "problems");
  (void)said("قبل الاستراحة");
  const auto morning = exported("morning.warsha-bundle");
  EXPECT_EQ(imported(central, morning)["outcome"], "imported");
  EXPECT_EQ(imported(central, morning)["outcome"], "already there");

  central.start();
  const auto receipt = said("بعد الاستراحة");
  EXPECT_EQ(imported(central, exported("evening.warsha-bundle"))["outcome"], "continued");
  EXPECT_EQ(send_request(central.port(), "GET", "/api/receipts/" + receipt, {}, {}).status, 200);
  EXPECT_EQ(imported(central, morning)["outcome"], "already there");
  EXPECT_THAT(central.verify(), HasSubstr("everything is whole"));
}

TEST_F(HeldInAHall, what_is_not_trusted_or_was_changed_leaves_the_central_server_as_it_was) {
  const auto bundle = exported("whole.warsha-bundle");
  auto bytes = content(bundle);
  bytes[bytes.find("\"hash\":\"") + 9] ^= 1;
  std::ofstream(hall("changed.warsha-bundle"), std::ios::binary) << bytes;
  std::ofstream(hall("stranger.pem")) << server.run({"export", "--make-key", hall("stranger-private.pem")});
  EXPECT_THROW(central.run({"import", bundle, "--trust", hall("stranger.pem")}), std::runtime_error);
  EXPECT_THROW(central.run({"import", bundle}), std::runtime_error);
  EXPECT_THROW(central.run({"import", hall("changed.warsha-bundle"), "--trust", hall("hall.pem")}),
               std::runtime_error);
  EXPECT_THAT(central.verify(), HasSubstr("0 workshops, 0 events, 0 receipts: everything is whole"));
}

TEST_F(HeldInAHall, no_file_is_overwritten_and_a_failed_export_leaves_none) {
  (void)exported("one.warsha-bundle");
  EXPECT_THROW((void)exported("one.warsha-bundle"), std::runtime_error);
  EXPECT_THROW(server.run({"export", "--make-key", hall("private.pem")}), std::runtime_error);
  EXPECT_THROW(server.run({"export", "--consultation", workshop, "--key", hall("private.pem"), hall("none")}),
               std::runtime_error);
  EXPECT_FALSE(std::filesystem::exists(hall("none")));
}

} // namespace
} // namespace warsha::test
