#include "server/net/http.hpp"
#include "tests/fuzz/targets.hpp"

// Among any other cookies ours is found, the first of several, whole; what is in others does not pass for it.
namespace warsha::fuzz {
namespace {

constexpr const char* kName = "warsha_pass";

std::optional<std::string> cookie(std::string header) {
  net::HttpRequest request;
  request.headers["cookie"] = std::move(header);
  return request.cookie(kName);
}

} // namespace

void cookies(std::string_view input) {
  const std::string header(input);
  const auto found = cookie(header);
  const std::string ours = std::string(kName) + "=value";
  promise(cookie(ours + "; " + header) == "value", "the first counts");
  promise(cookie(header + "; " + ours) == found.value_or("value"), "ours is found behind others");
  if (found) {
    promise(found->find(';') == std::string::npos, "a value ends at the semicolon");
    const auto at = header.find(kName + ("=" + *found));
    promise(at != std::string::npos, "and stands behind the name");
    promise(at == 0 || header[at - 1] == ' ' || header[at - 1] == ';' ||
                header.find(std::string(";") + kName) != std::string::npos ||
                header.find(std::string(" ") + kName) != std::string::npos,
            "which is the whole name");
  }

  net::HttpRequest request;
  request.headers["host"] = "warsha.example";
  request.headers["origin"] = header;
  promise(net::same_origin(request) == (header.empty() || (header.ends_with("://warsha.example") &&
                                                           header.find("://") + 17 == header.size())),
          "only this server's own pages are of its origin");
}

} // namespace warsha::fuzz
