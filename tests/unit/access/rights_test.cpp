#include "server/access/rights.hpp"
#include "server/review/actions.hpp"

#include <gtest/gtest.h>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <utility>

namespace warsha::tests {

namespace {

constexpr Role kRoles[] = {Role::screen,   Role::participant, Role::facilitator, Role::organiser,
                           Role::reviewer, Role::committee,   Role::admin};

template <std::size_t... Index> std::vector<Action> one_of_each(std::index_sequence<Index...>) {
  return {Action(std::in_place_index<Index>)...};
}

/// Every command, by its name on the wire.
std::map<std::string, Action> all_actions() {
  std::map<std::string, Action> actions;
  for (auto& action : one_of_each(std::make_index_sequence<std::variant_size_v<Action>>()))
    actions.emplace(kActionNames[action.index()], std::move(action));
  return actions;
}

/// The whole table, written out: whoever is not named may not.
const std::map<std::string, std::set<Role>> kMay = {
    {"contribute", {Role::participant, Role::facilitator, Role::organiser}},
    {"edit", {Role::participant, Role::facilitator, Role::organiser}},
    {"withdraw", {Role::participant, Role::facilitator, Role::organiser}},
    {"support", {Role::participant}},
    {"count", {Role::facilitator, Role::organiser}},
    {"tallies.hide", {Role::facilitator, Role::organiser}},
    {"theme.add", {Role::facilitator, Role::organiser}},
    {"theme.rename", {Role::facilitator, Role::organiser}},
    {"theme.remove", {Role::facilitator, Role::organiser}},
    {"place", {Role::facilitator, Role::organiser}},
    {"merge", {Role::facilitator, Role::organiser}},
    {"unmerge", {Role::facilitator, Role::organiser}},
    {"take_over", {Role::facilitator, Role::organiser}},
    {"moderate", {Role::facilitator, Role::organiser}},
    {"reword", {Role::facilitator, Role::organiser}},
    {"freeze", {Role::facilitator, Role::organiser}},
    {"person.remove", {Role::facilitator, Role::organiser}},
    {"person.readmit", {Role::facilitator, Role::organiser}},
    {"phase.enter", {Role::facilitator, Role::organiser}},
    {"timer.start", {Role::facilitator, Role::organiser}},
    {"timer.extend", {Role::facilitator, Role::organiser}},
    {"timer.pause", {Role::facilitator, Role::organiser}},
    {"timer.stop", {Role::facilitator, Role::organiser}},
    {"reveal", {Role::facilitator, Role::organiser}},
    {"agenda.set", {Role::facilitator, Role::organiser}},
    {"settings.set", {Role::facilitator, Role::organiser}},
    {"projector.show", {Role::facilitator, Role::organiser}},
    {"caption.set", {Role::facilitator, Role::organiser}},
    {"staff.note", {Role::facilitator, Role::organiser}},
    {"table.add", {Role::facilitator, Role::organiser}},
    {"table.rename", {Role::facilitator, Role::organiser}},
    {"table.remove", {Role::facilitator, Role::organiser}},
    {"table.restore", {Role::facilitator, Role::organiser}},
    {"table.seat", {Role::facilitator, Role::organiser}},
    {"floor.give", {Role::facilitator, Role::organiser}},
    {"floor.end", {Role::facilitator, Role::organiser}},
    {"floor.take_back", {Role::facilitator, Role::organiser}},
    {"table.rapporteur", {Role::participant, Role::facilitator, Role::organiser}},
    {"table.status", {Role::participant, Role::facilitator, Role::organiser}},
    {"draft.start", {Role::participant, Role::facilitator, Role::organiser}},
    {"draft.change", {Role::participant, Role::facilitator, Role::organiser}},
    {"draft.hand_in", {Role::participant, Role::facilitator, Role::organiser}},
    {"draft.discard", {Role::participant, Role::facilitator, Role::organiser}},
    {"form.set", {Role::facilitator, Role::organiser}},
    {"rate", {Role::participant}},
    {"table.sit", {Role::participant}},
    {"floor.ask", {Role::participant}},
    {"floor.leave", {Role::participant}},
};

/// The same for the review: the author of a contribution is a participant.
const std::map<std::string_view, std::set<Role>> kMayReview = {
    {"screen", {Role::organiser}},
    {"return", {Role::organiser}},
    {"dissolve_proposal", {Role::organiser}},
    {"merge_proposal", {Role::organiser}},
    {"unmerge_proposal", {Role::organiser}},
    {"ask", {Role::reviewer}},
    {"reply", {Role::organiser}},
    {"reply_as_author", {Role::participant}},
    {"publish_reply", {Role::organiser}},
    {"withhold_reply", {Role::organiser}},
    {"tell_apart", {Role::organiser}},
    {"compare_again", {Role::organiser}},
    {"link_proposals", {Role::organiser}},
    {"unlink_proposals", {Role::organiser}},
    {"share", {Role::reviewer}},
    {"refuse", {Role::organiser}},
    {"reconsider", {Role::organiser}},
    {"revise", {Role::participant}},
    {"propose", {Role::organiser}},
    {"reword_proposal", {Role::organiser}},
    {"join", {Role::organiser}},
    {"leave", {Role::organiser}},
    {"route", {Role::organiser}},
    {"decline", {Role::reviewer}},
    {"accept", {Role::reviewer}},
    {"note", {Role::reviewer}},
    {"assign", {Role::reviewer}},
    {"answer", {Role::reviewer}},
    {"approve", {Role::reviewer}},
    {"answer_together", {Role::reviewer}},
    {"approve_together", {Role::reviewer}},
    {"reject_answer", {Role::reviewer}},
    {"contest", {Role::participant}},
    {"decide_contestation", {Role::organiser, Role::committee}},
    {"opine", {Role::committee}},
    {"commit", {Role::reviewer}},
    {"confirm_commitment", {Role::organiser}},
    {"return_commitment", {Role::organiser}},
    {"progress", {Role::reviewer}},
    {"publish_grid", {Role::organiser}},
    {"change_grid", {Role::organiser}},
    {"rate", {Role::reviewer}},
    {"submit_list", {Role::organiser}},
    {"withdraw_list", {Role::organiser}},
    {"object", {Role::committee}},
    {"withdraw_objection", {Role::committee}},
    {"vote", {Role::committee}},
};

const WorkshopId kWorkshop = *WorkshopId::parse("018f0000-0000-7000-8000-000000000001");
const WorkshopId kOtherWorkshop = *WorkshopId::parse("018f0000-0000-7000-8000-000000000002");
const ConsultationId kConsultation = *ConsultationId::parse("018f0000-0000-7000-8000-000000000003");
const ConsultationId kOtherConsultation = *ConsultationId::parse("018f0000-0000-7000-8000-000000000004");

std::optional<Role> role_with(const std::vector<store::Grant>& grants) {
  return access::role_in(grants, kWorkshop, kConsultation);
}

} // namespace

TEST(Rights, the_table_below_names_every_command) {
  EXPECT_EQ(all_actions().size(), std::size(kActionNames));
  for (const auto& [command, action] : all_actions())
    EXPECT_TRUE(kMay.contains(command)) << command;
}

TEST(Rights, each_role_may_use_the_commands_of_the_table_and_no_other) {
  for (const auto& [command, action] : all_actions())
    for (const Role role : kRoles)
      EXPECT_EQ(access::may(role, action), kMay.at(command).contains(role)) << name(role) << " " << command;
}

TEST(Rights, each_role_may_use_the_actions_of_the_review_that_its_table_names_and_no_other) {
  EXPECT_EQ(kMayReview.size(), std::size(review::kActionNames));
  for (const auto& action : review::kActionNames) {
    ASSERT_TRUE(kMayReview.contains(action)) << action;
    for (const Role role : kRoles)
      EXPECT_EQ(access::may_review(role, action), kMayReview.at(action).contains(role))
          << name(role) << " " << action;
  }
  EXPECT_FALSE(access::may_review(Role::organiser, "contribute"));
}

TEST(Rights, only_those_who_steer_see_hidden_texts_and_authors) {
  for (const Role role : kRoles)
    EXPECT_EQ(access::sees_staff_view(role), role == Role::facilitator || role == Role::organiser)
        << name(role);
}

TEST(Rights, without_a_grant_an_account_has_no_role) {
  EXPECT_EQ(role_with({}), std::nullopt);
}

TEST(Rights, a_facilitator_has_the_role_in_their_workshop_only) {
  EXPECT_EQ(role_with({{Role::facilitator, kWorkshop.text()}}), Role::facilitator);
  EXPECT_EQ(role_with({{Role::facilitator, kOtherWorkshop.text()}}), std::nullopt);
  EXPECT_EQ(role_with({{Role::facilitator, ""}}), std::nullopt);
}

TEST(Rights, an_organiser_has_the_role_in_every_workshop_of_their_consultation_only) {
  EXPECT_EQ(role_with({{Role::organiser, kConsultation.text()}}), Role::organiser);
  EXPECT_EQ(role_with({{Role::organiser, kOtherConsultation.text()}}), std::nullopt);
}

TEST(Rights, a_scope_of_another_kind_gives_nothing) {
  EXPECT_EQ(role_with({{Role::organiser, kWorkshop.text()}}), std::nullopt);
  EXPECT_EQ(role_with({{Role::facilitator, kConsultation.text()}}), std::nullopt);
}

TEST(Rights, the_stronger_of_two_roles_counts_in_either_order) {
  const store::Grant facilitator{Role::facilitator, kWorkshop.text()};
  const store::Grant organiser{Role::organiser, kConsultation.text()};
  EXPECT_EQ(role_with({facilitator, organiser}), Role::organiser);
  EXPECT_EQ(role_with({organiser, facilitator}), Role::organiser);
}

TEST(Rights, an_admin_administers_and_has_no_role_in_a_workshop) {
  const std::vector<store::Grant> grants = {{Role::admin, ""}};
  EXPECT_EQ(role_with(grants), std::nullopt);
  EXPECT_TRUE(access::is_admin(grants));
  EXPECT_FALSE(access::is_admin(std::vector<store::Grant>{{Role::organiser, kConsultation.text()}}));
}

TEST(Rights, a_grant_can_not_make_a_participant_or_a_screen) {
  for (const Role role : {Role::screen, Role::participant, Role::reviewer, Role::committee})
    EXPECT_EQ(role_with({{role, kWorkshop.text()}, {role, kConsultation.text()}}), std::nullopt)
        << name(role);
}

} // namespace warsha::tests
