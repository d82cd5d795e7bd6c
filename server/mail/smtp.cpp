#include "server/mail/smtp.hpp"

#include "protocol/limits.hpp"
#include "protocol/text.hpp"
#include "server/mail/address.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <curl/curl.h>
#include <mutex>
#include <stdexcept>

namespace warsha::mail {

namespace {

/// What a transfer reads from and writes to, for libcurl's callbacks.
struct Transfer {
  std::string_view rest; // of the message
  std::string last_line; // that the server said
  std::string complaint; // of its lines, the last that was none of success: goodbyes come after it
  const std::function<bool()>* stopping;
};

std::size_t give(char* buffer, std::size_t size, std::size_t count, void* user) {
  auto& transfer = *static_cast<Transfer*>(user);
  const auto bytes = std::min(size * count, transfer.rest.size());
  std::memcpy(buffer, transfer.rest.data(), bytes);
  transfer.rest.remove_prefix(bytes);
  return bytes;
}

std::size_t hear(char* line, std::size_t size, std::size_t count, void* user) {
  auto& transfer = *static_cast<Transfer*>(user);
  transfer.last_line.assign(line, size * count);
  if (transfer.last_line.starts_with('4') || transfer.last_line.starts_with('5'))
    transfer.complaint = transfer.last_line;
  return size * count;
}

/// libcurl asks at least once a second; other than 0 ends the transfer.
int may_end(void* user, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  return (*static_cast<Transfer*>(user)->stopping)() ? 1 : 0;
}

std::string_view host_of(std::string_view url) {
  if (const auto scheme = url.find("://"); scheme != std::string_view::npos)
    url.remove_prefix(scheme + 3);
  if (url.starts_with('['))
    return url.substr(1, url.find(']') - 1);
  return url.substr(0, url.find_first_of(":/"));
}

/// The class, subject and detail of an enhanced status code (RFC 3463), such as "5.7.1" in "554 5.7.1 no".
std::string_view enhanced_code(std::string_view complaint) {
  if (complaint.size() < 4)
    return {};
  const auto code = complaint.substr(4, complaint.find_first_not_of("0123456789.", 4) - 4);
  return code.size() >= 5 && code[1] == '.' && code[0] == complaint[0] ? code : std::string_view();
}

/// Whether a refusal is one of us and not of the message: by its security or policy (we may not relay, our
/// address is on a list), or of its sender.
bool is_of_us(std::string_view code) {
  return code.starts_with("5.7.") || code == "5.1.7" || code == "5.1.8";
}

/// Whether a refusal is one of the mailbox, and stays: servers that give no enhanced code say the same "550"
/// of a mailbox that is not there and of us whom they don't know.
bool is_of_mailbox(std::string_view code) {
  return code.starts_with("5.1.") || code.starts_with("5.2.");
}

struct Recipients {
  explicit Recipients(const std::string& address) : list(curl_slist_append(nullptr, address.c_str())) {}
  ~Recipients() { curl_slist_free_all(list); }
  Recipients(const Recipients&) = delete;
  Recipients& operator=(const Recipients&) = delete;
  curl_slist* list;
};

} // namespace

bool is_loopback(const std::string& url) {
  const auto host = host_of(url);
  return host == "localhost" || host == "::1" || host.starts_with("127.");
}

std::string without_address(std::string answer, const std::string& address) {
  const auto same = [](char a, char b) {
    return (a >= 'A' && a <= 'Z' ? static_cast<char>(a - 'A' + 'a') : a) == b;
  };
  for (auto found = answer.begin();;) {
    found = std::search(found, answer.end(), address.begin(), address.end(), same);
    if (found == answer.end() || address.empty())
      break;
    const auto at = found - answer.begin();
    answer.replace(static_cast<std::size_t>(at), address.size(), "(address)");
    found = answer.begin() + at;
  }
  for (auto& c : answer)
    if (static_cast<unsigned char>(c) < 0x20 || static_cast<unsigned char>(c) >= 0x7f)
      c = ' ';
  answer.resize(std::min(answer.size(), limits::kMailAnswerBytes));
  answer.erase(answer.find_last_not_of(' ') + 1);
  return answer;
}

struct Smtp::State {
  State(SmtpServer the_server, std::function<bool()> when_stopping)
      : server(std::move(the_server)), stopping(std::move(when_stopping)) {
    static std::once_flag once;
    std::call_once(once, [] {
      if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
        throw std::runtime_error("libcurl can't be used");
    });
  }
  ~State() { rest(); }
  State(const State&) = delete;
  State& operator=(const State&) = delete;

