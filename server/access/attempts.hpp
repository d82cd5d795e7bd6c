#pragma once

#include "protocol/messages.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace warsha::access {

/// Limits wrong guesses per address and over all. A guess is taken before it is looked at, so that no more
/// are under way than may fail, and given back when it was right: a whole room behind one address may
/// succeed. Thread-safe; memory is bounded (idle addresses are forgotten).
class Attempts {
public:
  struct Limits {
    double per_address, per_address_per_second, all, all_per_second;
  };
  explicit Attempts(Limits limits);
  ~Attempts();
  /// Takes a guess, or takes nothing and gives the milliseconds after which there is one again.
  [[nodiscard]] std::optional<std::int64_t> take(std::string_view address, TimeMs now);
  /// The guess that was taken was right, or was not looked at.
  void give_back(std::string_view address);

private:
  struct State;
  std::unique_ptr<State> state_;
};

} // namespace warsha::access
