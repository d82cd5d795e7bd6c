#include "server/net/socket.hpp"

namespace warsha::net {

SharedFrame text_frame(std::string_view text) {
  constexpr char kFinalText = '\x81'; // FIN and opcode 1
  constexpr std::size_t kSevenBits = 125;
  constexpr std::size_t kSixteenBits = 0xFFFF;
  constexpr std::size_t kLongestHeader = 10;
  auto frame = std::make_shared<Frame>();
  auto& bytes = frame->bytes;
  bytes.reserve(kLongestHeader + text.size());
  bytes += kFinalText;
  const auto size = text.size();
  int length_bytes = 0;
  if (size <= kSevenBits) {
    bytes += static_cast<char>(size);
  } else if (size <= kSixteenBits) {
    bytes += '\x7E';
    length_bytes = 2;
  } else {
    bytes += '\x7F';
    length_bytes = 8;
  }
  for (int shift = 8 * (length_bytes - 1); shift >= 0; shift -= 8)
    bytes += static_cast<char>((size >> shift) & 0xFF);
  bytes += text;
  return frame;
}

} // namespace warsha::net
