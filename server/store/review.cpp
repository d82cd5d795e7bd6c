#include "server/store/review.hpp"

#include "server/store/statement.hpp"

namespace warsha::store {

namespace {

Hash hash_before(Connection& connection, const ConsultationId& consultation, Seq seq) {
  if (seq == 1)
    return review_start(consultation);
  Statement row(connection, "SELECT hash FROM review_entry WHERE consultation_id = ? AND seq = ?",
                consultation, seq - 1);
  if (!row.row())
    throw StoreError("review entry " + std::to_string(seq) + " of consultation " + consultation.text() +
                     " follows none");
  return row.hash(0);
}

} // namespace

void append_review(Connection& connection, const ConsultationId& consultation, Seq seq,
                   const CommandId& command, std::string_view body) {
  const auto hash = chain_next(hash_before(connection, consultation, seq), body);
  execute(connection,
          "INSERT INTO review_entry (consultation_id, seq, command_id, body, hash) VALUES (?, ?, ?, ?, ?)",
          consultation, seq, command, body, hash);
}

void read_review(Connection& connection, const ConsultationId& consultation, Seq after,
                 const std::function<void(Seq, std::string_view body)>& each) {
  Statement row(connection,
                "SELECT seq, body FROM review_entry WHERE consultation_id = ? AND seq > ? ORDER BY seq",
                consultation, after);
  while (row.row())
    each(static_cast<Seq>(row.integer(0)), row.view(1));
}

Seq last_review_seq(Connection& connection, const ConsultationId& consultation) {
  Statement row(connection, "SELECT COALESCE(MAX(seq), 0) FROM review_entry WHERE consultation_id = ?",
                consultation);
  return row.row() ? static_cast<Seq>(row.integer(0)) : 0;
}

std::optional<PlacedEntry> find_review_entry(Connection& connection, const CommandId& command) {
  Statement row(connection, "SELECT consultation_id, seq, body FROM review_entry WHERE command_id = ?",
                command);
  if (!row.row())
    return std::nullopt;
  return PlacedEntry{row.id<ConsultationId>(0), static_cast<Seq>(row.integer(1)), std::string(row.view(2))};
}

std::vector<Progress> progress_of_all(Connection& connection) {
  Statement row(connection,
                "SELECT id,"
                " (SELECT COUNT(*) FROM workshop WHERE consultation_id = consultation.id),"
                " (SELECT COALESCE(SUM(head_seq), 0) FROM workshop WHERE consultation_id = consultation.id),"
                " (SELECT COALESCE(MAX(seq), 0) FROM review_entry WHERE consultation_id = consultation.id),"
                " (SELECT id || '.' || revision FROM plan WHERE id = consultation.plan_id)"
                " FROM consultation ORDER BY date DESC, created_at DESC, id");
  std::vector<Progress> all;
  while (row.row())
    all.push_back({row.id<ConsultationId>(0), row.integer(1), row.integer(2), row.integer(3),
                   row.optional_text(4).value_or("")});
  return all;
}

} // namespace warsha::store
