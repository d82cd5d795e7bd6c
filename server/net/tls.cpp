#include "server/net/tls.hpp"

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <stdexcept>
#include <utility>

namespace warsha::net {

namespace {

[[noreturn]] void refuse(const char* what, const std::filesystem::path& file) {
  const auto code = ERR_get_error();
  ERR_clear_error();
  const char* reason = ERR_reason_error_string(code);
  throw std::runtime_error(std::string(what) + " " + file.string() + ": " +
                           (reason ? reason : "can't be read"));
}

TlsChannel::Step step_of(SSL* channel, int result) {
  using Outcome = TlsChannel::Outcome;
  if (result > 0)
    return {Outcome::done, 0};
  switch (SSL_get_error(channel, result)) {
  case SSL_ERROR_WANT_READ:
    return {Outcome::wants_read};
  case SSL_ERROR_WANT_WRITE:
    return {Outcome::wants_write};
  case SSL_ERROR_ZERO_RETURN:
    return {Outcome::ended};
  default:
    // The queue of errors belongs to the thread: what stays there would be taken for the next connection's.
    ERR_clear_error();
    return {Outcome::failed};
  }
}

} // namespace

TlsContext::TlsContext(const std::filesystem::path& certificate, const std::filesystem::path& key)
    : context_(SSL_CTX_new(TLS_server_method())) {
  if (!context_)
    throw std::runtime_error("tls: OpenSSL gives no context");
  SSL_CTX_set_min_proto_version(context_, TLS1_2_VERSION);
  SSL_CTX_set_options(context_, SSL_OP_NO_RENEGOTIATION | SSL_OP_IGNORE_UNEXPECTED_EOF);
  SSL_CTX_set_mode(context_, SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ENABLE_PARTIAL_WRITE |
                                 SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
  // Tickets let a room that returns resume without a full handshake, and cost the server no memory.
  SSL_CTX_set_session_cache_mode(context_, SSL_SESS_CACHE_OFF);
  SSL_CTX_set_num_tickets(context_, 1);
  try {
    if (SSL_CTX_use_certificate_chain_file(context_, certificate.c_str()) != 1)
      refuse("tls-certificate", certificate);
    if (SSL_CTX_use_PrivateKey_file(context_, key.c_str(), SSL_FILETYPE_PEM) != 1)
      refuse("tls-key", key);
    if (SSL_CTX_check_private_key(context_) != 1)
      refuse("tls-key", key);
  } catch (...) {
    SSL_CTX_free(context_);
    throw;
  }
}

TlsContext::~TlsContext() {
  SSL_CTX_free(context_);
}

TlsChannel::TlsChannel(const TlsContext& context, int descriptor) : channel_(SSL_new(context.context_)) {
  if (!channel_)
    throw std::bad_alloc();
  SSL_set_fd(channel_, descriptor);
  SSL_set_accept_state(channel_);
}

TlsChannel::~TlsChannel() {
  SSL_free(channel_);
}

TlsChannel::TlsChannel(TlsChannel&& other) noexcept : channel_(std::exchange(other.channel_, nullptr)) {}

TlsChannel& TlsChannel::operator=(TlsChannel&& other) noexcept {
  std::swap(channel_, other.channel_);
  return *this;
}

TlsChannel::Step TlsChannel::handshake() {
  return step_of(channel_, SSL_do_handshake(channel_));
}

TlsChannel::Step TlsChannel::read(void* data, std::size_t size) {
  std::size_t bytes = 0;
  auto step = step_of(channel_, SSL_read_ex(channel_, data, size, &bytes));
  step.bytes = bytes;
  return step;
}

TlsChannel::Step TlsChannel::write(const void* data, std::size_t size) {
  std::size_t bytes = 0;
  auto step = step_of(channel_, SSL_write_ex(channel_, data, size, &bytes));
  step.bytes = bytes;
  return step;
}

void TlsChannel::say_end() {
  if (SSL_is_init_finished(channel_) == 1)
    SSL_shutdown(channel_);
  ERR_clear_error();
}

} // namespace warsha::net
