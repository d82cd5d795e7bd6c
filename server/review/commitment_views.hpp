#pragma once

#include "server/review/views.hpp"

#include <nlohmann/json_fwd.hpp>

/// Commitments, contestations and the committee's opinions as each audience is shown them, as JSON. The
/// public sees a commitment once it is confirmed, and no person anywhere.
namespace warsha::review {

[[nodiscard]] nlohmann::json view_commitment(const Docket& docket, const Dossier& dossier,
                                             const Commitment& commitment, Reader reader, TimeMs now);
/// Those of an administration, or all for who reads the docket; drafts too.
[[nodiscard]] nlohmann::json view_commitments(const Docket& docket, const Dossier& dossier,
                                              const std::optional<std::string>& lead, TimeMs now);
/// What a proposal's page says of the commitment that it entered; null when there is none to show.
[[nodiscard]] nlohmann::json view_commitment_of(const Docket& docket, const Proposal& proposal, Reader reader,
                                                TimeMs now);
[[nodiscard]] nlohmann::json view_opinions(const Proposal& proposal, const Dossier& dossier, Reader reader);
/// Everybody reads the words once somebody has decided on them.
[[nodiscard]] nlohmann::json view_contestation(const Contestation& contestation, Reader reader);

} // namespace warsha::review
