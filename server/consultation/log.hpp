#pragma once

#include "protocol/ids.hpp"

#include <string>

namespace warsha::store {
class Connection;
}

namespace warsha::consultation {

/// All that happened in a workshop as CSV, one line an event: when, what, by whom, about which contribution
/// and which people, the words, and the figures and settings. People stand by their aliases, as in the room;
/// who wrote what was written without names does not stand at all. The single edits of drafts are left out.
[[nodiscard]] std::string log_of(store::Connection& connection, const WorkshopId& workshop);

} // namespace warsha::consultation
