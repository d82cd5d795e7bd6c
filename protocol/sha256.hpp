#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace warsha {

/// SHA-256 of `first` followed by `second`. Thread-safe.
[[nodiscard]] std::array<std::uint8_t, 32> sha256(std::string_view first, std::string_view second = {});

} // namespace warsha
