#pragma once

#include "server/consultation/document.hpp"
#include "server/replay/plan.hpp"

#include <map>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

namespace warsha::replay {

/// What a board (a staff snapshot) and the file it was played from say differently, one line each; empty:
/// they are equal, item by item. Supports are compared with what the room could give: nobody supports their
/// own.
[[nodiscard]] std::vector<std::string> compare(const consultation::FileWorkshop& file,
                                               const WorkshopPlan& plan, const nlohmann::json& snapshot);

} // namespace warsha::replay
