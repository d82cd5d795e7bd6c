#pragma once

#include <functional>
#include <memory>
#include <string>
#include <variant>

namespace warsha::mail {

/// The mail server that takes over what is sent.
struct SmtpServer {
  std::string url;      // smtp://host:port or smtps://host:port
  std::string from;     // the envelope's and the header's sender
  std::string user;     // empty: no authentication
  std::string password; // never logged
};

struct Accepted {
  std::string answer; // the server's last word: it has the message on its disk
};
/// This message: not now, or never.
struct Refused {
  bool for_good = false;
  std::string reason;
};
/// Nothing about this message: no connection, no trust in the other side, or our credentials are wrong.
struct Unreachable {
  std::string reason;
};
using Delivery = std::variant<Accepted, Refused, Unreachable>;

/// Hands messages over by SMTP (RFC 5321), through libcurl. With smtp:// TLS is required (STARTTLS) unless
/// the server is on this machine's loopback; certificates are verified. One connection serves what is sent
/// shortly after another. For one thread; `stopping` is asked while it waits, and ends what is under way.
class Smtp {
public:
  Smtp(SmtpServer server, std::function<bool()> stopping);
  ~Smtp();
  Smtp(const Smtp&) = delete;
  Smtp& operator=(const Smtp&) = delete;

  /// `message` with its headers, as written() gives it. No answer and no reason holds the address.
  [[nodiscard]] Delivery send(const std::string& to, const std::string& message);
  /// Says goodbye to the server: nothing more is sent for some time.
  void rest();

private:
  struct State;
  std::unique_ptr<State> state_;
};

/// Is the host of smtp://host:port this machine's own loopback?
[[nodiscard]] bool is_loopback(const std::string& url);

/// What of a server's answer may be kept: one line, no longer than limits::kMailAnswerBytes, without the
/// address.
[[nodiscard]] std::string without_address(std::string answer, const std::string& address);

} // namespace warsha::mail
