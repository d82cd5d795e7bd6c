#pragma once

#include "server/live/directory.hpp"
#include "server/store/people.hpp"

#include <nlohmann/json_fwd.hpp>
#include <vector>

namespace warsha::consultation {

/// What is supported, as schemas/http has it. Those who steer also get the tables' figures, and how far the
/// kinds of organisation agree by what `people` said of themselves: one number over all kinds that are at
/// least limits::kAgreementGroupLeast people, never a kind's own.
[[nodiscard]] nlohmann::json results_of(const live::Inspection& found, live::Audience audience,
                                        const std::vector<store::Characteristics>& people);

} // namespace warsha::consultation
