#include "server/mail/message.hpp"

#include "server/mail/address.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <ctime>
#include <string_view>

namespace warsha::mail {

namespace {

constexpr std::size_t kLineBytes = 76; // RFC 2045, 6.8; RFC 2047, 2
constexpr std::size_t kWordBytes = 75;
constexpr std::string_view kWordBegin = "=?UTF-8?B?";
constexpr std::string_view kWordEnd = "?=";

std::string base64(std::string_view bytes) {
  constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  out.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    std::uint32_t three = 0;
    for (std::size_t j = 0; j < 3; ++j)
      three = three << 8 | (i + j < bytes.size() ? static_cast<std::uint8_t>(bytes[i + j]) : 0U);
    for (std::size_t j = 0; j < 4; ++j)
      out += i + j <= bytes.size() ? kAlphabet[three >> (18 - 6 * j) & 63] : '=';
  }
  return out;
}

std::string in_lines(const std::string& encoded) {
  std::string out;
  for (std::size_t i = 0; i < encoded.size(); i += kLineBytes)
    out += encoded.substr(i, kLineBytes) + "\r\n";
  return out;
}

/// Line feeds as mail has them (RFC 2045, 2.7: in base64 of text too).
std::string with_line_ends(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\r')
      continue;
    if (c == '\n')
      out += '\r';
    out += c;
  }
  return out;
}

bool is_control(char c) {
  return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
}

bool needs_encoding(const std::string& text, std::size_t column) {
  return column + text.size() > kLineBytes || text.find("=?") != std::string::npos ||
         std::ranges::any_of(text, [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
}

/// The bytes of the UTF-8 character that begins there.
std::size_t character_bytes(std::string_view text, std::size_t at) {
  std::size_t end = at + 1;
  while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80)
    ++end;
  return end - at;
}

std::string part(const char* type, const std::string& content) {
  return std::string("Content-Type: ") + type +
         "; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n" +
         in_lines(base64(with_line_ends(content)));
}

} // namespace

std::string encoded_header(const std::string& text, std::size_t column) {
  std::string clean;
  for (const char c : text)
    clean += is_control(c) ? ' ' : c;
  if (!needs_encoding(clean, column))
    return clean;
  std::string out;
  std::string piece;
  const auto room = [&] {
    return std::min(kWordBytes, kLineBytes - column) - kWordBegin.size() - kWordEnd.size();
  };
  const auto close = [&] {
    out += std::string(kWordBegin) + base64(piece) + std::string(kWordEnd);
    piece.clear();
  };
  // An encoded word holds whole characters only (RFC 2047, 5).
  for (std::size_t at = 0; at < clean.size();) {
    const auto bytes = character_bytes(clean, at);
    if ((piece.size() + bytes + 2) / 3 * 4 > room() && !piece.empty()) {
      close();
      out += "\r\n ";
      column = 1;
    }
    piece += clean.substr(at, bytes);
    at += bytes;
  }
  close();
  return out;
}

std::string written_date(TimeMs at) {
  constexpr std::array kDays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  constexpr std::array kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                               "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const auto seconds = static_cast<std::time_t>(at / 1000);
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  std::array<char, 32> clock{};
  std::strftime(clock.data(), clock.size(), " %Y %H:%M:%S +0000", &parts);
  return std::string(kDays[static_cast<std::size_t>(parts.tm_wday)]) + ", " + std::to_string(parts.tm_mday) +
         " " + kMonths[static_cast<std::size_t>(parts.tm_mon)] + clock.data();
}

std::string written(const Message& message) {
  std::string out;
  const auto add = [&out](const std::string& name, const std::string& value) {
    out += name + ": " + encoded_header(value, name.size() + 2) + "\r\n";
  };
  // Made of what clean_address gave, of an id or of this server's own address: ASCII without a space.
  const auto add_plain = [&out](const std::string& name, const std::string& value) {
    out += name + ": ";
    std::ranges::copy_if(value, std::back_inserter(out), [](char c) { return !is_control(c); });
    out += "\r\n";
  };
  const auto boundary = "=_" + message.id; // "=_" stands in no base64
  out += "From: " + encoded_header(message.from_name, 6) + " <" + message.from + ">\r\n";
  add_plain("To", "<" + message.to + ">");
  add("Subject", message.subject);
  add_plain("Date", written_date(message.at));
  add_plain("Message-ID", "<" + message.id + "@" + domain_of(message.from) + ">");
  add_plain("Content-Language", message.language);
  // RFC 3834: nobody's absence answers it.
  add_plain("Auto-Submitted", "auto-generated");
  if (!message.stop_url.empty()) {
    add_plain("List-Unsubscribe", "<" + message.stop_url + ">");
    add_plain("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
  }
  add_plain("MIME-Version", "1.0");
  out += "Content-Type: multipart/alternative;\r\n boundary=\"" + boundary + "\"\r\n";
  out += "\r\n--" + boundary + "\r\n" + part("text/plain", message.text);
  out += "--" + boundary + "\r\n" + part("text/html", message.html);
  out += "--" + boundary + "--\r\n";
  return out;
}

} // namespace warsha::mail
