#pragma once

#include "protocol/codes.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace warsha {

/// Why a message had no effect, as it goes on the wire (schemas/live/reject.schema.json) or into a
/// problem document (RFC 9457). `field` names the member at fault, `limit` the bound that was passed.
struct Rejection {
  Code code{};
  std::string field;
  std::optional<std::int64_t> limit;
};

} // namespace warsha
