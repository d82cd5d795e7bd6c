#pragma once

#include "server/review/views.hpp"

#include <map>
#include <optional>
#include <vector>

namespace warsha::store {
class Connection;
}
namespace warsha::live {
struct Board;
}

namespace warsha::review {

/// What was said in a workshop. What stood under words that were hidden stands on its own, as on the board.
[[nodiscard]] std::vector<store::ContributionRow> read_rows(store::Connection& connection,
                                                            const WorkshopId& workshop);
/// A consultation with all that was said in it; none when there is no such consultation. Who supports what is
/// known from its boards, which `boards` keeps for who needs more of them.
[[nodiscard]] std::optional<Dossier> read_dossier(store::Connection& connection, const ConsultationId& id,
                                                  std::map<WorkshopId, live::Board>* boards = nullptr);
/// Who supports what in a workshop.
void add_supporters(Dossier& dossier, const live::Board& board);

} // namespace warsha::review
