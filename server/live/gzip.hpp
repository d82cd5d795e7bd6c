#pragma once

#include <string>
#include <string_view>

namespace warsha::live {

/// RFC 1952. Thread-safe; milliseconds for a full board.
[[nodiscard]] std::string gzip(std::string_view bytes);

} // namespace warsha::live
