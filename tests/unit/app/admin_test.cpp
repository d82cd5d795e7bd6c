#include "server/access/secrets.hpp"
#include "server/app/admin.hpp"
#include "server/app/usage_error.hpp"
#include "tests/unit/store/support.hpp"

#include <gtest/gtest.h>
#include <iostream>
#include <set>
#include <sstream>

namespace warsha::tests {

namespace {

/// Standard input for the length of a test.
class StandardInput {
public:
  explicit StandardInput(const std::string& typed) : typed_(typed), before_(std::cin.rdbuf(typed_.rdbuf())) {}
  ~StandardInput() {
    std::cin.rdbuf(before_);
    std::cin.clear();
  }
  StandardInput(const StandardInput&) = delete;
  StandardInput& operator=(const StandardInput&) = delete;

private:
  std::istringstream typed_;
  std::streambuf* before_;
};

class Admin : public testing::Test {
protected:
  void SetUp() override {
    store::Connection connection(file, store::Connection::Mode::read_write);
    store::add_consultation(connection, consultation);
    store::add_workshop(connection, first);
    store::add_workshop(connection, second);
  }

  [[nodiscard]] app::AccountOptions account(const app::RoleOptions& role) const {
    return {file, "Amina@Example.org", "أمينة", role, true, false};
  }
  void add(const app::RoleOptions& role, const std::string& typed = "a long password\n") {
    const StandardInput input(typed);
    app::add_account(account(role), out);
  }
  /// What `work` complains about.
  template <class Work> static std::string refusal(Work work) {
    try {
      work();
      return "";
    } catch (const app::UsageError& error) {
      return error.what();
    }
  }
  [[nodiscard]] std::optional<store::AccountRow> stored() const {
    store::Connection connection(file, store::Connection::Mode::read_only);
    return store::find_account_by_email(connection, "amina@example.org");
  }
  [[nodiscard]] std::set<std::string> scopes(Role role) const {
    store::Connection connection(file, store::Connection::Mode::read_only);
    std::set<std::string> found;
    for (const auto& grant : store::grants_of(connection, stored()->id))
      if (grant.role == role)
        found.insert(grant.scope);
    return found;
  }

