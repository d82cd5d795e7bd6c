#include "protocol/limits.hpp"
#include "server/live/deciding.hpp"

#include <algorithm>

namespace warsha::live {

namespace {

bool has_asked(const Floor& floor, const ActorId& actor) {
  return std::any_of(floor.queue.begin(), floor.queue.end(),
                     [&](const Floor::Asked& asked) { return asked.participant == actor; });
}

} // namespace

Decision decide(const Deciding& deciding, const action::TableAdd& wanted) {
  if (deciding.board.tables.size() >= limits::kTables)
    return reject(Code::too_many_tables, {}, limits::kTables);
  return change::TableAdded{id_cast<TableId>(deciding.command.id), wanted.title};
}

Decision decide(const Deciding& deciding, const action::TableRename& wanted) {
  const auto* table = deciding.board.find(wanted.table);
  if (!table)
    return reject(Code::table_not_found, "table");
  if (table->title == wanted.title)
    return NothingToChange{};
  return change::TableRenamed{wanted.table, wanted.title};
}

Decision decide(const Deciding& deciding, const action::TableRemove& wanted) {
  if (!deciding.board.find(wanted.table))
    return reject(Code::table_not_found, "table");
  return change::TableRemoved{wanted.table};
}

Decision decide(const Deciding& deciding, const action::TableRestore& wanted) {
  const auto& board = deciding.board;
  if (board.find(wanted.table))
    return NothingToChange{};
  const auto found = std::find_if(board.removed_tables.begin(), board.removed_tables.end(),
                                  [&](const RemovedTable& one) { return one.table.id == wanted.table; });
  if (found == board.removed_tables.end())
    return reject(Code::table_not_found, "table");
  if (board.tables.size() >= limits::kTables)
    return reject(Code::too_many_tables, {}, limits::kTables);
  change::TableRestored restored{wanted.table, {}};
  for (const auto& person : found->people)
    if (!board.seat_of(person) && !board.removed.contains(person))
      restored.participants.push_back(person);
  return restored;
}

Decision decide(const Deciding& deciding, const action::TableSeat& wanted) {
  if (wanted.table && !deciding.board.find(*wanted.table))
    return reject(Code::table_not_found, "table");
  change::TableSeated seated{wanted.table, {}};
  for (const auto& participant : wanted.participants)
    if (deciding.board.seat_of(participant) != wanted.table)
      seated.participants.push_back(participant);
  if (seated.participants.empty())
    return NothingToChange{};
  return seated;
}

Decision decide(const Deciding& deciding, const action::TableSit& wanted) {
  if (!deciding.board.find(wanted.table))
    return reject(Code::table_not_found, "table");
  if (deciding.board.seat_of(deciding.actor.id) == wanted.table)
    return NothingToChange{};
  return change::TableSeated{wanted.table, {deciding.actor.id}};
}

Decision decide(const Deciding& deciding, const action::TableRapporteur& wanted) {
  const auto* table = deciding.board.find(wanted.table);
  if (!table)
    return reject(Code::table_not_found, "table");
  const auto& self = deciding.actor.id;
  if (!deciding.is_staff()) {
    if (deciding.board.seat_of(self) != wanted.table)
      return reject(Code::not_your_table, "table");
    // Oneself, or nobody when it was oneself: nobody is put forward or pushed out by others.
    if (wanted.participant ? *wanted.participant != self : table->rapporteur != self)
      return reject(Code::not_permitted, "participant");
  } else if (wanted.participant && deciding.board.seat_of(*wanted.participant) != wanted.table) {
    return reject(Code::person_not_found, "participant");
  }
  if (table->rapporteur == wanted.participant)
    return NothingToChange{};
  return change::RapporteurNamed{wanted.table, wanted.participant};
}

Decision decide(const Deciding& deciding, const action::TableSetStatus& wanted) {
  const auto* table = deciding.board.find(wanted.table);
  if (!table)
    return reject(Code::table_not_found, "table");
  if (!deciding.is_staff() && deciding.board.seat_of(deciding.actor.id) != wanted.table)
    return reject(Code::not_your_table, "table");
  if (table->status == wanted.status)
    return NothingToChange{};
  return change::TableStatusSet{wanted.table, wanted.status};
}

Decision decide(const Deciding& deciding, const action::FloorAsk&) {
  if (has_asked(deciding.board.floor, deciding.actor.id))
    return NothingToChange{};
  return change::FloorAsked{};
}

Decision decide(const Deciding& deciding, const action::FloorLeave&) {
  if (!has_asked(deciding.board.floor, deciding.actor.id))
    return NothingToChange{};
  return change::FloorLeft{};
}

Decision decide(const Deciding& deciding, const action::FloorGive& wanted) {
  const auto& speaking = deciding.board.floor.speaking;
  if (speaking && speaking->participant == wanted.participant)
    return NothingToChange{};
  return change::FloorGiven{wanted.participant};
}

Decision decide(const Deciding& deciding, const action::FloorEnd&) {
  if (!deciding.board.floor.speaking)
    return NothingToChange{};
  return change::FloorEnded{};
}

Decision decide(const Deciding& deciding, const action::FloorTakeBack& wanted) {
  const auto& last = deciding.board.floor.last_turn;
  if (!last || last->of != wanted.participant)
    return reject(Code::floor_went_on, "participant");
  return change::FloorTakenBack{};
}

Decision decide(const Deciding& deciding, const action::PersonRemove& wanted) {
  if (deciding.board.removed.contains(wanted.participant))
    return NothingToChange{};
  if (wanted.participant == deciding.actor.id)
    return reject(Code::invalid_value, "participant");
  return change::PersonRemoved{wanted.participant, wanted.ground};
}

Decision decide(const Deciding& deciding, const action::PersonReadmit& wanted) {
  if (!deciding.board.removed.contains(wanted.participant))
    return NothingToChange{};
  return change::PersonReadmitted{wanted.participant};
}

} // namespace warsha::live
