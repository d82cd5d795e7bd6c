#include "server/app/option_checks.hpp"

#include "server/mail/address.hpp"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <charconv>
#include <filesystem>
#include <limits>
#include <string_view>

namespace warsha::app {

namespace {

namespace fs = std::filesystem;

/// More threads than this serve no purpose, and a mistyped number would open as many listening sockets.
constexpr unsigned kShardsMost = 256;
/// A workshop lasts hours, not days.
constexpr unsigned kPhaseSecondsMost = 4 * 3600;

constexpr std::array<std::string_view, 6> kLogLevels = {"trace", "debug", "info", "warn", "error", "off"};

[[nodiscard]] bool is_number(std::string_view text, unsigned most) {
  unsigned value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return !text.empty() && error == std::errc() && end == text.data() + text.size() && value <= most;
}

[[nodiscard]] bool is_address(int family, std::string_view text) {
  std::array<unsigned char, 16> bytes;
  return inet_pton(family, std::string(text).c_str(), bytes.data()) == 1;
}

[[nodiscard]] bool is_host_letter(char letter) {
  return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
         (letter >= '0' && letter <= '9') || letter == '.' || letter == '-';
}

[[nodiscard]] bool is_host(std::string_view text) {
  if (text.size() > 2 && text.front() == '[' && text.back() == ']')
    return is_address(AF_INET6, text.substr(1, text.size() - 2));
  return !text.empty() && std::ranges::all_of(text, is_host_letter);
}

/// Host and port; the colon of a port is the last one and stands after a bracket.
[[nodiscard]] std::pair<std::string_view, std::string_view> split_port(std::string_view text) {
  const std::size_t colon = text.rfind(':');
  const std::size_t bracket = text.rfind(']');
  if (colon == std::string_view::npos || (bracket != std::string_view::npos && bracket > colon))
    return {text, {}};
  return {text.substr(0, colon), text.substr(colon + 1)};
}

[[nodiscard]] std::string quoted(const std::string& value) {
  return '"' + value + '"';
}

} // namespace

std::string check_database(const std::string& value) {
  const fs::path file(value);
  std::error_code error;
  if (value.empty())
    return "is empty; name a file, such as warsha.db";
  if (fs::is_directory(file, error))
    return quoted(value) + " is a folder; name a file in it";
  if (file.has_parent_path() && !fs::is_directory(file.parent_path(), error))
    return "the folder " + quoted(file.parent_path().string()) + " does not exist; make it first";
  return {};
}

std::string check_existing_file(const std::string& value) {
  std::error_code error;
  if (!fs::is_regular_file(value, error))
    return "there is no file " + quoted(value);
  return {};
}

std::string check_client(const std::string& value) {
  std::error_code error;
  if (!fs::is_directory(value, error))
    return "there is no folder " + quoted(value) + "; build the client with `npm run build` in client-web";
  if (!fs::is_regular_file(fs::path(value) / "index.html", error))
    return quoted(value) + " holds no index.html; build the client with `npm run build` in client-web";
  return {};
}

std::string check_listen(const std::string& value) {
  const auto [host, port] = split_port(value);
  const bool bracketed = host.size() > 2 && host.front() == '[' && host.back() == ']';
  const bool address =
      bracketed ? is_address(AF_INET6, host.substr(1, host.size() - 2)) : is_address(AF_INET, host);
  if (!address || !is_number(port, 65535))
    return quoted(value) + " is not ADDRESS:PORT, such as 127.0.0.1:8080, 0.0.0.0:8080 or [::1]:8080";
  return {};
}

std::string check_public_url(const std::string& value) {
  const std::string mend = " is not an address that phones can open, such as https://warsha.example.org";
  std::string_view rest(value);
  if (rest.starts_with("https://"))
    rest.remove_prefix(8);
  else if (rest.starts_with("http://"))
    rest.remove_prefix(7);
  else
    return quoted(value) + mend;
  if (const std::size_t path = rest.find_first_of("/?#"); path != std::string_view::npos)
    return quoted(value) +
           " has something after the host; give only the scheme, host and port, without a final slash";
  const auto [host, port] = split_port(rest);
  const bool port_given = host.size() != rest.size();
  if (!is_host(host) || (port_given && !is_number(port, 65535)))
    return quoted(value) + mend;
  return {};
}

std::string check_mail_server(const std::string& value) {
  std::string_view rest(value);
  if (rest.starts_with("smtps://"))
    rest.remove_prefix(8);
  else if (rest.starts_with("smtp://"))
    rest.remove_prefix(7);
  else
    rest = {};
  const auto [host, port] = split_port(rest);
  if (!is_host(host) || port == "0" || !is_number(port, 65535))
    return quoted(value) +
           " is no mail server, such as smtp://mail.example.org:587 or smtps://mail.example.org:465";
  return {};
}

std::string check_mail_from(const std::string& value) {
  if (!mail::clean_address(value))
    return quoted(value) + " is not an e-mail address, such as warsha@example.org";
  return {};
}

std::string check_shards(const std::string& value) {
  if (!is_number(value, kShardsMost))
    return quoted(value) + " is not a whole number from 0 to " + std::to_string(kShardsMost) +
           "; 0 is one for each core";
  return {};
}

std::string check_phase_seconds(const std::string& value) {
  if (!is_number(value, kPhaseSecondsMost))
    return quoted(value) + " is not a whole number of seconds from 0 to " + std::to_string(kPhaseSecondsMost);
  return {};
}

std::string check_seed(const std::string& value) {
  if (!is_number(value, std::numeric_limits<unsigned>::max()))
    return quoted(value) + " is not a whole number, such as 1";
  return {};
}

std::string check_log_level(const std::string& value) {
  if (std::ranges::find(kLogLevels, value) == kLogLevels.end())
    return quoted(value) + " is none of trace, debug, info, warn, error, off";
  return {};
}

} // namespace warsha::app
