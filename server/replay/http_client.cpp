#include "server/replay/http_client.hpp"

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>
#include <chrono>
#include <stdexcept>
#include <sys/socket.h>
#include <thread>

namespace warsha::replay {

namespace asio = boost::asio;
namespace http = boost::beast::http;

ServerAddress parse_server(const std::string& url) {
  const std::string scheme = "http://";
  auto rest = url.starts_with(scheme) ? url.substr(scheme.size()) : std::string{};
  if (!rest.empty() && rest.back() == '/')
    rest.pop_back();
  const auto colon = rest.rfind(':');
  if (rest.empty() || rest.find('/') != std::string::npos)
    throw std::runtime_error("--server: \"" + url + "\" is not an address such as http://127.0.0.1:8080");
  if (colon == std::string::npos)
    return {rest, "80"};
  return {rest.substr(0, colon), rest.substr(colon + 1)};
}

HttpReply request_once(const ServerAddress& server, const std::string& method, const std::string& target,
                       const std::string& body, const std::string& cookie) try {
  asio::io_context context;
  asio::ip::tcp::socket socket(context);
  asio::connect(socket, asio::ip::tcp::resolver(context).resolve(server.host, server.port));
  const timeval patience{5, 0};
  ::setsockopt(socket.native_handle(), SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  ::setsockopt(socket.native_handle(), SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);

  http::request<http::string_body> request;
  request.version(11);
  request.method_string(method);
  request.target(target);
  request.set(http::field::host, server.authority());
  request.set(http::field::connection, "close");
  if (!cookie.empty())
    request.set(http::field::cookie, cookie);
  if (!body.empty()) {
    request.set(http::field::content_type, "application/json");
    request.body() = body;
  }
  request.prepare_payload();
  http::write(socket, request);

  boost::beast::flat_buffer buffer;
  http::response_parser<http::string_body> parser;
  parser.body_limit(64 * 1024 * 1024);
  http::read(socket, buffer, parser);
  const auto& response = parser.get();
  HttpReply reply{static_cast<int>(response.result_int()), response.body(), {}};
  if (const auto found = response.find(http::field::set_cookie); found != response.end()) {
    const std::string value(found->value());
    reply.set_cookie = value.substr(0, value.find(';'));
  }
  return reply;
} catch (const boost::system::system_error&) {
  return {};
}

HttpReply request(const ServerAddress& server, const std::string& method, const std::string& target,
                  const std::string& body, const std::string& cookie) {
  HttpReply reply;
  for (int attempt = 0; attempt < 240; ++attempt) {
    reply = request_once(server, method, target, body, cookie);
    if (reply.status != 0 && reply.status != 429 && reply.status != 503)
      return reply;
    std::this_thread::sleep_for(std::chrono::milliseconds(250));
  }
  return reply;
}

} // namespace warsha::replay
