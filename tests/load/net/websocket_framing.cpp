#include "tests/load/net/websocket_framing.hpp"

#include <array>
#include <cstring>

namespace warsha::load {

namespace {

constexpr std::uint8_t kFinal = 0x80;
constexpr std::uint8_t kReserved = 0x70;
constexpr std::uint8_t kOpcodeBits = 0x0f;
constexpr std::uint8_t kMasked = 0x80;
constexpr std::size_t kShortLength = 125; // also the most of a control frame
constexpr std::uint8_t kLength16 = 126;
constexpr std::uint8_t kLength64 = 127;
/// No server here sends more in one frame; a broken length must not make us wait for exabytes.
constexpr std::uint64_t kLongestFrame = std::uint64_t{64} * 1024 * 1024;
/// A buffer that a long frame made this large is not kept.
constexpr std::size_t kKeptBuffer = std::size_t{16} * 1024;

std::uint64_t big_endian(std::string_view bytes) {
  std::uint64_t value = 0;
  for (const char byte : bytes)
    value = (value << 8) | static_cast<std::uint8_t>(byte);
  return value;
}

struct Header {
  std::uint8_t first = 0;
  std::size_t bytes = 0;
  std::uint64_t payload = 0;
};

enum class Parsed { complete, incomplete, masked };

Parsed parse(std::string_view bytes, Header& header) {
  if (bytes.size() < 2)
    return Parsed::incomplete;
  const auto second = static_cast<std::uint8_t>(bytes[1]);
  if ((second & kMasked) != 0)
    return Parsed::masked;
  const std::size_t extended = second == kLength16 ? 2 : second == kLength64 ? 8 : 0;
  if (bytes.size() < 2 + extended)
    return Parsed::incomplete;
  header.first = static_cast<std::uint8_t>(bytes[0]);
  header.bytes = 2 + extended;
  header.payload = extended == 0 ? second : big_endian(bytes.substr(2, extended));
  return Parsed::complete;
}

bool is_control(Opcode opcode) {
  return (static_cast<std::uint8_t>(opcode) & 0x08) != 0;
}

bool is_known(Opcode opcode) {
  switch (opcode) {
  case Opcode::continuation:
  case Opcode::text:
  case Opcode::binary:
  case Opcode::close:
  case Opcode::ping:
  case Opcode::pong:
    return true;
  }
  return false;
}

} // namespace

void append_frame(std::string& out, Opcode opcode, std::string_view payload, std::uint32_t mask) {
  out.push_back(static_cast<char>(kFinal | static_cast<std::uint8_t>(opcode)));
  const auto length = payload.size();
  if (length <= kShortLength) {
    out.push_back(static_cast<char>(kMasked | length));
  } else {
    const bool wide = length > 0xffff;
    out.push_back(static_cast<char>(kMasked | (wide ? kLength64 : kLength16)));
    for (int shift = wide ? 56 : 8; shift >= 0; shift -= 8)
      out.push_back(static_cast<char>(static_cast<std::uint64_t>(length) >> shift));
  }
  std::array<char, 4> key{};
  std::memcpy(key.data(), &mask, key.size());
  out.append(key.data(), key.size());
  const auto begin = out.size();
  out.append(payload);
  for (std::size_t i = 0; i < length; ++i)
    out[begin + i] = static_cast<char>(out[begin + i] ^ key[i & 3]);
}

const char* FrameReader::feed(std::string_view bytes, Sink& sink) {
  std::size_t used = 0;
  if (pending_.empty()) {
    const char* wrong = take(bytes, used, sink);
    if (!wrong && !ended_)
      pending_.assign(bytes.substr(used));
    return wrong;
  }
  pending_.append(bytes);
  const char* wrong = take(pending_, used, sink);
  if (wrong || ended_)
    return wrong;
  if (used == pending_.size() && pending_.capacity() > kKeptBuffer)
    pending_ = std::string();
  else
    pending_.erase(0, used);
  return nullptr;
}

const char* FrameReader::take(std::string_view bytes, std::size_t& used, Sink& sink) {
  while (!ended_) {
    Header header;
    const auto rest = bytes.substr(used);
    const auto parsed = parse(rest, header);
    if (parsed == Parsed::masked)
      return "a server's frame is masked";
    if (parsed == Parsed::incomplete)
      return nullptr;
    if (header.payload > kLongestFrame)
      return "a frame is longer than any message can be";
    if (rest.size() - header.bytes < header.payload)
      return nullptr;
    const auto payload = rest.substr(header.bytes, static_cast<std::size_t>(header.payload));
    used += header.bytes + payload.size();
    if (const char* wrong = frame(header.first, payload, sink))
      return wrong;
  }
  return nullptr;
}

const char* FrameReader::frame(std::uint8_t first, std::string_view payload, Sink& sink) {
  ++frames_;
  const auto opcode = static_cast<Opcode>(first & kOpcodeBits);
  const bool final = (first & kFinal) != 0;
  if ((first & kReserved) != 0)
    return "a reserved bit is set, and no extension was agreed on";
  if (!is_known(opcode))
    return "a frame has an unknown opcode";
  if (is_control(opcode)) {
    if (!final || payload.size() > kShortLength)
      return "a control frame is fragmented or too long";
    ended_ = !sink.on_control(opcode, payload);
    return nullptr;
  }
  if ((opcode == Opcode::continuation) != (fragmented_ != Opcode::continuation))
    return fragmented_ == Opcode::continuation ? "a continuation continues nothing"
                                               : "a message begins inside another";
  if (opcode != Opcode::continuation && final) {
    ended_ = !sink.on_message(opcode, payload);
    return nullptr;
  }
  if (opcode != Opcode::continuation)
    fragmented_ = opcode;
  fragments_.append(payload);
  if (fragments_.size() > kLongestFrame)
    return "a message is longer than any can be";
  if (!final)
    return nullptr;
  const auto message = std::move(fragments_);
  fragments_ = std::string();
  const auto began_as = fragmented_;
  fragmented_ = Opcode::continuation;
  ended_ = !sink.on_message(began_as, message);
  return nullptr;
}

} // namespace warsha::load
