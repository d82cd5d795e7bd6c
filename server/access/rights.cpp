#include "server/access/rights.hpp"

#include <array>
#include <string_view>

namespace warsha::access {

namespace {

// Sets of roles, as bits.
constexpr unsigned kParticipants = 1;
constexpr unsigned kFacilitators = 2;
constexpr unsigned kOrganisers = 4;
constexpr unsigned kReviewers = 8;
constexpr unsigned kCommittee = 16;
constexpr unsigned kStaff = kFacilitators | kOrganisers;

constexpr unsigned kEverybody = kParticipants | kStaff;

struct Right {
  std::string_view action;
  unsigned roles;
};
/// Who may use a command. One that has no row is nobody's.
constexpr Right kRights[] = {
    {"contribute", kEverybody}, // staff write down what is said aloud
    {"edit", kEverybody},       // the board permits it for one's own only
    {"withdraw", kEverybody},   // likewise
    {"support", kParticipants}, // a vote of the people invited, not of those who steer
    {"rate", kParticipants},    // likewise
    {"count", kStaff},
    {"tallies.hide", kStaff},
    {"theme.add", kStaff},
    {"theme.rename", kStaff},
    {"theme.remove", kStaff},
    {"place", kStaff},
    {"merge", kStaff},
    {"unmerge", kStaff},
    {"take_over", kStaff},
    {"moderate", kStaff},
    {"reword", kStaff},
    {"freeze", kStaff},
    {"person.remove", kStaff},
    {"person.readmit", kStaff},
    {"phase.enter", kStaff},
    {"timer.start", kStaff},
    {"timer.extend", kStaff},
    {"timer.pause", kStaff},
    {"timer.stop", kStaff},
    {"reveal", kStaff},
    {"agenda.set", kStaff},
    {"settings.set", kStaff},
    {"projector.show", kStaff},
    {"caption.set", kStaff},
    {"staff.note", kStaff},
    {"table.add", kStaff},
    {"table.rename", kStaff},
    {"table.remove", kStaff},
    {"table.restore", kStaff},
    {"table.seat", kStaff},
    {"table.sit", kParticipants},
    {"table.rapporteur", kEverybody}, // the board permits a participant themselves only
    {"table.status", kEverybody},     // a participant: of their own table
    {"floor.ask", kParticipants},
    {"floor.leave", kParticipants},
    {"floor.give", kStaff},
    {"floor.end", kStaff},
    {"floor.take_back", kStaff},
    {"draft.start", kEverybody},
    {"draft.change", kEverybody},  // a participant: of their own table
    {"draft.hand_in", kEverybody}, // likewise
    {"draft.discard", kEverybody}, // likewise
    {"form.set", kStaff},
};

/// The same for the review after the meeting.
constexpr Right kReviewRights[] = {
    {"screen", kOrganisers},
    {"return", kOrganisers},
    {"refuse", kOrganisers},
    {"reconsider", kOrganisers},
    {"revise", kParticipants}, // whoever holds the receipt
    {"propose", kOrganisers},
    {"reword_proposal", kOrganisers},
    {"join", kOrganisers},
    {"leave", kOrganisers},
    {"dissolve_proposal", kOrganisers},
    {"merge_proposal", kOrganisers},
    {"unmerge_proposal", kOrganisers},
    {"tell_apart", kOrganisers},
    {"compare_again", kOrganisers},
    {"link_proposals", kOrganisers},
    {"unlink_proposals", kOrganisers},
    {"route", kOrganisers},
    {"decline", kReviewers},
    {"accept", kReviewers},
    {"share", kReviewers},
    {"note", kReviewers},
    {"assign", kReviewers},
    {"answer", kReviewers},
    {"approve", kReviewers},
    {"answer_together", kReviewers},
    {"approve_together", kReviewers},
    {"reject_answer", kReviewers},
    {"contest", kParticipants},                        // who wrote it
    {"decide_contestation", kOrganisers | kCommittee}, // but not who took the contested decision
    {"opine", kCommittee},
    {"commit", kReviewers},
    {"confirm_commitment", kOrganisers},
    {"return_commitment", kOrganisers},
    {"progress", kReviewers},
    {"publish_grid", kOrganisers},
    {"change_grid", kOrganisers},
    {"rate", kReviewers}, // the committee approves lists: whoever judges at the end does not score before
    {"submit_list", kOrganisers},
    {"withdraw_list", kOrganisers},
    {"object", kCommittee},
    {"withdraw_objection", kCommittee},
    {"vote", kCommittee},
    {"ask", kReviewers},
    {"reply", kOrganisers},
    {"reply_as_author", kParticipants}, // whoever holds the receipt
    {"publish_reply", kOrganisers},
    {"withhold_reply", kOrganisers},
};

/// In the order of Action.
constexpr auto kRolesByAction = [] {
  std::array<unsigned, kActionNames.size()> roles{};
  for (std::size_t i = 0; i < roles.size(); ++i)
    for (const auto& right : kRights)
      if (right.action == kActionNames[i])
        roles[i] = right.roles;
  return roles;
}();

constexpr unsigned bit_of(Role role) {
  switch (role) {
  case Role::participant:
    return kParticipants;
  case Role::facilitator:
    return kFacilitators;
  case Role::organiser:
    return kOrganisers;
  case Role::reviewer:
    return kReviewers;
  case Role::committee:
    return kCommittee;
  case Role::screen:
  case Role::admin:
    break;
  }
  return 0;
}

} // namespace

bool may(Role role, const Action& action) {
  return (kRolesByAction[action.index()] & bit_of(role)) != 0;
}

bool may_review(Role role, std::string_view action) {
  for (const auto& right : kReviewRights)
    if (right.action == action)
      return (right.roles & bit_of(role)) != 0;
  return false;
}

bool sees_staff_view(Role role) {
  return role == Role::facilitator || role == Role::organiser;
}

std::optional<Role> role_in(std::span<const store::Grant> grants, const WorkshopId& workshop,
                            const ConsultationId& consultation) {
  std::optional<Role> strongest;
  for (const auto& grant : grants) {
    if (grant.role == Role::organiser && grant.scope == consultation.text())
      return Role::organiser;
    if (grant.role == Role::facilitator && grant.scope == workshop.text())
      strongest = Role::facilitator;
  }
  return strongest;
}

bool is_organiser_of(std::span<const store::Grant> grants, const ConsultationId& consultation) {
  for (const auto& grant : grants)
    if (grant.role == Role::organiser && grant.scope == consultation.text())
      return true;
  return false;
}

bool is_admin(std::span<const store::Grant> grants) {
  for (const auto& grant : grants)
    if (grant.role == Role::admin)
      return true;
  return false;
}

} // namespace warsha::access
