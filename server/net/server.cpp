#include "server/net/server.hpp"

#include "protocol/limits.hpp"
#include "server/net/live_socket.ipp"
#include "server/net/target.hpp"
#include "server/runtime/shard.hpp"

#include <atomic>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/basic_stream.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/span_body.hpp>
#include <boost/beast/http/write.hpp>
#include <boost/beast/websocket/rfc6455.hpp>
#include <spdlog/spdlog.h>
#include <stdexcept>
#include <sys/socket.h>

namespace warsha::net {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using asio::ip::tcp;
using IoExecutor = asio::io_context::executor_type;
using Stream = beast::basic_stream<tcp, IoExecutor>;

namespace {

constexpr auto kLingerTime = std::chrono::seconds(5);
constexpr std::size_t kDiscardBytes = 16 * 1024;

struct PerShard {
  Shard* shard;
  asio::basic_socket_acceptor<tcp, IoExecutor> acceptor;
  asio::basic_waitable_timer<std::chrono::steady_clock, asio::wait_traits<std::chrono::steady_clock>,
                             IoExecutor>
      sweep_timer;
  Connections open;
  std::atomic<std::size_t> connections{0};
};

HttpRequest plain_request(const RawRequest& raw, const std::string& peer, bool behind_proxy) {
  HttpRequest request;
  request.method = std::string(raw.method_string());
  const std::string_view target(raw.target().data(), raw.target().size());
  auto [path, query] = parse_target(target);
  request.path = std::move(path);
  request.query = std::move(query);
  for (const auto& field : raw) {
    std::string name(field.name_string());
    for (auto& c : name)
      c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    auto& value = request.headers[name];
    if (!value.empty())
      value += name == "cookie" ? "; " : ", ";
    value += std::string(field.value());
  }
  request.body = raw.body();
  request.remote_address = peer;
  if (behind_proxy && !request.header("x-forwarded-for").empty())
    request.remote_address = last_forwarded(request.header("x-forwarded-for"));
  return request;
}

/// One HTTP/1.1 connection: read, answer, again; or a hand-over to a live socket.
class HttpConnection final : public Connections::Member, public std::enable_shared_from_this<HttpConnection> {
public:
  HttpConnection(TcpSocket&& socket, PerShard& home, const Endpoints& endpoints, bool behind_proxy)
      : stream_(std::move(socket)), home_(home), endpoints_(endpoints), behind_proxy_(behind_proxy) {
    beast::error_code error;
    const auto peer = stream_.socket().remote_endpoint(error);
    if (!error)
      peer_ = peer.address().to_string();
    ++home_.connections;
    home_.open.add(this);
  }
  ~HttpConnection() override {
    home_.open.remove(this);
    if (!handed_over_)
      --home_.connections;
  }

  void sweep(std::chrono::steady_clock::time_point) override {} // the stream's own deadlines suffice
  void abort() override {
    if (!handed_over_)
      stream_.close();
  }

  void read_request() {
    parser_.emplace();
    parser_->header_limit(limits::kRequestHeaderBytes);
    parser_->body_limit(limits::kDocumentBytes);
    stream_.expires_after(answered_ ? limits::kKeepAliveTime : limits::kRequestTime);
    http::async_read_header(
        stream_, buffer_, *parser_,
        [self = shared_from_this()](beast::error_code error, std::size_t) { self->on_header(error); });
  }

private:
  void on_header(beast::error_code error) {
    if (error == http::error::header_limit)
      return refuse(431, Code::body_too_large);
    if (error == http::error::body_limit) // the announced length passes every limit
      return refuse(413, Code::body_too_large);
    if (error)
      return fail(error);
    const auto& header = parser_->get();
    // Request smuggling lives on transfer codings; no client of ours sends a chunked request.
    if (header.find(http::field::transfer_encoding) != header.end())
      return refuse(411, Code::malformed);
    const bool large = header.target() == "/api/consultations";
    const auto limit = large ? limits::kDocumentBytes : limits::kRequestBodyBytes;
    if (parser_->content_length().value_or(0) > limit)
      return refuse(413, Code::body_too_large);
    parser_->body_limit(limit);
    stream_.expires_after(limits::kRequestTime);
    http::async_read(
        stream_, buffer_, *parser_,
        [self = shared_from_this()](beast::error_code failed, std::size_t) { self->on_request(failed); });
  }

