#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace warsha::bundle {

/// Lower case.
template <std::size_t kBytes> [[nodiscard]] std::string hex(const std::array<std::uint8_t, kBytes>& bytes) {
  std::string text;
  text.reserve(kBytes * 2);
  for (const auto byte : bytes) {
    text += "0123456789abcdef"[byte >> 4];
    text += "0123456789abcdef"[byte & 15];
  }
  return text;
}

/// Exactly so many bytes in lower case, or none: each value has one text.
template <std::size_t kBytes>
[[nodiscard]] std::optional<std::array<std::uint8_t, kBytes>> unhex(std::string_view text) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  if (text.size() != kBytes * 2)
    return std::nullopt;
  std::array<std::uint8_t, kBytes> bytes{};
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto digit = kDigits.find(text[i]);
    if (digit == std::string_view::npos)
      return std::nullopt;
    bytes[i / 2] = static_cast<std::uint8_t>(bytes[i / 2] << 4 | digit);
  }
  return bytes;
}

} // namespace warsha::bundle
