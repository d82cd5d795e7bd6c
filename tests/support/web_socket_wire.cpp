#include "tests/support/web_socket_wire.hpp"

#include <array>
#include <cerrno>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

namespace warsha::test {

namespace {

constexpr timeval kPatience{60, 0};

void append_number(std::string& bytes, std::uint64_t value, int width) {
  for (int shift = 8 * (width - 1); shift >= 0; shift -= 8)
    bytes.push_back(static_cast<char>(value >> shift & 0xff));
}

std::uint64_t number(std::string_view bytes) {
  std::uint64_t value = 0;
  for (const char c : bytes)
    value = value << 8 | static_cast<unsigned char>(c);
  return value;
}

std::string header(const WireFrame& frame, std::uint64_t length) {
  std::string bytes;
  bytes.push_back(static_cast<char>((frame.fin ? 0x80 : 0) | frame.reserved << 4 | frame.opcode));
  const int mask = frame.masked ? 0x80 : 0;
  const int fewest = length < 126 ? 0 : length < 65536 ? 2 : 8;
  const int width = frame.length_bytes ? frame.length_bytes : fewest;
  bytes.push_back(static_cast<char>(mask | (width == 0 ? static_cast<int>(length) : width == 2 ? 126 : 127)));
  if (width > 0)
    append_number(bytes, length, width);
  if (frame.masked)
    append_number(bytes, frame.key, 4);
  return bytes;
}

std::string said(const std::string& message) {
  const auto document = nlohmann::json::parse(message, nullptr, false);
  if (!document.is_object())
    return "broken: a message that is no JSON object";
  const auto type = document.value("type", "");
  if (type != "reject")
    return "message " + type;
  const auto field = document.value("field", "");
  return "reject " + document.value("code", "") + (field.empty() ? "" : " " + field);
}

Reply parse_head(std::string_view head) {
  Reply reply;
  if (head.starts_with("HTTP/1.1 "))
    reply.status = std::atoi(std::string(head.substr(9, 3)).c_str());
  while (head.find("\r\n") != std::string_view::npos) {
    head.remove_prefix(head.find("\r\n") + 2);
    const auto line = head.substr(0, head.find("\r\n"));
    const auto colon = line.find(": ");
    std::string name(line.substr(0, colon));
    for (auto& c : name)
      c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    if (colon != std::string_view::npos)
      reply.headers[name] = std::string(line.substr(colon + 2));
  }
  return reply;
}

} // namespace

std::string wire(const WireFrame& frame) {
  auto bytes = header(frame, frame.payload.size());
  for (std::size_t i = 0; i < frame.payload.size(); ++i) {
    const auto key = frame.masked ? frame.key >> (24 - 8 * (i % 4)) & 0xff : 0;
    bytes.push_back(static_cast<char>(static_cast<unsigned char>(frame.payload[i]) ^ key));
  }
  return bytes;
}

std::string wire_header(int opcode, std::uint64_t length, bool fin) {
  WireFrame frame;
  frame.opcode = opcode;
  frame.fin = fin;
  return header(frame, length);
}

WireSocket::WireSocket(std::uint16_t port, std::string_view request)
    : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &kPatience, sizeof kPatience);
  ::setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &kPatience, sizeof kPatience);
  const int on = 1;
  ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
    return;
  write(request);
  auto end = std::string::npos;
  while ((end = buffer_.find("\r\n\r\n")) == std::string::npos)
    if (!fill(buffer_.size() + 1))
      return;
  answer_ = parse_head(std::string_view(buffer_).substr(0, end));
  buffer_.erase(0, end + 4);
  if (answer_.status == 101 || request.starts_with("HEAD "))
    return;
  const auto length = static_cast<std::size_t>(std::atoi(answer_.header("content-length").c_str()));
  if (fill(length))
    answer_.body = buffer_.substr(0, length);
}

WireSocket::~WireSocket() {
  ::close(socket_);
}

void WireSocket::write(std::string_view bytes) const {
  while (!bytes.empty()) {
    const auto written = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (written <= 0)
      return;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
}

void WireSocket::write_apart(std::string_view bytes) const {
  for (std::size_t i = 0; i < bytes.size(); ++i)
    write(bytes.substr(i, 1));
}

/// False when the connection ended, or nothing came in time, before that many bytes wait.
bool WireSocket::fill(std::size_t bytes) {
  std::array<char, 65536> part;
  while (buffer_.size() < bytes) {
    const auto count = ::recv(socket_, part.data(), part.size(), 0);
    silent_ = count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK);
    if (count <= 0)
      return false;
    buffer_.append(part.data(), static_cast<std::size_t>(count));
  }
  return true;
}

std::string WireSocket::next() {
  while (messages_.empty()) {
    auto seen = frame();
    if (!seen.empty())
      return seen;
  }
  const auto end = messages_.find('\n');
  const auto message = messages_.substr(0, end);
  messages_ = end == std::string::npos ? std::string{} : messages_.substr(end + 1);
  return said(message);
}

/// Nothing, when it was a text: its messages wait.
std::string WireSocket::frame() {
  const auto over = [this](bool broken) {
    return std::string(silent_ ? "silence" : broken ? "broken: the connection ended amid a frame" : "end");
  };
  if (!fill(2))
    return over(!buffer_.empty());
  const int first = static_cast<unsigned char>(buffer_[0]);
  const int second = static_cast<unsigned char>(buffer_[1]);
  if (second & 0x80)
    return "broken: a server masks nothing (5.1)";
  if (first & 0x70)
    return "broken: no extension gave a meaning to reserved bits (5.2)";
  std::size_t begin = 2;
  auto length = static_cast<std::uint64_t>(second);
  if (second >= 126) {
    const std::size_t width = second == 126 ? 2 : 8;
    if (!fill(begin + width))
      return over(true);
    length = number(std::string_view(buffer_).substr(begin, width));
    begin += width;
    if (length < (second == 126 ? 126U : 65536U))
      return "broken: a length in more bytes than it needs (5.2)";
  }
  if (!fill(begin + length))
    return over(true);
  frame_bytes_ = length;
  const auto payload = buffer_.substr(begin, length);
  buffer_.erase(0, begin + length);
  const int opcode = first & 0x0f;
  if (opcode >= WireFrame::close && (length > 125 || !(first & 0x80)))
    return "broken: control frames are short and whole (5.5)";
  switch (opcode) {
  case WireFrame::text:
    if (!(first & 0x80) || payload.empty())
      return "broken: the server sends its messages in one frame, and none that is empty";
    messages_ = payload;
    return "";
  case WireFrame::pong:
    return "pong " + payload;
  case WireFrame::ping:
    return "ping";
  case WireFrame::close: {
    WireFrame answer;
    answer.opcode = WireFrame::close;
    answer.payload = payload.substr(0, 2);
    write(wire(answer));
    if (payload.size() == 1)
      return "broken: a code has two bytes (5.5.1)";
    return payload.empty() ? "close" : "close " + std::to_string(number(payload.substr(0, 2)));
  }
  default:
    return "broken: opcode " + std::to_string(opcode);
  }
}

} // namespace warsha::test
