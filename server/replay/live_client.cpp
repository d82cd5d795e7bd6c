#include "server/replay/live_client.hpp"

#include "protocol/codec.hpp"

#include <algorithm>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/buffers_to_string.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/websocket.hpp>
#include <deque>
#include <nlohmann/json.hpp>
#include <random>

namespace warsha::replay {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace websocket = beast::websocket;
using nlohmann::json;
using tcp = asio::ip::tcp;

namespace {

constexpr std::size_t kLongestMessage = 8 * 1024 * 1024;
constexpr auto kConnectTime = std::chrono::seconds(5);
constexpr int kShortestReturnMs = 50;
constexpr int kLongestReturnMs = 700;
constexpr auto kRetryRejected = std::chrono::milliseconds(500);

} // namespace

struct LiveClient::State : std::enable_shared_from_this<LiveClient::State> {
  using Stream = websocket::stream<tcp::socket>;

  State(asio::io_context& io, Settings given, Observer observes)
      : context(io), settings(std::move(given)), observer(std::move(observes)), timer(io) {}

  asio::io_context& context;
  Settings settings;
  Observer observer;
  asio::steady_timer timer;
  std::shared_ptr<Stream> stream; // of this connection; an older one's handlers see that it isn't theirs
  beast::flat_buffer buffer;
  std::deque<std::string> outgoing;
  bool writing = false;
  bool welcomed = false;
  bool stopped = false;
  std::optional<ResumePoint> position;
  std::vector<Command> unacknowledged; // in the order they were given
  Figures figures;

  void connect() {
    if (stopped)
      return;
    stream = std::make_shared<Stream>(context);
    outgoing.clear();
    writing = welcomed = false;
    buffer.clear();
    beast::error_code wrong;
    const auto address = asio::ip::make_address(
        settings.server.host == "localhost" ? "127.0.0.1" : settings.server.host, wrong);
    if (wrong)
      return observer.on_fault("--server must name an IP address or localhost");
    const tcp::endpoint endpoint(address, static_cast<std::uint16_t>(std::stoi(settings.server.port)));
    arm(kConnectTime);
    stream->next_layer().async_connect(endpoint,
                                       [self = shared_from_this(), mine = stream](beast::error_code error) {
                                         if (mine == self->stream)
                                           self->on_connect(error);
                                       });
  }

  /// A connection that makes no progress is given up.
  void arm(std::chrono::milliseconds time) {
    timer.expires_after(time);
    timer.async_wait([self = shared_from_this(), mine = stream](beast::error_code error) {
      if (!error && mine == self->stream)
        self->lost();
    });
  }

  void on_connect(beast::error_code error) {
    if (error)
      return lost();
    stream->next_layer().set_option(tcp::no_delay(true));
    stream->read_message_max(kLongestMessage);
    stream->set_option(
        websocket::stream_base::decorator([cookie = settings.cookie](websocket::request_type& request) {
          request.set(beast::http::field::cookie, cookie);
          request.set(beast::http::field::sec_websocket_protocol, "warsha.live.v1");
        }));
    const auto target =
        "/live/" + settings.workshop.text() + (settings.staff ? "?as=staff" : "?as=participant");
    stream->async_handshake(settings.server.authority(), target,
                            [self = shared_from_this(), mine = stream](beast::error_code failed) {
                              if (mine == self->stream)
                                self->on_handshake(failed);
                            });
  }

  void on_handshake(beast::error_code error) {
    if (error)
      return lost();
    timer.cancel();
    stream->text(true);
    hello();
    read();
  }

  void hello() { write(encode(Hello{position, "replay"})); }

  void lost() {
    if (stopped || !stream)
      return;
    beast::error_code ignored;
    stream->next_layer().close(ignored);
    stream.reset();
    ++figures.reconnections;
    static thread_local std::minstd_rand random{std::random_device{}()};
    timer.expires_after(std::chrono::milliseconds(
        std::uniform_int_distribution<int>(kShortestReturnMs, kLongestReturnMs)(random)));
    timer.async_wait([self = shared_from_this()](beast::error_code error) {
      if (!error)
        self->connect();
    });
  }

  void write(std::string message) {
    outgoing.push_back(std::move(message));
    if (!writing)
      write_next();
  }

  void write_next() {
    if (outgoing.empty() || !stream)
      return;
    writing = true;
    stream->async_write(asio::buffer(outgoing.front()),
                        [self = shared_from_this(), mine = stream](beast::error_code error, std::size_t) {
                          if (mine != self->stream)
                            return;
                          if (error)
                            return self->lost();
                          self->writing = false;
                          self->outgoing.pop_front();
                          self->write_next();
                        });
  }

