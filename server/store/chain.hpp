#pragma once

#include "protocol/ids.hpp"
#include "server/store/digest.hpp"

#include <string_view>

/// The hash chains of journals and of review ledgers, apart from the SQL: who checks one needs no database.
namespace warsha::store {

/// hash of an event = SHA-256(hash of the event before ‖ body); before the first: SHA-256(workshop id as
/// text).
[[nodiscard]] Hash chain_start(const WorkshopId& workshop);
[[nodiscard]] Hash chain_next(const Hash& previous, std::string_view body);

/// The same of a review's entries; before the first: SHA-256(consultation id as text).
[[nodiscard]] Hash review_start(const ConsultationId& consultation);

} // namespace warsha::store
