#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace warsha::access {

/// RFC 4648, section 5, without padding.
[[nodiscard]] std::string base64url(std::string_view bytes);
/// None for anything that base64url() would not have made.
[[nodiscard]] std::optional<std::string> from_base64url(std::string_view text);

} // namespace warsha::access
