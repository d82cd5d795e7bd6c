#pragma once

#include "server/live/changes.hpp"

#include <array>
#include <optional>
#include <string_view>
#include <type_traits>
#include <variant>

/// Events in exactly the bytes that encode_body writes, read without a document in between: what a start
/// reads a million times.
namespace warsha::live {

/// Names of the alternatives of Change, in their order.
inline constexpr auto kEventTypes =
    []<class... Alternative>(std::type_identity<std::variant<Alternative...>>) {
      return std::array<std::string_view, sizeof...(Alternative)>{Alternative::kType...};
    }(std::type_identity<Change>{});

/// What stands around a change in an event's body, sorted.
inline constexpr std::array<std::string_view, 6> kEventEnvelope{"at",  "by",   "command",
                                                                "seq", "type", "workshop"};

/// None when the body is not of this workshop and this seq, or not in the canonical form, whatever it may say
/// otherwise.
[[nodiscard]] std::optional<Event> read_canonical(const WorkshopId& workshop, Seq seq, std::string_view body);

} // namespace warsha::live
