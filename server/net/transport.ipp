// Private to the .cpp files of this folder that use Beast.
#pragma once

#include "server/net/tls.hpp"

#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/beast/core/bind_handler.hpp>
#include <boost/beast/core/error.hpp>
#include <optional>
#include <span>
#include <string>
#include <sys/uio.h>
#include <utility>

namespace warsha::net {

// The concrete executor, not any_io_executor: it saves an indirect call and an allocation per operation.
using IoExecutor = boost::asio::io_context::executor_type;
using TcpSocket = boost::asio::basic_stream_socket<boost::asio::ip::tcp, IoExecutor>;

/// A connected TCP socket, bare or under TLS: one type for both, so that what is built on it is compiled
/// once. It is an AsyncStream as Beast and Asio ask for; and it writes at once what the system takes at once,
/// which spares a live socket an asynchronous operation for every message. Lives on its shard. Moved only
/// while nothing is pending; whoever starts an operation keeps it alive until its handler has run.
class Transport {
public:
  using executor_type = IoExecutor;
  using ErrorCode = boost::beast::error_code;

  Transport(TcpSocket&& socket, const TlsContext* tls);

  [[nodiscard]] executor_type get_executor() { return socket_.get_executor(); }
  [[nodiscard]] TcpSocket& socket() { return socket_; }
  [[nodiscard]] bool is_secure() const { return tls_.has_value(); }

  /// handler(ErrorCode). At once for a bare socket.
  template <class Handler> void async_handshake(Handler handler);
  template <class Buffers, class Handler> void async_read_some(const Buffers& buffers, Handler handler);
  /// Takes the first of the buffers that is not empty.
  template <class Buffers, class Handler> void async_write_some(const Buffers& buffers, Handler handler);

  struct Written {
    std::size_t bytes = 0; // taken: the caller lets go of them
    bool blocked = false;  // go on when async_wait_writable() says so, also when every byte was taken
    bool failed = false;
  };
  /// Writes without waiting. At most kGather buffers, perhaps none.
  [[nodiscard]] Written write_now(std::span<const ::iovec> buffers);
  /// handler(ErrorCode), when there is room again.
  template <class Handler> void async_wait_writable(Handler handler) {
    socket_.async_wait(TcpSocket::wait_write, std::move(handler));
  }

  /// No more will be written; the peer reads to the end.
  void end_writing();
  /// Ends every pending operation with an error.
  void close();

  static constexpr std::size_t kGather = 64;

private:
  template <class Handler> void wait_for(TlsChannel::Outcome wanted, Handler handler);
  template <class Handler> void read_tls(boost::asio::mutable_buffer buffer, Handler handler, bool in_turn);
  template <class Handler> void write_tls(boost::asio::const_buffer buffer, Handler handler, bool in_turn);
  template <class Handler> void complete(Handler handler, ErrorCode error, std::size_t bytes, bool in_turn);
  /// One step of TLS; none on a descriptor that was closed, whose number may be another connection's by now.
  template <class Work> [[nodiscard]] TlsChannel::Step on_tls(const Work& work) {
    return socket_.is_open() ? work() : TlsChannel::Step{TlsChannel::Outcome::failed, 0};
  }
  [[nodiscard]] Written write_records_now(std::span<const ::iovec> buffers);
  std::size_t take_record(std::span<const ::iovec>& buffers, std::size_t& within);
  [[nodiscard]] static ErrorCode error_of(TlsChannel::Outcome outcome);

  TcpSocket socket_;
  std::optional<TlsChannel> tls_;
  /// Taken from the caller of write_now() for a record that the system did not take whole: it has to be given
  /// again, byte by byte the same.
  std::string unwritten_;
};

// --- Templates -------------------------------------------------------------------------------------

template <class Handler> void Transport::async_handshake(Handler handler) {
  if (!tls_)
    return handler(ErrorCode{});
  const auto step = on_tls([this] { return tls_->handshake(); });
  if (step.outcome == TlsChannel::Outcome::wants_read || step.outcome == TlsChannel::Outcome::wants_write)
    return wait_for(step.outcome, [this, handler = std::move(handler)](ErrorCode error) mutable {
      if (error)
        handler(error);
      else
        async_handshake(std::move(handler));
    });
  handler(error_of(step.outcome));
}

template <class Buffers, class Handler>
void Transport::async_read_some(const Buffers& buffers, Handler handler) {
  if (!tls_)
    return socket_.async_read_some(buffers, std::move(handler));
  for (auto it = boost::asio::buffer_sequence_begin(buffers); it != boost::asio::buffer_sequence_end(buffers);
       ++it)
    if (boost::asio::mutable_buffer(*it).size() > 0)
      return read_tls(*it, std::move(handler), false);
  complete(std::move(handler), {}, 0, false);
}

template <class Buffers, class Handler>
void Transport::async_write_some(const Buffers& buffers, Handler handler) {
  if (!tls_)
    return socket_.async_write_some(buffers, std::move(handler));
  for (auto it = boost::asio::buffer_sequence_begin(buffers); it != boost::asio::buffer_sequence_end(buffers);
       ++it)
    if (boost::asio::const_buffer(*it).size() > 0)
      return write_tls(*it, std::move(handler), false);
  complete(std::move(handler), {}, 0, false);
}

template <class Handler> void Transport::wait_for(TlsChannel::Outcome wanted, Handler handler) {
  socket_.async_wait(wanted == TlsChannel::Outcome::wants_read ? TcpSocket::wait_read : TcpSocket::wait_write,
                     std::move(handler));
}

/// `in_turn`: in a handler's turn already, so that the caller's handler may run at once.
template <class Handler>
void Transport::read_tls(boost::asio::mutable_buffer buffer, Handler handler, bool in_turn) {
  const auto step = on_tls([&] { return tls_->read(buffer.data(), buffer.size()); });
  if (step.outcome != TlsChannel::Outcome::wants_read && step.outcome != TlsChannel::Outcome::wants_write)
    return complete(std::move(handler), error_of(step.outcome), step.bytes, in_turn);
  wait_for(step.outcome, [this, buffer, handler = std::move(handler)](ErrorCode error) mutable {
    if (error)
      handler(error, 0);
    else
      read_tls(buffer, std::move(handler), true);
  });
}

template <class Handler>
void Transport::write_tls(boost::asio::const_buffer buffer, Handler handler, bool in_turn) {
  const auto step = on_tls([&] { return tls_->write(buffer.data(), buffer.size()); });
  if (step.outcome != TlsChannel::Outcome::wants_read && step.outcome != TlsChannel::Outcome::wants_write)
    return complete(std::move(handler), error_of(step.outcome), step.bytes, in_turn);
  wait_for(step.outcome, [this, buffer, handler = std::move(handler)](ErrorCode error) mutable {
    if (error)
      handler(error, 0);
    else
      write_tls(buffer, std::move(handler), true);
  });
}

template <class Handler>
void Transport::complete(Handler handler, ErrorCode error, std::size_t bytes, bool in_turn) {
  if (in_turn)
    handler(error, bytes);
  else
    boost::asio::post(get_executor(), boost::beast::bind_front_handler(std::move(handler), error, bytes));
}

} // namespace warsha::net
