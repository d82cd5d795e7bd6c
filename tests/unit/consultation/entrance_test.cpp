#include "protocol/limits.hpp"
#include "server/access/passes.hpp"
#include "server/access/secrets.hpp"
#include "server/consultation/entrance.hpp"
#include "server/store/readers.hpp"
#include "tests/unit/store/support.hpp"

#include <gtest/gtest.h>

namespace warsha::tests {

namespace {

using consultation::As;

/// A workshop with a facilitator who has signed in.
class Entrance : public testing::Test {
protected:
  void SetUp() override {
    store::add_consultation(connection, consultation);
    store::add_workshop(connection, workshop);
    store::add_account(connection, account);
    store::grant(connection, account.id, facilitator);
    store::add_staff_session(connection, session, account.id, now, now + 1'000'000);
    request.headers["cookie"] = "warsha_session=token";
  }

  live::Visitor enter(As as) {
    return std::get<live::Visitor>(entrance.find(connection, request, workshop.id, as));
  }

  TemporaryFolder folder;
  std::filesystem::path file = folder.file("warsha.db");
  store::Connection connection{file, store::Connection::Mode::read_write};
  store::Readers readers{file, 1};
  access::Passes passes{std::string(32, 's')};
  consultation::Entrance entrance{passes, readers};
  store::ConsultationRow consultation = sample_consultation();
  store::WorkshopRow workshop = sample_workshop(consultation.id, 0, "AAAAAA");
  TimeMs now = system::now_ms();
  store::AccountRow account{
      system::new_id<ActorId>(), "amina@example.org", "أمينة", "hash", now, std::nullopt};
  store::Grant facilitator{Role::facilitator, workshop.id.text()};
  store::Hash session = access::token_hash("token");
  net::HttpRequest request;
};

} // namespace

TEST_F(Entrance, staff_stay_as_long_as_they_have_a_role) {
  const auto staff = enter(As::staff);
  EXPECT_EQ(staff.role_now(connection), Role::facilitator);
  store::grant(connection, account.id, {Role::organiser, consultation.id.text()});
  EXPECT_EQ(staff.role_now(connection), Role::organiser) << "a role given meanwhile is in force";
  store::revoke(connection, account.id, {Role::organiser, consultation.id.text()});
  store::revoke(connection, account.id, facilitator);
  EXPECT_EQ(staff.role_now(connection), std::nullopt);
}

TEST_F(Entrance, no_session_outlives_its_account_its_password_its_sign_out_or_its_time) {
  const auto after = [this](const std::function<void()>& change) {
    store::add_staff_session(connection, session, account.id, now, now + 1'000'000);
    const auto staff = enter(As::staff);
    EXPECT_EQ(staff.role_now(connection), Role::facilitator);
    change();
    return staff.role_now(connection);
  };
  store::end_staff_session(connection, session);
  EXPECT_EQ(after([&] { store::end_staff_session(connection, session); }), std::nullopt);
  EXPECT_EQ(after([&] { store::set_password_hash(connection, account.id, "another"); }), std::nullopt);
  EXPECT_EQ(after([&] {
              store::end_staff_session(connection, session);
              store::add_staff_session(connection, session, account.id, now - 2, now - 1);
            }),
            std::nullopt);
  store::end_staff_session(connection, session);
  EXPECT_EQ(after([&] { store::disable_account(connection, account.id, now); }), std::nullopt);
}

TEST_F(Entrance, a_screen_is_open_for_as_long_as_whoever_opened_it_might) {
  const auto screen = enter(As::screen);
  EXPECT_EQ(screen.actor.role, Role::screen);
  EXPECT_EQ(screen.role_now(connection), Role::screen);
  store::end_staff_session(connection, session);
  EXPECT_EQ(screen.role_now(connection), std::nullopt);
}

TEST_F(Entrance, a_pass_does_not_end_and_needs_no_look) {
  const store::ParticipantRow person{system::new_id<ActorId>(), consultation.id, std::nullopt, "ar", 1, now};
  store::put_participant(connection, person);
  store::put_attendance(connection, workshop.id, person.id, now);
  request.headers["cookie"] = "warsha_pass=" + passes.issue({person.id, consultation.id, now});
  EXPECT_FALSE(enter(As::participant).role_now);
  EXPECT_FALSE(enter(As::screen).role_now);
}

} // namespace warsha::tests
