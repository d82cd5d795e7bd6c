#include "server/app/terminal.hpp"

#include "server/app/usage_error.hpp"

#include <chrono>
#include <iostream>
#include <termios.h>
#include <unistd.h>

namespace warsha::app {

namespace {

/// What is typed is not shown as long as this lives.
class NoEcho {
public:
  NoEcho() {
    tcgetattr(STDIN_FILENO, &before_);
    termios quiet = before_;
    quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet);
  }
  ~NoEcho() { tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_); }
  NoEcho(const NoEcho&) = delete;
  NoEcho& operator=(const NoEcho&) = delete;

private:
  termios before_{};
};

[[nodiscard]] std::string ask(const char* question) {
  if (isatty(STDIN_FILENO) == 0)
    throw UsageError(
        "there is no terminal to ask for the password; give it as one line with --password-stdin");
  std::cerr << question << std::flush;
  std::string answer;
  {
    const NoEcho quiet;
    answer = read_line();
  }
  std::cerr << '\n';
  return answer;
}

} // namespace

std::string read_line() {
  std::string line;
  std::getline(std::cin, line);
  if (!line.empty() && line.back() == '\r')
    line.pop_back();
  return line;
}

std::string ask_password() {
  return ask("Password: ");
}

std::string ask_new_password() {
  std::string password = ask("New password: ");
  if (ask("The same again: ") != password)
    throw UsageError("the two passwords differ");
  return password;
}

std::function<void(const std::string&)> progress_line() {
  if (isatty(STDERR_FILENO) == 0)
    return {};
  return [last = std::chrono::steady_clock::time_point{}](const std::string& line) mutable {
    const auto now = std::chrono::steady_clock::now();
    if (!line.empty() && now - last < std::chrono::milliseconds(100))
      return;
    last = line.empty() ? std::chrono::steady_clock::time_point{} : now;
    std::cerr << '\r' << line << "\x1b[K" << std::flush; // erases what the line before left
  };
}

} // namespace warsha::app
