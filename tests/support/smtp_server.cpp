#include "tests/support/smtp_server.hpp"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <chrono>
#include <netinet/in.h>
#include <poll.h>
#include <stdexcept>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

namespace warsha::test {

namespace {

std::string from_base64(const std::string& text) {
  std::string out;
  unsigned bits = 0;
  int count = 0;
  for (const char c : text) {
    constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const auto value = kAlphabet.find(c);
    if (value == std::string_view::npos)
      continue;
    bits = bits << 6 | static_cast<unsigned>(value);
    count += 6;
    if (count >= 8) {
      count -= 8;
      out += static_cast<char>(bits >> count & 255);
    }
  }
  return out;
}

/// RFC 2047; blanks between encoded words don't count.
std::string decoded(const std::string& value) {
  constexpr std::string_view kBegin = "=?UTF-8?B?";
  std::string out;
  std::size_t at = 0;
  while (at < value.size()) {
    if (value.compare(at, kBegin.size(), kBegin) != 0) {
      out += value[at++];
      continue;
    }
    const auto end = value.find("?=", at + kBegin.size());
    if (end == std::string::npos)
      throw std::runtime_error("an encoded word has no end: " + value);
    out += from_base64(value.substr(at + kBegin.size(), end - at - kBegin.size()));
    at = end + 2;
    if (const auto next = value.find_first_not_of(" \t", at);
        next != std::string::npos && value.compare(next, kBegin.size(), kBegin) == 0)
      at = next;
  }
  return out;
}

std::string lower(std::string text) {
  std::ranges::transform(text, text.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

/// A part's text, with line feeds.
std::string part_of(const std::string& body, const std::string& type) {
  const auto head = body.find("Content-Type: " + type);
  const auto begin = head == std::string::npos ? head : body.find("\r\n\r\n", head);
  if (begin == std::string::npos)
    throw std::runtime_error("there is no part " + type);
  auto text = from_base64(body.substr(begin, body.find("\r\n--", begin) - begin));
  std::erase(text, '\r');
  return text;
}

void reply(int peer, const std::string& line) {
  const auto bytes = line + "\r\n";
  (void)!::send(peer, bytes.data(), bytes.size(), MSG_NOSIGNAL);
}

} // namespace

std::string Mail::link(const std::string& what) const {
  const auto begin = text.find("/" + what + "/");
  if (begin == std::string::npos)
    throw std::runtime_error("there is no link to /" + what + "/ in: " + text);
  return text.substr(begin, text.find_first_of(" \n", begin) - begin);
}

Mail read_mail(const std::string& raw) {
  Mail mail;
  mail.raw = raw;
  const auto end = raw.find("\r\n\r\n");
  if (end == std::string::npos)
    throw std::runtime_error("a message without a body");
  std::string name;
  for (std::size_t at = 0; at < end;) {
    const auto line_end = raw.find("\r\n", at);
    const auto line = raw.substr(at, line_end - at);
    at = line_end + 2;
    if (line.starts_with(' ')) {
      mail.headers[name] += line;
      continue;
    }
    const auto colon = line.find(": ");
    if (colon == std::string::npos)
      throw std::runtime_error("this is no header: " + line);
    name = lower(line.substr(0, colon));
    if (!mail.headers.emplace(name, line.substr(colon + 2)).second)
      throw std::runtime_error("a header stands there twice: " + name);
  }
  for (auto& [key, value] : mail.headers)
    value = decoded(value);
  mail.text = part_of(raw.substr(end), "text/plain");
  mail.html = part_of(raw.substr(end), "text/html");
  return mail;
}

SmtpServer::SmtpServer(std::uint16_t port) {
  listening_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  ending_ = ::eventfd(0, EFD_CLOEXEC);
  const int on = 1;
  ::setsockopt(listening_, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(port);
  socklen_t size = sizeof address;
  if (::bind(listening_, reinterpret_cast<sockaddr*>(&address), size) != 0 || ::listen(listening_, 16) != 0 ||
      ::getsockname(listening_, reinterpret_cast<sockaddr*>(&address), &size) != 0)
    throw std::runtime_error("no port for a mail server");
  port_ = ntohs(address.sin_port);
  thread_ = std::thread([this] { serve(); });
}

SmtpServer::~SmtpServer() {
  const std::uint64_t one = 1;
  (void)!::write(ending_, &one, sizeof one);
  thread_.join();
  ::close(listening_);
  ::close(ending_);
}

void SmtpServer::next(Verdict verdict) {
  const std::lock_guard lock(mutex_);
  script_.push_back(verdict);
}

void SmtpServer::reply_at(const std::string& step, const std::string& line) {
  const std::lock_guard lock(mutex_);
  replies_[step] = line;
}

std::string SmtpServer::said_at(const std::string& step, const std::string& yes) {
  const std::lock_guard lock(mutex_);
  const auto found = replies_.find(step);
  return found == replies_.end() || found->second.empty() ? yes : found->second;
}

SmtpServer::Verdict SmtpServer::verdict() {
  const std::lock_guard lock(mutex_);
  ++tried_;
  arrived_.notify_all();
  if (script_.empty())
    return Verdict::accept;
  const auto verdict = script_.front();
  script_.pop_front();
  return verdict;
}

std::vector<Mail> SmtpServer::wait_for(std::size_t count, double seconds) {
  std::unique_lock lock(mutex_);
  if (!arrived_.wait_for(lock, std::chrono::duration<double>(seconds),
                         [&] { return mails_.size() >= count; }))
    throw std::runtime_error(std::to_string(mails_.size()) + " messages came, not " + std::to_string(count));
  return mails_;
}

void SmtpServer::wait_for_silence(double seconds) {
  std::unique_lock lock(mutex_);
  if (!arrived_.wait_for(lock, std::chrono::duration<double>(seconds), [&] { return silent_; }))
    throw std::runtime_error("no message came to be silent about");
}

std::size_t SmtpServer::tried() {
  const std::lock_guard lock(mutex_);
  return tried_;
}

void SmtpServer::serve() {
  for (;;) {
    std::array<pollfd, 2> ready{{{listening_, POLLIN, 0}, {ending_, POLLIN, 0}}};
    ::poll(ready.data(), ready.size(), -1);
    if (ready[1].revents != 0)
      return;
    const int peer = ::accept4(listening_, nullptr, nullptr, SOCK_CLOEXEC);
    if (peer < 0)
      continue;
    talk(peer);
    ::close(peer);
  }
}

/// One client at a time (RFC 5321), until it goes or the end.
void SmtpServer::talk(int peer) {
  std::string received;
  const auto line = [&]() -> std::string {
    for (;;) {
      if (const auto end = received.find("\r\n"); end != std::string::npos) {
        auto out = received.substr(0, end);
        received.erase(0, end + 2);
        return out;
      }
      std::array<pollfd, 2> ready{{{peer, POLLIN, 0}, {ending_, POLLIN, 0}}};
      ::poll(ready.data(), ready.size(), -1);
      std::array<char, 4096> part;
      const auto count = ready[1].revents != 0 ? 0 : ::recv(peer, part.data(), part.size(), 0);
      if (count <= 0)
        return "QUIT";
      received.append(part.data(), static_cast<std::size_t>(count));
    }
  };
  const auto greeting = said_at("GREETING", "220 test ESMTP");
  reply(peer, greeting);
  if (!greeting.starts_with('2'))
    return;
  std::string from;
  std::string to;
  Verdict said = Verdict::accept;
  for (;;) {
    const auto command = line();
    const auto verb = command.substr(0, 4);
    if (verb == "QUIT")
      return reply(peer, "221 bye");
    if (verb == "EHLO" || verb == "HELO") {
      reply(peer, said_at("EHLO", "250 test"));
    } else if (verb == "MAIL") {
      from = command.substr(10);
      reply(peer, said_at(verb, "250 2.1.0 ok"));
    } else if (verb == "RCPT") {
      to = command.substr(8);
      said = verdict();
      reply(peer, said == Verdict::defer    ? "451 4.7.1 " + to + " try later"
                  : said == Verdict::refuse ? "550 5.1.1 " + to + " no such mailbox"
                                            : said_at(verb, "250 2.1.5 ok"));
    } else if (verb == "DATA") {
      const auto go_ahead = said_at(verb, "354 go ahead");
      reply(peer, go_ahead);
      if (!go_ahead.starts_with('3'))
        continue;
      std::string data;
      for (auto text = line(); text != "."; text = line()) {
        if (text == "QUIT" && received.empty())
          return;
        data += text.starts_with('.') ? text.substr(1) : text;
        data += "\r\n";
      }
      if (said == Verdict::drop)
        return;
      if (const auto no = said_at(".", {}); no == kSilence) {
        const std::lock_guard lock(mutex_);
        silent_ = true;
        arrived_.notify_all();
        continue;
      } else if (!no.empty()) {
        reply(peer, no);
        continue;
      }
      auto mail = read_mail(data);
      mail.from = from.substr(from.find('<') + 1, from.find('>') - from.find('<') - 1);
      mail.to = to.substr(to.find('<') + 1, to.find('>') - to.find('<') - 1);
      {
        const std::lock_guard lock(mutex_);
        mails_.push_back(std::move(mail));
      }
      reply(peer, "250 2.0.0 Ok: queued as " + std::to_string(tried()));
      arrived_.notify_all();
    } else {
      reply(peer, "250 ok");
    }
  }
}

} // namespace warsha::test
