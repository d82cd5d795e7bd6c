#pragma once

#include "server/live/board.hpp"
#include "server/review/docket.hpp"
#include "server/review/dossier.hpp"

#include <map>
#include <nlohmann/json_fwd.hpp>

/// What the public may know of a consultation, as one document: schemas/exports/record.schema.json. The
/// pages, the feeds and the exports are made of it, so that none of them says more than another, and nobody's
/// name is in any.
namespace warsha::publication {

inline constexpr std::string_view kRecordFormat = "warsha-record/2";

/// Contributions are in it from the moment that their workshop is closed, or that the review did something
/// with them or with what they were merged into. Pure.
[[nodiscard]] nlohmann::json make_record(const review::Docket& docket, const review::Dossier& dossier,
                                         TimeMs now);

} // namespace warsha::publication
