#pragma once

#include <cstdint>
#include <string>
#include <string_view>

/// Numbers and texts as lib0 writes them, the encoding under Yjs and y-protocols: seven bits a byte, the
/// lowest first, the eighth says that more follow.
namespace warsha::load {

inline void append_varuint(std::string& out, std::uint64_t value) {
  while (value > 0x7f) {
    out.push_back(static_cast<char>(0x80 | (value & 0x7f)));
    value >>= 7;
  }
  out.push_back(static_cast<char>(value));
}

inline void append_varstring(std::string& out, std::string_view text) {
  append_varuint(out, text.size());
  out.append(text);
}

/// Takes a number off the beginning; false when there is none.
[[nodiscard]] inline bool take_varuint(std::string_view& in, std::uint64_t& value) {
  value = 0;
  for (unsigned shift = 0; shift < 64 && !in.empty(); shift += 7) {
    const auto byte = static_cast<std::uint8_t>(in.front());
    in.remove_prefix(1);
    value |= static_cast<std::uint64_t>(byte & 0x7f) << shift;
    if ((byte & 0x80) == 0)
      return true;
  }
  return false;
}

} // namespace warsha::load
