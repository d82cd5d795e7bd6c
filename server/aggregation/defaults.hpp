#pragma once

#include "server/aggregation/administrations.hpp"
#include "server/aggregation/lexicon.hpp"
#include "server/aggregation/parameters.hpp"

/// What schemas/aggregation held when this was built. Parsed once; thread-safe.
namespace warsha::aggregation {

[[nodiscard]] const Lexicon& shipped_lexicon();
[[nodiscard]] const Parameters& shipped_parameters();
[[nodiscard]] const Register& shipped_register();

} // namespace warsha::aggregation
