#pragma once

#include "server/review/views.hpp"

#include <memory>
#include <optional>
#include <vector>

namespace warsha::store {
class Connection;
}
namespace warsha::live {
class Boards;
}

namespace warsha::review {

/// What was said in a workshop. What stood under words that were hidden stands on its own, as on the board.
[[nodiscard]] std::vector<store::ContributionRow> read_rows(store::Connection& connection,
                                                            const WorkshopId& workshop);
/// A consultation with all that was said in it; none when there is no such consultation.
[[nodiscard]] std::optional<Dossier> read_dossier(store::Connection& connection, live::Boards& boards,
                                                  const ConsultationId& id);
/// A workshop's board, and who supports what on it.
void add_board(Dossier& dossier, std::shared_ptr<const live::Board> board);

} // namespace warsha::review
