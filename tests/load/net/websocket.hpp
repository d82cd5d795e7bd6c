#pragma once

#include "tests/load/net/stream.hpp"
#include "tests/load/net/websocket_framing.hpp"

#include <cstdint>
#include <memory>
#include <string>

namespace warsha::load {

/// One WebSocket of one participant: the upgrade, frames both ways, pongs for pings. Where it ends is
/// reported once.
class WebSocket final : private Stream::Handler, private FrameReader::Sink {
public:
  class Handler {
  public:
    virtual void on_open() = 0;
    /// Valid until it returns.
    virtual void on_message(std::string_view message) = 0;
    /// It ended without our doing: a close frame's code, or 0 and why.
    virtual void on_end(int code, const std::string& why) = 0;

  protected:
    ~Handler() = default;
  };
  struct Settings {
    std::string target;
    std::string subprotocol; // empty: none is asked for
    std::string cookie;
    Stream::Settings stream;
  };

  WebSocket(EventLoop& loop, const Server& server, Settings settings, Handler& handler);
  ~WebSocket() = default;

  void connect();
  void send(std::string_view message, Opcode opcode = Opcode::text);
  /// Says goodbye and closes; nothing more is reported.
  void close();
  /// Gone without a word, as when the network fails.
  void drop();
  void stop_reading() { stream_.stop_reading(); }

  [[nodiscard]] bool is_open() const { return stage_ == Stage::open; }

  /// Frames received, of all sockets together.
  [[nodiscard]] static std::uint64_t frames_received();

private:
  enum class Stage : std::uint8_t { connecting, upgrading, open, ended };

  void on_connected() override;
  void on_bytes(std::string_view bytes) override;
  void on_gone(const std::string& why) override;
  bool on_message(Opcode opcode, std::string_view message) override;
  bool on_control(Opcode opcode, std::string_view payload) override;

  void read_answer(std::string_view bytes);
  void read_frames(std::string_view bytes);
  void end(int code, const std::string& why);

  Settings settings_;
  const Server& server_;
  Handler& handler_;
  Stage stage_ = Stage::connecting;
  std::string answer_;
  FrameReader reader_;
  Stream stream_;
};

} // namespace warsha::load
