#pragma once

#include "server/live/changes.hpp"

#include <string>
#include <string_view>
#include <variant>

/// Events as the journal keeps them.
namespace warsha::live {

/// Canonical bytes: compact JSON, sorted keys, the workshop's id and the seq inside. Hashed as they are.
[[nodiscard]] std::string encode_body(const WorkshopId& workshop, const Event& event);

/// Gives the event, or what is wrong in one line. The body must be of this workshop and this seq.
[[nodiscard]] std::variant<Event, std::string> decode_body(const WorkshopId& workshop, Seq seq,
                                                           std::string_view body);

} // namespace warsha::live
