#include "server/store/answer_templates.hpp"

#include "server/store/statement.hpp"

namespace warsha::store {

namespace {

AnswerTemplateRow read(Statement& row) {
  return {row.id<AnswerTemplateId>(0),
          row.text(1),
          row.text(2),
          row.text(3),
          row.text(4),
          row.text(5),
          row.integer(6),
          row.id<ActorId>(7),
          row.integer(8)};
}

} // namespace

void add_answer_template(Connection& connection, const AnswerTemplateRow& row) {
  execute(connection,
          "INSERT INTO answer_template (id, administration, title, kind, ar, fr, revision, changed_by, "
          "changed_at)"
          " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
          row.id, row.administration, row.title, row.kind, row.ar, row.fr, row.revision, row.changed_by,
          row.changed_at);
}

bool change_answer_template(Connection& connection, const AnswerTemplateRow& row) {
  return execute(
             connection,
             "UPDATE answer_template SET title = ?, kind = ?, ar = ?, fr = ?, revision = ?, changed_by = ?, "
             "changed_at = ? WHERE id = ? AND administration = ? AND revision = ?",
             row.title, row.kind, row.ar, row.fr, row.revision, row.changed_by, row.changed_at, row.id,
             row.administration, row.revision - 1) == 1;
}

bool remove_answer_template(Connection& connection, const AnswerTemplateId& id,
                            const std::string& administration) {
  return execute(connection, "DELETE FROM answer_template WHERE id = ? AND administration = ?", id,
                 administration) == 1;
}

std::optional<AnswerTemplateRow> find_answer_template(Connection& connection, const AnswerTemplateId& id) {
  Statement row(connection,
                "SELECT id, administration, title, kind, ar, fr, revision, changed_by, changed_at"
                " FROM answer_template WHERE id = ?",
                id);
  return row.row() ? std::optional(read(row)) : std::nullopt;
}

std::vector<AnswerTemplateRow> answer_templates_of(Connection& connection,
                                                   const std::string& administration) {
  Statement row(connection,
                "SELECT id, administration, title, kind, ar, fr, revision, changed_by, changed_at"
                " FROM answer_template WHERE administration = ? ORDER BY title, id",
                administration);
  std::vector<AnswerTemplateRow> all;
  while (row.row())
    all.push_back(read(row));
  return all;
}

} // namespace warsha::store
