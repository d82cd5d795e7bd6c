#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string_view>

namespace warsha::bundle {

/// SHA-256 of what is taken piece by piece, for files that are never in memory as a whole.
class Digest {
public:
  Digest();
  ~Digest();
  void take(std::string_view bytes);
  /// Of all that was taken; nothing more can be taken afterwards.
  [[nodiscard]] std::array<std::uint8_t, 32> finish();

private:
  struct State;
  std::unique_ptr<State> state_;
};

} // namespace warsha::bundle
