#pragma once

#include "protocol/codes.hpp"
#include "server/net/http.hpp"

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

/// A WebSocket as the rest of the server sees it: no Beast.
namespace warsha::net {

/// Immutable bytes that any number of responses carry.
using SharedBytes = std::shared_ptr<const std::string>;

/// A text message in its frame (RFC 6455, 5.2; a server's frames are not masked). Immutable: made once, sent
/// as it is by any number of sockets.
struct Frame {
  std::string bytes;
};
using SharedFrame = std::shared_ptr<const Frame>;
/// `text` is valid UTF-8.
[[nodiscard]] SharedFrame text_frame(std::string_view text);

/// The sending side. Lives on one shard and is used only from there.
class Socket {
public:
  virtual ~Socket() = default;
  /// Queues one message. All that one turn of the loop queues leaves in one gathered write. Never blocks,
  /// never drops: the owner watches queued_bytes().
  virtual void send(SharedFrame message) = 0;
  /// Bytes queued and not yet handed to the system.
  [[nodiscard]] virtual std::size_t queued_bytes() const = 0;
  /// Forgets the messages of which nothing was written yet.
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

/// Decides, by a request's head, on a body of more than limits::kRequestBodyBytes before it is read: none
/// lets it come, a response refuses it. Answers once, from any thread.
using LargeBodyHandler = std::function<void(const HttpRequest& head, Executor& executor,
                                            std::function<void(std::optional<HttpResponse>)> answer)>;

} // namespace warsha::net
