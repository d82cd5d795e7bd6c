#pragma once

#include "protocol/codec.hpp"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// HTTP as the rest of the server sees it: plain values, no Beast.
namespace warsha {
class Executor;
}

namespace warsha::net {

/// Immutable text that all copies share: what a handler keeps of a request costs no second megabytes.
class SharedText {
public:
  SharedText() = default;
  SharedText(std::string text) : text_(std::make_shared<const std::string>(std::move(text))) {}
  operator std::string_view() const { return text_ ? std::string_view(*text_) : std::string_view(); }

private:
  std::shared_ptr<const std::string> text_;
};

struct HttpRequest {
  std::string method;                         // "GET", upper case
  std::string path;                           // decoded, without query, begins with '/'
  std::map<std::string, std::string> query;   // decoded
  std::map<std::string, std::string> headers; // names in lower case
  SharedText body;
  std::string remote_address; // of the client; the proxy's word for it when one is trusted

  /// Empty when absent.
  [[nodiscard]] std::string_view header(std::string_view name) const;
  /// The value of a cookie (RFC 6265), if present.
  [[nodiscard]] std::optional<std::string> cookie(std::string_view name) const;
};

struct HttpResponse {
  int status = 200;
  std::vector<std::pair<std::string, std::string>> headers;
  std::shared_ptr<const std::string> body; // shared: a snapshot or file serves many; may be null
};

/// Answers exactly once, from any thread.
using Respond = std::function<void(HttpResponse)>;

[[nodiscard]] HttpResponse json_response(int status, std::string json);
/// RFC 9457, with the stable code, and Retry-After when `retry_after_ms` is given.
[[nodiscard]] HttpResponse problem(int status, const Rejection& rejection,
                                   std::optional<std::int64_t> retry_after_ms = std::nullopt);
/// The parts of a path: "/api/join/K7" -> {"api", "join", "K7"}.
[[nodiscard]] std::vector<std::string_view> path_segments(std::string_view path);

/// A route: pattern "/api/workshops/{id}/snapshot"; arguments are the values of {…}, in order. The handler
/// runs on the shard that owns the connection (`executor`) and must not block.
using RouteHandler = std::function<void(const HttpRequest&, const std::vector<std::string>& arguments,
                                        Executor& executor, Respond)>;

class Router {
public:
  void add(std::string method, std::string pattern, RouteHandler handler);
  /// Is there a route for this path, whatever the method?
  [[nodiscard]] bool leads_to(std::string_view path) const;
  /// 404 not_found or 405 method_not_allowed when nothing matches. Unsafe methods from another origin get
  /// 403.
  void route(const HttpRequest& request, Executor& executor, Respond respond) const;

private:
  struct Route {
    std::string method;
    std::vector<std::string> pattern;
    RouteHandler handler;
  };
  std::vector<Route> routes_;
};

/// True unless the request carries an Origin that is not this server's own (scheme aside, RFC 6454), by its
/// Host.
[[nodiscard]] bool same_origin(const HttpRequest& request);

} // namespace warsha::net
