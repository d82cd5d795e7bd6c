#pragma once

#include "protocol/messages.hpp"

#include <nlohmann/json_fwd.hpp>

namespace warsha::live {
struct Inspection;
}

namespace warsha::consultation {

/// One workshop's line of the overview, as schemas/http/openapi.yaml describes it: figures and titles,
/// nobody's words and nobody's name. `asking` is left out of the staff who are there.
[[nodiscard]] nlohmann::json overview_line(const live::Inspection& found, const ActorId& asking, TimeMs now);

} // namespace warsha::consultation
