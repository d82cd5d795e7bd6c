#include "server/store/templates.hpp"

#include "server/store/statement.hpp"

namespace warsha::store {

void add_template(Connection& connection, const TemplateRow& row) {
  execute(
      connection,
      "INSERT INTO template (id, title, agenda, settings, created_by, created_at) VALUES (?, ?, ?, ?, ?, ?)",
      row.id, row.title, row.agenda, row.settings, row.created_by, row.created_at);
}

bool remove_template(Connection& connection, const TemplateId& id) {
  return execute(connection, "DELETE FROM template WHERE id = ?", id) == 1;
}

std::vector<TemplateRow> all_templates(Connection& connection) {
  Statement row(
      connection,
      "SELECT id, title, agenda, settings, created_by, created_at FROM template ORDER BY title, id");
  std::vector<TemplateRow> templates;
  while (row.row())
    templates.push_back(
        {row.id<TemplateId>(0), row.text(1), row.text(2), row.text(3), row.id<ActorId>(4), row.integer(5)});
  return templates;
}

} // namespace warsha::store
