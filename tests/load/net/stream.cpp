#include "tests/load/net/stream.hpp"

#include "tests/load/options.hpp"

#include <arpa/inet.h>
#include <cerrno>
#include <cstring>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <stdexcept>
#include <sys/socket.h>
#include <unistd.h>

namespace warsha::load {

namespace {

/// The port is chosen when the connection is made, so that two may share one towards different servers.
#ifndef IP_BIND_ADDRESS_NO_PORT
constexpr int IP_BIND_ADDRESS_NO_PORT = 24;
#endif

constexpr std::size_t kConnectionsPerSource = 5000;
constexpr std::size_t kSources = 200;

std::uint64_t all_bytes_received = 0; // of the one thread that there is

SSL_CTX* tls_context() {
  static SSL_CTX* const kContext = [] {
    auto* context = SSL_CTX_new(TLS_client_method());
    if (!context)
      throw std::runtime_error("OpenSSL gives no TLS context");
    SSL_CTX_set_verify(context, SSL_VERIFY_NONE, nullptr);
    SSL_CTX_set_mode(context, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER |
                                  SSL_MODE_RELEASE_BUFFERS);
    return context;
  }();
  return kContext;
}

std::string system_error(const char* what) {
  return std::string(what) + ": " + std::strerror(errno);
}

} // namespace

Server parse_url(const std::string& url) {
  const auto wrong = [&] {
    return std::runtime_error("--url: \"" + url + "\" is not an address such as http://127.0.0.1:8080");
  };
  Server server;
  const auto scheme = url.find("://");
  if (scheme == std::string::npos)
    throw wrong();
  const auto protocol = url.substr(0, scheme);
  if (protocol != "http" && protocol != "https")
    throw wrong();
  server.tls = protocol == "https";
  auto rest = url.substr(scheme + 3);
  if (!rest.empty() && rest.back() == '/')
    rest.pop_back();
  const auto colon = rest.find(':');
  server.host = rest.substr(0, colon);
  const auto port = colon == std::string::npos ? (server.tls ? "443" : "80") : rest.substr(colon + 1);
  if (port.empty() || port.size() > 5 || port.find_first_not_of("0123456789") != std::string::npos ||
      std::stoi(port) > 65535)
    throw wrong();
  server.port = static_cast<std::uint16_t>(std::stoi(port));
  server.address.sin_family = AF_INET;
  server.address.sin_port = htons(server.port);
  const auto* host = server.host == "localhost" ? "127.0.0.1" : server.host.c_str();
  if (::inet_pton(AF_INET, host, &server.address.sin_addr) != 1)
    throw wrong();
  return server;
}

Server server_of(const Options& options) {
  auto server = parse_url(options.url);
  server.tls |= options.tls;
  return server;
}

in_addr_t source_of(std::size_t number) {
  const auto last = 1 + (number / kConnectionsPerSource) % kSources;
  return htonl(INADDR_LOOPBACK - 1 + static_cast<in_addr_t>(last));
}

Stream::Stream(EventLoop& loop, const Server& server, Settings settings, Handler& handler)
    : loop_(loop), server_(server), settings_(settings), handler_(handler) {}

Stream::~Stream() {
  release();
}

std::uint64_t Stream::bytes_received() {
  return all_bytes_received;
}

void Stream::connect() {
  const auto fail_soon = [this](const std::string& why) {
    loop_.after(Duration::zero(), [this, why, alive = std::weak_ptr(alive_)] {
      if (alive.lock())
        fail(why);
    });
  };
  stage_ = Stage::connecting;
  descriptor_ = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (descriptor_ < 0)
    return fail_soon(system_error("socket"));
  const int on = 1;
  ::setsockopt(descriptor_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  if (settings_.narrow) {
    const int least = 1; // the kernel makes it its minimum
    ::setsockopt(descriptor_, SOL_SOCKET, SO_RCVBUF, &least, sizeof least);
  }
  const bool loopback = (ntohl(server_.address.sin_addr.s_addr) >> 24) == 127;
  if (settings_.source != 0 && loopback) {
    ::setsockopt(descriptor_, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &on, sizeof on);
    sockaddr_in from{};
    from.sin_family = AF_INET;
    from.sin_addr.s_addr = settings_.source;
    if (::bind(descriptor_, reinterpret_cast<const sockaddr*>(&from), sizeof from) != 0)
      return fail_soon(system_error("bind"));
  }
  const auto* to = reinterpret_cast<const sockaddr*>(&server_.address);
  if (::connect(descriptor_, to, sizeof server_.address) != 0 && errno != EINPROGRESS)
    return fail_soon(system_error("connect"));
  watched_ = EPOLLOUT;
  loop_.add(descriptor_, watched_, *this);
}

void Stream::on_ready(std::uint32_t events) {
  if (stage_ == Stage::connecting)
    return finish_connecting();
  if (stage_ == Stage::shaking_hands)
    return shake_hands();
  if ((events & EPOLLOUT) != 0 || tls_wants_write_)
    flush();
  if (stage_ == Stage::open && (events & (EPOLLIN | EPOLLHUP | EPOLLERR)) != 0) {
    if (!reading_)
      return release(); // reset by the server: nothing more will be reported
    tls_ ? read_tls() : read_plain();
  }
}

void Stream::finish_connecting() {
  int error = 0;
  socklen_t size = sizeof error;
  ::getsockopt(descriptor_, SOL_SOCKET, SO_ERROR, &error, &size);
  if (error != 0)
    return fail(std::string("connect: ") + std::strerror(error));
  if (!server_.tls)
    return opened();
  tls_ = SSL_new(tls_context());
  SSL_set_fd(tls_, descriptor_);
  SSL_set_connect_state(tls_);
  stage_ = Stage::shaking_hands;
  shake_hands();
}

void Stream::shake_hands() {
  ERR_clear_error();
  const int done = SSL_do_handshake(tls_);
  if (done == 1)
    return opened();
  const int wanted = SSL_get_error(tls_, done);
  if (wanted != SSL_ERROR_WANT_READ && wanted != SSL_ERROR_WANT_WRITE)
    return fail("the TLS handshake failed");
  watched_ = wanted == SSL_ERROR_WANT_READ ? EPOLLIN : EPOLLOUT;
  loop_.modify(descriptor_, watched_, *this);
}

void Stream::opened() {
  stage_ = Stage::open;
  watch();
  handler_.on_connected();
}

void Stream::read_plain() {
  auto& buffer = loop_.receive_buffer();
  const auto got = ::recv(descriptor_, buffer.data(), buffer.size(), 0);
  if (got > 0) {
    all_bytes_received += static_cast<std::uint64_t>(got);
    return handler_.on_bytes({buffer.data(), static_cast<std::size_t>(got)});
  }
  if (got == 0)
    return fail("the server closed the connection");
  if (errno != EAGAIN && errno != EINTR)
    fail(system_error("read"));
}

void Stream::read_tls() {
  const auto alive = std::weak_ptr(alive_);
  auto& buffer = loop_.receive_buffer();
  while (stage_ == Stage::open && reading_) {
    ERR_clear_error();
    const int got = SSL_read(tls_, buffer.data(), static_cast<int>(buffer.size()));
    if (got <= 0) {
      const int wanted = SSL_get_error(tls_, got);
      if (wanted == SSL_ERROR_WANT_READ || wanted == SSL_ERROR_WANT_WRITE)
        return;
      return fail("the server closed the connection");
    }
    all_bytes_received += static_cast<std::uint64_t>(got);
    handler_.on_bytes({buffer.data(), static_cast<std::size_t>(got)});
    if (alive.expired())
      return;
  }
}

void Stream::write(std::string_view bytes) {
  if (stage_ != Stage::open)
    return;
  if (!outgoing_.empty()) {
    outgoing_.append(bytes);
    return;
  }
  std::size_t written = 0;
  if (!write_some(bytes, written))
    return; // the end is noticed by the next read
  if (written < bytes.size())
    outgoing_.assign(bytes.substr(written));
  watch();
}

void Stream::flush() {
  std::size_t written = 0;
  if (!outgoing_.empty() && !write_some(outgoing_, written))
    return;
  outgoing_.erase(0, written);
  watch();
}

bool Stream::write_some(std::string_view bytes, std::size_t& written) {
  if (!tls_) {
    const auto sent = ::send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent < 0)
      return errno == EAGAIN || errno == EINTR;
    written = static_cast<std::size_t>(sent);
    return true;
  }
  while (written < bytes.size()) {
    ERR_clear_error();
    const int sent = SSL_write(tls_, bytes.data() + written, static_cast<int>(bytes.size() - written));
    if (sent <= 0) {
      const int wanted = SSL_get_error(tls_, sent);
      return wanted == SSL_ERROR_WANT_WRITE || wanted == SSL_ERROR_WANT_READ;
    }
    written += static_cast<std::size_t>(sent);
  }
  return true;
}

void Stream::watch() {
  tls_wants_write_ = tls_ && !outgoing_.empty();
  const std::uint32_t wanted = (reading_ ? static_cast<std::uint32_t>(EPOLLIN) : 0U) |
                               (outgoing_.empty() ? 0U : static_cast<std::uint32_t>(EPOLLOUT));
  if (wanted == watched_)
    return;
  watched_ = wanted;
  loop_.modify(descriptor_, watched_, *this);
}

void Stream::stop_reading() {
  reading_ = false;
  if (stage_ == Stage::open)
    watch();
}

void Stream::drop() {
  if (descriptor_ >= 0) {
    const linger at_once{1, 0};
    ::setsockopt(descriptor_, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
  }
  release();
}

void Stream::close() {
  release();
}

void Stream::fail(const std::string& why) {
  release();
  handler_.on_gone(why);
}

void Stream::release() {
  stage_ = Stage::ended;
  if (tls_)
    SSL_free(tls_);
  tls_ = nullptr;
  if (descriptor_ < 0)
    return;
  loop_.remove(descriptor_, *this);
  ::close(descriptor_);
  descriptor_ = -1;
}

} // namespace warsha::load
