#pragma once

#include "server/review/views.hpp"

#include <nlohmann/json_fwd.hpp>

/// Questions about proposals, to each audience. What authors reply is told where it was published, and there
/// without who they are: to everybody, and so to the administration that asked.
namespace warsha::review {

/// Of one proposal. For the administration that it is with: its own, and what is public of others'; for
/// anybody else, organisers too: those with a published reply of an author whose contribution may be read.
[[nodiscard]] nlohmann::json view_questions(const Docket& docket, const Dossier& dossier,
                                            const Proposal& proposal, Reader reader);

/// All of a docket, for its organisers, who reply and say what of the authors' replies is published. The
/// oldest first.
[[nodiscard]] nlohmann::json view_questions_for_organiser(const Docket& docket, const Dossier& dossier);

/// Those that a contribution's author is or was asked, for who holds its receipt; the oldest first. A receipt
/// may be shown to others: a reply's words that are not public are told to `own_device` alone.
[[nodiscard]] nlohmann::json view_questions_to_author(const Docket& docket, const store::ContributionRow& row,
                                                      bool own_device);

} // namespace warsha::review
