#include "tests/support/tls.hpp"

#include <arpa/inet.h>
#include <array>
#include <mutex>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <poll.h>
#include <stdexcept>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>
#include <vector>

namespace warsha::test {

namespace {

template <auto Free> struct Freed {
  template <class T> void operator()(T* thing) const { Free(thing); }
};
template <class T, auto Free> using Owned = std::unique_ptr<T, Freed<Free>>;

sockaddr_in loopback(std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(port);
  return address;
}

template <class Write> void write_pem(const std::filesystem::path& file, Write write) {
  const Owned<BIO, BIO_free> out(BIO_new_file(file.c_str(), "w"));
  if (!out || write(out.get()) != 1)
    throw std::runtime_error(file.string() + " can't be written");
}

bool write_all(int socket, const char* data, std::size_t size) {
  while (size > 0) {
    const auto written = ::send(socket, data, size, MSG_NOSIGNAL);
    if (written <= 0)
      return false;
    data += written;
    size -= static_cast<std::size_t>(written);
  }
  return true;
}

/// Carries bytes both ways until one side ends.
void carry(int plain, int secure, SSL* channel) {
  std::array<char, 16384> bytes;
  while (true) {
    std::array<pollfd, 2> ready{pollfd{plain, POLLIN, 0}, pollfd{secure, POLLIN, 0}};
    if (SSL_pending(channel) == 0 && ::poll(ready.data(), ready.size(), -1) < 0)
      return;
    if (ready[0].revents != 0) {
      const auto size = ::recv(plain, bytes.data(), bytes.size(), 0);
      if (size <= 0 || SSL_write(channel, bytes.data(), static_cast<int>(size)) <= 0)
        return;
    }
    if (ready[1].revents != 0 || SSL_pending(channel) > 0) {
      const auto size = SSL_read(channel, bytes.data(), bytes.size());
      if (size <= 0 && SSL_get_error(channel, size) != SSL_ERROR_WANT_READ)
        return;
      if (size > 0 && !write_all(plain, bytes.data(), static_cast<std::size_t>(size)))
        return;
    }
  }
}

} // namespace

void make_certificate(const std::filesystem::path& folder) {
  const Owned<EVP_PKEY, EVP_PKEY_free> key(EVP_EC_gen("P-256"));
  const Owned<X509, X509_free> certificate(X509_new());
  X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -60);
  X509_gmtime_adj(X509_getm_notAfter(certificate.get()), 3600);
  X509_set_pubkey(certificate.get(), key.get());
  auto* name = X509_get_subject_name(certificate.get());
  X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char*>("localhost"),
                             -1, -1, 0);
  X509_set_issuer_name(certificate.get(), name);
  X509_sign(certificate.get(), key.get(), EVP_sha256());
  write_pem(folder / "certificate.pem", [&](BIO* out) { return PEM_write_bio_X509(out, certificate.get()); });
  write_pem(folder / "key.pem", [&](BIO* out) {
    return PEM_write_bio_PrivateKey(out, key.get(), nullptr, nullptr, 0, nullptr, nullptr);
  });
}

struct TlsTunnel::State {
  std::uint16_t server_port = 0;
  Owned<SSL_CTX, SSL_CTX_free> context{SSL_CTX_new(TLS_client_method())};
  int listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  std::thread acceptor;
  std::mutex mutex;
  std::vector<int> open;
  std::vector<std::thread> carriers;

  void accept_all() {
    while (true) {
      const int plain = ::accept4(listener, nullptr, nullptr, SOCK_CLOEXEC);
      if (plain < 0)
        return;
      const std::lock_guard lock(mutex);
      open.push_back(plain);
      carriers.emplace_back([this, plain] { tunnel(plain); });
    }
  }

  void tunnel(int plain) {
    const int secure = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const auto address = loopback(server_port);
    const Owned<SSL, SSL_free> channel(SSL_new(context.get()));
    SSL_clear_mode(channel.get(), SSL_MODE_AUTO_RETRY);
    if (::connect(secure, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0 &&
        SSL_set_fd(channel.get(), secure) == 1 && SSL_connect(channel.get()) == 1)
      carry(plain, secure, channel.get());
    ::shutdown(plain, SHUT_RDWR);
    ::close(secure);
  }
};

TlsTunnel::TlsTunnel(std::uint16_t server_port) : state_(std::make_unique<State>()) {
  state_->server_port = server_port;
  const auto address = loopback(0);
  if (::bind(state_->listener, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 ||
      ::listen(state_->listener, 16) != 0)
    throw std::runtime_error("the tunnel can't listen");
  state_->acceptor = std::thread([state = state_.get()] { state->accept_all(); });
}

TlsTunnel::~TlsTunnel() {
  ::shutdown(state_->listener, SHUT_RDWR);
  state_->acceptor.join();
  for (const int plain : state_->open)
    ::shutdown(plain, SHUT_RDWR);
  for (auto& carrier : state_->carriers)
    carrier.join();
  for (const int plain : state_->open)
    ::close(plain);
  ::close(state_->listener);
}

std::uint16_t TlsTunnel::port() const {
  sockaddr_in address{};
  socklen_t size = sizeof address;
  ::getsockname(state_->listener, reinterpret_cast<sockaddr*>(&address), &size);
  return ntohs(address.sin_port);
}

} // namespace warsha::test
