#include "protocol/ids.hpp"

namespace warsha::uuid {

namespace {

constexpr char kDigits[] = "0123456789abcdef";

bool hyphen_at(std::size_t place) {
  return place == 8 || place == 13 || place == 18 || place == 23;
}

int digit(char c) {
  if (c >= '0' && c <= '9')
    return c - '0';
  if (c >= 'a' && c <= 'f')
    return c - 'a' + 10;
  return -1;
}

} // namespace

std::string text(const Bytes& bytes) {
  std::string out;
  out.reserve(36);
  for (const auto byte : bytes) {
    if (hyphen_at(out.size()))
      out.push_back('-');
    out.push_back(kDigits[byte >> 4]);
    out.push_back(kDigits[byte & 15]);
  }
  return out;
}

std::optional<Bytes> parse(std::string_view text) {
  if (text.size() != 36)
    return std::nullopt;
  Bytes bytes{};
  std::size_t place = 0;
  for (auto& byte : bytes) {
    if (hyphen_at(place) && text[place++] != '-')
      return std::nullopt;
    const int high = digit(text[place]);
    const int low = digit(text[place + 1]);
    if (high < 0 || low < 0)
      return std::nullopt;
    byte = static_cast<std::uint8_t>(high * 16 + low);
    place += 2;
  }
  const bool version_7 = (bytes[6] >> 4) == 7;
  const bool variant_rfc = (bytes[8] >> 6) == 2;
  if (!version_7 || !variant_rfc)
    return std::nullopt;
  return bytes;
}

Bytes make(std::int64_t unix_ms, const std::array<std::uint8_t, 10>& random) {
  Bytes bytes{};
  for (int i = 0; i < 6; ++i)
    bytes[static_cast<std::size_t>(i)] = static_cast<std::uint8_t>(unix_ms >> (40 - 8 * i));
  for (std::size_t i = 0; i < random.size(); ++i)
    bytes[6 + i] = random[i];
  bytes[6] = static_cast<std::uint8_t>((bytes[6] & 0x0f) | 0x70);
  bytes[8] = static_cast<std::uint8_t>((bytes[8] & 0x3f) | 0x80);
  return bytes;
}

} // namespace warsha::uuid
