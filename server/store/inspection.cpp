#include "server/store/inspection.hpp"

#include "server/store/statement.hpp"

namespace warsha::store {

std::vector<std::string> file_faults(Connection& connection) {
  std::vector<std::string> faults;
  {
    Statement row(connection, "PRAGMA integrity_check");
    while (row.row())
      if (row.view(0) != "ok")
        faults.push_back(row.text(0));
  }
  Statement row(connection, "PRAGMA foreign_key_check");
  while (row.row())
    faults.push_back("a row of table " + row.text(0) + " points at a row of table " + row.text(2) +
                     " that does not exist");
  return faults;
}

void read_journal(Connection& connection, const WorkshopId& workshop,
                  const std::function<void(Seq, std::string_view body, std::string_view hash)>& each) {
  Statement row(connection, "SELECT seq, body, hash FROM event WHERE workshop_id = ? ORDER BY seq", workshop);
  while (row.row())
    each(static_cast<Seq>(row.integer(0)), row.view(1), row.view(2));
}

std::vector<ContributionId> misplaced_contributions(Connection& connection) {
  Statement row(connection, "SELECT c.id FROM contribution c LEFT JOIN event e ON e.place = c.place"
                            " WHERE e.workshop_id IS NOT c.workshop_id OR e.seq IS NOT c.added_seq");
  std::vector<ContributionId> misplaced;
  while (row.row())
    misplaced.push_back(row.id<ContributionId>(0));
  return misplaced;
}

} // namespace warsha::store
