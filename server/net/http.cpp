#include "server/net/http.hpp"

#include "server/runtime/executor.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace warsha::net {

std::string_view HttpRequest::header(std::string_view name) const {
  const auto found = headers.find(std::string(name));
  return found == headers.end() ? std::string_view{} : std::string_view{found->second};
}

std::optional<std::string> HttpRequest::cookie(std::string_view name) const {
  std::string_view rest = header("cookie");
  while (!rest.empty()) {
    const auto end = rest.find(';');
    std::string_view pair = rest.substr(0, end);
    rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
    while (!pair.empty() && pair.front() == ' ')
      pair.remove_prefix(1);
    const auto equals = pair.find('=');
    if (equals != std::string_view::npos && pair.substr(0, equals) == name)
      return std::string(pair.substr(equals + 1));
  }
  return std::nullopt;
}

HttpResponse json_response(int status, std::string json) {
  HttpResponse response{status, {{"Content-Type", "application/json; charset=utf-8"}}, nullptr};
  response.headers.emplace_back("Cache-Control", "no-store");
  response.body = std::make_shared<const std::string>(std::move(json));
  return response;
}

HttpResponse problem(int status, const Rejection& rejection, std::optional<std::int64_t> retry_after_ms) {
  nlohmann::json document{{"type", "about:blank"},
                          {"title", sentence(rejection.code)},
                          {"status", status},
                          {"code", name(rejection.code)}};
  if (!rejection.field.empty())
    document["field"] = rejection.field;
  if (rejection.limit)
    document["limit"] = *rejection.limit;
  if (retry_after_ms)
    document["retry_after_ms"] = *retry_after_ms;
  // A member's name may come from the request and is echoed: never let it break the encoding.
  auto response =
      json_response(status, document.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
  response.headers.front().second = "application/problem+json; charset=utf-8";
  if (retry_after_ms)
    response.headers.emplace_back("Retry-After", std::to_string((*retry_after_ms + 999) / 1000));
  return response;
}

std::vector<std::string_view> path_segments(std::string_view path) {
  std::vector<std::string_view> segments;
  while (!path.empty()) {
    const auto slash = path.find('/');
    const auto segment = path.substr(0, slash);
    if (!segment.empty())
      segments.push_back(segment);
    path = slash == std::string_view::npos ? std::string_view{} : path.substr(slash + 1);
  }
  return segments;
}

bool same_origin(const HttpRequest& request) {
  const auto origin = request.header("origin");
  if (origin.empty())
    return true;
  const auto scheme_end = origin.find("://");
  return scheme_end != std::string_view::npos && origin.substr(scheme_end + 3) == request.header("host");
}

void Router::add(std::string method, std::string pattern, RouteHandler handler) {
  std::vector<std::string> segments;
  for (const auto segment : path_segments(pattern))
    segments.emplace_back(segment);
  routes_.push_back({std::move(method), std::move(segments), std::move(handler)});
}

namespace {

std::optional<std::vector<std::string>> match(const std::vector<std::string>& pattern,
                                              const std::vector<std::string_view>& path) {
  if (pattern.size() != path.size())
    return std::nullopt;
  std::vector<std::string> arguments;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i].front() == '{')
      arguments.emplace_back(path[i]);
    else if (pattern[i] != path[i])
      return std::nullopt;
  }
  return arguments;
}

} // namespace

bool Router::leads_to(std::string_view path) const {
  const auto segments = path_segments(path);
  return std::any_of(routes_.begin(), routes_.end(),
                     [&](const Route& candidate) { return match(candidate.pattern, segments).has_value(); });
}

void Router::route(const HttpRequest& request, Executor& executor, Respond respond) const {
  const auto path = path_segments(request.path);
  const bool reading = request.method == "GET" || request.method == "HEAD";
  bool path_known = false;
  for (const auto& candidate : routes_) {
    const auto arguments = match(candidate.pattern, path);
    if (!arguments)
      continue;
    path_known = true;
    if (candidate.method != (reading ? "GET" : request.method))
      continue;
    if (!reading && !same_origin(request))
      return respond(problem(403, {Code::origin_refused, {}, {}}));
    return candidate.handler(request, *arguments, executor, std::move(respond));
  }
  respond(path_known ? problem(405, {Code::method_not_allowed, {}, {}})
                     : problem(404, {Code::not_found, {}, {}}));
}

} // namespace warsha::net
