// Private to this folder.
#pragma once

#include "protocol/messages.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace warsha::review {

/// What members said, each with "at", in the order in which it was said: an order of members would tell who
/// is who from one matter to the next.
inline nlohmann::json by_time(nlohmann::json said) {
  std::stable_sort(said.begin(), said.end(), [](const nlohmann::json& one, const nlohmann::json& other) {
    return one.at("at").get<TimeMs>() < other.at("at").get<TimeMs>();
  });
  return said;
}

} // namespace warsha::review
