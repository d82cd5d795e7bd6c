// Private to this folder: proposals that say nearly the same, of one consultation and of the others of its
// plan.
#pragma once

#include <nlohmann/json_fwd.hpp>

namespace warsha::review {
class Ledger;
struct Docket;
} // namespace warsha::review
namespace warsha::store {
class Connection;
}

namespace warsha::consultation {

/// For an organiser: `twins` that can be merged, likely ones `elsewhere` that can be linked, `links`, and
/// what was `told_apart` here. `docket` is a copy: the ledger is looked at for the rest of the plan.
[[nodiscard]] nlohmann::json view_pairs(review::Ledger& ledger, store::Connection& connection,
                                        const review::Docket& docket);

} // namespace warsha::consultation
