#include "server/net/http_connection.ipp"

#include "protocol/limits.hpp"
#include "server/net/live_socket.ipp"
#include "server/net/target.hpp"

#include <algorithm>
#include <array>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/span_body.hpp>
#include <boost/beast/http/write.hpp>
#include <boost/beast/websocket/rfc6455.hpp>
#include <optional>
#include <spdlog/spdlog.h>

namespace warsha::net {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using Clock = std::chrono::steady_clock;

namespace {

constexpr auto kLingerTime = std::chrono::seconds(5);
constexpr std::size_t kDiscardBytes = 16 * 1024;

/// All but the body.
HttpRequest plain_head(const RawRequest& raw, const std::string& peer, bool behind_proxy) {
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
  request.remote_address = peer;
  if (behind_proxy && !request.header("x-forwarded-for").empty())
    request.remote_address = last_forwarded(request.header("x-forwarded-for"));
  return request;
}

/// One HTTP/1.1 connection: read, answer, again; or a hand-over to a live socket.
class HttpConnection final : public Connections::Member, public std::enable_shared_from_this<HttpConnection> {
public:
  HttpConnection(TcpSocket&& socket, const Service& service, Connections& connections)
      : transport_(std::move(socket), service.tls), service_(service), connections_(connections) {
    beast::error_code error;
    const auto peer = transport_.socket().remote_endpoint(error);
    if (!error)
      peer_ = peer.address().to_string();
    connections_.add(this);
  }
  ~HttpConnection() override { connections_.remove(this); }

  void sweep(Clock::time_point now) override {
    if (now > deadline_)
      abort();
  }
  void abort() override { transport_.close(); }

  void start() {
    expire_after(limits::kRequestTime);
    transport_.async_handshake([self = shared_from_this()](beast::error_code error) {
      if (error)
        self->fail(error);
      else
        self->read_request();
    });
  }

private:
  using Response = http::response<http::span_body<const char>>;
  struct Answer {
    Answer(std::unique_ptr<Response> of, std::shared_ptr<const std::string> with)
        : response(std::move(of)), body(std::move(with)), serializer(*response) {}
    std::unique_ptr<Response> response;
    std::shared_ptr<const std::string> body;
    http::response_serializer<http::span_body<const char>> serializer;
  };

  void expire_after(std::chrono::seconds time) { deadline_ = Clock::now() + time; }
  void expire_never() { deadline_ = Clock::time_point::max(); }
  void begin_transfer(std::size_t bytes) {
    transfer_end_ =
        Clock::now() + limits::kRequestTime + std::chrono::seconds(bytes / limits::kTransferBytesPerSecond);
    expire_unless_moving();
  }
  void expire_unless_moving() { deadline_ = std::min(Clock::now() + limits::kRequestTime, transfer_end_); }

  void read_request() {
    parser_.emplace();
    parser_->header_limit(limits::kRequestHeaderBytes);
    parser_->body_limit(limits::kDocumentBytes);
    expire_after(answered_ ? limits::kKeepAliveTime : limits::kRequestTime);
    http::async_read_header(
        transport_, buffer_, *parser_,
        [self = shared_from_this()](beast::error_code error, std::size_t) { self->on_header(error); });
  }

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
    const auto length = parser_->content_length().value_or(0);
    if (length > limits::kDocumentBytes)
      return refuse(413, Code::body_too_large);
    if (length > limits::kRequestBodyBytes)
      return ask_for_large_body();
    parser_->body_limit(limits::kRequestBodyBytes);
    read_body();
  }

  void ask_for_large_body() {
    if (!service_.endpoints.large_body)
      return refuse(413, Code::body_too_large);
    expire_never();
    request_ = plain_head(parser_->get(), peer_, service_.behind_proxy);
    service_.endpoints.large_body(
        request_, connections_.shard(), [abroad = abroad()](std::optional<HttpResponse> refused) {
          abroad->connection->connections_.shard().run([abroad, refused = std::move(refused)]() mutable {
            abroad->connection->on_large_body(std::move(refused));
          });
        });
  }

  void on_large_body(std::optional<HttpResponse> refused) {
    if (refused)
      return refuse(std::move(*refused));
    parser_->body_limit(limits::kDocumentBytes);
    begin_transfer(parser_->content_length().value_or(0));
    read_large_body();
  }

  void read_body() {
    expire_after(limits::kRequestTime);
    http::async_read(
        transport_, buffer_, *parser_,
        [self = shared_from_this()](beast::error_code failed, std::size_t) { self->on_request(failed); });
  }

  /// A large one may take its time as long as it moves.
  void read_large_body() {
    http::async_read_some(transport_, buffer_, *parser_,
                          [self = shared_from_this()](beast::error_code failed, std::size_t) {
                            if (failed || self->parser_->is_done())
                              return self->on_request(failed);
                            self->expire_unless_moving();
                            self->read_large_body();
                          });
  }

