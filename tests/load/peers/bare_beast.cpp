// A peer to measure against: rooms on Beast as its chat examples do them, one io_context, callbacks, one
// write for each message and session. What one client sends to /room/K goes as it is to everybody in room K,
// the sender too. No limits, no identity, no journal: what is left is the cost of the library and the kernel.
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/websocket.hpp>
#include <cstdio>
#include <memory>
#include <string>
#include <string_view>
#include <sys/resource.h>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
namespace websocket = beast::websocket;
using asio::ip::tcp;

constexpr const char* kUsage =
    "warsha-bare-beast [--gather] [--port N]\n\n"
    "Rooms on plain Boost.Beast, to measure Warsha against: what a client sends to ws://.../room/K goes as "
    "it\n"
    "is to everybody in room K. Prints \"listening on http://127.0.0.1:PORT\"; ends on SIGTERM or SIGINT.\n\n"
    "  --gather  write all that is pending for a session at once, joined by line feeds in one text frame,\n"
    "            instead of one write for each message\n"
    "  --port N  listen on this port of 127.0.0.1 instead of a free one\n";

using Message = std::shared_ptr<const std::string>;

class Session;

/// The members of each room; everything runs on the one thread of the io_context.
class Rooms {
public:
  void join(const std::string& room, Session* session) { rooms_[room].insert(session); }
  void leave(const std::string& room, Session* session) {
    const auto found = rooms_.find(room);
    if (found != rooms_.end() && found->second.erase(session) == 1 && found->second.empty())
      rooms_.erase(found);
  }
  void send(const std::string& room, const Message& message);

private:
  std::unordered_map<std::string, std::unordered_set<Session*>> rooms_;
};

class Session : public std::enable_shared_from_this<Session> {
public:
  Session(tcp::socket&& socket, Rooms& rooms, bool gather)
      : stream_(std::move(socket)), rooms_(rooms), gather_(gather) {}
  ~Session() {
    if (!room_.empty())
      rooms_.leave(room_, this);
  }
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  void run() {
    beast::error_code ignored;
    beast::get_lowest_layer(stream_).socket().set_option(tcp::no_delay(true), ignored);
    beast::get_lowest_layer(stream_).expires_after(std::chrono::seconds(30));
    auto request = std::make_shared<http::request<http::string_body>>();
    http::async_read(stream_.next_layer(), buffer_, *request,
                     [self = shared_from_this(), request](beast::error_code error, std::size_t) {
                       if (!error)
                         self->accept(request);
                     });
  }

  void send(const Message& message) {
    queue_.push_back(message);
    if (!gather_) {
      if (queue_.size() == 1) // otherwise a write is under way, and its end takes the next one
        write_first();
    } else if (!writing_ && !posted_) {
      // At the end of this turn of the loop: what the turn still brings leaves with it.
      posted_ = true;
      asio::post(stream_.get_executor(), [self = shared_from_this()] {
        self->posted_ = false;
        self->write_all();
      });
    }
  }

private:
  void accept(const std::shared_ptr<http::request<http::string_body>>& request) {
    if (!websocket::is_upgrade(*request) || !request->target().starts_with("/room/"))
      return;
    // The timeouts of the WebSocket take the place of the stream's, as Beast's documentation has it.
    beast::get_lowest_layer(stream_).expires_never();
    stream_.set_option(websocket::stream_base::timeout::suggested(beast::role_type::server));
    stream_.text(true);
    stream_.async_accept(*request, [self = shared_from_this(), request](beast::error_code error) {
      if (error)
        return;
      self->room_ = std::string(request->target());
      self->rooms_.join(self->room_, self.get());
      self->read();
    });
  }

  void read() {
    stream_.async_read(buffer_, [self = shared_from_this()](beast::error_code error, std::size_t) {
      if (error)
        return;
      const auto message =
          std::make_shared<const std::string>(beast::buffers_to_string(self->buffer_.data()));
      self->buffer_.consume(self->buffer_.size());
      self->rooms_.send(self->room_, message);
      self->read();
    });
  }

  void write_first() {
    stream_.async_write(asio::buffer(*queue_.front()),
                        [self = shared_from_this()](beast::error_code error, std::size_t) {
                          if (error)
                            return;
                          self->queue_.erase(self->queue_.begin());
                          if (!self->queue_.empty())
                            self->write_first();
                        });
  }

  void write_all() {
    static constexpr char kLineFeed = '\n';
    in_flight_.swap(queue_);
    buffers_.clear();
    for (const auto& message : in_flight_) {
      if (!buffers_.empty())
        buffers_.emplace_back(&kLineFeed, 1);
      buffers_.emplace_back(message->data(), message->size());
    }
    writing_ = true;
    stream_.async_write(buffers_, [self = shared_from_this()](beast::error_code error, std::size_t) {
      self->writing_ = false;
      self->in_flight_.clear();
      if (!error && !self->queue_.empty())
        self->write_all();
    });
  }

  websocket::stream<beast::tcp_stream, false> stream_; // false: no permessage-deflate
  Rooms& rooms_;
  beast::flat_buffer buffer_;
  std::string room_;
  std::vector<Message> queue_;
  std::vector<Message> in_flight_;
  std::vector<asio::const_buffer> buffers_;
  const bool gather_;
  bool writing_ = false;
  bool posted_ = false;
};

void Rooms::send(const std::string& room, const Message& message) {
  for (auto* session : rooms_[room])
    session->send(message);
}

void accept_next(tcp::acceptor& acceptor, Rooms& rooms, bool gather) {
  acceptor.async_accept([&acceptor, &rooms, gather](beast::error_code error, tcp::socket socket) {
    if (error == asio::error::operation_aborted)
      return;
    if (!error)
      std::make_shared<Session>(std::move(socket), rooms, gather)->run();
    accept_next(acceptor, rooms, gather);
  });
}

/// Thousands of clients need descriptors: take what the system allows.
void raise_descriptor_limit() {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) == 0) {
    limit.rlim_cur = limit.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &limit);
  }
}

int serve(unsigned short port, bool gather) {
  raise_descriptor_limit();
  Rooms rooms; // outlives the sessions that the context's handlers hold
  asio::io_context context{1};
  tcp::acceptor acceptor(context, {asio::ip::address_v4::loopback(), port});
  asio::signal_set signals(context, SIGTERM, SIGINT);
  signals.async_wait([&context](beast::error_code, int) { context.stop(); });
  accept_next(acceptor, rooms, gather);
  std::printf("listening on http://127.0.0.1:%u\n", static_cast<unsigned>(acceptor.local_endpoint().port()));
  std::fflush(stdout);
  context.run();
  return 0;
}

} // namespace

int main(int argc, char** argv) {
  bool gather = false;
  unsigned short port = 0;
  for (int i = 1; i < argc; ++i) {
    const std::string_view argument = argv[i];
    if (argument == "--help" || argument == "-h") {
      std::fputs(kUsage, stdout);
      return 0;
    }
    if (argument == "--gather") {
      gather = true;
    } else if (argument == "--port" && i + 1 < argc && std::sscanf(argv[i + 1], "%hu", &port) == 1) {
      ++i;
    } else {
      std::fprintf(stderr, "warsha-bare-beast: unknown option \"%s\" (see --help)\n", argv[i]);
      return 2;
    }
  }
  try {
    return serve(port, gather);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "warsha-bare-beast: %s\n", error.what());
    return 1;
  }
}
