#include "tests/support/live_socket.hpp"

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/buffers_to_string.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/websocket.hpp>
#include <deque>
#include <netinet/tcp.h>
#include <stdexcept>
#include <sys/socket.h>

namespace warsha::test {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace websocket = beast::websocket;
using asio::ip::tcp;
using Clock = std::chrono::steady_clock;

namespace {
constexpr std::size_t kLongestFrame = 16 * 1024 * 1024;
}

// Asynchronous inside: asio's blocking reads wait on past SO_RCVTIMEO, and Beast gives a stream up whose
// read was interrupted. Here a read that wasn't answered in time goes on with the next call.
struct LiveSocket::State {
  asio::io_context context;
  websocket::stream<tcp::socket> stream{context};
  beast::flat_buffer buffer;
  websocket::response_type response;
  std::deque<nlohmann::json> messages;
  bool reading = false;
  bool open = false;
  int closed_with = 0;

  /// Runs the connection until it is so, or the time is over.
  template <class Done> bool run_until(Done done, std::chrono::milliseconds patience) {
    const auto deadline = Clock::now() + patience;
    while (!done()) {
      context.restart();
      if (Clock::now() >= deadline || context.run_one_until(deadline) == 0)
        return done();
    }
    return true;
  }

  void read() {
    if (reading || !open)
      return;
    reading = true;
    stream.async_read(buffer, [this](beast::error_code error, std::size_t) {
      reading = false;
      if (error)
        return lost();
      const auto frame = beast::buffers_to_string(buffer.data());
      buffer.consume(buffer.size());
      messages.push_back(nlohmann::json::parse(frame));
    });
  }

  /// A close frame counts also when the connection broke before it could be answered.
  void lost() {
    open = false;
    const auto code = stream.reason().code;
    closed_with = code == websocket::close_code::none ? 1006 : static_cast<int>(code);
  }

  void write(std::string_view bytes) {
    bool done = !open;
    if (open)
      stream.async_write(asio::buffer(bytes), [&](beast::error_code, std::size_t) { done = true; });
    if (!run_until([&] { return done; }, kPatience))
      throw std::runtime_error("the server takes no data");
  }
};

LiveSocket::LiveSocket(std::uint16_t port, const std::string& target, const Headers& headers, bool narrow)
    : state_(std::make_unique<State>()) {
  auto& state = *state_;
  auto& socket = state.stream.next_layer();
  socket.open(tcp::v4());
  if (narrow) {
    socket.set_option(asio::socket_base::receive_buffer_size(4096));
    const int small = 536;
    ::setsockopt(socket.native_handle(), IPPROTO_TCP, TCP_MAXSEG, &small, sizeof small);
  }
  socket.connect({asio::ip::address_v4::loopback(), port});
  socket.set_option(tcp::no_delay(true));
  state.stream.read_message_max(kLongestFrame);
  state.stream.auto_fragment(false);
  // One message, one write: a server that hangs up amid several leaves Beast no way to read why.
  state.stream.write_buffer_bytes(64 * 1024);
  state.stream.set_option(websocket::stream_base::decorator([&](websocket::request_type& request) {
    request.set(beast::http::field::sec_websocket_protocol, "warsha.live.v1");
    for (const auto& [name, value] : headers)
      request.set(name, value);
  }));
  bool done = false;
  state.stream.async_handshake(state.response, "127.0.0.1:" + std::to_string(port), target,
                               [&](beast::error_code error) {
                                 done = true;
                                 state.open = !error;
                               });
  state.run_until([&] { return done; }, kPatience);
}

LiveSocket::~LiveSocket() = default;
LiveSocket::LiveSocket(LiveSocket&&) noexcept = default;
LiveSocket& LiveSocket::operator=(LiveSocket&&) noexcept = default;

int LiveSocket::status() const {
  return static_cast<int>(state_->response.result_int());
}

std::string LiveSocket::refusal() const {
  const auto problem = nlohmann::json::parse(state_->response.body(), nullptr, false);
  return problem.is_object() ? problem.value("code", "") : "";
}

std::string LiveSocket::subprotocol() const {
  return std::string(state_->response[beast::http::field::sec_websocket_protocol]);
}

void LiveSocket::send(const nlohmann::json& message) {
  send_text(message.dump());
}

void LiveSocket::send_text(std::string_view bytes) {
  state_->stream.text(true);
  state_->write(bytes);
}

void LiveSocket::send_binary(std::string_view bytes) {
  state_->stream.binary(true);
  state_->write(bytes);
}

std::optional<nlohmann::json> LiveSocket::next(std::chrono::milliseconds patience) {
  auto& state = *state_;
  state.read();
  state.run_until([&] { return !state.messages.empty() || !state.open; }, patience);
  if (state.messages.empty())
    return std::nullopt;
  auto message = std::move(state.messages.front());
  state.messages.pop_front();
  return message;
}

nlohmann::json LiveSocket::until(const std::function<bool(const nlohmann::json&)>& wanted,
                                 std::chrono::milliseconds patience) {
  const auto deadline = Clock::now() + patience;
  std::string last;
  for (;;) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now());
    const auto message = next(std::max(left, std::chrono::milliseconds(0)));
    if (!message)
      throw std::runtime_error("the message did not come; the last one: " + last + ", closed with " +
                               std::to_string(state_->closed_with));
    if (wanted(*message))
      return *message;
    last = message->dump().substr(0, 300);
  }
}

nlohmann::json LiveSocket::until(const std::string& type) {
  return until([&](const nlohmann::json& message) { return message.at("type") == type; });
}

nlohmann::json LiveSocket::answer_to(const std::string& id) {
  return until([&](const nlohmann::json& message) {
    return (message.at("type") == "ack" || message.at("type") == "reject") && message.value("id", "") == id;
  });
}

int LiveSocket::close_code() {
  while (next())
    ;
  return state_->closed_with;
}

} // namespace warsha::test
