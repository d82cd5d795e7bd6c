#include "server/net/live_socket.ipp"

#include "protocol/limits.hpp"

#include <algorithm>
#include <boost/asio/post.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/rfc7230.hpp>
#include <boost/beast/websocket.hpp>
#include <spdlog/spdlog.h>

namespace warsha::net {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace websocket = beast::websocket;
using Clock = std::chrono::steady_clock;

namespace {

constexpr auto kCloseTime = std::chrono::seconds(3); // for the peer's half of the closing handshake
constexpr std::size_t kKeptReadBuffer = 4096;        // one long message must not pin its memory
constexpr std::string_view kSubprotocol = "warsha.live.v1";

/// RFC 6455, 4.2.2: only a subprotocol that the client asked for may be named.
bool asks_for_subprotocol(const RawRequest& request) {
  const auto [begin, end] = request.equal_range(beast::http::field::sec_websocket_protocol);
  return std::any_of(begin, end, [](const auto& field) {
    return beast::http::token_list{field.value()}.exists(kSubprotocol);
  });
}

/// True when the last letter of otherwise valid UTF-8 lacks some of its bytes.
bool cut_amid_a_letter(std::string_view text) {
  for (std::size_t back = 1; back <= 3 && back <= text.size(); ++back) {
    const auto byte = static_cast<unsigned char>(text[text.size() - back]);
    if ((byte & 0xc0) != 0x80) // the first byte of a letter: it says how many follow
      return back < (byte >= 0xf0 ? 4U : byte >= 0xe0 ? 3U : byte >= 0xc0 ? 2U : 1U);
  }
  return false;
}

/// One WebSocket on its shard. At most one read, one write and one close are under way at a time, as Beast
/// asks.
class LiveSocket final : public Socket,
                         public Connections::Member,
                         public std::enable_shared_from_this<LiveSocket> {
public:
  LiveSocket(TcpSocket&& stream, std::unique_ptr<SocketHandler> handler, Connections& connections,
             std::function<void()> at_end)
      : stream_(std::move(stream)), handler_(std::move(handler)), connections_(connections),
        at_end_(std::move(at_end)) {
    connections_.add(this);
  }
  ~LiveSocket() override {
    connections_.remove(this);
    if (handler_ && opened_)
      handler_->on_close();
    at_end_();
  }

  void accept(RawRequest&& request) {
    websocket::stream_base::timeout timeout{};
    timeout.handshake_timeout = limits::kRequestTime;
    timeout.idle_timeout = limits::kIdleTime;
    timeout.keep_alive_pings = true;
    stream_.set_option(timeout);
    if (asks_for_subprotocol(request))
      stream_.set_option(websocket::stream_base::decorator([](websocket::response_type& response) {
        response.set(beast::http::field::sec_websocket_protocol, std::string(kSubprotocol));
      }));
    stream_.read_message_max(limits::kMessageBytes);
    // One message, one frame, one write: Beast would otherwise cut at its 4 KiB buffer.
    stream_.auto_fragment(false);
    stream_.text(true);
    auto held = std::make_shared<RawRequest>(std::move(request));
    stream_.async_accept(*held, [self = shared_from_this(), held](beast::error_code error) {
      if (error)
        return;
      self->opened_ = true;
      self->handler_->on_open(*self);
      self->read();
    });
  }

  void send(SharedBytes message) override {
    if (closing_)
      return;
    queued_bytes_ += message->size();
    queue_.push_back(std::move(message));
    flush_soon();
  }

  [[nodiscard]] std::size_t queued_bytes() const override { return queued_bytes_; }

  void drop_queued() override {
    for (const auto& message : queue_)
      queued_bytes_ -= message->size();
    queue_.clear();
  }

  void close(CloseCode code) override {
    if (closing_)
      return;
    closing_ = true;
    close_code_ = code;
    closing_since_ = Clock::now();
    if (!writing_ && queue_.empty())
      send_close();
    else
      flush_soon();
  }

  void sweep(Clock::time_point now) override {
    // A handler that took itself out of service, or a peer that doesn't take what we write.
    if (closing_ && now - closing_since_ > kCloseTime)
      return abort();
    if (writing_ && now - write_started_ > limits::kWriteTime) {
      spdlog::debug("a live socket took no data for {} s: closed", limits::kWriteTime.count());
      abort();
    }
  }

  void abort() override {
    beast::error_code ignored;
    stream_.next_layer().close(ignored);
  }

private:
  void read() {
    stream_.async_read(
        buffer_, [self = shared_from_this()](beast::error_code error, std::size_t) { self->on_read(error); });
  }

  void on_read(beast::error_code error) {
    if (error)
      return; // closed, gone, or a protocol error that Beast has answered with its close code
    if (!stream_.got_text()) {
      close(CloseCode::unsupported_data);
    } else if (!closing_) {
      const std::string_view message(static_cast<const char*>(buffer_.cdata().data()), buffer_.size());
      if (cut_amid_a_letter(message)) // Beast does not look at the end when the last frame is empty
        close(CloseCode::invalid_utf8);
      else
        handler_->on_message(message);
    }
    buffer_.consume(buffer_.size());
    if (buffer_.capacity() > kKeptReadBuffer)
      buffer_.shrink_to_fit();
    read(); // also while closing: the peer's close frame arrives here
  }

  /// At the end of this turn of the loop, so that everything that one turn produced leaves in one write.
  void flush_soon() {
    if (writing_ || flush_posted_)
      return;
    flush_posted_ = true;
    asio::post(stream_.get_executor(), [self = shared_from_this()] {
      self->flush_posted_ = false;
      self->flush();
    });
  }

  void flush() {
    if (writing_)
      return;
    if (queue_.empty()) {
      if (closing_)
        send_close();
      return;
    }
    static const char line_feed = '\n';
    in_flight_.swap(queue_);
    buffers_.clear();
    for (const auto& message : in_flight_) {
      if (!buffers_.empty())
        buffers_.emplace_back(&line_feed, 1);
      buffers_.emplace_back(message->data(), message->size());
    }
    writing_ = true;
    write_started_ = Clock::now();
    stream_.async_write(buffers_, [self = shared_from_this()](beast::error_code error, std::size_t) {
      self->on_write(error);
    });
  }

  void on_write(beast::error_code error) {
    writing_ = false;
    for (const auto& message : in_flight_)
      queued_bytes_ -= message->size();
    in_flight_.clear();
    if (error)
      return;
    flush();
  }

  void send_close() {
    if (close_sent_)
      return;
    close_sent_ = true;
    stream_.async_close(websocket::close_reason(static_cast<std::uint16_t>(close_code_)),
                        [self = shared_from_this()](beast::error_code) {});
  }

  websocket::stream<TcpSocket, false> stream_; // false: no permessage-deflate, 18 times the memory
  std::unique_ptr<SocketHandler> handler_;
  Connections& connections_;
  std::function<void()> at_end_;
  beast::flat_buffer buffer_;
  std::vector<SharedBytes> queue_;
  std::vector<SharedBytes> in_flight_;
  std::vector<asio::const_buffer> buffers_;
  std::size_t queued_bytes_ = 0;
  Clock::time_point write_started_{};
  Clock::time_point closing_since_{};
  CloseCode close_code_{};
  bool opened_ = false;
  bool writing_ = false;
  bool flush_posted_ = false;
  bool closing_ = false;
  bool close_sent_ = false;
};

} // namespace

void run_live_socket(TcpSocket&& stream, RawRequest&& request, std::unique_ptr<SocketHandler> handler,
                     Connections& connections, std::function<void()> at_end) {
  std::make_shared<LiveSocket>(std::move(stream), std::move(handler), connections, std::move(at_end))
      ->accept(std::move(request));
}

} // namespace warsha::net
