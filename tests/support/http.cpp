#include "tests/support/http.hpp"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <cctype>
#include <cstdlib>
#include <netinet/in.h>
#include <stdexcept>
#include <string_view>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>
#include <zlib.h>

namespace warsha::test {

namespace {

constexpr timeval kPatience{60, 0};

class Connection {
public:
  explicit Connection(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &kPatience, sizeof kPatience);
    ::setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &kPatience, sizeof kPatience);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    connected_ = ::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
  }
  ~Connection() { ::close(socket_); }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  /// A server may answer and close before it has taken everything: what it said is read all the same.
  void write(std::string_view bytes) const {
    while (connected_ && !bytes.empty()) {
      const auto written = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (written <= 0)
        return;
      bytes.remove_prefix(static_cast<std::size_t>(written));
    }
  }

  [[nodiscard]] std::string read_to_end() const {
    std::string all;
    std::array<char, 65536> part;
    for (;;) {
      const auto count = connected_ ? ::recv(socket_, part.data(), part.size(), 0) : 0;
      if (count <= 0)
        return all;
      all.append(part.data(), static_cast<std::size_t>(count));
    }
  }

private:
  int socket_;
  bool connected_ = false;
};

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return std::tolower(c); });
  return text;
}

Reply parse_reply(const std::string& bytes) {
  Reply reply;
  const auto head_end = bytes.find("\r\n\r\n");
  if (head_end == std::string::npos || !bytes.starts_with("HTTP/1.1 "))
    return reply;
  reply.status = std::atoi(bytes.c_str() + 9);
  std::string_view rest(bytes.data(), head_end);
  for (;;) {
    const auto line_end = rest.find("\r\n");
    if (line_end == std::string_view::npos)
      break;
    rest.remove_prefix(line_end + 2);
    const auto line = rest.substr(0, rest.find("\r\n"));
    const auto colon = line.find(": ");
    if (colon != std::string_view::npos)
      reply.headers[lower(std::string(line.substr(0, colon)))] = std::string(line.substr(colon + 2));
  }
  reply.body = bytes.substr(head_end + 4);
  return reply;
}

} // namespace

std::string Reply::header(const std::string& name) const {
  const auto found = headers.find(name);
  return found == headers.end() ? std::string{} : found->second;
}

nlohmann::json Reply::json() const {
  auto document = nlohmann::json::parse(body, nullptr, false);
  return document.is_object() ? document : nlohmann::json::object();
}

std::string Reply::code() const {
  return json().value("code", "");
}

std::string Reply::cookie() const {
  const auto value = header("set-cookie");
  return value.substr(0, value.find(';'));
}

Reply send_raw(std::uint16_t port, const std::string& bytes) {
  const Connection connection(port);
  connection.write(bytes);
  return parse_reply(connection.read_to_end());
}

Reply send_request(std::uint16_t port, const std::string& method, const std::string& target,
                   const std::string& body, const Headers& headers) {
  std::string bytes = method + " " + target + " HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(port) +
                      "\r\nConnection: close\r\n";
  for (const auto& [name, value] : headers)
    bytes += name + ": " + value + "\r\n";
  if (!body.empty())
    bytes += "Content-Type: application/json\r\n";
  if (!body.empty() || method == "POST")
    bytes += "Content-Length: " + std::to_string(body.size()) + "\r\n";
  return send_raw(port, bytes + "\r\n" + body);
}

std::string gunzip(const std::string& packed) {
  z_stream stream{};
  if (inflateInit2(&stream, 16 + MAX_WBITS) != Z_OK)
    throw std::runtime_error("zlib does not start");
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
  stream.avail_in = static_cast<uInt>(packed.size());
  std::string out;
  std::array<char, 65536> part;
  int result = Z_OK;
  while (result == Z_OK) {
    stream.next_out = reinterpret_cast<Bytef*>(part.data());
    stream.avail_out = part.size();
    result = inflate(&stream, Z_NO_FLUSH);
    out.append(part.data(), part.size() - stream.avail_out);
  }
  inflateEnd(&stream);
  if (result != Z_STREAM_END)
    throw std::runtime_error("not a whole gzip stream");
  return out;
}

} // namespace warsha::test
