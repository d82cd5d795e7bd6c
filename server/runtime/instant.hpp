#pragma once

#include <cstdint>
#include <string>

namespace warsha {

/// Milliseconds since 1970 as RFC 3339 has them, in UTC and whole seconds: "2026-11-30T09:00:00Z".
[[nodiscard]] std::string instant(std::int64_t at);

} // namespace warsha