  void rest() {
    if (handle)
      curl_easy_cleanup(handle);
    handle = nullptr;
  }

  void prepare() {
    if (handle)
      return;
    handle = curl_easy_init();
    if (!handle)
      throw std::runtime_error("libcurl can't be used");
    // After the slash: the name that we say EHLO with.
    curl_easy_setopt(handle, CURLOPT_URL, (server.url + "/" + domain_of(server.from)).c_str());
    curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    curl_easy_setopt(handle, CURLOPT_USE_SSL, is_loopback(server.url) ? CURLUSESSL_NONE : CURLUSESSL_ALL);
    curl_easy_setopt(handle, CURLOPT_MAIL_FROM, ("<" + server.from + ">").c_str());
    if (!server.user.empty()) {
      curl_easy_setopt(handle, CURLOPT_USERNAME, server.user.c_str());
      curl_easy_setopt(handle, CURLOPT_PASSWORD, server.password.c_str());
    }
    curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L); // other threads are here
    curl_easy_setopt(handle, CURLOPT_CONNECTTIMEOUT, static_cast<long>(limits::kMailConnectTime.count()));
    curl_easy_setopt(handle, CURLOPT_SERVER_RESPONSE_TIMEOUT,
                     static_cast<long>(limits::kMailAnswerTime.count()));
    curl_easy_setopt(handle, CURLOPT_TIMEOUT, static_cast<long>(limits::kMailTransferTime.count()));
    curl_easy_setopt(handle, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(handle, CURLOPT_READFUNCTION, give);
    curl_easy_setopt(handle, CURLOPT_HEADERFUNCTION, hear);
    curl_easy_setopt(handle, CURLOPT_XFERINFOFUNCTION, may_end);
    curl_easy_setopt(handle, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(handle, CURLOPT_ERRORBUFFER, error.data());
  }

  SmtpServer server;
  std::function<bool()> stopping;
  CURL* handle = nullptr;
  std::array<char, CURL_ERROR_SIZE> error{};
};

Smtp::Smtp(SmtpServer server, std::function<bool()> stopping)
    : state_(std::make_unique<State>(std::move(server), std::move(stopping))) {}
Smtp::~Smtp() = default;

void Smtp::rest() {
  state_->rest();
}

Delivery Smtp::send(const std::string& to, const std::string& message) {
  state_->prepare();
  auto* const handle = state_->handle;
  Transfer transfer{message, {}, {}, &state_->stopping};
  const Recipients recipients("<" + to + ">");
  curl_easy_setopt(handle, CURLOPT_MAIL_RCPT, recipients.list);
  curl_easy_setopt(handle, CURLOPT_READDATA, &transfer);
  curl_easy_setopt(handle, CURLOPT_HEADERDATA, &transfer);
  curl_easy_setopt(handle, CURLOPT_XFERINFODATA, &transfer);
  curl_easy_setopt(handle, CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(message.size()));
  state_->error.fill(0);
  const auto result = curl_easy_perform(handle);
  curl_easy_setopt(handle, CURLOPT_MAIL_RCPT, nullptr); // the list goes with this function
  if (result == CURLE_OK)
    return Accepted{without_address(transfer.last_line, to)};
  const std::string_view said = state_->error.data();
  auto reason =
      without_address(said.empty() ? std::string(curl_easy_strerror(result)) : std::string(said), to);
  const auto& complaint = transfer.complaint;
  if (complaint.starts_with("421")) // RFC 5321, 3.8: it goes, whatever was asked
    return Unreachable{std::move(reason)};
  const auto code = enhanced_code(complaint);
  // What libcurl gives when the server refuses RCPT or DATA. A refusal of MAIL is of the sender: all messages
  // would get it. One of us at RCPT may be this mailbox's own rule, and holds up no other message.
  if (result == CURLE_SEND_ERROR && (said.starts_with("RCPT ") || said.starts_with("DATA ")))
    return Refused{is_of_mailbox(code) && !is_of_us(code), without_address(complaint, to)};
  // And when it refuses the message itself: also what it gives of a greeting that is none, when nothing of
  // the message was sent yet.
  if (result == CURLE_WEIRD_SERVER_REPLY && transfer.rest.empty() && !complaint.empty())
    return Refused{complaint.starts_with('5') && !is_of_us(code), without_address(complaint, to)};
  return Unreachable{std::move(reason)};
}

} // namespace warsha::mail
