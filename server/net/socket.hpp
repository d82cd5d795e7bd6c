#pragma once

#include "protocol/codes.hpp"
#include "server/net/http.hpp"

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <variant>

/// A WebSocket as the rest of the server sees it: no Beast.
namespace warsha::net {

/// Immutable bytes that any number of sockets send: an event is encoded once for a whole room.
using SharedBytes = std::shared_ptr<const std::string>;

/// The sending side. Lives on one shard and is used only from there.
class Socket {
public:
  virtual ~Socket() = default;
  /// Queues one message. Everything pending leaves in one frame, messages separated by line feeds, in
  /// one gathered write. Never blocks, never drops: the owner watches queued_bytes().
  virtual void send(SharedBytes message) = 0;
  /// Bytes queued and not yet handed to the system.
  [[nodiscard]] virtual std::size_t queued_bytes() const = 0;
  /// Forgets what is queued and not yet being written.
  virtual void drop_queued() = 0;
  /// Writes what is queued, then closes (RFC 6455, 7.1.2), by force after a short while.
  virtual void close(CloseCode code) = 0;
};

/// The receiving side, made for each connection; destroyed after on_close.
class SocketHandler {
public:
  virtual ~SocketHandler() = default;
  virtual void on_open(Socket& socket) = 0;
  /// One text message: valid UTF-8, at most limits::kMessageBytes.
  virtual void on_message(std::string_view message) = 0;
  /// The last call. The socket is gone.
  virtual void on_close() = 0;
};

/// Either a handler for the accepted socket, or the response that refuses it.
using Upgrade = std::variant<std::unique_ptr<SocketHandler>, HttpResponse>;
/// Decides on an upgrade request, on `executor` (the shard that will own the socket); answers once, from any
/// thread.
using UpgradeHandler =
    std::function<void(const HttpRequest&, Executor& executor, std::function<void(Upgrade)> answer)>;

} // namespace warsha::net