  void on_request(beast::error_code error) {
    if (error)
      return fail(error);
    expire_never();
    raw_ = parser_->release();
    keep_alive_ = raw_.keep_alive();
    head_ = raw_.method() == http::verb::head;
    request_ = plain_head(raw_, peer_, service_.behind_proxy);
    request_.body = std::move(raw_.body());
    if (request_.path.empty() || request_.path.front() != '/')
      return write(problem(400, {Code::malformed, {}, {}}));
    if (beast::websocket::is_upgrade(raw_))
      return ask_upgrade();
    service_.endpoints.http(request_, connections_.shard(), answer_here(&HttpConnection::write));
  }

  void ask_upgrade() {
    if (!same_origin(request_))
      return write(problem(403, {Code::origin_refused, {}, {}}));
    // The answer holds a unique_ptr, and std::function wants copies: a shared box carries it.
    service_.endpoints.upgrade(request_, connections_.shard(), [abroad = abroad()](Upgrade answer) {
      auto box = std::make_shared<Upgrade>(std::move(answer));
      abroad->connection->connections_.shard().run(
          [abroad, box] { abroad->connection->on_upgrade(std::move(*box)); });
    });
  }

  void on_upgrade(Upgrade answer) {
    if (auto* refused = std::get_if<HttpResponse>(&answer))
      return write(std::move(*refused));
    run_live_socket(std::move(transport_), std::move(raw_),
                    std::move(std::get<std::unique_ptr<SocketHandler>>(answer)), connections_);
  }

  /// Keeps the connection while others work on its answer. Whichever thread lets go last, the connection
  /// itself ends on its own shard: what it leaves there is touched by no other thread.
  struct Abroad {
    std::shared_ptr<HttpConnection> connection;
    explicit Abroad(std::shared_ptr<HttpConnection> of) : connection(std::move(of)) {}
    Abroad(const Abroad&) = delete;
    Abroad& operator=(const Abroad&) = delete;
    ~Abroad() {
      auto& shard = connection->connections_.shard();
      shard.post([home = std::move(connection)] {});
    }
  };
  std::shared_ptr<Abroad> abroad() { return std::make_shared<Abroad>(shared_from_this()); }

  Respond answer_here(void (HttpConnection::*then)(HttpResponse)) {
    return [abroad = abroad(), then](HttpResponse response) {
      abroad->connection->connections_.shard().run([abroad, then, response = std::move(response)]() mutable {
        (abroad->connection.get()->*then)(std::move(response));
      });
    };
  }

  void refuse(int status, Code code) { refuse(problem(status, {code, {}, {}})); }

  void refuse(HttpResponse response) {
    head_ = false; // of the request before
    keep_alive_ = false;
    refused_ = true;
    write(std::move(response));
  }

  void write(HttpResponse plain) {
    auto body = plain.body ? plain.body : std::make_shared<const std::string>();
    auto response = std::make_unique<Response>();
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
    begin_transfer(body->size());
    auto answer = std::make_shared<Answer>(std::move(response), std::move(body));
    if (head_) // the length of what a GET would give, without the body (RFC 9110, 9.3.2)
      http::async_write_header(transport_, answer->serializer,
                               [self = shared_from_this(), answer](beast::error_code error, std::size_t) {
                                 self->on_written(error);
                               });
    else
      write_on(std::move(answer));
  }

  /// A phone on a bad network may take its time as long as it takes something.
  void write_on(std::shared_ptr<Answer> answer) {
    auto& serializer = answer->serializer;
    http::async_write_some(transport_, serializer,
                           [self = shared_from_this(), answer = std::move(answer)](beast::error_code error,
                                                                                   std::size_t) mutable {
                             if (error || answer->serializer.is_done())
                               return self->on_written(error);
                             self->expire_unless_moving();
                             self->write_on(std::move(answer));
                           });
  }

  void on_written(beast::error_code error) {
    if (error)
      return fail(error);
    answered_ = true;
    if (keep_alive_)
      return read_request();
    transport_.end_writing();
    if (refused_) {
      expire_after(kLingerTime);
      discard();
    }
  }

  /// Takes what is still coming of a refused request: closing on it would reset the connection, and the
  /// peer might never see why.
  void discard() {
    buffer_.clear();
    transport_.async_read_some(buffer_.prepare(kDiscardBytes),
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

  Transport transport_;
  const Service& service_;
  Connections& connections_;
  std::string peer_;
  beast::flat_buffer buffer_;
  std::optional<http::request_parser<http::string_body>> parser_;
  RawRequest raw_;
  HttpRequest request_;
  Clock::time_point deadline_ = Clock::time_point::max();
  Clock::time_point transfer_end_ = Clock::time_point::max();
  bool keep_alive_ = false;
  bool head_ = false;
  bool answered_ = false;
  bool refused_ = false; // before its body was read
};

} // namespace

void run_http_connection(TcpSocket&& socket, const Service& service, Connections& connections) {
  std::make_shared<HttpConnection>(std::move(socket), service, connections)->start();
}

} // namespace warsha::net
