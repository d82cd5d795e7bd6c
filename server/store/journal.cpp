#include "server/store/journal.hpp"

#include "server/store/review.hpp"
#include "server/store/statement.hpp"

namespace warsha::store {

namespace {

[[nodiscard]] Kind read_kind(const Statement& row, int column) {
  const auto kind = parse<Kind>(row.view(column));
  if (!kind)
    throw StoreError("a stored contribution has the unknown kind \"" + row.text(column) + '"');
  return *kind;
}

/// From the columns that every query of a contribution names first, in the order of the table.
[[nodiscard]] ContributionRow read_contribution(const Statement& row) {
  ContributionRow contribution;
  contribution.id = row.id<ContributionId>(0);
  contribution.receipt = row.text(1);
  contribution.kind = read_kind(row, 2);
  contribution.state = row.text(3);
  contribution.text = row.text(4);
  contribution.reason = row.optional_text(5);
  if (!row.is_null(6))
    contribution.theme = row.id<ThemeId>(6);
  contribution.author = row.id<ActorId>(7);
  contribution.supports = row.integer(8);
  contribution.added_seq = static_cast<Seq>(row.integer(9));
  contribution.changed_seq = static_cast<Seq>(row.integer(10));
  contribution.added_at = row.integer(11);
  if (!row.is_null(12))
    contribution.merged_into = row.id<ContributionId>(12);
  contribution.veiled = row.integer(13) != 0;
  contribution.people = row.integer(14);
  contribution.ground = row.optional_text(15);
  return contribution;
}

/// Gives the event's place in the file.
std::int64_t write_event(Connection& connection, const WorkshopId& workshop, const JournalEvent& event,
                         Head& head) {
  if (event.seq != head.seq + 1)
    throw StoreError("event " + std::to_string(event.seq) + " of workshop " + workshop.text() +
                     " does not follow " + std::to_string(head.seq));
  head.hash = chain_next(head.hash, event.body);
  head.seq = event.seq;
  execute(connection, "INSERT INTO event (workshop_id, seq, body, hash) VALUES (?, ?, ?, ?)", workshop,
          event.seq, event.body, head.hash);
  return last_row(connection);
}

void add_contribution(Connection& connection, const WorkshopId& workshop, const ContributionRow& row,
                      std::int64_t place) {
  const auto added = execute(
      connection,
      "INSERT INTO contribution (place, id, workshop_id, receipt, kind, state, text, reason, theme_id,"
      " author_id, supports, added_seq, changed_seq, added_at, merged_into, veiled, people,"
      " ground)"
      " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING",
      place, row.id, workshop, row.receipt, name(row.kind), row.state, row.text, row.reason, row.theme,
      row.author, row.supports, row.added_seq, row.changed_seq, row.added_at, row.merged_into, row.veiled,
      row.people, row.ground);
  if (added == 0)
    throw ContributionTaken(row.id);
}

void change_contribution(Connection& connection, const WorkshopId& workshop, const ContributionRow& row) {
  // What a contribution keeps for ever is compared, not written again: a row that would change it is refused.
  const auto changed = execute(
      connection,
      "UPDATE contribution SET state = ?, text = ?, reason = ?, theme_id = ?, supports = ?, changed_seq = ?,"
      " merged_into = ?, veiled = ?, ground = ?"
      " WHERE id = ? AND workshop_id = ? AND receipt = ? AND kind = ? AND author_id = ? AND added_seq = ?"
      " AND added_at = ? AND people = ?",
      row.state, row.text, row.reason, row.theme, row.supports, row.changed_seq, row.merged_into, row.veiled,
      row.ground, row.id, workshop, row.receipt, name(row.kind), row.author, row.added_seq, row.added_at,
      row.people);
  if (changed != 1)
    throw StoreError("contribution " + row.id.text() + " does not exist or is another");
}

} // namespace

void touch_head(Connection& connection, const WorkshopId& workshop) {
  Statement(connection, "UPDATE workshop SET head_seq = head_seq WHERE id = ?", workshop).run();
}

std::optional<Head> read_head(Connection& connection, const WorkshopId& workshop) {
  Statement row(connection, "SELECT head_seq, head_hash, epoch FROM workshop WHERE id = ?", workshop);
  if (!row.row())
    return std::nullopt;
  return Head{static_cast<Seq>(row.integer(0)), row.hash(1), row.text(2)};
}

std::optional<std::string> find_event(Connection& connection, const WorkshopId& workshop, Seq seq) {
  Statement row(connection, "SELECT body FROM event WHERE workshop_id = ? AND seq = ?", workshop, seq);
  return row.row() ? std::optional(row.text(0)) : std::nullopt;
}

void read_events(Connection& connection, const WorkshopId& workshop, Seq after,
                 const std::function<void(Seq, std::string_view body)>& each) {
  Statement row(connection, "SELECT seq, body FROM event WHERE workshop_id = ? AND seq > ? ORDER BY seq",
                workshop, after);
  while (row.row())
    each(static_cast<Seq>(row.integer(0)), row.view(1));
}

std::vector<ContributionRow> read_contributions(Connection& connection, const WorkshopId& workshop) {
  Statement row(connection,
                "SELECT c.id, c.receipt, c.kind, c.state, c.text, c.reason, c.theme_id, c.author_id,"
                " c.supports, c.added_seq, c.changed_seq, c.added_at, c.merged_into, c.veiled, c.people,"
                " c.ground FROM event e"
                " CROSS JOIN contribution c ON c.place = e.place AND c.workshop_id = e.workshop_id"
                " WHERE e.workshop_id = ? ORDER BY e.seq",
                workshop);
  std::vector<ContributionRow> contributions;
  while (row.row())
    contributions.push_back(read_contribution(row));
  return contributions;
}

bool is_closed(Connection& connection, const WorkshopId& workshop) {
  // In a body a quotation mark of somebody's words is escaped: only members look like this.
  Statement row(connection,
                R"(SELECT instr(body, '"phase":"closed"') > 0 FROM event WHERE workshop_id = ?)"
                R"( AND instr(body, '"type":"phase.entered"') > 0 ORDER BY seq DESC LIMIT 1)",
                workshop);
  return row.row() && row.integer(0) != 0;
}

std::optional<PlacedContribution> find_contribution(Connection& connection, const ContributionId& id) {
  Statement row(connection,
                "SELECT id, receipt, kind, state, text, reason, theme_id, author_id, supports, added_seq,"
                " changed_seq, added_at, merged_into, veiled, people, ground, workshop_id FROM contribution "
                "WHERE id = ?",
                id);
  if (!row.row())
    return std::nullopt;
  return PlacedContribution{row.id<WorkshopId>(16), read_contribution(row)};
}

std::optional<ReceiptRow> find_receipt(Connection& connection, std::string_view receipt) {
  Statement row(
      connection,
      "SELECT c.id, c.receipt, c.kind, c.state, c.text, c.reason, c.theme_id, c.author_id, c.supports,"
      " c.added_seq, c.changed_seq, c.added_at, head.id, c.veiled, c.people, c.ground,"
      " CASE WHEN head.state = 'shown' AND head.veiled = 0 THEN head.text END,"
      " w.id, w.title, k.title, k.city, k.date, e.hash"
      " FROM contribution c JOIN workshop w ON w.id = c.workshop_id"
      " LEFT JOIN contribution head ON head.id = c.merged_into AND head.state <> 'hidden'"
      " JOIN consultation k ON k.id = w.consultation_id"
      " JOIN event e ON e.workshop_id = c.workshop_id AND e.seq = c.added_seq WHERE c.receipt = ?",
      receipt);
  if (!row.row())
    return std::nullopt;
  return ReceiptRow{read_contribution(row), row.optional_text(16), row.id<WorkshopId>(17), row.text(18),
                    row.text(19),           row.text(20),          row.text(21),           row.hash(22)};
}

void write_append(Connection& connection, const Append& append, Head& head) {
  Head moved = head;
  std::vector<std::int64_t> places;
  places.reserve(append.events.size());
  for (const auto& event : append.events)
    places.push_back(write_event(connection, append.workshop, event, moved));
  for (const auto& row : append.contributions) {
    if (row.added_seq > head.seq && row.added_seq <= moved.seq)
      add_contribution(connection, append.workshop, row, places[row.added_seq - head.seq - 1]);
    else
      change_contribution(connection, append.workshop, row);
  }
  // Guards against a head that is not the stored one, as when another process wrote meanwhile.
  const auto updated = execute(
      connection,
      "UPDATE workshop SET head_seq = ?, head_hash = ? WHERE id = ? AND head_seq = ? AND head_hash = ?",
      moved.seq, moved.hash, append.workshop, head.seq, head.hash);
  if (updated != 1)
    throw StoreError("the head of workshop " + append.workshop.text() + " is not at " +
                     std::to_string(head.seq));
  head = std::move(moved);
}

} // namespace warsha::store
