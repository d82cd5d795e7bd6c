#include "server/review/advice_audit.hpp"
#include "tests/unit/review/office.hpp"

/// What the router advised when somebody decided, and whether it was right.
namespace warsha::review {
namespace {

using test::kMonday;
using test::kWords;
using test::Office;

action::Route route(const ProposalId& proposal, const std::string& lead,
                    std::vector<action::Advised> advised) {
  return {proposal, lead, {}, action::Advice{std::move(advised), "2026-3"}};
}

AdviceAudit audit_of(const Office& office) {
  return audit(audited_decisions(office.docket));
}

TEST(AdviceAudit, advice_is_kept_with_the_decision_and_read_back_from_the_ledger) {
  Office office;
  const auto proposal = office.propose({Office::said(10)});
  office.act(office.organiser, route(proposal, "mtnra", {{"mtnra", 700}, {"justice", 200}}));
  const auto entry = read_entry(test::kConsultation, office.docket.seq, office.bodies.back());
  const auto& kept = std::get<action::Route>(entry.action).advice;
  ASSERT_TRUE(kept);
  EXPECT_EQ(kept->version, "2026-3");
  ASSERT_EQ(kept->first.size(), 2U);
  EXPECT_EQ(kept->first[1].administration, "justice");
  EXPECT_EQ(kept->first[1].per_mille, 200);
}

TEST(AdviceAudit, the_first_is_right_where_it_has_the_proposal_and_one_of_three_where_another_of_them_has) {
  Office office;
  const auto right = office.propose({Office::said(10)});
  const auto second = office.propose({Office::said(11)});
  office.act(office.organiser, route(right, "mtnra", {{"mtnra", 900}, {"justice", 50}}));
  office.act(office.organiser, route(second, "justice", {{"mtnra", 500}, {"justice", 400}}));
  const auto found = audit_of(office);
  EXPECT_EQ(found.decisions, 2U);
  EXPECT_EQ(found.judged, 2U);
  EXPECT_EQ(found.first, 1U);
  EXPECT_EQ(found.three, 2U);
  ASSERT_EQ(found.bins.size(), 2U);
  EXPECT_EQ(found.bins[0].from, 500);
  EXPECT_EQ(found.bins[0].right, 0U);
  EXPECT_EQ(found.bins[1].from, 900);
  EXPECT_EQ(found.bins[1].right, 1U);
  EXPECT_NEAR(found.calibration_error, (0.5 + 0.1) / 2, 1e-9);
}

TEST(AdviceAudit, what_was_declined_is_nobodys_until_another_accepts_it_and_then_the_advice_was_wrong) {
  Office office;
  const auto proposal = office.propose({Office::said(10)});
  office.act(office.organiser, route(proposal, "mtnra", {{"mtnra", 990}, {"justice", 5}}));
  ASSERT_EQ(office.act(office.officer, action::Decline{proposal, "قسم", "justice", kWords}), std::nullopt);
  auto found = audit_of(office);
  EXPECT_EQ(found.open, 1U);
  EXPECT_EQ(found.judged, 0U);
  EXPECT_EQ(found.calibration_error, 0);
  ASSERT_EQ(office.act(office.stranger, action::Accept{proposal}), std::nullopt);
  found = audit_of(office);
  EXPECT_EQ(found.judged, 1U);
  EXPECT_EQ(found.first, 0U);
  EXPECT_EQ(found.three, 1U);
  ASSERT_EQ(found.months.size(), 2U); // by administration
  EXPECT_EQ(found.months[0].administration, "justice");
  EXPECT_EQ(found.months[0].missed, 1U);
  EXPECT_EQ(found.months[1].administration, "mtnra");
  EXPECT_EQ(found.months[1].first, 1U);
  EXPECT_EQ(found.months[1].declined, 1U);
  EXPECT_EQ(found.months[1].kept + found.months[1].sent_elsewhere, 0U);
}

TEST(AdviceAudit, an_answer_that_names_another_owner_says_that_it_is_the_owners) {
  Office office;
  const auto proposal = office.propose({Office::said(10)});
  office.act(office.organiser, route(proposal, "mtnra", {{"justice", 600}, {"mtnra", 300}}));
  action::Answer answer{proposal, AnswerKind::not_ours, kWords};
  answer.owner = "justice";
  ASSERT_EQ(office.act(office.officer, answer), std::nullopt);
  ASSERT_EQ(office.act(office.head, action::Approve{proposal}), std::nullopt);
  EXPECT_EQ(audited_decisions(office.docket)[0].now, "justice");
  EXPECT_EQ(audit_of(office).first, 1U);
}

TEST(AdviceAudit, each_decision_counts_by_itself_in_its_month_and_follows_a_merge) {
  Office office;
  const auto merged = office.propose({Office::said(10)});
  const auto into = office.propose({Office::said(11)});
  office.act(office.organiser, route(merged, "justice", {{"mtnra", 800}}));
  office.now = kMonday + TimeMs{40} * 24 * 3600 * 1000;
  office.act(office.organiser, route(into, "mtnra", {{"mtnra", 800}}));
  ASSERT_EQ(office.act(office.organiser, action::MergeProposal{into, merged, kWords}), std::nullopt);
  const auto found = audit_of(office);
  EXPECT_EQ(found.judged, 2U);
  EXPECT_EQ(found.first, 2U) << "what it was merged into is with the first advised";
  ASSERT_EQ(found.months.size(), 2U);
  EXPECT_EQ(found.months[0].month, "2026-01");
  EXPECT_EQ(found.months[1].month, "2025-12");
}

TEST(AdviceAudit, a_decision_without_advice_is_counted_as_such_and_judges_nothing) {
  Office office;
  (void)office.routed();
  const auto found = audit_of(office);
  EXPECT_EQ(found.decisions, 1U);
  EXPECT_EQ(found.unadvised, 1U);
  EXPECT_EQ(found.judged + found.open, 0U);
  EXPECT_TRUE(found.bins.empty());
}

} // namespace
} // namespace warsha::review
