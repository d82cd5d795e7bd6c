#pragma once

#include "protocol/messages.hpp"
#include "server/store/people.hpp"

#include <span>
#include <string_view>

/// Who may do what: the one place. Denied unless granted here.
namespace warsha::access {

/// Whoever acts on a workshop, with the one role in force there.
struct Actor {
  Role role{};
  ActorId id; // participant or account; all zero for a screen
};

/// May a role use this command at all? (The phase's rules come after, in server/live/phase_rules.)
[[nodiscard]] bool may(Role role, const Action& action);

/// May a role use this action of the review, by its name (server/review/actions.hpp)? Which consultation,
/// administration or contribution it may use it on is the docket's to decide. A participant is the author.
[[nodiscard]] bool may_review(Role role, std::string_view action);

/// Staff see hidden texts and authors' pseudonyms.
[[nodiscard]] bool sees_staff_view(Role role);

/// The strongest role that an account's grants give in a workshop of a consultation, if any. An admin
/// administers: no role in a workshop.
[[nodiscard]] std::optional<Role> role_in(std::span<const store::Grant> grants, const WorkshopId& workshop,
                                          const ConsultationId& consultation);
[[nodiscard]] bool is_admin(std::span<const store::Grant> grants);
/// Runs a consultation: may watch all of its workshops at once.
[[nodiscard]] bool is_organiser_of(std::span<const store::Grant> grants, const ConsultationId& consultation);

} // namespace warsha::access
