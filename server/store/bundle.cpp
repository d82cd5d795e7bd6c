#include "server/store/bundle.hpp"

#include "server/store/chain.hpp"
#include "server/store/statement.hpp"

namespace warsha::store {

namespace {

[[nodiscard]] std::optional<Hash> first_hash(Statement&& row) {
  if (!row.row())
    return std::nullopt;
  return row.hash(0);
}

} // namespace

ReviewHead read_review_head(Connection& connection, const ConsultationId& consultation) {
  Statement row(connection,
                "SELECT seq, hash FROM review_entry WHERE consultation_id = ? ORDER BY seq DESC LIMIT 1",
                consultation);
  if (!row.row())
    return {0, review_start(consultation)};
  return {static_cast<Seq>(row.integer(0)), row.hash(1)};
}

void read_review_with_hashes(
    Connection& connection, const ConsultationId& consultation,
    const std::function<void(Seq, std::string_view body, std::string_view hash)>& each) {
  Statement row(connection, "SELECT seq, body, hash FROM review_entry WHERE consultation_id = ? ORDER BY seq",
                consultation);
  while (row.row())
    each(static_cast<Seq>(row.integer(0)), row.view(1), row.view(2));
}

std::optional<std::string> find_origin(Connection& connection, const ConsultationId& consultation) {
  Statement row(connection, "SELECT public_key FROM bundle_origin WHERE consultation_id = ?", consultation);
  if (!row.row())
    return std::nullopt;
  return row.text(0);
}

void add_origin(Connection& connection, const ConsultationId& consultation, std::string_view public_key) {
  execute(connection, "INSERT INTO bundle_origin (consultation_id, public_key) VALUES (?, ?)", consultation,
          public_key);
}

std::optional<Hash> find_event_hash(Connection& connection, const WorkshopId& workshop, Seq seq) {
  return first_hash({connection, "SELECT hash FROM event WHERE workshop_id = ? AND seq = ?", workshop, seq});
}

std::optional<Hash> find_review_hash(Connection& connection, const ConsultationId& consultation, Seq seq) {
  return first_hash(
      {connection, "SELECT hash FROM review_entry WHERE consultation_id = ? AND seq = ?", consultation, seq});
}

} // namespace warsha::store
