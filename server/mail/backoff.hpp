#pragma once

#include <algorithm>
#include <chrono>

namespace warsha::mail {

/// How long to wait after so many failures (from 1): twice as long each time, up to `most`.
[[nodiscard]] constexpr std::chrono::milliseconds wait_after(int failures, std::chrono::milliseconds first,
                                                             std::chrono::milliseconds most) {
  auto wait = first;
  for (int i = 1; i < failures && wait < most; ++i)
    wait *= 2;
  return std::min(wait, most);
}

} // namespace warsha::mail
