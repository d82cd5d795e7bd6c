#include "server/app/command_line.hpp"
#include "tests/unit/store/support.hpp"

#include <cstdlib>
#include <fstream>
#include <gtest/gtest.h>

namespace warsha::tests {

namespace {

/// An environment variable for the length of a test.
class Environment {
public:
  Environment(const char* name, const std::string& value) : name_(name) { setenv(name, value.c_str(), 1); }
  ~Environment() { unsetenv(name_); }
  Environment(const Environment&) = delete;
  Environment& operator=(const Environment&) = delete;

private:
  const char* name_;
};

class CommandLine : public testing::Test {
protected:
  void SetUp() override {
    std::filesystem::create_directories(client);
    std::ofstream(client / "index.html") << "<!doctype html>";
  }

  /// With a client that exists, unless `arguments` name another.
  std::variant<app::ServeOptions, int> parse(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {"--client", client.string()});
    testing::internal::CaptureStderr();
    auto parsed = app::parse_serve(arguments);
    complaint = testing::internal::GetCapturedStderr();
    return parsed;
  }
  app::ServeOptions options(std::vector<std::string> arguments) {
    auto parsed = parse(std::move(arguments));
    EXPECT_TRUE(std::holds_alternative<app::ServeOptions>(parsed)) << complaint;
    return std::get<app::ServeOptions>(parsed);
  }
  void expect_refused(std::vector<std::string> arguments, const std::string& naming) {
    const auto parsed = parse(std::move(arguments));
    ASSERT_TRUE(std::holds_alternative<int>(parsed));
    EXPECT_EQ(std::get<int>(parsed), 2);
    EXPECT_NE(complaint.find(naming), std::string::npos) << complaint;
    EXPECT_EQ(complaint.find('\n'), complaint.size() - 1) << "one line: " << complaint;
  }
  std::string config(const std::string& lines) {
    const auto file = folder.file("warsha.toml");
    std::ofstream(file) << lines;
    return file.string();
  }

  TemporaryFolder folder;
  std::filesystem::path client = folder.file("client");
  std::string complaint;
};

} // namespace

TEST_F(CommandLine, serve_has_defaults_for_everything) {
  const auto parsed = options({});
  EXPECT_EQ(parsed.database, "warsha.db");
  EXPECT_EQ(parsed.listen, "127.0.0.1:8080");
  EXPECT_EQ(parsed.public_url, "");
  EXPECT_EQ(parsed.shards, 0u);
  EXPECT_FALSE(parsed.behind_proxy);
  EXPECT_EQ(parsed.log_level, "info");
}

TEST_F(CommandLine, serve_takes_every_option_from_the_command_line) {
  const auto parsed =
      options({"--database", "a.db", "--listen=0.0.0.0:1", "--public-url", "https://w.example", "--shards",
               "3", "--behind-proxy", "--log-level", "debug"});
  EXPECT_EQ(parsed.database, "a.db");
  EXPECT_EQ(parsed.client, client);
  EXPECT_EQ(parsed.listen, "0.0.0.0:1");
  EXPECT_EQ(parsed.public_url, "https://w.example");
  EXPECT_EQ(parsed.shards, 3u);
  EXPECT_TRUE(parsed.behind_proxy);
  EXPECT_EQ(parsed.log_level, "debug");
}

TEST_F(CommandLine, serve_takes_every_option_from_a_file) {
  const auto parsed = options({"--config", config("database = \"a.db\"\nlisten = \"0.0.0.0:1\"\n"
                                                  "public-url = \"https://w.example\"\nshards = 3\n"
                                                  "behind-proxy = true\nlog-level = \"debug\"\n")});
  EXPECT_EQ(parsed.database, "a.db");
  EXPECT_EQ(parsed.listen, "0.0.0.0:1");
  EXPECT_EQ(parsed.public_url, "https://w.example");
  EXPECT_EQ(parsed.shards, 3u);
  EXPECT_TRUE(parsed.behind_proxy);
  EXPECT_EQ(parsed.log_level, "debug");
}

