#include "server/store/digest.hpp"

namespace warsha::store {

namespace {
constexpr std::string_view kDigits = "0123456789abcdef";
}

std::string hex(const Hash& hash) {
  std::string text;
  text.reserve(hash.size() * 2);
  for (const std::uint8_t byte : hash) {
    text += kDigits[byte >> 4];
    text += kDigits[byte & 15];
  }
  return text;
}

} // namespace warsha::store
