#pragma once

#include "server/net/socket.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace warsha {
class Shard;
}

namespace warsha::net {

class TlsContext;

struct Endpoints {
  /// Answers every request that is not an upgrade.
  std::function<void(const HttpRequest&, Executor&, Respond)> http;
  UpgradeHandler upgrade;
  /// Whether a body of more than limits::kRequestBodyBytes may come; without it, none may.
  LargeBodyHandler large_body = {};
};

/// Listens with one SO_REUSEPORT acceptor per shard, so that a connection lives and dies on the shard the
/// kernel gave it to.
class Server {
public:
  struct Options {
    std::string address;
    std::uint16_t port = 0; // 0: a free one
    bool behind_proxy = false;
    const TlsContext* tls = nullptr; // none: plain HTTP; outlives the server
  };
  /// Throws std::runtime_error, in one line, when the address can't be had. The shards must not run yet.
  Server(const std::vector<Shard*>& shards, const Options& options, Endpoints endpoints);
  /// After the shards have stopped.
  ~Server();

  [[nodiscard]] std::uint16_t port() const;
  /// No new connections. From any thread.
  void stop_accepting();
  /// Ends every open connection. From any thread; connections() tells when it is done.
  void abort_connections();
  /// Open connections now, over all shards. From any thread.
  [[nodiscard]] std::size_t connections() const;

private:
  struct State;
  std::unique_ptr<State> state_;
};

} // namespace warsha::net