  void on_request(beast::error_code error) {
    if (error)
      return fail(error);
    stream_.expires_never();
    raw_ = parser_->release();
    keep_alive_ = raw_.keep_alive();
    head_ = raw_.method() == http::verb::head;
    request_ = plain_request(raw_, peer_, behind_proxy_);
    if (request_.path.empty() || request_.path.front() != '/')
      return write(problem(400, {Code::malformed, {}, {}}));
    if (beast::websocket::is_upgrade(raw_))
      return ask_upgrade();
    endpoints_.http(request_, *home_.shard, answer_here(&HttpConnection::write));
  }

  void ask_upgrade() {
    if (!same_origin(request_))
      return write(problem(403, {Code::origin_refused, {}, {}}));
    // The answer holds a unique_ptr, and std::function wants copies: a shared box carries it.
    endpoints_.upgrade(request_, *home_.shard, [abroad = abroad()](Upgrade answer) {
      auto box = std::make_shared<Upgrade>(std::move(answer));
      abroad->connection->home_.shard->run(
          [abroad, box] { abroad->connection->on_upgrade(std::move(*box)); });
    });
  }

  void on_upgrade(Upgrade answer) {
    if (auto* refused = std::get_if<HttpResponse>(&answer))
      return write(std::move(*refused));
    handed_over_ = true;
    run_live_socket(TcpSocket(stream_.release_socket()), std::move(raw_),
                    std::move(std::get<std::unique_ptr<SocketHandler>>(answer)), home_.open,
                    [&home = home_] { --home.connections; });
  }

  /// Keeps the connection while others work on its answer. Whichever thread lets go last, the connection
  /// itself ends on its own shard: what it leaves there is touched by no other thread.
  struct Abroad {
    std::shared_ptr<HttpConnection> connection;
    explicit Abroad(std::shared_ptr<HttpConnection> of) : connection(std::move(of)) {}
    Abroad(const Abroad&) = delete;
    Abroad& operator=(const Abroad&) = delete;
    ~Abroad() {
      auto& shard = *connection->home_.shard;
      shard.post([home = std::move(connection)] {});
    }
  };
  std::shared_ptr<Abroad> abroad() { return std::make_shared<Abroad>(shared_from_this()); }

  Respond answer_here(void (HttpConnection::*then)(HttpResponse)) {
    return [abroad = abroad(), then](HttpResponse response) {
      abroad->connection->home_.shard->run([abroad, then, response = std::move(response)]() mutable {
        (abroad->connection.get()->*then)(std::move(response));
      });
    };
  }

  void refuse(int status, Code code) {
    head_ = false; // of the request before
    keep_alive_ = false;
    refused_ = true;
    write(problem(status, {code, {}, {}}));
  }

  void write(HttpResponse plain) {
    using Response = http::response<http::span_body<const char>>;
    auto body = plain.body ? plain.body : std::make_shared<const std::string>();
    auto response = std::make_shared<Response>();
    response->version(11);
    response->result(static_cast<unsigned>(plain.status));
    for (const auto& [field, value] : plain.headers)
      response->insert(field, value);
    response->set("X-Content-Type-Options", "nosniff");
    response->keep_alive(keep_alive_);
    if (!head_)
      response->body() = {body->data(), body->size()};
    if (plain.status != 304 && plain.status != 204)
      response->content_length(body->size());
    stream_.expires_after(limits::kRequestTime);
    auto done = [self = shared_from_this(), response, body](beast::error_code error, std::size_t) {
      self->on_written(error);
    };
    if (head_) {
      // The length of what a GET would give, without the body (RFC 9110, 9.3.2).
      auto serializer = std::make_shared<http::response_serializer<http::span_body<const char>>>(*response);
      http::async_write_header(stream_, *serializer,
                               [done = std::move(done), serializer](
                                   beast::error_code error, std::size_t n) mutable { done(error, n); });
    } else {
      http::async_write(stream_, *response, std::move(done));
    }
  }

  void on_written(beast::error_code error) {
    if (error)
      return fail(error);
    answered_ = true;
    if (keep_alive_)
      return read_request();
    beast::error_code ignored;
    stream_.socket().shutdown(tcp::socket::shutdown_send, ignored);
    if (refused_) {
      stream_.expires_after(kLingerTime);
      discard();
    }
  }

  /// Takes what is still coming of a refused request: closing on it would reset the connection, and the
  /// peer might never see why.
  void discard() {
    buffer_.clear();
    stream_.async_read_some(buffer_.prepare(kDiscardBytes),
                            [self = shared_from_this()](beast::error_code error, std::size_t) {
                              if (!error)
                                self->discard();
                            });
  }

