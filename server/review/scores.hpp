#pragma once

#include "server/aggregation/scoring.hpp"
#include "server/review/docket.hpp"
#include "server/review/dossier.hpp"

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

/// What a proposal's score is made of: everything that anybody needs to compute it again by hand.
namespace warsha::review {

/// Of one workshop, which is the group that its people declared themselves to be of by joining it.
struct Group {
  WorkshopId workshop;
  std::size_t supporters = 0;
  std::size_t asked = 0; // 0: nothing of the proposal was said there, and whoever was not asked says nothing
};

struct Basis {
  std::vector<Group> groups;                // every workshop
  std::vector<aggregation::Rating> ratings; // of all criteria of the catalogue that are known
};

/// Support counts, of each workshop, the contribution that most people supported, what was merged into one of
/// the proposal's included: who supports two of them is counted once at least and never twice. Ratings count
/// while the proposal is with who gave them.
[[nodiscard]] Basis basis_of(const Docket& docket, const Dossier& dossier, const Proposal& proposal);

/// As the library takes a grid.
[[nodiscard]] std::vector<aggregation::Criterion> weights_of(const std::vector<WeightedCriterion>& criteria);

/// The score by the grid in force, with its version, its groups and its ratings.
[[nodiscard]] nlohmann::json view_score(const Docket& docket, const Dossier& dossier,
                                        const Proposal& proposal);
/// [{criterion, weight}]
[[nodiscard]] nlohmann::json view_criteria(const std::vector<WeightedCriterion>& criteria);
/// Every version, the first first.
[[nodiscard]] nlohmann::json view_grids(const Docket& docket, const Dossier& dossier, Reader reader);
/// Who would be where with another grid: for each proposal its score, rank, and rank by the grid in force.
[[nodiscard]] nlohmann::json view_preview(const Docket& docket, const Dossier& dossier,
                                          const std::vector<WeightedCriterion>& criteria);

} // namespace warsha::review
