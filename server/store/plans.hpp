#pragma once

#include "protocol/messages.hpp"

#include <optional>
#include <string>
#include <vector>

/// The cycles of a national action plan, and which consultations belong to each.
namespace warsha::store {

class Connection;

using PlanId = Id<struct PlanTag>;

/// A title in the two languages of a plan.
struct PlanTitle {
  std::string ar, fr;
};
struct PlanRow {
  PlanId id;
  PlanTitle title;
  int first_year{}, last_year{};
  std::vector<PlanTitle> axes;
  std::int64_t revision = 1;
  TimeMs created_at{};
};

void add_plan(Connection&, const PlanRow&);
/// All but its id and when it was made; the revision grows by one. Whether there is such a plan.
bool change_plan(Connection&, const PlanRow&);
[[nodiscard]] std::optional<PlanRow> find_plan(Connection&, const PlanId&);
/// The latest years first.
[[nodiscard]] std::vector<PlanRow> all_plans(Connection&);

/// From now on it is of this plan, and of no other; none: of no plan.
void set_plan(Connection&, const ConsultationId&, const std::optional<PlanId>&);
[[nodiscard]] std::optional<PlanId> plan_of(Connection&, const ConsultationId&);
/// In the order of their days.
[[nodiscard]] std::vector<ConsultationId> consultations_of(Connection&, const PlanId&);

} // namespace warsha::store
