#include "server/review/dossier.hpp"

#include "server/live/board.hpp"
#include "server/live/boards.hpp"
#include "server/store/connection.hpp"
#include "server/store/people.hpp"

#include <set>

namespace warsha::review {

namespace {

void set_free(std::vector<store::ContributionRow>& rows) {
  std::set<ContributionId> hidden;
  for (const auto& row : rows)
    if (row.state == "hidden")
      hidden.insert(row.id);
  for (auto& row : rows)
    if (row.merged_into && hidden.contains(*row.merged_into))
      row.merged_into.reset();
}

/// They attend nothing, and are no staff either.
void add_writers_by_form(Dossier& dossier, const live::Board& board) {
  for (const auto& contribution : board.contributions)
    if (contribution.channel == Channel::form)
      dossier.participants.insert(contribution.author);
}

} // namespace

std::vector<store::ContributionRow> read_rows(store::Connection& connection, const WorkshopId& workshop) {
  auto rows = store::read_contributions(connection, workshop);
  set_free(rows);
  return rows;
}

void add_board(Dossier& dossier, std::shared_ptr<const live::Board> board) {
  for (const auto& contribution : board->contributions)
    for (const auto& supporter : contribution.supporters)
      dossier.supporters[contribution.id].push_back(supporter);
  dossier.boards.emplace(board->workshop, std::move(board));
}

std::optional<Dossier> read_dossier(store::Connection& connection, live::Boards& boards,
                                    const ConsultationId& id) {
  auto consultation = store::find_consultation(connection, id);
  if (!consultation)
    return std::nullopt;
  Dossier dossier;
  dossier.consultation = std::move(*consultation);
  dossier.workshops = store::workshops_of(connection, id);
  dossier.members_of_committee = store::count_granted(connection, {Role::committee, id.text()});
  if (const auto plan = store::plan_of(connection, id))
    dossier.plan = store::find_plan(connection, *plan);
  for (const auto& workshop : dossier.workshops) {
    dossier.contributions[workshop.id] = read_rows(connection, workshop.id);
    const auto attending = store::attending(connection, workshop.id);
    dossier.participants.insert(attending.begin(), attending.end());
    auto board = boards.read(connection, workshop.id);
    if (!board->form)
      dossier.people[workshop.id].insert(attending.begin(), attending.end());
    add_writers_by_form(dossier, *board);
    add_board(dossier, std::move(board));
  }
  for (const auto& account : store::all_accounts(connection))
    dossier.names_of_staff.emplace(account.id, account.name);
  return dossier;
}

} // namespace warsha::review
