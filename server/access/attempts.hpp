#pragma once

#include "protocol/messages.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace warsha::access {

/// Limits wrong guesses per address and over all. Only failures cost: a whole room behind one address may
/// succeed at once. Thread-safe; memory is bounded (idle addresses are forgotten).
class Attempts {
public:
  struct Limits {
    double per_address, per_address_per_second, all, all_per_second;
  };
  explicit Attempts(Limits limits);
  ~Attempts();
  /// Milliseconds to wait before another guess is looked at; none: go on.
  [[nodiscard]] std::optional<std::int64_t> wait(std::string_view address, TimeMs now);
  void failed(std::string_view address, TimeMs now);

private:
  struct State;
  std::unique_ptr<State> state_;
};

} // namespace warsha::access
