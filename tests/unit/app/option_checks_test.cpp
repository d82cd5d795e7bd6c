#include "server/app/option_checks.hpp"
#include "tests/unit/store/support.hpp"

#include <gtest/gtest.h>

namespace warsha::tests {

namespace {

using Check = std::string (*)(const std::string&);

void expect_good(Check check, std::initializer_list<const char*> values) {
  for (const char* value : values)
    EXPECT_EQ(check(value), "") << value;
}

/// Refused in one line that says what was given.
void expect_refused(Check check, std::initializer_list<const char*> values) {
  for (const std::string value : values) {
    const std::string what = check(value);
    EXPECT_NE(what.find('"' + value + '"'), std::string::npos) << value << ": " << what;
    EXPECT_EQ(what.find('\n'), std::string::npos) << what;
  }
}

} // namespace

TEST(OptionChecks, to_listen_takes_a_numeric_address_and_a_port) {
  expect_good(app::check_listen, {"127.0.0.1:8080", "0.0.0.0:0", "[::1]:65535", "[::]:80"});
  expect_refused(app::check_listen,
                 {"", "8080", ":8080", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536", "localhost:80",
                  "127.0.0.1:80x", "::1:80", "[::1]", "[]:80", "1.2.3:80", "127.0.0.1:-1"});
}

TEST(OptionChecks, a_public_address_is_a_scheme_a_host_and_perhaps_a_port) {
  expect_good(app::check_public_url,
              {"https://warsha.example.org", "http://192.168.1.10:8080", "http://[::1]:8080"});
  expect_refused(app::check_public_url,
                 {"", "warsha.example.org", "ftp://example.org", "https://", "https://example.org/",
                  "https://example.org/warsha", "https://example.org?x", "https://exa mple.org",
                  "https://a@b.org", "http://example.org:", "http://example.org:port",
                  "javascript:alert(1)"});
}

TEST(OptionChecks, shards_are_a_whole_number_of_reasonable_size) {
  expect_good(app::check_shards, {"0", "1", "256"});
  expect_refused(app::check_shards, {"", "-1", "257", "2.5", "two", "1 ", "99999999999999999999"});
}

TEST(OptionChecks, a_log_level_is_one_of_six) {
  expect_good(app::check_log_level, {"trace", "debug", "info", "warn", "error", "off"});
  expect_refused(app::check_log_level, {"", "INFO", "warning", "2"});
}

TEST(OptionChecks, a_database_needs_a_folder_to_stand_in) {
  const TemporaryFolder folder;
  EXPECT_EQ(app::check_database("warsha.db"), "");
  EXPECT_EQ(app::check_database(folder.file("new.db")), "");
  EXPECT_NE(app::check_database("").find("empty"), std::string::npos);
  EXPECT_NE(app::check_database(folder.file("")).find("is a folder"), std::string::npos);
  EXPECT_NE(app::check_database(folder.file("nowhere/new.db")).find("does not exist"), std::string::npos);
}

TEST(OptionChecks, a_mail_server_is_a_scheme_a_host_and_a_port_and_a_sender_is_an_address) {
  expect_good(app::check_mail_server,
              {"smtp://mail.example.org:587", "smtps://10.0.0.2:465", "smtp://[::1]:25"});
  expect_refused(app::check_mail_server,
                 {"", "mail.example.org:587", "smtp://mail.example.org", "smtp://mail.example.org:0",
                  "smtp://:25", "http://mail.example.org:25", "smtp://u:p@mail.example.org:25",
                  "smtp://mail.example.org:25/"});
  expect_good(app::check_mail_from, {"warsha@example.org"});
  expect_refused(app::check_mail_from, {"", "warsha", "Warsha <warsha@example.org>", "a@b.org, c@d.org"});
}

TEST(OptionChecks, a_client_folder_holds_a_built_client) {
  const TemporaryFolder folder;
  EXPECT_NE(app::check_client(folder.file("nowhere")).find("no folder"), std::string::npos);
  EXPECT_NE(app::check_client(folder.file("")).find("no index.html"), std::string::npos);
}

} // namespace warsha::tests
