#pragma once

#include "server/aggregation/scoring.hpp"
#include "server/review/balance.hpp"
#include "server/review/docket.hpp"
#include "server/store/consultations.hpp"

#include <map>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

/// What each audience is shown of a review, as JSON. Filtering is here and nowhere else: the public sees no
/// person, and no internal note; an administration sees the notes of its own members only.
namespace warsha::review {

/// A consultation with everything that was said in it, as the store has it.
struct Dossier {
  store::ConsultationRow consultation;
  std::vector<store::WorkshopRow> workshops;
  std::map<WorkshopId, std::vector<store::ContributionRow>> contributions;
  std::map<WorkshopId, std::size_t> people;      // who attended
  std::map<ActorId, std::string> names_of_staff; // for those who may read them
};

enum class Reader : std::uint8_t { everybody, administration, organiser };

/// The plan's grid: what a proposal's score is made of. Published with every score.
[[nodiscard]] const std::vector<aggregation::Criterion>& grid();

/// The score of a proposal; every rating says where it comes from. Support counts, of each workshop, the
/// contribution that most people supported: who supports two of them is counted once at least and never
/// twice.
[[nodiscard]] aggregation::Score score_of(const Docket& docket, const Dossier& dossier,
                                          const Proposal& proposal);

[[nodiscard]] nlohmann::json view_proposal(const Docket& docket, const Dossier& dossier,
                                           const Proposal& proposal, Reader reader, TimeMs now);
/// For an organiser or the committee: everything but administrations' notes. What `reader` did or decided is
/// marked as their own.
[[nodiscard]] nlohmann::json view_docket(const Docket& docket, const Dossier& dossier, const ActorId& reader,
                                         TimeMs now);
[[nodiscard]] nlohmann::json view_balance(const Balance& balance);
/// What became of one contribution, for whoever holds its receipt.
[[nodiscard]] nlohmann::json view_fate(const Docket& docket, const Dossier& dossier,
                                       const store::ContributionRow& row, TimeMs now);

} // namespace warsha::review
