// Private to this folder: where everything that was said stands, in numbers.
#pragma once

#include "server/publication/texts.hpp"

#include <nlohmann/json_fwd.hpp>

namespace warsha::publication {

/// The model of balance.html. It closes: the rows add up to what was received, and below what was merged, to
/// that.
[[nodiscard]] nlohmann::json balance_sheet(const Texts& texts, const nlohmann::json& balance);

/// Adds a balance to a sum of others, place by place; a sum of none is an object.
void add_balance(nlohmann::json& sum, const nlohmann::json& balance);

} // namespace warsha::publication
