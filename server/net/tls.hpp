#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>

struct ssl_ctx_st;
struct ssl_st;

/// TLS 1.2 and 1.3 (RFC 8446) over sockets that never block. OpenSSL works on the descriptor itself: between
/// two records a connection holds no buffer, a third of what a stream with buffers of its own costs.
namespace warsha::net {

/// The server's certificate and key. Immutable after it is made: shared by all threads.
class TlsContext {
public:
  /// Both PEM; the certificate file may hold the chain. Throws std::runtime_error, in one line, when either
  /// can't be read or they don't belong together.
  TlsContext(const std::filesystem::path& certificate, const std::filesystem::path& key);
  ~TlsContext();
  TlsContext(const TlsContext&) = delete;
  TlsContext& operator=(const TlsContext&) = delete;

private:
  friend class TlsChannel;
  ssl_ctx_st* context_;
};

/// One connection's TLS. Used on its shard only; the descriptor outlives it.
class TlsChannel {
public:
  TlsChannel(const TlsContext& context, int descriptor);
  ~TlsChannel();
  TlsChannel(TlsChannel&& other) noexcept;
  TlsChannel& operator=(TlsChannel&& other) noexcept;

  /// What one step came to: done, or to be tried again when the descriptor can be read or written, or the
  /// end.
  enum class Outcome { done, wants_read, wants_write, ended, failed };
  struct Step {
    Outcome outcome{};
    std::size_t bytes = 0; // of done
  };
  [[nodiscard]] Step handshake();
  [[nodiscard]] Step read(void* data, std::size_t size);
  /// After wants_write the same bytes must be given again (they may have moved).
  [[nodiscard]] Step write(const void* data, std::size_t size);
  /// Says the end to the peer (close_notify), if it can be said at once.
  void say_end();

private:
  ssl_st* channel_;
};

} // namespace warsha::net
