#pragma once

#include "tests/support/http.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace warsha::test {

inline constexpr auto kPatience = std::chrono::seconds(60);

/// A blocking live connection: every call ends, by its deadline at the latest. Reads nothing unless asked.
class LiveSocket {
public:
  /// narrow: takes as little as the kernel allows before it is read.
  explicit LiveSocket(std::uint16_t port, const std::string& target, const Headers& headers = {},
                      bool narrow = false);
  ~LiveSocket();
  LiveSocket(LiveSocket&&) noexcept;
  LiveSocket& operator=(LiveSocket&&) noexcept;

  /// 101, or the status with which the upgrade was refused; 0 without an answer.
  [[nodiscard]] int status() const;
  /// The stable code of the refusal.
  [[nodiscard]] std::string refusal() const;
  [[nodiscard]] std::string subprotocol() const;

  void send(const nlohmann::json& message);
  /// Any bytes, also those that are no UTF-8.
  void send_text(std::string_view bytes);
  void send_binary(std::string_view bytes);

  /// The next message (a frame holds several), or nothing when the time is over or the socket closed.
  [[nodiscard]] std::optional<nlohmann::json> next(std::chrono::milliseconds patience = kPatience);
  /// The next for which it is so; what comes before is passed over.
  nlohmann::json until(const std::function<bool(const nlohmann::json&)>& wanted,
                       std::chrono::milliseconds patience = kPatience);
  nlohmann::json until(const std::string& type);
  /// The ack or reject of a command.
  nlohmann::json answer_to(const std::string& id);
  /// Reads until the server closes: its code, 1006 without one, 0 when it stays open.
  [[nodiscard]] int close_code();

private:
  struct State;
  std::unique_ptr<State> state_;
};

} // namespace warsha::test
