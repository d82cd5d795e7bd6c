#pragma once

#include "server/review/views.hpp"

#include <nlohmann/json_fwd.hpp>
#include <vector>

/// What stands behind a contribution or a proposal: what was merged in the meeting goes along with what it
/// was merged into, and neither its words nor its people are forgotten on the way.
namespace warsha::review {

/// In the order it was said. Hidden and withdrawn words stand behind nothing. Lasts as long as the dossier.
[[nodiscard]] Merged merged_in(const Docket& docket, const Dossier& dossier);

/// {contributions, people} of these. Who wrote several alone is one of the people; a contribution of several
/// people counts them all. The public is not told of people: fewer than contributions would say that two
/// texts without a name are of one person.
[[nodiscard]] nlohmann::json
view_behind(const Dossier& dossier, const std::vector<const store::ContributionRow*>& said, Reader reader);

/// The contribution and what was merged into it.
[[nodiscard]] std::vector<const store::ContributionRow*> with_merged(const Merged& merged,
                                                                     const store::ContributionRow& head);

} // namespace warsha::review
