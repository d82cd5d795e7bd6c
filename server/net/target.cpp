#include "server/net/target.hpp"

#include <algorithm>

namespace warsha::net {

namespace {

int hex_digit(char c) {
  if (c >= '0' && c <= '9')
    return c - '0';
  if (c >= 'a' && c <= 'f')
    return c - 'a' + 10;
  if (c >= 'A' && c <= 'F')
    return c - 'A' + 10;
  return -1;
}

std::string decode(std::string_view text, bool plus_is_space) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size() && hex_digit(text[i + 1]) >= 0 && hex_digit(text[i + 2]) >= 0) {
      out.push_back(static_cast<char>(hex_digit(text[i + 1]) * 16 + hex_digit(text[i + 2])));
      i += 2;
    } else {
      out.push_back(plus_is_space && text[i] == '+' ? ' ' : text[i]);
    }
  }
  return out;
}

std::map<std::string, std::string> parse_query(std::string_view query) {
  std::map<std::string, std::string> values;
  while (!query.empty()) {
    const auto end = query.find('&');
    const auto pair = query.substr(0, end);
    query = end == std::string_view::npos ? std::string_view{} : query.substr(end + 1);
    const auto equals = pair.find('=');
    if (!pair.empty())
      values[decode(pair.substr(0, equals), true)] =
          equals == std::string_view::npos ? std::string{} : decode(pair.substr(equals + 1), true);
  }
  return values;
}

} // namespace

std::string decode_percent(std::string_view text) {
  return decode(text, false);
}

Target parse_target(std::string_view target) {
  const auto question = target.find('?');
  Target parsed;
  parsed.path = decode_percent(target.substr(0, question));
  if (question != std::string_view::npos)
    parsed.query = parse_query(target.substr(question + 1));
  return parsed;
}

std::string last_forwarded(std::string_view header) {
  constexpr std::string_view kBlanks = " \t";
  auto last = header.substr(header.rfind(',') + 1); // npos + 1 is 0: the whole of a single entry
  last.remove_prefix(std::min(last.find_first_not_of(kBlanks), last.size()));
  return std::string(last.substr(0, last.find_last_not_of(kBlanks) + 1));
}

} // namespace warsha::net
