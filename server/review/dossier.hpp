#pragma once

#include "server/review/views.hpp"

#include <optional>

namespace warsha::store {
class Connection;
}

namespace warsha::review {

/// A consultation with all that was said in it; none when there is no such consultation.
[[nodiscard]] std::optional<Dossier> read_dossier(store::Connection& connection, const ConsultationId& id);

} // namespace warsha::review
