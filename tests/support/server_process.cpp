#include "tests/support/server_process.hpp"

#include <array>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <fstream>
#include <poll.h>
#include <stdexcept>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace warsha::test {

namespace fs = std::filesystem;

namespace {

struct Child {
  pid_t process;
  int input;
  int output;
};

/// The server that was built with the tests, or the one that the environment names: under a sanitizer, say,
/// of which the tests themselves need nothing.
std::string program_to_try() {
  const char* named = std::getenv("WARSHA_BINARY");
  return named && *named ? named : WARSHA_BINARY;
}

/// The program with these arguments, its stdin and stdout on pipes.
Child spawn(const std::vector<std::string>& arguments) {
  std::vector<char*> argv;
  std::string program = program_to_try();
  argv.push_back(program.data());
  auto copies = arguments;
  for (auto& argument : copies)
    argv.push_back(argument.data());
  argv.push_back(nullptr);
  std::array<int, 2> input{};
  std::array<int, 2> output{};
  if (::pipe2(input.data(), O_CLOEXEC) != 0 || ::pipe2(output.data(), O_CLOEXEC) != 0)
    throw std::runtime_error("no pipe");
  const auto process = ::fork();
  if (process == 0) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL); // a test that dies takes its server with it
    ::dup2(input[0], STDIN_FILENO);
    ::dup2(output[1], STDOUT_FILENO);
    ::execv(argv[0], argv.data());
    ::_exit(127);
  }
  ::close(input[0]);
  ::close(output[1]);
  if (process < 0)
    throw std::runtime_error("no fork");
  return {process, input[1], output[0]};
}

int exit_code(int status) {
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

} // namespace

ServerProcess::ServerProcess() {
  std::string pattern = (fs::temp_directory_path() / "warsha-integration-XXXXXX").string();
  if (!::mkdtemp(pattern.data()))
    throw std::runtime_error("no temporary folder");
  folder_ = pattern;
  fs::create_directory(folder_ / "client");
  std::ofstream(folder_ / "client/index.html") << "<!doctype html><title>warsha</title>\n";
}

ServerProcess::~ServerProcess() {
  kill();
  std::error_code ignored;
  fs::remove_all(folder_, ignored);
}

nlohmann::json ServerProcess::import_demonstration() {
  return nlohmann::json::parse(
      run({"import", WARSHA_SOURCE_DIR "/deploy/demonstration/consultation.json", "--json"}));
}

void ServerProcess::add_account(const std::string& who, const std::vector<std::string>& scope,
                                std::string role) {
  if (role.empty())
    role = who;
  std::vector<std::string> arguments{"admin",  "account", "add",    "--email", who + "@example.org",
                                     "--name", who,       "--role", role,      "--password-stdin"};
  if (role != "admin")
    arguments.insert(arguments.end(), scope.begin(), scope.end());
  run(arguments, std::string(kPassword) + "\n");
}

void ServerProcess::start(const std::vector<std::string>& options) {
  std::vector<std::string> arguments{
      "serve",    "--database", (folder_ / "warsha.db").string(), "--client", (folder_ / "client").string(),
      "--listen", "127.0.0.1:0"};
  arguments.insert(arguments.end(), options.begin(), options.end());
  const auto child = spawn(arguments);
  process_ = child.process;
  said_ = child.output;
  ::close(child.input);
  const std::string before = "://127.0.0.1:";
  std::string said; // it may warn before, of a disk that is nearly full
  const auto listens = [&] {
    const auto at = said.find(before);
    return at != std::string::npos && said.find('\n', at) != std::string::npos;
  };
  while (!listens()) {
    std::array<char, 256> part;
    pollfd ready{said_, POLLIN, 0};
    const auto count = ::poll(&ready, 1, 20000) == 1 ? ::read(said_, part.data(), part.size()) : 0;
    if (count <= 0)
      throw std::runtime_error("the server does not listen; it said: " + said);
    said.append(part.data(), static_cast<std::size_t>(count));
  }
  port_ = static_cast<std::uint16_t>(std::atoi(said.c_str() + said.find(before) + before.size()));
}

void ServerProcess::send_signal(int signal) const {
  if (process_ > 0)
    ::kill(process_, signal);
}

std::optional<int> ServerProcess::wait_for_end(double seconds) {
  if (process_ <= 0)
    return std::nullopt;
  const auto handle = static_cast<int>(::syscall(SYS_pidfd_open, process_, 0));
  pollfd ended{handle, POLLIN, 0};
  const bool gone = ::poll(&ended, 1, static_cast<int>(seconds * 1000)) == 1;
  ::close(handle);
  if (!gone)
    return std::nullopt;
  int status = 0;
  ::waitpid(process_, &status, 0);
  ::close(said_);
  process_ = 0;
  return exit_code(status);
}

void ServerProcess::kill() {
  if (process_ <= 0)
    return;
  send_signal(SIGKILL);
  int status = 0;
  ::waitpid(process_, &status, 0);
  ::close(said_);
  process_ = 0;
}

std::string ServerProcess::run(std::vector<std::string> arguments, const std::string& input) const {
  arguments.insert(arguments.end(), {"--database", (folder_ / "warsha.db").string()});
  const auto child = spawn(arguments);
  if (!input.empty() && ::write(child.input, input.data(), input.size()) < 0)
    throw std::runtime_error("the program takes no input");
  ::close(child.input);
  std::string output;
  std::array<char, 4096> part;
  for (ssize_t count = 0; (count = ::read(child.output, part.data(), part.size())) > 0;)
    output.append(part.data(), static_cast<std::size_t>(count));
  ::close(child.output);
  int status = 0;
  ::waitpid(child.process, &status, 0);
  if (exit_code(status) != 0)
    throw std::runtime_error("warsha " + arguments.front() + " ended with " +
                             std::to_string(exit_code(status)) + ": " + output);
  return output;
}

std::string ServerProcess::verify() const {
  return run({"verify"});
}

} // namespace warsha::test
