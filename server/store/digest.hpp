#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace warsha::store {

using Hash = std::array<std::uint8_t, 32>;

/// SHA-256 of `first` followed by `second`.
[[nodiscard]] Hash sha256(std::string_view first, std::string_view second = {});
/// Lower case.
[[nodiscard]] std::string hex(const Hash& hash);

} // namespace warsha::store
