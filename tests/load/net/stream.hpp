#pragma once

#include "tests/load/net/event_loop.hpp"

#include <cstdint>
#include <memory>
#include <netinet/in.h>
#include <string>
#include <string_view>

using SSL = struct ssl_st;

namespace warsha::load {

/// Where a server listens.
struct Server {
  std::string host; // as the URL says it
  std::uint16_t port = 0;
  bool tls = false;
  sockaddr_in address{};
  [[nodiscard]] std::string authority() const { return host + ":" + std::to_string(port); }
};
/// From http://ADDRESS:PORT or https://ADDRESS:PORT, an IPv4 address or localhost; throws std::runtime_error,
/// in one line, for anything else.
[[nodiscard]] Server parse_url(const std::string& url);

struct Options;
/// The server of --url, with TLS when --tls says so.
[[nodiscard]] Server server_of(const Options& options);

/// The loopback address from which the `number`th connection comes. One address has only about 28,000 ports,
/// and connections that are gone hold theirs for a minute: after every few thousand comes the next address.
[[nodiscard]] in_addr_t source_of(std::size_t number);

/// Bytes to and from a server: non-blocking TCP, with TLS over it when the URL is https. Certificates are not
/// verified: what is measured here is on loopback and signs its own.
class Stream final : private EventLoop::Watcher {
public:
  class Handler {
  public:
    virtual void on_connected() = 0;
    /// Valid until it returns.
    virtual void on_bytes(std::string_view bytes) = 0;
    /// The other side ended it, or it failed. Not after drop() or close().
    virtual void on_gone(const std::string& why) = 0;

  protected:
    ~Handler() = default;
  };
  struct Settings {
    in_addr_t source = 0; // in network order; 0 lets the kernel choose
    bool narrow = false;  // as small a receive buffer as the kernel grants
  };

  Stream(EventLoop& loop, const Server& server, Settings settings, Handler& handler);
  ~Stream();
  Stream(const Stream&) = delete;
  Stream& operator=(const Stream&) = delete;

  /// Never calls back before it returns.
  void connect();
  /// Leaves at once as far as the kernel takes it, and later as to the rest.
  void write(std::string_view bytes);
  /// From now on nothing is read, nor the end noticed.
  void stop_reading();
  /// Ends by RST: nobody is left there to say goodbye.
  void drop();
  void close();

  /// Bytes that were read, of all streams together: what the servers sent, without TLS.
  [[nodiscard]] static std::uint64_t bytes_received();

private:
  enum class Stage : std::uint8_t { idle, connecting, shaking_hands, open, ended };

  void on_ready(std::uint32_t events) override;
  void finish_connecting();
  void shake_hands();
  void opened();
  void read_plain();
  void read_tls();
  void flush();
  [[nodiscard]] bool write_some(std::string_view bytes, std::size_t& written);
  void watch();
  void fail(const std::string& why);
  void release();

  EventLoop& loop_;
  const Server& server_;
  Settings settings_;
  Handler& handler_;
  int descriptor_ = -1;
  SSL* tls_ = nullptr;
  Stage stage_ = Stage::idle;
  bool reading_ = true;
  bool tls_wants_write_ = false;
  std::uint32_t watched_ = 0;
  std::string outgoing_;
  std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

} // namespace warsha::load
