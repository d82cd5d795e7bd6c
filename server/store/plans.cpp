#include "server/store/plans.hpp"

#include "server/store/statement.hpp"

#include <nlohmann/json.hpp>

namespace warsha::store {

namespace {

using nlohmann::json;

std::string written(const std::vector<PlanTitle>& axes) {
  json all = json::array();
  for (const auto& axis : axes)
    all.push_back({{"ar", axis.ar}, {"fr", axis.fr}});
  return all.dump();
}

[[nodiscard]] PlanRow read_plan(const Statement& row) {
  PlanRow plan{row.id<PlanId>(0),
               {row.text(1), row.text(2)},
               static_cast<int>(row.integer(3)),
               static_cast<int>(row.integer(4)),
               {},
               row.integer(6),
               row.integer(7)};
  const auto axes = json::parse(row.view(5), nullptr, false);
  if (!axes.is_array())
    throw StoreError("the axes of plan " + plan.id.text() + " are not a JSON array");
  for (const auto& axis : axes)
    if (axis.is_object())
      plan.axes.push_back({axis.value("ar", ""), axis.value("fr", "")});
  return plan;
}

} // namespace

void add_plan(Connection& connection, const PlanRow& plan) {
  execute(connection,
          "INSERT INTO plan (id, title_ar, title_fr, first_year, last_year, axes, revision, created_at)"
          " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
          plan.id, plan.title.ar, plan.title.fr, plan.first_year, plan.last_year, written(plan.axes),
          plan.revision, plan.created_at);
}

bool change_plan(Connection& connection, const PlanRow& plan) {
  return execute(connection,
                 "UPDATE plan SET title_ar = ?, title_fr = ?, first_year = ?, last_year = ?, axes = ?,"
                 " revision = revision + 1 WHERE id = ?",
                 plan.title.ar, plan.title.fr, plan.first_year, plan.last_year, written(plan.axes),
                 plan.id) == 1;
}

std::optional<PlanRow> find_plan(Connection& connection, const PlanId& id) {
  Statement row(connection,
                "SELECT id, title_ar, title_fr, first_year, last_year, axes, revision, created_at FROM plan"
                " WHERE id = ?",
                id);
  if (!row.row())
    return std::nullopt;
  return read_plan(row);
}

std::vector<PlanRow> all_plans(Connection& connection) {
  Statement row(connection,
                "SELECT id, title_ar, title_fr, first_year, last_year, axes, revision, created_at FROM plan"
                " ORDER BY first_year DESC, created_at DESC, id");
  std::vector<PlanRow> plans;
  while (row.row())
    plans.push_back(read_plan(row));
  return plans;
}

void set_plan(Connection& connection, const ConsultationId& consultation, const std::optional<PlanId>& plan) {
  execute(connection, "UPDATE consultation SET plan_id = ? WHERE id = ?", plan, consultation);
}

std::optional<PlanId> plan_of(Connection& connection, const ConsultationId& consultation) {
  Statement row(connection, "SELECT plan_id FROM consultation WHERE id = ?", consultation);
  if (!row.row() || row.is_null(0))
    return std::nullopt;
  return row.id<PlanId>(0);
}

std::vector<ConsultationId> consultations_of(Connection& connection, const PlanId& plan) {
  Statement row(connection, "SELECT id FROM consultation WHERE plan_id = ? ORDER BY date, created_at, id",
                plan);
  std::vector<ConsultationId> consultations;
  while (row.row())
    consultations.push_back(row.id<ConsultationId>(0));
  return consultations;
}

} // namespace warsha::store