  void read() {
    stream->async_read(buffer,
                       [self = shared_from_this(), mine = stream](beast::error_code error, std::size_t) {
                         if (mine != self->stream)
                           return;
                         if (error)
                           return self->lost();
                         const auto frame = beast::buffers_to_string(self->buffer.data());
                         self->buffer.consume(self->buffer.size());
                         self->on_frame(frame);
                         if (mine == self->stream)
                           self->read();
                       });
  }

  void on_frame(std::string_view frame) {
    const auto message = json::parse(frame, nullptr, false);
    if (!message.is_object())
      return observer.on_fault("a message is no JSON object");
    on_message(message);
  }

  void on_message(const json& message) {
    const auto& type = message.at("type").get_ref<const std::string&>();
    if (type == "welcome")
      return on_welcome(message);
    if (type == "events")
      return on_events(message);
    if (type == "resync")
      return resync(message.at("snapshot").get<std::string>());
    if (type == "ack")
      return on_ack(message);
    if (type == "reject")
      return on_reject(message);
    if (type == "status" && !message.at("read_only").get<bool>())
      resend();
  }

  void on_welcome(const json& message) {
    if (position && position->epoch == message.at("epoch").get<std::string>()) {
      welcomed = true;
      resend();
    }
  }

  void resend() {
    for (const auto& command : unacknowledged)
      write(encode(command));
  }

  void resync(const std::string& target) {
    ++figures.resyncs;
    const auto reply = request_once(settings.server, "GET", target, {}, settings.cookie);
    const auto snapshot = reply.status == 200 ? json::parse(reply.body, nullptr, false) : json();
    if (!snapshot.is_object())
      return lost();
    position = ResumePoint{snapshot.at("epoch").get<std::string>(), snapshot.at("seq").get<Seq>()};
    hello();
  }

  void on_events(const json& message) {
    const auto first = message.at("first").get<Seq>();
    const auto last = message.at("last").get<Seq>();
    if (!position || first != position->seq + 1 || last < first)
      return observer.on_fault("events " + std::to_string(first) + " to " + std::to_string(last) +
                               " came after " + std::to_string(position ? position->seq : 0));
    for (const auto& event : message.at("events")) {
      const auto seq = event.at("seq").get<Seq>();
      if (seq <= position->seq || seq > last)
        return observer.on_fault("event " + std::to_string(seq) + " is out of its order");
      position->seq = seq;
      ++figures.events;
      observer.on_event(event);
    }
    position->seq = last;
  }

  [[nodiscard]] std::optional<CommandId> take_out(const json& message) {
    const auto id = CommandId::parse(message.value("id", ""));
    const auto found = std::find_if(unacknowledged.begin(), unacknowledged.end(),
                                    [&](const Command& command) { return id && command.id == *id; });
    if (found == unacknowledged.end())
      return std::nullopt;
    unacknowledged.erase(found);
    return id;
  }

  void on_ack(const json& message) {
    // A second ack for the same command is right after a reconnection: the first one was on its way.
    if (const auto id = take_out(message))
      observer.on_ack(*id, message);
  }

  void on_reject(const json& message) {
    const auto code = message.at("code").get<std::string>();
    if (code == "too_fast" || code == "read_only" || code == "busy") {
      auto later = std::make_shared<asio::steady_timer>(context, kRetryRejected);
      return later->async_wait([self = shared_from_this(), later, mine = stream](beast::error_code error) {
        if (!error && mine && mine == self->stream)
          self->resend();
      });
    }
    if (const auto id = take_out(message))
      observer.on_reject(*id, code);
  }
};

LiveClient::LiveClient(asio::io_context& context, Settings settings, Observer observer)
    : state_(std::make_shared<State>(context, std::move(settings), std::move(observer))) {}
LiveClient::~LiveClient() {
  stop();
}

void LiveClient::start() {
  state_->connect();
}

void LiveClient::send(const Command& command) {
  state_->unacknowledged.push_back(command);
  if (state_->stream && state_->welcomed)
    state_->write(encode(command));
}

void LiveClient::send_typing() {
  if (state_->stream && state_->welcomed)
    state_->write(R"({"type":"typing"})");
}

void LiveClient::stop() {
  state_->stopped = true;
  state_->timer.cancel();
  if (state_->stream) {
    beast::error_code ignored;
    state_->stream->next_layer().close(ignored);
    state_->stream.reset();
  }
}

LiveClient::Figures LiveClient::figures() const {
  return state_->figures;
}

} // namespace warsha::replay