TEST_F(CommandLine, serve_takes_every_option_from_the_environment) {
  const Environment variables[] = {{"WARSHA_DATABASE", "a.db"},
                                   {"WARSHA_LISTEN", "0.0.0.0:1"},
                                   {"WARSHA_PUBLIC_URL", "https://w.example"},
                                   {"WARSHA_SHARDS", "3"},
                                   {"WARSHA_BEHIND_PROXY", "true"},
                                   {"WARSHA_LOG_LEVEL", "debug"}};
  const auto parsed = options({});
  EXPECT_EQ(parsed.database, "a.db");
  EXPECT_EQ(parsed.listen, "0.0.0.0:1");
  EXPECT_EQ(parsed.public_url, "https://w.example");
  EXPECT_EQ(parsed.shards, 3u);
  EXPECT_TRUE(parsed.behind_proxy);
  EXPECT_EQ(parsed.log_level, "debug");
}

TEST_F(CommandLine, the_command_line_counts_before_the_file_and_the_file_before_the_environment) {
  const Environment shards("WARSHA_SHARDS", "1");
  const Environment level("WARSHA_LOG_LEVEL", "error");
  const auto file = config("shards = 2\nlisten = \"0.0.0.0:2\"\n");
  const auto parsed = options({"--config", file, "--listen", "0.0.0.0:3"});
  EXPECT_EQ(parsed.listen, "0.0.0.0:3");
  EXPECT_EQ(parsed.shards, 2u);
  EXPECT_EQ(parsed.log_level, "error");
}

TEST_F(CommandLine, a_wrong_value_is_refused_by_name_wherever_it_stands) {
  expect_refused({"--shards", "many"}, "--shards: \"many\"");
  expect_refused({"--config", config("listen = \"here\"\n")}, "--listen: \"here\"");
  const Environment level("WARSHA_LOG_LEVEL", "loud");
  expect_refused({}, "--log-level: \"loud\"");
}

TEST_F(CommandLine, what_is_no_option_is_refused) {
  expect_refused({"--lisen", "127.0.0.1:1"}, "--lisen");
  expect_refused({"--config", config("lisen = \"127.0.0.1:1\"\n")}, "lisen");
  expect_refused({"--config", folder.file("nowhere.toml").string()}, "nowhere.toml");
}

TEST_F(CommandLine, mail_needs_a_server_and_a_sender_and_a_user_a_password) {
  const auto password = config("secret\n");
  const std::vector<std::string> mail{"--mail-server", "smtp://mail.example.org:587", "--mail-from",
                                      "warsha@example.org"};
  const auto parsed = options(mail);
  EXPECT_EQ(parsed.mail_server, "smtp://mail.example.org:587");
  EXPECT_EQ(parsed.mail_from, "warsha@example.org");
  EXPECT_EQ(options({}).mail_server, "");
  auto with_user = mail;
  with_user.insert(with_user.end(), {"--mail-user", "warsha", "--mail-password-file", password});
  EXPECT_EQ(options(with_user).mail_password_file, password);
  expect_refused({mail[0], mail[1]}, "--mail-from");
  expect_refused({mail[2], mail[3]}, "--mail-server");
  with_user.resize(6);
  expect_refused(with_user, "--mail-password-file");
  expect_refused({"--mail-user", "warsha", "--mail-password-file", password}, "--mail-server");
  expect_refused({"--mail-server", "mail.example.org", "--mail-from", "a@b.org"}, "is no mail server");
  expect_refused({"--mail-server", "smtp://m.org:25", "--mail-from", "nobody"}, "is not an e-mail address");
}

TEST_F(CommandLine, the_default_client_has_to_be_there_too) {
  const auto before = std::filesystem::current_path();
  std::filesystem::current_path(folder.file(""));
  testing::internal::CaptureStderr();
  const auto parsed = app::parse_serve({});
  const auto what = testing::internal::GetCapturedStderr();
  std::filesystem::current_path(before);
  ASSERT_TRUE(std::holds_alternative<int>(parsed));
  EXPECT_NE(what.find("--client: there is no folder"), std::string::npos) << what;
}

} // namespace warsha::tests
