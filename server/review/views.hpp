#pragma once

#include "server/review/balance.hpp"
#include "server/review/docket.hpp"
#include "server/store/consultations.hpp"
#include "server/store/plans.hpp"

#include <map>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

namespace warsha::live {
struct Board;
}

/// What each audience is shown of a review, as JSON. Filtering is here and nowhere else: the public sees no
/// person, and no internal note; an administration sees the notes of its own members only. Questions are in
/// question_views.hpp.
namespace warsha::review {

/// A consultation with everything that was said in it, as the store has it.
struct Dossier {
  store::ConsultationRow consultation;
  std::vector<store::WorkshopRow> workshops;
  std::map<WorkshopId, std::vector<store::ContributionRow>> contributions;
  std::map<WorkshopId, std::set<ActorId>> people; // who attended; of workshops that have a room
  std::map<WorkshopId, std::shared_ptr<const live::Board>> boards;
  std::unordered_map<ContributionId, std::vector<ActorId>> supporters; // of all boards
  std::set<ActorId> participants; // of all workshops; whoever else wrote is staff, here or elsewhere
  std::map<ActorId, std::string> names_of_staff; // for those who may read them
  std::size_t members_of_committee = 0;
  std::optional<store::PlanRow> plan{}; // that the consultation is of
};
/// Null: it was said after the dossier was read, or elsewhere.
[[nodiscard]] const store::ContributionRow* row_of(const Dossier& dossier, const ContributionId& id);
/// Empty when nobody may read it.
[[nodiscard]] std::string name_of(const Dossier& dossier, const ActorId& account);

/// The committee reads what organisers read, and answers before they are published.
enum class Reader : std::uint8_t { everybody, administration, organiser, committee };

/// What was merged in the meeting and shares the fate of another, by that one: merged_in() makes it.
using Merged = std::multimap<ContributionId, const store::ContributionRow*>;

[[nodiscard]] nlohmann::json view_proposal(const Docket& docket, const Dossier& dossier, const Merged& merged,
                                           const Proposal& proposal, Reader reader, TimeMs now);
/// What `me` rated it, by administration: {"mtnra": {"need": 4}}.
[[nodiscard]] nlohmann::json view_own_ratings(const Proposal& proposal, const ActorId& me);
/// For an organiser or the committee: everything but administrations' notes, what `me` did or
/// decided is marked as their own. What was dissolved or merged stands beside, under "ended".
[[nodiscard]] nlohmann::json view_docket(const Docket& docket, const Dossier& dossier, Reader reader,
                                         const ActorId& me, TimeMs now);
/// A proposal that stands no more, for anybody: where it went, and why. Its answer, if it had one, stays.
[[nodiscard]] nlohmann::json view_ended(const Docket& docket, const Proposal& proposal);
[[nodiscard]] nlohmann::json view_balance(const Balance& balance);
/// What became of one contribution, for whoever holds its receipt. Of the docket alone: a hall asks for it at
/// once, and a dossier is long.
[[nodiscard]] nlohmann::json view_fate(const Docket& docket, const store::ContributionRow& row, TimeMs now);

} // namespace warsha::review
