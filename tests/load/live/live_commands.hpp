#pragma once

#include "protocol/messages.hpp"

#include <cstddef>
#include <random>
#include <string>
#include <string_view>

/// Commands as texts for the wire, written without a JSON library: what they hold needs no escaping.
namespace warsha::load {

struct LiveCommand {
  std::string id;
  std::string message;
};

/// Makes commands with fresh ids. Not cryptographic: nothing here is secret.
class CommandMaker {
public:
  explicit CommandMaker(unsigned seed) : random_(seed) {}

  [[nodiscard]] LiveCommand contribute(Kind kind, std::string_view text);
  [[nodiscard]] LiveCommand edit(std::string_view contribution, std::string_view text);
  [[nodiscard]] LiveCommand withdraw(std::string_view contribution);
  [[nodiscard]] LiveCommand support(std::string_view contribution, bool on);
  [[nodiscard]] LiveCommand add_theme(std::string_view title);
  [[nodiscard]] LiveCommand place(std::string_view contribution, std::string_view theme);
  [[nodiscard]] LiveCommand enter(Phase phase);
  [[nodiscard]] LiveCommand start_timer(int duration_ms);

private:
  [[nodiscard]] LiveCommand make(std::string_view action, std::string_view members);

  std::mt19937_64 random_;
};

/// How long an edit's text is to be so that its event is about `event_bytes` long.
[[nodiscard]] std::size_t text_bytes_for(std::size_t event_bytes);

} // namespace warsha::load
