#include "server/access/rights.hpp"

#include <array>
#include <iterator>

namespace warsha::access {

namespace {

// Sets of roles, as bits.
constexpr unsigned kParticipants = 1;
constexpr unsigned kFacilitators = 2;
constexpr unsigned kOrganisers = 4;
constexpr unsigned kStaff = kFacilitators | kOrganisers;

/// Who may use a command, in the order of Action.
constexpr std::array kRights = {
    kParticipants | kStaff, // contribute: staff write down what is said aloud
    kParticipants | kStaff, // edit: the board permits it for one's own only
    kParticipants | kStaff, // withdraw: likewise
    kParticipants,          // support: a vote of the people invited, not of those who steer
    kStaff,                 // theme.add
    kStaff,                 // theme.rename
    kStaff,                 // theme.remove
    kStaff,                 // place
    kStaff,                 // moderate
    kStaff,                 // phase.enter
    kStaff,                 // timer.start
    kStaff,                 // timer.extend
    kStaff,                 // timer.stop
};
static_assert(kRights.size() == std::variant_size_v<Action>);

constexpr unsigned bit_of(Role role) {
  switch (role) {
  case Role::participant:
    return kParticipants;
  case Role::facilitator:
    return kFacilitators;
  case Role::organiser:
    return kOrganisers;
  case Role::screen:
  case Role::reviewer:
  case Role::committee:
  case Role::admin:
    break;
  }
  return 0;
}

} // namespace

bool may(Role role, const Action& action) {
  return (kRights[action.index()] & bit_of(role)) != 0;
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

bool is_admin(std::span<const store::Grant> grants) {
  for (const auto& grant : grants)
    if (grant.role == Role::admin)
      return true;
  return false;
}

} // namespace warsha::access