  TemporaryFolder folder;
  std::filesystem::path file = folder.file("warsha.db");
  store::ConsultationRow consultation = sample_consultation();
  store::WorkshopRow first = sample_workshop(consultation.id, 0, "AAAAAA");
  store::WorkshopRow second = sample_workshop(consultation.id, 1, "BBBBBB");
  std::ostringstream out;
};

} // namespace

TEST_F(Admin, an_account_has_its_email_in_lower_case_and_its_password_hashed) {
  add({"admin", {}, {}, false});
  ASSERT_TRUE(stored());
  EXPECT_EQ(stored()->name, "أمينة");
  EXPECT_TRUE(access::password_matches("a long password", stored()->password_hash));
  EXPECT_EQ(scopes(Role::admin), std::set<std::string>{""});
}

TEST_F(Admin, a_role_holds_where_it_was_given) {
  add({"organiser", consultation.id.text(), {}, false});
  EXPECT_EQ(scopes(Role::organiser), std::set<std::string>{consultation.id.text()});
  app::grant_role(account({"facilitator", {}, second.id.text(), false}), out);
  EXPECT_EQ(scopes(Role::facilitator), std::set<std::string>{second.id.text()});
  app::grant_role(account({"facilitator", {}, {}, true}), out);
  EXPECT_EQ(scopes(Role::facilitator).size(), 2u);
}

TEST_F(Admin, a_facilitator_of_a_consultation_has_each_of_its_workshops) {
  add({"facilitator", consultation.id.text(), {}, false});
  EXPECT_EQ(scopes(Role::facilitator), (std::set<std::string>{first.id.text(), second.id.text()}));
}

TEST_F(Admin, a_role_given_by_mistake_is_taken_back_there_and_nowhere_else) {
  add({"facilitator", {}, {}, true});
  app::revoke_role(account({"facilitator", {}, second.id.text(), false}), out);
  EXPECT_EQ(scopes(Role::facilitator), std::set<std::string>{first.id.text()});
  EXPECT_NE(refusal([&] {
              app::revoke_role(account({"facilitator", {}, second.id.text(), false}), out);
            }).find("is not"),
            std::string::npos);
  app::revoke_role(account({"facilitator", {}, {}, true}), out);
  EXPECT_TRUE(scopes(Role::facilitator).empty());
}

TEST_F(Admin, what_is_wrong_is_refused_by_name_and_adds_nothing) {
  const auto refused = [&](const app::RoleOptions& role) { return refusal([&] { add(role); }); };
  EXPECT_NE(refused({"king", {}, {}, false}).find("--role: \"king\""), std::string::npos);
  EXPECT_NE(refused({"organiser", {}, {}, false}).find("needs --consultation"), std::string::npos);
  EXPECT_NE(refused({"organiser", {}, first.id.text(), false}).find("--workshop"), std::string::npos);
  EXPECT_NE(refused({"facilitator", {}, {}, false}).find("needs --workshop"), std::string::npos);
  EXPECT_NE(refused({"facilitator", {}, "1", false}).find("--workshop: \"1\" is not an id"),
            std::string::npos);
  EXPECT_NE(refused({"facilitator", {}, consultation.id.text(), false}).find("there is no workshop"),
            std::string::npos);
  EXPECT_NE(refused({"admin", consultation.id.text(), {}, false}).find("everywhere"), std::string::npos);
  EXPECT_NE(refused({"organiser", consultation.id.text(), {}, true}).find("exclude"), std::string::npos);
  EXPECT_FALSE(stored());
}

TEST_F(Admin, a_short_password_is_refused_by_its_letters_not_its_bytes) {
  const app::RoleOptions role{"admin", {}, {}, false};
  EXPECT_NE(refusal([&] { add(role, "كلمةسر\n"); }).find("6 characters"), std::string::npos);
  EXPECT_NE(refusal([&] { add(role, ""); }).find("0 characters"), std::string::npos);
  EXPECT_FALSE(stored());
}

TEST_F(Admin, a_password_that_the_sign_in_page_would_refuse_is_refused) {
  const app::RoleOptions role{"admin", {}, {}, false};
  EXPECT_NE(refusal([&] { add(role, std::string(257, 'x') + "\n"); }).find("256 bytes"), std::string::npos);
  EXPECT_NE(refusal([&] { add(role, "latin-1 caf\xe9 au lait\n"); }).find("UTF-8"), std::string::npos);
  EXPECT_FALSE(stored());
  add(role, std::string(256, 'x') + "\n");
  EXPECT_TRUE(stored());
}

TEST_F(Admin, an_email_that_is_none_is_refused) {
  for (const char* email :
       {"", "amina", "@example.org", "amina@", "a@b@c", "a b@c.d", "a@b\n", "h\xe9@b.c"}) {
    auto options = account({"admin", {}, {}, false});
    options.email = email;
    EXPECT_NE(refusal([&] { app::add_account(options, out); }).find("--email"), std::string::npos) << email;
  }
}

TEST_F(Admin, the_same_email_is_not_added_twice) {
  const app::RoleOptions role{"admin", {}, {}, false};
  add(role);
  const auto before = stored()->id;
  EXPECT_NE(refusal([&] { add(role); }).find("already"), std::string::npos);
  EXPECT_EQ(stored()->id, before);
}

TEST_F(Admin, a_password_can_be_changed_and_an_account_disabled) {
  add({"admin", {}, {}, false});
  {
    const StandardInput input("another password\r\n");
    app::change_password(account({}), out);
  }
  EXPECT_TRUE(access::password_matches("another password", stored()->password_hash));
  EXPECT_FALSE(stored()->disabled_at);
  app::disable_account(account({}), out);
  EXPECT_TRUE(stored()->disabled_at);
}

TEST_F(Admin, nobody_is_told_that_an_unknown_account_was_changed) {
  EXPECT_NE(refusal([&] { app::disable_account(account({}), out); }).find("no account"), std::string::npos);
}

TEST_F(Admin, the_list_of_consultations_names_ids_and_codes) {
  app::list_consultations({file, false}, out);
  for (const std::string& part :
       {consultation.id.text(), first.id.text(), std::string("AAAAAA"), second.id.text()})
    EXPECT_NE(out.str().find(part), std::string::npos) << part;
}

TEST_F(Admin, the_lists_never_show_a_password_hash) {
  add({"admin", {}, {}, false});
  auto options = account({});
  for (const bool json : {false, true}) {
    options.json = json;
    app::list_accounts(options, out);
  }
  EXPECT_NE(out.str().find("amina@example.org"), std::string::npos);
  EXPECT_EQ(out.str().find("scrypt"), std::string::npos);
}

} // namespace warsha::tests
