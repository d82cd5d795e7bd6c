#include "server/access/rights.hpp"

#include <array>
#include <iterator>

namespace warsha::access {

namespace {

enum Who : unsigned { participants = 1, facilitators = 2, organisers = 4 };
constexpr unsigned staff = facilitators | organisers;

/// Who may use a command, in the order of Action.
constexpr std::array kRights = {
    participants | staff, // contribute: staff write down what is said aloud
    participants | staff, // edit: the board permits it for one's own only
    participants | staff, // withdraw: likewise
    participants | 0u,    // support: a vote of the people invited, not of those who steer
    staff,                // theme.add
    staff,                // theme.rename
    staff,                // theme.remove
    staff,                // place
    staff,                // moderate
    staff,                // phase.enter
    staff,                // timer.start
    staff,                // timer.extend
    staff,                // timer.stop
};
static_assert(kRights.size() == std::variant_size_v<Action>);

constexpr unsigned as_who(Role role) {
  switch (role) {
  case Role::participant:
    return participants;
  case Role::facilitator:
    return facilitators;
  case Role::organiser:
    return organisers;
  case Role::screen:
  case Role::reviewer:
  case Role::committee:
  case Role::admin:
    break;
  }
  return 0;
}

} // namespace

bool may(Role role, const Action& action) { return (kRights[action.index()] & as_who(role)) != 0; }

bool sees_staff_view(Role role) { return role == Role::facilitator || role == Role::organiser; }

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
