#include "protocol/ids.hpp"

#include <stdexcept>
#include <unistd.h>

namespace warsha::uuid {

namespace {

constexpr char kDigits[] = "0123456789abcdef";

/// Where the two digits of each byte stand in the text.
constexpr std::array<std::uint8_t, 16> kPlaces{0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34};

/// The value of each character as a digit; 0xff: it is none.
constexpr auto kValues = [] {
  std::array<std::uint8_t, 256> values{};
  values.fill(0xff);
  for (std::uint8_t value = 0; value < 16; ++value)
    values[static_cast<unsigned char>(kDigits[value])] = value;
  return values;
}();

std::uint8_t digit(char c) {
  return kValues[static_cast<unsigned char>(c)];
}

} // namespace

std::array<char, 36> characters(const Bytes& bytes) {
  std::array<char, 36> out;
  out[8] = out[13] = out[18] = out[23] = '-';
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    out[kPlaces[i]] = kDigits[bytes[i] >> 4];
    out[kPlaces[i] + 1U] = kDigits[bytes[i] & 15];
  }
  return out;
}

std::string text(const Bytes& bytes) {
  const auto all = characters(bytes);
  return {all.data(), all.size()};
}

std::optional<Bytes> parse(std::string_view text) {
  if (text.size() != 36 || text[8] != '-' || text[13] != '-' || text[18] != '-' || text[23] != '-')
    return std::nullopt;
  Bytes bytes;
  std::uint8_t all = 0;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const auto high = digit(text[kPlaces[i]]);
    const auto low = digit(text[kPlaces[i] + 1U]);
    all |= high | low;
    bytes[i] = static_cast<std::uint8_t>(high << 4 | low);
  }
  const bool digits = all < 16;
  const bool version_7 = (bytes[6] >> 4) == 7;
  const bool variant_rfc = (bytes[8] >> 6) == 2;
  if (!digits || !version_7 || !variant_rfc)
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

HashKey draw_hash_key() {
  HashKey key;
  if (getentropy(key.data(), sizeof key) != 0)
    throw std::runtime_error("the system gives no random bytes");
  key[1] |= 1; // a factor of zero would make all ids one
  key[2] |= 1;
  return key;
}

} // namespace warsha::uuid
