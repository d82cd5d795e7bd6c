#include "server/net/live_socket.ipp"

#include "protocol/limits.hpp"

#include <algorithm>
#include <array>
#include <boost/beast/core/buffers_to_string.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/rfc7230.hpp>
#include <boost/beast/websocket.hpp>
#include <spdlog/spdlog.h>
#include <vector>

namespace warsha::net {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace websocket = beast::websocket;
using Clock = std::chrono::steady_clock;

namespace {

constexpr auto kCloseTime = std::chrono::seconds(3); // for the peer's half of the closing handshake
constexpr std::size_t kKeptReadBuffer = 4096;        // one long message must not pin its memory
constexpr std::size_t kProgress = 4096;              // bytes of one frame that show that the peer still reads
constexpr std::size_t kKeptQueue = 32;               // nor one busy moment, in messages
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

/// One WebSocket on its shard. Beast reads, answers pings and shakes hands; messages are framed once for a
/// whole room and written by hand, because a write operation of Beast's for each message and socket costs as
/// much as the system's own work. Both go through one queue, frame by frame, so that they never cut into each
/// other.
class LiveSocket final : public Socket,
                         public Connections::Member,
                         public std::enable_shared_from_this<LiveSocket> {
public:
  LiveSocket(Transport&& transport, std::unique_ptr<SocketHandler> handler, Connections& connections)
      : transport_(std::move(transport)), handler_(std::move(handler)), connections_(connections),
        stream_(*this) {
    connections_.add(this);
  }
  ~LiveSocket() override {
    connections_.remove(this);
    if (opened_)
      handler_->on_close();
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
    auto held = std::make_shared<RawRequest>(std::move(request));
    stream_.async_accept(*held, [self = shared_from_this(), held](beast::error_code error) {
      if (error)
        return;
      self->opened_ = true;
      self->handler_->on_open(*self);
      self->read();
    });
  }

  void send(SharedFrame message) override {
    if (!closing_)
      queue(std::move(message), Origin::message);
  }

  [[nodiscard]] std::size_t queued_bytes() const override { return queued_bytes_; }

  void drop_queued() override {
    const auto begun = queue_.begin() + static_cast<std::ptrdiff_t>(first_ + (first_written_ > 0 ? 1 : 0));
    const auto dropped = std::remove_if(begun, queue_.end(), [this](const Queued& queued) {
      if (queued.origin == Origin::message)
        queued_bytes_ -= queued.frame->bytes.size();
      return queued.origin == Origin::message;
    });
    queue_.erase(dropped, queue_.end());
  }

  void close(CloseCode code) override {
    if (closing_)
      return;
    begin_closing();
    stream_.async_close(websocket::close_reason(static_cast<std::uint16_t>(code)),
                        [self = shared_from_this()](beast::error_code) {});
  }

  void sweep(Clock::time_point now) override {
    // A peer that doesn't say its half of the goodbye, or doesn't take what we write.
    if (closing_ && now - closing_since_ > kCloseTime)
      return abort();
    if (blocked_since_ && now - *blocked_since_ > limits::kWriteTime) {
      spdlog::debug("a live socket took no message for {} s: closed", limits::kWriteTime.count());
      abort();
    }
  }

  void flush() override {
    flush_awaited_ = false;
    if (!waiting_ && !queue_.empty())
      or_end([this] { write(); });
  }

  void abort() override { transport_.close(); }

private:
  /// What Beast sees below itself.
  class Below {
  public:
    using executor_type = IoExecutor;
    explicit Below(LiveSocket& socket) : socket_(socket) {}
    [[nodiscard]] executor_type get_executor() { return socket_.transport_.get_executor(); }

    template <class Buffers, class Handler> void async_read_some(const Buffers& buffers, Handler handler) {
      socket_.transport_.async_read_some(buffers, std::move(handler));
    }
    /// A whole frame at a time, or the handshake's response: it takes its place in the queue.
    template <class Buffers, class Handler> void async_write_some(const Buffers& buffers, Handler handler) {
      auto frame = std::make_shared<Frame>(Frame{beast::buffers_to_string(buffers)});
      const auto size = frame->bytes.size();
      if (frame->bytes.starts_with('\x88'))
        socket_.begin_closing(); // RFC 6455, 5.5.1: no message after a close frame
      socket_.queue(std::move(frame), Origin::control);
      if (socket_.control_bytes_ > limits::kControlBytes)
        socket_.abort(); // it asks on and takes no answer; Beast would never hold it back
      asio::post(get_executor(), beast::bind_front_handler(std::move(handler), beast::error_code{}, size));
    }

    friend void beast_close_socket(Below& below) { below.socket_.abort(); }
    template <class Handler> friend void async_teardown(beast::role_type, Below& below, Handler handler) {
      below.tear_down(std::move(handler));
    }

  private:
    template <class Handler> void tear_down(Handler handler) {
      socket_.end_writing();
      socket_.read_to_end(std::move(handler));
    }

    LiveSocket& socket_;
  };

  enum class Origin : std::uint8_t { message, control };
  struct Queued {
    SharedFrame frame;
    Origin origin;
  };

  /// What throws on the way (no memory, above all) ends this connection, and nobody else's.
  template <class Work> void or_end(const Work& work) {
    try {
      work();
    } catch (const std::exception& error) {
      spdlog::error("a live socket ended: {}", error.what());
      abort();
    }
  }

  // --- Reading -------------------------------------------------------------------------------------

  void read() {
    stream_.async_read(buffer_, [self = shared_from_this()](beast::error_code error, std::size_t) {
      self->or_end([&] { self->on_read(error); });
    });
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

  template <class Handler> void read_to_end(Handler handler) {
    static thread_local std::array<char, 4096>
        unread; // closing on what still comes would reset the connection
    transport_.async_read_some(asio::buffer(unread), [this, handler = std::move(handler)](
                                                         beast::error_code error, std::size_t) mutable {
      if (error)
        handler(error == asio::error::eof ? beast::error_code{} : error);
      else
        read_to_end(std::move(handler));
    });
  }

  // --- Writing -------------------------------------------------------------------------------------

  void queue(SharedFrame frame, Origin origin) {
    const auto size = frame->bytes.size();
    queue_.push_back({std::move(frame), origin});
    queued_bytes_ += size;
    if (origin == Origin::control)
      control_bytes_ += size;
    if (waiting_ || flush_awaited_)
      return;
    connections_.flush_soon(this);
    flush_awaited_ = true;
  }

  /// As much as the system takes now.
  void write() {
    while (true) {
      std::array<::iovec, Transport::kGather> buffers;
      const auto written = transport_.write_now({buffers.data(), gather(buffers)});
      if (written.failed)
        return abort(); // the read that is pending ends the connection
      const bool progress = let_go(written.bytes);
      if (written.blocked)
        return wait_for_room(progress);
      if (queue_.empty())
        break;
    }
    blocked_since_.reset();
    if (ending_)
      transport_.end_writing();
  }

  std::size_t gather(std::array<::iovec, Transport::kGather>& buffers) const {
    std::size_t count = 0;
    for (auto i = first_; i < queue_.size() && count < buffers.size(); ++i, ++count) {
      const auto& bytes = queue_[i].frame->bytes;
      const auto skipped = count == 0 ? first_written_ : 0;
      buffers[count] = {const_cast<char*>(bytes.data()) + skipped, bytes.size() - skipped};
    }
    return count;
  }

  /// Gives whether a frame went out whole, or a good part of one.
  bool let_go(std::size_t bytes) {
    const auto before = first_;
    const bool much = bytes >= kProgress;
    queued_bytes_ -= bytes;
    bytes += first_written_;
    while (first_ < queue_.size() && bytes >= queue_[first_].frame->bytes.size()) {
      const auto size = queue_[first_].frame->bytes.size();
      bytes -= size;
      if (queue_[first_].origin == Origin::control)
        control_bytes_ -= size;
      queue_[first_++].frame.reset();
    }
    first_written_ = bytes;
    const bool progress = much || first_ > before;
    if (first_ == queue_.size() || first_ >= kKeptQueue) {
      queue_.erase(queue_.begin(), queue_.begin() + static_cast<std::ptrdiff_t>(first_));
      first_ = 0;
      if (queue_.empty() && queue_.capacity() > kKeptQueue)
        queue_.shrink_to_fit();
    }
    return progress;
  }

  void wait_for_room(bool progress) {
    if (progress || !blocked_since_)
      blocked_since_ = Clock::now();
    waiting_ = true;
    transport_.async_wait_writable([self = shared_from_this()](beast::error_code error) {
      self->waiting_ = false;
      if (!error)
        self->or_end([&] { self->write(); });
    });
  }

  /// RFC 6455, 7.1.1: the server ends its side, and reads to the peer's end. The sweep bounds it.
  void end_writing() {
    begin_closing();
    ending_ = true;
    if (!waiting_ && queue_.empty())
      transport_.end_writing();
  }

  void begin_closing() {
    if (closing_)
      return;
    closing_ = true;
    closing_since_ = Clock::now();
  }

  Transport transport_;
  std::unique_ptr<SocketHandler> handler_;
  Connections& connections_;
  websocket::stream<Below, false> stream_; // false: no permessage-deflate, 18 times the memory
  beast::flat_buffer buffer_;
  /// Frames in their order; those before first_ are gone, and of that one the first bytes.
  std::vector<Queued> queue_;
  std::size_t first_ = 0;
  std::size_t first_written_ = 0;
  std::size_t queued_bytes_ = 0;
  std::size_t control_bytes_ = 0;                  // of them: what Beast wrote
  std::optional<Clock::time_point> blocked_since_; // that the system takes no frame whole
  Clock::time_point closing_since_{};
  bool opened_ = false;
  bool flush_awaited_ = false;
  bool waiting_ = false; // until the system takes more
  bool closing_ = false; // no more messages
  bool ending_ = false;  // the last frame is queued
};

} // namespace

void run_live_socket(Transport&& transport, RawRequest&& request, std::unique_ptr<SocketHandler> handler,
                     Connections& connections) {
  std::make_shared<LiveSocket>(std::move(transport), std::move(handler), connections)
      ->accept(std::move(request));
}

} // namespace warsha::net
