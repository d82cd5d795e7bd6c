#include "server/store/consultations.hpp"

#include "server/store/journal.hpp"
#include "server/store/statement.hpp"

#include <nlohmann/json.hpp>

namespace warsha::store {

namespace {

[[nodiscard]] ConsultationRow read_consultation(const Statement& row) {
  ConsultationRow consultation;
  consultation.id = row.id<ConsultationId>(0);
  consultation.title = row.text(1);
  consultation.language = row.text(2);
  consultation.region = row.text(3);
  consultation.city = row.text(4);
  consultation.venue = row.text(5);
  consultation.date = row.text(6);
  const auto organisers = nlohmann::json::parse(row.view(7), nullptr, false);
  if (!organisers.is_array())
    throw StoreError("the organisers of consultation " + consultation.id.text() + " are not a JSON array");
  for (const auto& organiser : organisers)
    if (organiser.is_string())
      consultation.organisers.push_back(organiser.get<std::string>());
  consultation.created_at = row.integer(8);
  return consultation;
}

[[nodiscard]] WorkshopRow read_workshop(const Statement& row) {
  return {row.id<WorkshopId>(0),
          row.id<ConsultationId>(1),
          static_cast<int>(row.integer(2)),
          row.text(3),
          row.text(4),
          row.text(5),
          row.integer(6)};
}

[[nodiscard]] std::optional<WorkshopRow> first_workshop(Statement&& row) {
  if (!row.row())
    return std::nullopt;
  return read_workshop(row);
}

[[nodiscard]] std::vector<WorkshopRow> every_workshop(Statement&& row) {
  std::vector<WorkshopRow> workshops;
  while (row.row())
    workshops.push_back(read_workshop(row));
  return workshops;
}

} // namespace

void add_consultation(Connection& connection, const ConsultationRow& consultation) {
  execute(connection,
          "INSERT INTO consultation (id, title, language, region, city, venue, date, organisers, created_at)"
          " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
          consultation.id, consultation.title, consultation.language, consultation.region, consultation.city,
          consultation.venue, consultation.date, nlohmann::json(consultation.organisers).dump(),
          consultation.created_at);
}

void add_workshop(Connection& connection, const WorkshopRow& workshop) {
  if (find_workshop_by_code(connection, workshop.join_code))
    throw StoreError("the join code " + workshop.join_code + " is taken");
  execute(connection,
          "INSERT INTO workshop (id, consultation_id, position, title, join_code, epoch, head_seq, head_hash,"
          " created_at) VALUES (?, ?, ?, ?, ?, ?, 0, ?, ?)",
          workshop.id, workshop.consultation, workshop.position, workshop.title, workshop.join_code,
          workshop.epoch, chain_start(workshop.id), workshop.created_at);
}

std::optional<ConsultationRow> find_consultation(Connection& connection, const ConsultationId& id) {
  Statement row(
      connection,
      "SELECT id, title, language, region, city, venue, date, organisers, created_at FROM consultation"
      " WHERE id = ?",
      id);
  if (!row.row())
    return std::nullopt;
  return read_consultation(row);
}

std::vector<ConsultationRow> all_consultations(Connection& connection) {
  Statement row(
      connection,
      "SELECT id, title, language, region, city, venue, date, organisers, created_at FROM consultation"
      " ORDER BY date, created_at, id");
  std::vector<ConsultationRow> consultations;
  while (row.row())
    consultations.push_back(read_consultation(row));
  return consultations;
}

std::optional<WorkshopRow> find_workshop(Connection& connection, const WorkshopId& id) {
  return first_workshop(
      {connection,
       "SELECT id, consultation_id, position, title, join_code, epoch, created_at FROM workshop"
       " WHERE id = ?",
       id});
}

std::optional<WorkshopRow> find_workshop_by_code(Connection& connection, std::string_view join_code) {
  return first_workshop(
      {connection,
       "SELECT id, consultation_id, position, title, join_code, epoch, created_at FROM workshop"
       " WHERE join_code = ?",
       join_code});
}

std::vector<WorkshopRow> workshops_of(Connection& connection, const ConsultationId& consultation) {
  return every_workshop(
      {connection,
       "SELECT id, consultation_id, position, title, join_code, epoch, created_at FROM workshop"
       " WHERE consultation_id = ? ORDER BY position",
       consultation});
}

std::vector<WorkshopRow> all_workshops(Connection& connection) {
  return every_workshop(
      {connection, "SELECT id, consultation_id, position, title, join_code, epoch, created_at FROM workshop"
                   " ORDER BY consultation_id, position"});
}

} // namespace warsha::store
