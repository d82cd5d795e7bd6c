#pragma once

#include <cstdint>
#include <string>
#include <string_view>

/// The frames of RFC 6455 as a client reads and writes them; no I/O.
namespace warsha::load {

enum class Opcode : std::uint8_t { continuation = 0, text = 1, binary = 2, close = 8, ping = 9, pong = 10 };

/// Appends one whole frame to `out`, masked with `mask` (section 5.3).
void append_frame(std::string& out, Opcode opcode, std::string_view payload, std::uint32_t mask);

/// Cuts what a server sends into messages. Whole frames are handed on where they lie; only the beginning of a
/// frame that is not there yet, and fragments, are kept.
class FrameReader {
public:
  class Sink {
  public:
    /// A whole text or binary message; valid until it returns. False ends the reading.
    virtual bool on_message(Opcode opcode, std::string_view message) = 0;
    /// A ping, pong or close frame. False ends the reading.
    virtual bool on_control(Opcode opcode, std::string_view payload) = 0;

  protected:
    ~Sink() = default;
  };

  /// What breaks the protocol, in words, or nullptr. Nothing may be fed after a fault or an end.
  [[nodiscard]] const char* feed(std::string_view bytes, Sink& sink);

  [[nodiscard]] std::uint64_t frames() const { return frames_; }

private:
  const char* take(std::string_view bytes, std::size_t& used, Sink& sink);
  const char* frame(std::uint8_t first, std::string_view payload, Sink& sink);

  std::string pending_;   // an unfinished frame
  std::string fragments_; // an unfinished message
  Opcode fragmented_ = Opcode::continuation;
  bool ended_ = false;
  std::uint64_t frames_ = 0;
};

} // namespace warsha::load
