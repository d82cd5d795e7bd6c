#include "server/publication/page_response.hpp"

#include "server/net/target.hpp"

namespace warsha::publication {

namespace {

constexpr auto kPolicy = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri "
                         "'none'; frame-ancestors 'none'";
constexpr auto kOwnScript = "; script-src 'self'";

net::HttpResponse response_under(int status, const std::string& policy) {
  return {status,
          {{"X-Content-Type-Options", "nosniff"},
           // Not "no-referrer": with it a browser posts this page's own forms with Origin: null, which is
           // refused.
           {"Referrer-Policy", "same-origin"},
           {"Content-Security-Policy", policy}},
          nullptr};
}

net::HttpResponse kept_by_nobody(net::HttpResponse response, std::string html) {
  response.headers.emplace_back("Content-Type", "text/html; charset=utf-8");
  response.headers.emplace_back("Cache-Control", "no-store");
  response.body = std::make_shared<const std::string>(std::move(html));
  return response;
}

} // namespace

net::HttpResponse page_response(int status) {
  return response_under(status, kPolicy);
}

net::HttpResponse private_page(int status, std::string html) {
  return kept_by_nobody(page_response(status), std::move(html));
}

net::HttpResponse scripted_page(int status, std::string html) {
  return kept_by_nobody(response_under(status, std::string(kPolicy) + kOwnScript), std::move(html));
}

net::HttpResponse see_other(const std::string& path) {
  auto response = page_response(303);
  response.headers.emplace_back("Location", path);
  response.headers.emplace_back("Cache-Control", "no-store");
  return response;
}

std::map<std::string, std::string> form_of(const net::HttpRequest& request) {
  return net::parse_target("?" + std::string(std::string_view(request.body))).query;
}

std::string value_of(const std::map<std::string, std::string>& fields, const char* name) {
  const auto found = fields.find(name);
  return found == fields.end() ? std::string() : found->second;
}

} // namespace warsha::publication
