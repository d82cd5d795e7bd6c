#pragma once

#include "server/aggregation/administrations.hpp"
#include "server/aggregation/lexicon.hpp"
#include "server/aggregation/parameters.hpp"

#include <vector>

/// What schemas/aggregation held when this was built. Parsed once; thread-safe.
namespace warsha::aggregation {

[[nodiscard]] const Lexicon& shipped_lexicon();
[[nodiscard]] const Parameters& shipped_parameters();
[[nodiscard]] const std::vector<Administration>& shipped_administrations();

} // namespace warsha::aggregation
