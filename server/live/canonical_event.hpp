#pragma once

#include "server/live/board.hpp"

#include <optional>
#include <string_view>

/// Events in exactly the bytes that encode_body writes, read without a document in between: what a start
/// reads a million times.
namespace warsha::live {

/// Type of an event on the wire and in the journal (schemas/live/events.schema.json).
[[nodiscard]] const char* event_type(const Change& change);

/// None when the body is not of this workshop and this seq, or not in the canonical form, whatever it may say
/// otherwise.
[[nodiscard]] std::optional<Event> read_canonical(const WorkshopId& workshop, Seq seq, std::string_view body);

} // namespace warsha::live
