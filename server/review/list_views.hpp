#pragma once

#include "server/review/views.hpp"

#include <nlohmann/json_fwd.hpp>

/// What the committee was asked and what came of it, as JSON. The public reads every word and no name.
namespace warsha::review {

/// All lists, the latest first; for staff with names, and with what `me` said in them.
[[nodiscard]] nlohmann::json view_lists(const Docket& docket, const Dossier& dossier, Reader reader,
                                        const ActorId& me, TimeMs now);
/// What the committee made of a proposal; null when it was not asked.
[[nodiscard]] nlohmann::json view_standing(const Docket& docket, const Proposal& proposal, TimeMs now);
[[nodiscard]] nlohmann::json view_overrulings(const Docket& docket, TimeMs now);

} // namespace warsha::review
