#pragma once

#include "protocol/sha256.hpp"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace warsha::store {

using Hash = std::array<std::uint8_t, 32>;

using warsha::sha256;
/// Lower case.
[[nodiscard]] std::string hex(const Hash& hash);

} // namespace warsha::store
