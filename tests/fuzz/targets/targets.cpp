#include "tests/fuzz/targets.hpp"

#include "server/net/http.hpp"
#include "server/net/target.hpp"

// What was escaped comes back; nothing grows; a path's parts are what stands between its slashes.
namespace warsha::fuzz {
namespace {

std::string escaped(std::string_view bytes) {
  constexpr char kDigits[] = "0123456789abcdef";
  std::string out;
  for (const char c : bytes) {
    out += '%';
    out += kDigits[static_cast<unsigned char>(c) >> 4];
    out += kDigits[static_cast<unsigned char>(c) & 15];
  }
  return out;
}

void check_path(const std::string& path) {
  std::string joined;
  const auto segments = net::path_segments(path);
  for (const auto segment : segments) {
    promise(!segment.empty() && segment.find('/') == std::string_view::npos,
            "a part of a path has no slash in it");
    joined += '/' + std::string(segment);
  }
  promise(net::path_segments(joined) == segments, "joined parts are the same parts");
}

void check_query(const net::Target& parsed) {
  std::string form = "/?";
  for (const auto& [name, value] : parsed.query)
    form += escaped(name) + '=' + escaped(value) + '&';
  promise(net::parse_target(form).query == parsed.query, "a form that is written again reads the same");
}

} // namespace

void targets(std::string_view input) {
  promise(net::decode_percent(escaped(input)) == input, "what was escaped comes back");
  promise(net::decode_percent(input).size() <= input.size(), "decoding makes nothing longer");
  const auto parsed = net::parse_target(input);
  promise(parsed.path == net::decode_percent(input.substr(0, input.find('?'))),
          "the path ends at the first '?'");
  check_path(parsed.path);
  check_query(parsed);
  const auto last = net::last_forwarded(input);
  promise(input.ends_with(last) || input.find(last + ' ') != std::string_view::npos ||
              input.find(last + '\t') != std::string_view::npos,
          "the last address stands at the end");
  promise(last.find(',') == std::string::npos && last.find_first_of(" \t") != 0,
          "without what parts addresses");
}

} // namespace warsha::fuzz
