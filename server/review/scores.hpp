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
  std::size_t supports = 0;   // given there to what the proposal is made from
  std::size_t supporters = 0; // people who gave them
  std::size_t asked = 0; // 0: nothing of the proposal was said there, and whoever was not asked says nothing
};

struct Basis {
  std::vector<Group> groups;                // every workshop
  std::size_t supporters = 0;               // of all of them: who took part in several is one of the people
  std::size_t asked = 0;                    // likewise
  std::vector<aggregation::Rating> ratings; // of all criteria of the catalogue that are known
};

/// Support counts people: whoever supports something that the proposal is made from, what was merged into it
/// in the meeting included, counts once, and so does who supported in several workshops with the same pass.
/// Asked is whoever joined a workshop in which something of it was said, or supported there. Ratings count
/// while the proposal is with who gave them; screenings, while the author has not made the words clearer
/// since.
[[nodiscard]] Basis basis_of(const Docket& docket, const Dossier& dossier, const Proposal& proposal);

/// As the library takes a grid.
[[nodiscard]] std::vector<aggregation::Criterion> weights_of(const std::vector<WeightedCriterion>& criteria);

/// The score by the grid in force, with its version, its groups, their people and its ratings.
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
