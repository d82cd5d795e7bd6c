#include "protocol/json_writer.hpp"

#include <array>

namespace warsha::json_writer {

namespace {

/// The letter after a backslash; 'u' for other controls; 0 for what stands for itself.
constexpr auto kEscapes = [] {
  std::array<char, 256> escapes{};
  for (std::size_t control = 0; control < 0x20; ++control)
    escapes[control] = 'u';
  escapes['\b'] = 'b';
  escapes['\t'] = 't';
  escapes['\n'] = 'n';
  escapes['\f'] = 'f';
  escapes['\r'] = 'r';
  escapes['"'] = '"';
  escapes['\\'] = '\\';
  return escapes;
}();

void append_escaped(std::string& out, char c) {
  const char escape = kEscapes[static_cast<unsigned char>(c)];
  out += '\\';
  out += escape;
  if (escape != 'u')
    return;
  out += "00";
  out += "0123456789abcdef"[c >> 4];
  out += "0123456789abcdef"[c & 15];
}

} // namespace

void append(std::string& out, std::string_view text) {
  out += '"';
  std::size_t begin = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (kEscapes[static_cast<unsigned char>(text[i])] == 0)
      continue;
    out.append(text, begin, i - begin);
    append_escaped(out, text[i]);
    begin = i + 1;
  }
  out.append(text, begin);
  out += '"';
}

void append(std::string& out, const uuid::Bytes& id) {
  const auto text = uuid::characters(id);
  out += '"';
  out.append(text.data(), text.size());
  out += '"';
}

} // namespace warsha::json_writer
