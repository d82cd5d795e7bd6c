#pragma once

#include "tests/load/net/stream.hpp"

#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace warsha::load {

struct HttpAsk {
  std::string method = "GET";
  std::string target = {};
  std::string body = {}; // goes as application/json
  std::string cookie = {};
  bool gzip = false; // whether a compressed answer is accepted
};
struct HttpReply {
  int status = 0;         // 0: no answer, and why in body
  std::string set_cookie; // "name=value" of the first Set-Cookie, or empty
  bool gzip = false;
  std::string body;
  [[nodiscard]] bool ok() const { return status >= 200 && status < 300; }
};

/// HTTP/1.1 requests, many at once over kept-alive connections, as far as a load needs them: bodies with a
/// Content-Length.
class HttpClient {
public:
  /// `connections`: how many are open at most. Not `keep_alive`: each request has a connection of its own, as
  /// phones that come back have.
  HttpClient(EventLoop& loop, const Server& server, std::size_t connections, bool keep_alive = true);
  ~HttpClient();

  /// `answered` is called once, later.
  void ask(HttpAsk request, std::function<void(HttpReply)> answered);
  /// Runs the loop until the answer is there; at most 30 seconds.
  [[nodiscard]] HttpReply ask_now(HttpAsk request);

private:
  class Connection;
  struct Pending {
    HttpAsk request;
    std::function<void(HttpReply)> answered;
    bool again = false; // a kept-alive connection ended under it once
  };

  void start_next();
  void finished(Connection& connection, bool usable);

  EventLoop& loop_;
  const Server& server_;
  std::size_t most_;
  bool keep_alive_;
  std::size_t opened_ = 0;
  std::deque<Pending> waiting_;
  std::vector<std::shared_ptr<Connection>> idle_;
  std::vector<std::shared_ptr<Connection>> busy_;
};

/// What a gzip stream holds; throws std::runtime_error when it is none.
[[nodiscard]] std::string gunzip(std::string_view packed);

} // namespace warsha::load