  void fail(beast::error_code error) {
    if (error != http::error::end_of_stream && error != beast::error::timeout && error != asio::error::eof &&
        error != asio::error::connection_reset && error != asio::error::operation_aborted)
      spdlog::debug("http connection ended: {}", error.message());
  }

  Stream stream_;
  PerShard& home_;
  const Endpoints& endpoints_;
  const bool behind_proxy_;
  std::string peer_;
  beast::flat_buffer buffer_;
  std::optional<http::request_parser<http::string_body>> parser_;
  RawRequest raw_;
  HttpRequest request_;
  bool keep_alive_ = false;
  bool head_ = false;
  bool answered_ = false;
  bool refused_ = false; // before its body was read
  bool handed_over_ = false;
};

} // namespace

struct Server::State {
  Endpoints endpoints;
  bool behind_proxy;
  std::uint16_t port = 0;
  std::vector<std::unique_ptr<PerShard>> shards;

  void accept(PerShard& home) {
    home.acceptor.async_accept(
        home.shard->context().get_executor(),
        [this, &home](beast::error_code error, auto socket) { on_accept(home, error, std::move(socket)); });
  }

  template <class Socket> void on_accept(PerShard& home, beast::error_code error, Socket socket) {
    if (error == asio::error::operation_aborted || !home.acceptor.is_open())
      return;
    if (!error && home.connections < limits::kConnectionsPerShard) {
      beast::error_code ignored;
      socket.set_option(tcp::no_delay(true), ignored);
      std::make_shared<HttpConnection>(std::move(socket), home, endpoints, behind_proxy)->read_request();
    }
    if (!error)
      return accept(home);
    // Out of descriptors, most likely: waiting lets connections end, spinning would not.
    spdlog::warn("a connection could not be accepted: {}", error.message());
    home.shard->after(std::chrono::milliseconds(200), [this, &home] { accept(home); });
  }

  void sweep(PerShard& home) {
    home.sweep_timer.expires_after(std::chrono::seconds(1));
    home.sweep_timer.async_wait([this, &home](beast::error_code error) {
      if (error)
        return;
      home.open.sweep();
      sweep(home);
    });
  }
};

Server::Server(const std::vector<Shard*>& shards, const Options& options, Endpoints endpoints)
    : state_(std::make_unique<State>()) {
  state_->endpoints = std::move(endpoints);
  state_->behind_proxy = options.behind_proxy;
  beast::error_code error;
  const auto address = asio::ip::make_address(options.address, error);
  if (error)
    throw std::runtime_error("listen: \"" + options.address + "\" is not an IP address");
  tcp::endpoint endpoint(address, options.port);
  for (auto* shard : shards) {
    auto& context = shard->context();
    auto home = std::unique_ptr<PerShard>(new PerShard{
        shard, decltype(PerShard::acceptor)(context), decltype(PerShard::sweep_timer)(context), {}, {}});
    home->acceptor.open(endpoint.protocol());
    home->acceptor.set_option(asio::socket_base::reuse_address(true));
    const int on = 1;
    ::setsockopt(home->acceptor.native_handle(), SOL_SOCKET, SO_REUSEPORT, &on, sizeof on);
    home->acceptor.bind(endpoint, error);
    if (!error)
      home->acceptor.listen(asio::socket_base::max_listen_connections, error);
    if (error)
      throw std::runtime_error("listen: " + options.address + ":" + std::to_string(options.port) + ": " +
                               error.message());
    endpoint.port(home->acceptor.local_endpoint().port()); // the other shards share a picked port
    state_->accept(*home);
    state_->sweep(*home);
    state_->shards.push_back(std::move(home));
  }
  state_->port = endpoint.port();
}

Server::~Server() = default;

std::uint16_t Server::port() const {
  return state_->port;
}

void Server::stop_accepting() {
  for (auto& home : state_->shards)
    home->shard->post([&home = *home] {
      beast::error_code ignored;
      home.acceptor.close(ignored);
    });
}

void Server::abort_connections() {
  for (auto& home : state_->shards)
    home->shard->post([&home = *home] {
      home.sweep_timer.cancel();
      home.open.abort_all();
    });
}

std::size_t Server::connections() const {
  std::size_t sum = 0;
  for (const auto& home : state_->shards)
    sum += home->connections;
  return sum;
}

} // namespace warsha::net
