#include "protocol/text_edit.hpp"

#include <algorithm>

namespace warsha {

namespace {

/// Bytes of the first so many code points; none when there are fewer.
std::optional<std::size_t> bytes_of(std::string_view text, std::uint32_t code_points) {
  std::size_t at = 0;
  for (; code_points > 0; --code_points) {
    if (at == text.size())
      return std::nullopt;
    do
      ++at;
    while (at < text.size() && (text[at] & 0xc0) == 0x80);
  }
  return at;
}

} // namespace

std::optional<std::string> apply_edit(std::string_view text, const TextEdit& edit) {
  std::string out;
  out.reserve(text.size() + 64);
  for (const auto& part : edit.parts) {
    if (const auto* insert = std::get_if<TextEdit::Insert>(&part)) {
      out += insert->text;
      continue;
    }
    const auto* keep = std::get_if<TextEdit::Keep>(&part);
    const auto bytes =
        bytes_of(text, keep ? keep->code_points : std::get<TextEdit::Delete>(part).code_points);
    if (!bytes)
      return std::nullopt;
    if (keep)
      out.append(text, 0, *bytes);
    text.remove_prefix(*bytes);
  }
  out += text;
  return out;
}

std::size_t count_code_points(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xc0) != 0x80; }));
}

} // namespace warsha
