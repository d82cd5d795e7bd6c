#pragma once

#include "server/publication/catalogue.hpp"
#include "server/publication/selection.hpp"
#include "server/publication/texts.hpp"

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <set>
#include <string>
#include <vector>

/// Plans as the records of their consultations have them: one is public with the first of these.
namespace warsha::publication {

struct Plan {
  const nlohmann::json* about; // id, title, first_year, last_year, axes
  Records records;             // of its consultations, the latest meeting first
};
/// The latest years first.
[[nodiscard]] std::vector<Plan> plans_of(const Records& records);
[[nodiscard]] std::optional<Plan> find_plan(const Records& records, const std::string& id);

/// The sum of its consultations' balances; it closes as each of them does. People are in no sum: who took
/// part in two consultations is known in neither of them as the same.
[[nodiscard]] nlohmann::json plan_balance(const Plan& plan);

/// The plans that a list can be narrowed to; null: there is none.
[[nodiscard]] nlohmann::json plan_choice(const Texts& texts, const Records& records,
                                         const std::string& chosen);

/// The proposals of the plan's other consultations of which organisers said that they ask for the same as
/// this one. What was merged since is told of what it went on in; what either side told apart is left out.
[[nodiscard]] std::vector<Selected> linked_with(const Records& records, const Record& record,
                                                const std::string& proposal);

/// The plan's proposals that are linked, directly or over others: those of the most regions first.
[[nodiscard]] std::vector<std::vector<Selected>> linked_groups(const Plan& plan);
/// In which they were made.
[[nodiscard]] std::set<std::string> regions_of(const std::vector<Selected>& proposals);

} // namespace warsha::publication
