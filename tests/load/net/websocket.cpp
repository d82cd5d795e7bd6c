#include "tests/load/net/websocket.hpp"

#include <array>
#include <openssl/evp.h>
#include <random>
#include <stdexcept>

namespace warsha::load {

namespace {

constexpr std::size_t kLongestAnswer = std::size_t{16} * 1024;

std::uint64_t all_frames_received = 0; // of the one thread that there is

std::uint32_t random_mask() {
  static std::minstd_rand random{std::random_device{}()};
  return static_cast<std::uint32_t>(random());
}

std::string base64(const unsigned char* bytes, int size) {
  std::string text(static_cast<std::size_t>((size + 2) / 3 * 4 + 1), '\0');
  const int length = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()), bytes, size);
  text.resize(static_cast<std::size_t>(length));
  return text;
}

/// RFC 6455, section 4.2.2. One key for the whole process: it guards against caches, not against loads.
struct Key {
  std::string sent;
  std::string accept;
};
const Key& key() {
  static const Key kKey = [] {
    std::random_device random;
    std::array<unsigned char, 16> nonce{};
    for (auto& byte : nonce)
      byte = static_cast<unsigned char>(random());
    Key made;
    made.sent = base64(nonce.data(), nonce.size());
    const auto joined = made.sent + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned size = 0;
    if (EVP_Digest(joined.data(), joined.size(), digest.data(), &size, EVP_sha1(), nullptr) != 1)
      throw std::runtime_error("OpenSSL has no SHA-1");
    made.accept = base64(digest.data(), static_cast<int>(size));
    return made;
  }();
  return kKey;
}

} // namespace

WebSocket::WebSocket(EventLoop& loop, const Server& server, Settings settings, Handler& handler)
    : settings_(std::move(settings)), server_(server), handler_(handler),
      stream_(loop, server, settings_.stream, *this) {}

std::uint64_t WebSocket::frames_received() {
  return all_frames_received;
}

void WebSocket::connect() {
  stream_.connect();
}

void WebSocket::on_connected() {
  stage_ = Stage::upgrading;
  std::string request = "GET " + settings_.target + " HTTP/1.1\r\nHost: " + server_.authority() +
                        "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n" +
                        "Sec-WebSocket-Key: " + key().sent + "\r\n";
  if (!settings_.subprotocol.empty())
    request += "Sec-WebSocket-Protocol: " + settings_.subprotocol + "\r\n";
  if (!settings_.cookie.empty())
    request += "Cookie: " + settings_.cookie + "\r\n";
  request += "\r\n";
  stream_.write(request);
}

void WebSocket::on_bytes(std::string_view bytes) {
  stage_ == Stage::open ? read_frames(bytes) : read_answer(bytes);
}

void WebSocket::read_answer(std::string_view bytes) {
  answer_.append(bytes);
  const auto head_end = answer_.find("\r\n\r\n");
  if (head_end == std::string::npos) {
    if (answer_.size() > kLongestAnswer)
      end(0, "the answer to the upgrade has no end");
    return;
  }
  if (!answer_.starts_with("HTTP/1.1 101"))
    return end(0, "the upgrade was refused: " + answer_.substr(0, answer_.find("\r\n")));
  if (answer_.find(key().accept) > head_end)
    return end(0, "the upgrade was answered with another key");
  const auto rest = answer_.substr(head_end + 4);
  answer_ = std::string();
  stage_ = Stage::open;
  handler_.on_open();
  if (stage_ == Stage::open && !rest.empty())
    read_frames(rest);
}

void WebSocket::read_frames(std::string_view bytes) {
  const auto before = reader_.frames();
  const char* wrong = reader_.feed(bytes, *this);
  all_frames_received += reader_.frames() - before;
  if (wrong && stage_ == Stage::open)
    end(0, wrong);
}

bool WebSocket::on_message(Opcode, std::string_view message) {
  handler_.on_message(message);
  return stage_ == Stage::open;
}

bool WebSocket::on_control(Opcode opcode, std::string_view payload) {
  if (opcode == Opcode::ping)
    send(payload, Opcode::pong);
  if (opcode == Opcode::close) {
    const int code = payload.size() < 2 ? 1005
                                        : static_cast<std::uint8_t>(payload[0]) * 256 +
                                              static_cast<std::uint8_t>(payload[1]);
    send(payload.substr(0, 2), Opcode::close);
    end(code, "closed by the server");
  }
  return stage_ == Stage::open;
}

void WebSocket::send(std::string_view message, Opcode opcode) {
  if (stage_ != Stage::open)
    return;
  static std::string frame; // used within this call only
  frame.clear();
  append_frame(frame, opcode, message, random_mask());
  stream_.write(frame);
}

void WebSocket::close() {
  send(std::string_view("\x03\xe8", 2), Opcode::close); // 1000
  stage_ = Stage::ended;
  stream_.close();
}

void WebSocket::drop() {
  stage_ = Stage::ended;
  stream_.drop();
}

void WebSocket::on_gone(const std::string& why) {
  end(0, why);
}

void WebSocket::end(int code, const std::string& why) {
  if (stage_ == Stage::ended)
    return;
  stage_ = Stage::ended;
  stream_.close();
  handler_.on_end(code, why);
}

} // namespace warsha::load
