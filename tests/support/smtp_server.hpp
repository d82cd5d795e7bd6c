#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace warsha::test {

/// A message as the mail server took it over, and as a mail program shows it.
struct Mail {
  std::string from, to; // of the envelope
  std::string raw;
  std::map<std::string, std::string> headers; // names in lower case; unfolded, encoded words decoded
  std::string text, html;

  [[nodiscard]] std::string subject() const { return headers.at("subject"); }
  /// The path of the link in it that leads to /WHAT/…, such as "/confirm/abc".
  [[nodiscard]] std::string link(const std::string& what) const;
};

/// The far side of mail: a server on the loopback, on a thread of its own, that says what a test wants.
class SmtpServer {
public:
  enum class Verdict { accept, defer, refuse, drop };

  /// On a free port, unless one is given (that of a server that went away).
  explicit SmtpServer(std::uint16_t port = 0);
  ~SmtpServer();
  SmtpServer(const SmtpServer&) = delete;
  SmtpServer& operator=(const SmtpServer&) = delete;

  [[nodiscard]] std::uint16_t port() const { return port_; }
  /// Of the next message; without a word, messages are accepted.
  void next(Verdict verdict);
  /// From now on, what is said at a step instead of yes: a command's verb (HELO's is EHLO), "GREETING", or
  /// "." after a message. Empty: yes again. After a greeting's no it closes; after a message it may stay
  /// silent.
  void reply_at(const std::string& step, const std::string& line);
  static constexpr const char* kSilence = "...";
  /// Until it has a whole message and says nothing; throws after so many seconds.
  void wait_for_silence(double seconds = 15);
  /// All that were accepted, once there are so many; throws after so many seconds.
  [[nodiscard]] std::vector<Mail> wait_for(std::size_t count, double seconds = 15);
  /// The messages that were tried, whatever was said to them.
  [[nodiscard]] std::size_t tried();

private:
  void serve();
  void talk(int peer);
  [[nodiscard]] Verdict verdict();
  /// What was set for the step, or else `yes`.
  [[nodiscard]] std::string said_at(const std::string& step, const std::string& yes);

  int listening_ = -1;
  int ending_ = -1; // an eventfd that becomes readable at the end
  std::uint16_t port_ = 0;
  std::mutex mutex_;
  std::condition_variable arrived_;
  std::deque<Verdict> script_;
  std::map<std::string, std::string> replies_;
  std::vector<Mail> mails_;
  std::size_t tried_ = 0;
  bool silent_ = false;
  std::thread thread_;
};

/// Headers and parts of a message; throws std::runtime_error when it is no such message.
[[nodiscard]] Mail read_mail(const std::string& raw);

} // namespace warsha::test
