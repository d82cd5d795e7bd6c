#include "server/review/balance.hpp"
#include "server/review/routing_advice.hpp"
#include "tests/unit/review/office.hpp"

#include <chrono>
#include <random>

namespace warsha::review {
namespace {

using test::kConsultation;
using test::kMonday;
using test::kWords;
using test::numbered;
using test::Office;

TEST(Screening, is_an_organisers_and_keeps_each_rating) {
  Office office;
  const auto id = Office::said(10);
  EXPECT_EQ(office.act(office.officer, action::Screen{id, 3, 3, 3}), Code::not_permitted);
  EXPECT_EQ(office.act(office.organiser, action::Screen{id, 5, 4, 3}), std::nullopt);
  EXPECT_EQ(office.act(office.colleague, action::Screen{id, 1, 4, 3}), std::nullopt);
  EXPECT_EQ(office.docket.contributions.at(id).screenings.size(), 2U);
  EXPECT_EQ(office.act(office.organiser, action::Screen{Office::said(99), 1, 1, 1}),
            Code::contribution_not_found);
}

TEST(Screening, that_refuses_says_why_and_can_be_taken_back) {
  Office office;
  const auto id = Office::said(10);
  EXPECT_EQ(office.act(office.organiser, action::Refuse{id, RefusalReason::out_of_scope, kWords}),
            std::nullopt);
  EXPECT_EQ(office.act(office.organiser, action::Propose{"t", "t", {id}}), Code::already_refused);
  EXPECT_EQ(office.act(office.organiser, action::Reconsider{id}), std::nullopt);
  EXPECT_EQ(office.act(office.organiser, action::Propose{"t", "t", {id}}), std::nullopt);
}

TEST(Screening, returns_what_is_unclear_to_whoever_holds_its_receipt) {
  Office office;
  const auto id = Office::said(10);
  EXPECT_EQ(office.act(office.author, action::Revise{id, "أوضح"}), Code::not_returned);
  office.act(office.organiser, action::Return{id, "أي سنة؟"});
  EXPECT_EQ(office.act(office.organiser, action::Revise{id, "أوضح"}), Code::not_permitted);
  EXPECT_EQ(office.act(office.author, action::Revise{id, "أوضح"}), std::nullopt);
  EXPECT_EQ(office.docket.state_of(id), ContributionState::waiting);
}

TEST(Proposals, hold_a_contribution_once) {
  Office office;
  const auto first = office.propose({Office::said(10), Office::said(11)});
  EXPECT_EQ(office.act(office.organiser, action::Propose{"t", "t", {Office::said(11)}}),
            Code::already_proposed);
  EXPECT_EQ(office.act(office.organiser, action::Leave{first, Office::said(11)}), std::nullopt);
  EXPECT_EQ(office.act(office.organiser, action::Leave{first, Office::said(10)}), Code::last_contribution);
  EXPECT_EQ(office.act(office.organiser, action::Join{first, {Office::said(11)}}), std::nullopt);
}

TEST(Answers, are_given_by_the_lead_and_published_by_a_second_person) {
  Office office;
  const auto id = office.routed();
  const action::Answer answer{id, AnswerKind::taken, kWords};
  EXPECT_EQ(office.act(office.stranger, answer), Code::not_permitted);
  EXPECT_EQ(office.act(office.organiser, answer), Code::not_permitted)
      << "who reviews for nobody learns nothing";
  EXPECT_EQ(office.act(office.officer, answer), std::nullopt);
  EXPECT_FALSE(office.docket.find(id)->answer) << "drafted is not published";
  EXPECT_EQ(office.act(office.officer, action::Approve{id}), Code::second_person_needed);
  EXPECT_EQ(office.act(office.head, action::Approve{id}), std::nullopt);
  EXPECT_EQ(office.docket.find(id)->state, ProposalState::answered);
  EXPECT_EQ(office.act(office.officer, answer), Code::already_answered);
  EXPECT_EQ(office.act(office.organiser, action::Route{id, "justice"}), Code::already_answered);
}

TEST(Answers, of_what_is_done_show_it_and_of_what_is_anothers_name_them) {
  Office office;
  const auto id = office.routed();
  EXPECT_EQ(office.act(office.officer, action::Answer{id, AnswerKind::already_done, kWords}),
            Code::link_required);
  EXPECT_EQ(
      office.act(office.officer, action::Answer{id, AnswerKind::already_done, kWords, "javascript:alert(1)"}),
      Code::invalid_value);
  EXPECT_EQ(office.act(office.officer, action::Answer{id, AnswerKind::not_ours, kWords}),
            Code::owner_required);
  EXPECT_EQ(office.act(office.officer, action::Answer{id, AnswerKind::not_ours, kWords, {}, "nobody"}),
            Code::administration_not_found);
}

TEST(Answers, nobody_overwrites_what_somebody_else_changed_meanwhile) {
  Office office;
  const auto id = office.routed();
  const auto seen = office.docket.find(id)->changed_seq;
  EXPECT_EQ(office.act(office.organiser, action::RewordProposal{id, "a", "b"}), std::nullopt);
  EXPECT_EQ(office.act(office.officer, action::Answer{id, AnswerKind::later, kWords}, seen),
            Code::changed_meanwhile);
  EXPECT_EQ(office.act(office.officer, action::Answer{id, AnswerKind::later, kWords}, seen + 1),
            std::nullopt);
}

TEST(Answers, are_published_to_the_words_they_were_written_for) {
  Office office;
  const auto id = office.routed();
  office.act(office.officer, action::Answer{id, AnswerKind::taken, kWords});
  office.act(office.organiser, action::RewordProposal{id, "a", "b"});
  EXPECT_EQ(office.act(office.head, action::Approve{id}), Code::no_answer_proposed);
}

TEST(Assignments, are_among_the_members_of_the_lead_and_end_with_its_turn) {
  Office office;
  const auto id = office.routed();
  const auto seen = office.docket.find(id)->changed_seq;
  EXPECT_EQ(office.act(office.stranger, action::Assign{id, office.stranger.id}), Code::not_permitted);
  EXPECT_EQ(office.act(office.organiser, action::Assign{id, office.officer.id}), Code::not_permitted);
  EXPECT_EQ(office.act(office.officer, action::Assign{id, office.stranger.id}), Code::invalid_value);
  EXPECT_EQ(office.act(office.head, action::Assign{id, office.officer.id}), std::nullopt);
  EXPECT_EQ(office.docket.find(id)->assigned, office.officer.id);
  EXPECT_EQ(office.docket.find(id)->changed_seq, seen) << "whoever writes the answer meanwhile goes on";
  office.act(office.officer, action::Decline{id, "قسم", "justice", kWords});
  office.act(office.organiser, action::Route{id, "justice"});
  EXPECT_EQ(office.docket.find(id)->assigned, std::nullopt);
}

TEST(Transfers, are_hops_with_a_unit_an_owner_and_words) {
  Office office;
  const auto id = office.routed();
  EXPECT_EQ(office.act(office.officer, action::Decline{id, "قسم", "mtnra", kWords}), Code::owner_required);
  EXPECT_EQ(office.act(office.officer, action::Decline{id, "قسم", "justice", kWords}), std::nullopt);
  EXPECT_EQ(office.docket.find(id)->state, ProposalState::transferred);
  EXPECT_EQ(office.act(office.officer, action::Answer{id, AnswerKind::taken, kWords}), Code::not_routed);
  EXPECT_EQ(office.act(office.organiser, action::Route{id, "justice"}), std::nullopt);
  EXPECT_EQ(office.docket.find(id)->hops.size(), 3U);
  const auto decisions = decisions_of(office.docket);
  ASSERT_EQ(decisions.size(), 1U);
  EXPECT_EQ(decisions[0].administrations, std::vector<std::string>{"justice"});
  EXPECT_EQ(decisions[0].not_ours, std::vector<std::string>{"mtnra"});
}

TEST(Transfers, are_accepted_by_whom_they_name_and_by_nobody_else) {
  Office office;
  const auto id = office.routed();
  EXPECT_EQ(office.act(office.stranger, action::Accept{id}), Code::not_permitted);
  ASSERT_EQ(office.act(office.officer, action::Assign{id, office.officer.id}), std::nullopt);
  ASSERT_EQ(office.act(office.officer, action::Decline{id, "قسم", "justice", kWords}), std::nullopt);
  EXPECT_EQ(holder_of(*office.docket.find(id)), "justice");
  EXPECT_EQ(office.act(office.head, action::Accept{id}), Code::not_permitted)
      << "it said that it is not theirs";
  EXPECT_EQ(office.act(office.stranger, action::Answer{id, AnswerKind::taken, kWords}), Code::not_permitted);
  office.now += 1000;
  ASSERT_EQ(office.act(office.stranger, action::Accept{id}), std::nullopt);
  const auto& proposal = *office.docket.find(id);
  EXPECT_EQ(proposal.lead, "justice");
  EXPECT_EQ(proposal.state, ProposalState::routed);
  EXPECT_EQ(proposal.hops.back().accepted_at, office.now);
  EXPECT_TRUE(proposal.due_at) << "with days of its own";
  EXPECT_EQ(proposal.assigned, std::nullopt);
  EXPECT_EQ(decisions_of(office.docket)[0].administrations, std::vector<std::string>{"justice"});
}

TEST(Transfers, are_shared_with_whom_they_come_from_who_contributes_from_then_on) {
  Office office;
  const auto id = office.routed();
  ASSERT_EQ(office.act(office.officer, action::Decline{id, "قسم", "justice", kWords}), std::nullopt);
  EXPECT_EQ(office.act(office.head, action::Share{id, kWords}), Code::not_permitted) << "they are not asked";
  ASSERT_EQ(office.act(office.stranger, action::Share{id, kWords}), std::nullopt);
  const auto& proposal = *office.docket.find(id);
  EXPECT_EQ(proposal.lead, "justice");
  EXPECT_EQ(proposal.contributing, std::vector<std::string>{"mtnra"});
  EXPECT_EQ(proposal.hops.back().shared->fr, kWords.fr);
  EXPECT_EQ(proposal.hops.back().accepted_at, office.now);
  EXPECT_EQ(office.act(office.stranger, action::Share{id, kWords}), Code::not_routed) << "once";
}

TEST(Transfers, make_who_contributed_the_lead_and_nothing_else) {
  Office office;
  const auto id = office.routed();
  ASSERT_EQ(office.act(office.organiser, action::Route{id, "mtnra", {"justice"}}), std::nullopt);
  ASSERT_EQ(office.act(office.officer, action::Decline{id, "قسم", "justice", kWords}), std::nullopt);
  ASSERT_EQ(office.act(office.stranger, action::Accept{id}), std::nullopt);
  EXPECT_EQ(office.docket.find(id)->lead, "justice");
  EXPECT_TRUE(office.docket.find(id)->contributing.empty());
}

TEST(Transfers, go_on_from_whom_they_name_until_the_organiser_has_to_decide) {
  Office office;
  const auto id = office.routed();
  ASSERT_EQ(office.act(office.officer, action::Decline{id, "قسم", "justice", kWords}), std::nullopt);
  EXPECT_EQ(office.act(office.stranger, action::Decline{id, "قسم", "justice", kWords}), Code::owner_required);
  ASSERT_EQ(office.act(office.stranger, action::Decline{id, "قسم", "mtnra", kWords}), std::nullopt);
  const auto& proposal = *office.docket.find(id);
  EXPECT_EQ(proposal.hops.back().from, "justice");
  EXPECT_EQ(holder_of(proposal), "") << "mtnra declined before: it does not go round";
  EXPECT_EQ(office.act(office.officer, action::Accept{id}), Code::not_permitted);
  EXPECT_EQ(office.act(office.organiser, action::Route{id, "mtnra"}), std::nullopt);
  EXPECT_EQ(holder_of(proposal), "mtnra");
}

TEST(Routing, names_no_administration_both_as_lead_and_as_contributing) {
  Office office;
  const auto id = office.propose({Office::said(10)});
  EXPECT_EQ(office.act(office.organiser, action::Route{id, "mtnra", {"mtnra", "justice"}}),
            Code::invalid_value);
  EXPECT_EQ(office.act(office.organiser, action::Route{id, "mtnra", {"justice"}}), std::nullopt);
}

TEST(ResponseClock, stops_when_an_administration_says_that_it_is_not_its_own) {
  Office office;
  const auto id = office.routed();
  ASSERT_TRUE(office.docket.find(id)->due_at);
  ASSERT_EQ(office.act(office.officer, action::Decline{id, "unit", "justice", kWords}), std::nullopt);
  EXPECT_FALSE(office.docket.find(id)->due_at);
}

TEST(ResponseClock, goes_on_when_a_proposal_is_sent_again_to_who_has_it) {
  Office office;
  const auto id = office.routed();
  const auto due = office.docket.find(id)->due_at;
  office.now += 20LL * 24 * 3'600'000;
  ASSERT_EQ(office.act(office.organiser, action::Route{id, "mtnra", {"justice"}}), std::nullopt);
  EXPECT_EQ(office.docket.find(id)->due_at, due);
  ASSERT_EQ(office.act(office.organiser, action::Route{id, "justice"}), std::nullopt);
  EXPECT_GT(*office.docket.find(id)->due_at, *due) << "another lead has days of its own";
  EXPECT_EQ(office.docket.find(id)->hops.back().from, "mtnra");
}

TEST(WorkingDays, leave_out_national_holidays) {
  using namespace std::chrono;
  const auto at = [](year_month_day day) { // noon
    return duration_cast<milliseconds>(sys_days(day).time_since_epoch() + hours(12)).count();
  };
  const auto the_end_of = [&](year_month_day day) { return at(day) + 12 * 3'600'000LL - 1; };
  EXPECT_EQ(after_working_days(at(2026y / November / 5), 1), the_end_of(2026y / November / 9))
      << "after a Thursday come the Green March, a Saturday and a Sunday";
  EXPECT_EQ(working_days_late(at(2026y / January / 9), at(2026y / January / 15)), 3)
      << "the 12th, 13th and 15th; the 14th is Yennayer";
}

TEST(WorkingDays, leave_out_saturday_and_sunday) {
  constexpr TimeMs kDay = 86'400'000;
  EXPECT_EQ(after_working_days(kMonday, 5), kMonday + 8 * kDay - 1) << "the end of the next Monday";
  const auto friday = kMonday + 4 * kDay;
  EXPECT_EQ(working_days_late(friday, friday + 2 * kDay), 0);
  EXPECT_EQ(working_days_late(friday, friday + 4 * kDay), 2);
}

class TwoProposals : public ::testing::Test {
protected:
  [[nodiscard]] const Proposal& at(const ProposalId& id) const { return *office.docket.find(id); }
  [[nodiscard]] static std::vector<ContributionId> said(std::initializer_list<std::uint8_t> numbers) {
    std::vector<ContributionId> all;
    for (const auto number : numbers)
      all.push_back(Office::said(number));
    return all;
  }
  std::optional<Code> merge(const Reviewer& who) {
    return office.act(who, action::MergeProposal{first, second, kWords});
  }
  Office office;
  ProposalId first = office.propose(said({10, 11}));
  ProposalId second = office.propose(said({12, 13}));
};

TEST_F(TwoProposals, are_dissolved_by_an_organiser_who_says_why_and_what_was_said_is_free_again) {
  for (const auto* who : {&office.officer, &office.member, &office.author})
    EXPECT_EQ(office.act(*who, action::DissolveProposal{first, kWords}), Code::not_permitted);
  ASSERT_EQ(office.act(office.organiser, action::Route{first, "mtnra"}), std::nullopt);
  ASSERT_EQ(office.act(office.officer, action::Answer{first, AnswerKind::later, kWords}), std::nullopt);
  ASSERT_EQ(office.act(office.organiser, action::DissolveProposal{first, kWords}), std::nullopt);
  EXPECT_EQ(at(first).state, ProposalState::dissolved);
  EXPECT_EQ(at(first).ending->contributions, said({10, 11}));
  EXPECT_EQ(at(first).ending->words.fr, kWords.fr);
  EXPECT_EQ(office.docket.state_of(Office::said(10)), ContributionState::waiting);
  EXPECT_EQ(holder_of(at(first)), "") << "nobody's inbox has it";
  EXPECT_EQ(office.act(office.head, action::Approve{first}), Code::not_routed);
  EXPECT_EQ(office.act(office.organiser, action::Route{first, "mtnra"}), Code::changed_meanwhile);
  EXPECT_EQ(office.act(office.organiser, action::Join{second, said({10})}), std::nullopt);
}

TEST_F(TwoProposals, are_neither_dissolved_nor_merged_once_one_is_answered) {
  const auto answered = office.answered(14);
  EXPECT_EQ(office.act(office.organiser, action::DissolveProposal{answered, kWords}), Code::already_answered);
  EXPECT_EQ(office.act(office.organiser, action::MergeProposal{answered, first, kWords}),
            Code::already_answered);
  EXPECT_EQ(office.act(office.organiser, action::MergeProposal{first, answered, kWords}),
            Code::already_answered);
  EXPECT_EQ(office.act(office.organiser, action::MergeProposal{first, first, kWords}), Code::invalid_value);
}

TEST_F(TwoProposals, are_neither_dissolved_nor_merged_around_an_objection) {
  ASSERT_EQ(office.act(office.author, action::Contest{Office::said(13), "x"}), std::nullopt);
  EXPECT_EQ(office.act(office.organiser, action::DissolveProposal{second, kWords}), Code::contested);
  EXPECT_EQ(merge(office.organiser), Code::contested);
}

TEST_F(TwoProposals, become_one_and_two_again) {
  ASSERT_EQ(office.act(office.organiser, action::Route{second, "mtnra"}), std::nullopt);
  EXPECT_EQ(merge(office.officer), Code::not_permitted);
  const auto due = at(second).due_at.value();
  const auto merged_at = office.now;
  ASSERT_EQ(merge(office.organiser), std::nullopt);
  EXPECT_EQ(at(first).contributions, said({10, 11, 12, 13}));
  EXPECT_EQ(at(second).state, ProposalState::merged);
  EXPECT_EQ(office.docket.carried_on_in(second), &at(first));
  EXPECT_EQ(office.docket.contributions.at(Office::said(12)).proposal, first);
  EXPECT_EQ(office.act(office.officer, action::Answer{second, AnswerKind::later, kWords}), Code::not_routed);
  EXPECT_EQ(merge(office.organiser), Code::changed_meanwhile) << "once";

  office.now += 10 * 86'400'000LL;
  ASSERT_EQ(office.act(office.colleague, action::UnmergeProposal{second}), std::nullopt);
  EXPECT_EQ(at(first).contributions, said({10, 11}));
  EXPECT_EQ(at(second).contributions, said({12, 13}));
  EXPECT_EQ(at(second).state, ProposalState::routed);
  EXPECT_EQ(at(second).lead, "mtnra");
  EXPECT_EQ(at(second).due_at, after_working_days(due, working_days_between(merged_at, office.now)))
      << "nobody could answer meanwhile";
  EXPECT_FALSE(at(second).ending);
  EXPECT_EQ(office.act(office.organiser, action::UnmergeProposal{second}), Code::changed_meanwhile);
}

TEST(Ledger, says_of_the_last_five_working_days_before_an_answer_is_due_that_it_is_soon) {
  constexpr TimeMs kDay = 86'400'000;
  Office office;
  const auto id = office.routed();
  const auto due = *office.docket.find(id)->due_at;
  const auto soon = [&](TimeMs now) { return is_due_soon(*office.docket.find(id), now); };
  EXPECT_FALSE(soon(office.now));
  EXPECT_TRUE(soon(due - 2 * kDay));
  EXPECT_TRUE(soon(due));
  EXPECT_FALSE(soon(due + 5 * kDay)) << "it is late";
  ASSERT_EQ(office.act(office.officer, action::Answer{id, AnswerKind::taken, kWords}), std::nullopt);
  ASSERT_EQ(office.act(office.head, action::Approve{id}), std::nullopt);
  EXPECT_FALSE(soon(due - 2 * kDay)) << "it is answered";
}

TEST_F(TwoProposals, that_come_apart_again_are_as_late_as_before) {
  ASSERT_EQ(office.act(office.organiser, action::Route{second, "mtnra"}), std::nullopt);
  const auto due = at(second).due_at.value();
  office.now = due + 7 * 86'400'000LL;
  ASSERT_EQ(merge(office.organiser), std::nullopt);
  ASSERT_EQ(office.act(office.organiser, action::UnmergeProposal{second}), std::nullopt);
  EXPECT_EQ(at(second).due_at, due);
}

TEST_F(TwoProposals, come_apart_only_as_long_as_nobody_answered_what_they_became) {
  ASSERT_EQ(merge(office.organiser), std::nullopt);
  const auto seen = office.docket.seq;
  ASSERT_EQ(office.act(office.organiser, action::Route{first, "mtnra"}), std::nullopt);
  ASSERT_EQ(office.act(office.officer, action::Answer{first, AnswerKind::later, kWords}), std::nullopt);
  EXPECT_EQ(office.act(office.organiser, action::UnmergeProposal{second}, seen), Code::changed_meanwhile);
  EXPECT_TRUE(at(first).proposed);
}

TEST_F(TwoProposals, give_back_what_is_still_there_and_leave_neither_empty) {
  ASSERT_EQ(merge(office.organiser), std::nullopt);
  ASSERT_EQ(office.act(office.organiser, action::Leave{first, Office::said(12)}), std::nullopt);
  ASSERT_EQ(office.act(office.organiser, action::Leave{first, Office::said(10)}), std::nullopt);
  ASSERT_EQ(office.act(office.organiser, action::Leave{first, Office::said(11)}), std::nullopt);
  EXPECT_EQ(office.act(office.organiser, action::UnmergeProposal{second}), Code::last_contribution);
  ASSERT_EQ(office.act(office.organiser, action::Join{first, said({10})}), std::nullopt);
  ASSERT_EQ(office.act(office.organiser, action::UnmergeProposal{second}), std::nullopt);
  EXPECT_EQ(at(second).contributions, said({13}));
  EXPECT_EQ(office.docket.state_of(Office::said(12)), ContributionState::waiting) << "it had left";
}

TEST_F(TwoProposals, come_apart_in_the_order_in_which_they_were_merged_and_not_after_an_answer) {
  const auto third = office.propose(said({14}));
  ASSERT_EQ(merge(office.organiser), std::nullopt);
  ASSERT_EQ(office.act(office.organiser, action::MergeProposal{third, first, kWords}), std::nullopt);
  EXPECT_EQ(office.docket.carried_on_in(second), &at(third));
  EXPECT_EQ(office.act(office.organiser, action::UnmergeProposal{second}), Code::changed_meanwhile);
  ASSERT_EQ(office.act(office.organiser, action::UnmergeProposal{first}), std::nullopt);
  ASSERT_EQ(office.act(office.organiser, action::Route{first, "mtnra"}), std::nullopt);
  ASSERT_EQ(office.act(office.officer, action::Answer{first, AnswerKind::later, kWords}), std::nullopt);
  ASSERT_EQ(office.act(office.head, action::Approve{first}), std::nullopt);
  EXPECT_EQ(office.act(office.organiser, action::UnmergeProposal{second}), Code::already_answered);
}

TEST_F(TwoProposals, that_change_take_an_answer_that_was_only_proposed_back) {
  ASSERT_EQ(office.act(office.organiser, action::Route{first, "mtnra"}), std::nullopt);
  ASSERT_EQ(office.act(office.officer, action::Answer{first, AnswerKind::later, kWords}), std::nullopt);
  ASSERT_EQ(merge(office.organiser), std::nullopt);
  EXPECT_EQ(at(first).state, ProposalState::routed) << "it was written to other words";
}

/// What holds after every entry: no proposal without what was said, each in one commitment at most, which its
/// administration took; and what is told of progress was promised in public.
void expect_whole(const Docket& docket) {
  for (const auto& [id, proposal] : docket.proposals) {
    ASSERT_EQ(proposal.contributions.empty(), proposal.ending.has_value());
    for (const auto& said : proposal.contributions)
      ASSERT_EQ(docket.contributions.at(said).proposal, id);
    if (proposal.commitment) {
      const auto& held = docket.find(*proposal.commitment)->proposals;
      ASSERT_EQ(std::count(held.begin(), held.end(), id), 1);
    }
  }
  for (const auto& [id, commitment] : docket.commitments) {
    for (const auto& proposal : commitment.proposals) {
      ASSERT_EQ(docket.find(proposal)->commitment, id);
      ASSERT_TRUE(is_taken(*docket.find(proposal)));
    }
    ASSERT_TRUE(commitment.reports.empty() || commitment.state == CommitmentState::confirmed);
  }
  for (const auto& grid : docket.grids)
    ASSERT_EQ(sum_of_weights(grid.criteria), 100);
  for (const auto& [id, list] : docket.lists)
    for (const auto& proposal : list.words.proposals)
      ASSERT_TRUE(is_taken(*docket.find(proposal)));
}

/// The same contributions as two workshops: each sheet closes, and place by place they add up to that of the
/// consultation.
void expect_closed_by_workshop(const Docket& docket, std::span<const store::ContributionRow> rows,
                               const Balance& whole, std::size_t in_the_first) {
  const auto first = balance_of(docket, rows.first(in_the_first));
  const auto second = balance_of(docket, rows.subspan(in_the_first));
  for (const auto* one : {&first, &second})
    ASSERT_EQ(one->sum(), one->received);
  const auto expect_sum = [](const Fates& a, const Fates& b, const Fates& both) {
    EXPECT_EQ(a.waiting + b.waiting, both.waiting);
    EXPECT_EQ(a.returned + b.returned, both.returned);
    EXPECT_EQ(a.in_review + b.in_review, both.in_review);
    auto answered = a.answered;
    for (const auto& [kind, count] : b.answered)
      answered[kind] += count;
    EXPECT_EQ(answered, both.answered);
    auto refused = a.refused;
    for (const auto& [reason, count] : b.refused)
      refused[reason] += count;
    EXPECT_EQ(refused, both.refused);
  };
  EXPECT_EQ(first.received + second.received, whole.received);
  EXPECT_EQ(first.withdrawn + second.withdrawn, whole.withdrawn);
  EXPECT_EQ(first.hidden + second.hidden, whole.hidden);
  expect_sum(first.fates, second.fates, whole.fates);
  expect_sum(first.merged, second.merged, whole.merged);
}

TEST(Ledger, any_sequence_of_commands_is_rebuilt_from_its_entries_and_the_balance_always_closes) {
  std::size_t reports = 0;
  std::size_t opinions = 0;
  std::size_t upheld = 0;
  std::size_t apart = 0;
  std::size_t ratings = 0;
  std::size_t decided = 0;
  std::size_t ended = 0;
  std::size_t replied = 0;
  std::size_t published = 0;
  for (unsigned seed = 0; seed < 100; ++seed) {
    Office office;
    std::mt19937 random(seed);
    const auto pick = [&](unsigned most) { return random() % most; };
    const auto said = [&] { return Office::said(static_cast<std::uint8_t>(10 + pick(10))); };
    const auto some = [&] {
      if (office.docket.proposals.empty())
        return ProposalId{numbered(99)};
      return std::next(office.docket.proposals.begin(),
                       pick(static_cast<unsigned>(office.docket.proposals.size())))
          ->first;
    };
    const Reviewer* people[] = {&office.organiser, &office.colleague, &office.officer, &office.head,
                                &office.stranger,  &office.author,    &office.member,  &office.second};
    const auto promise = [&] {
      if (office.docket.commitments.empty())
        return CommitmentId{numbered(99)};
      return std::next(office.docket.commitments.begin(),
                       pick(static_cast<unsigned>(office.docket.commitments.size())))
          ->first;
    };
    const auto listed = [&] {
      if (office.docket.lists.empty())
        return ListId{numbered(99)};
      return std::next(office.docket.lists.begin(), pick(static_cast<unsigned>(office.docket.lists.size())))
          ->first;
    };
    const auto asked = [&] {
      if (office.docket.questions.empty())
        return QuestionId{numbered(99)};
      return std::next(office.docket.questions.begin(),
                       pick(static_cast<unsigned>(office.docket.questions.size())))
          ->first;
    };
    // Of one of its contributions, where it is to authors.
    const auto of_asked = [&](const QuestionId& id) {
      const auto* question = office.docket.find(id);
      const auto* proposal = question ? office.docket.find(question->proposal) : nullptr;
      return proposal && !proposal->contributions.empty() ? proposal->contributions.front() : said();
    };
    for (int i = 0; i < 250; ++i) {
      const auto one_asked = asked();
      office.now += 2 * 3'600'000;
      auto& row = office.rows.at(said());
      if (pick(40) == 0)
        row.state = pick(2) == 0 ? "withdrawn" : "hidden";
      if (pick(40) == 0)
        row.merged_into = said();
      const std::vector<Action> all{
          action::Screen{said(), 1 + static_cast<int>(pick(5)), 3, 1 + static_cast<int>(pick(5))},
          action::Return{said(), "?"}, action::Refuse{said(), static_cast<RefusalReason>(pick(5)), kWords},
          action::Reconsider{said()}, action::Propose{"t", "t", {said()}}, action::Join{some(), {said()}},
          action::Leave{some(), said()}, action::DissolveProposal{some(), kWords},
          action::MergeProposal{some(), some(), kWords}, action::UnmergeProposal{some()},
          action::Share{some(), kWords}, action::Answer{some(), AnswerKind::out_of_scope, kWords},
          action::Route{some(), pick(2) == 0 ? "mtnra" : "justice"}, action::Route{some(), "mtnra"},
          action::Decline{some(), "u", "justice", kWords}, action::Accept{some()},
          action::AnswerTogether{{{some()}, {some(), kWords}}, static_cast<AnswerKind>(pick(2)), kWords},
          action::ApproveTogether{{some()}}, action::ApproveTogether{{some(), some()}},
          action::Answer{some(), static_cast<AnswerKind>(pick(2)), kWords},
          action::Answer{some(), AnswerKind::taken, kWords}, action::Approve{some()},
          action::RejectAnswer{some(), "لا"}, action::Assign{some(), office.officer.id},
          action::Assign{some()}, action::RewordProposal{some(), "a", "b"},
          action::Contest{said(), "لا أوافق"},
          action::Contest{said(), "لا أوافق", Contested::merged, office.organiser.id},
          action::Contest{said(), "لا أوافق", Contested::out_of_scope},
          action::DecideContestation{said(), pick(2) == 0, kWords},
          action::DecideContestation{said(), true, kWords},
          action::Opine{some(), static_cast<Stance>(pick(3)), kWords}, Office::commit({some()}),
          Office::commit({some()}, promise()), action::ConfirmCommitment{promise()},
          action::ReturnCommitment{promise(), "؟"},
          action::Progress{promise(), 1 + static_cast<int>(pick(3)), static_cast<ActivityStatus>(pick(3)),
                           kWords},
          action::ConfirmCommitment{promise(), kWords},
          // At the end of the longest way: often enough to be reached.
          Office::commit({some()}), action::ConfirmCommitment{promise(), kWords},
          action::Progress{promise(), 1, ActivityStatus::in_progress, kWords}, Office::commit({some()}),
          action::ConfirmCommitment{promise(), kWords}, action::Answer{some(), AnswerKind::taken, kWords},
          action::Approve{some()}, action::Progress{promise(), 1, ActivityStatus::completed, kWords},
          action::PublishGrid{{{Criterion::need, 60}, {Criterion::support, 40}}},
          action::ChangeGrid{{{Criterion::need, 30}, {Criterion::cost, static_cast<int>(1 + pick(90))}},
                             kWords},
          action::ChangeGrid{{{Criterion::need, 30}, {Criterion::cost, 70}}, kWords},
          action::Rate{"mtnra", {}, {}, {}, {}, 1 + pick(5), some()}, office.by_silence({some()}, 4),
          office.by_vote({some()}, 1, static_cast<Majority>(pick(2)), 4),
          action::Object{listed(), some(), kWords}, action::WithdrawObjection{listed(), some()},
          action::Vote{static_cast<Ballot>(pick(3)), listed(), kWords},
          action::WithdrawList{listed(), kWords},
          action::Answer{some(), AnswerKind::taken, kWords, {}, {}, promise()},
          action::Ask{some(), "أي سنة؟", static_cast<Asked>(pick(2))},
          action::Ask{some(), "أي سنة؟", Asked::authors}, action::Reply{one_asked, "2025"},
          action::ReplyAsAuthor{of_asked(one_asked), one_asked, "2025"},
          action::ReplyAsAuthor{of_asked(one_asked), one_asked, "2025"},
          action::PublishReply{of_asked(one_asked), one_asked},
          action::WithholdReply{of_asked(one_asked), "فيه اسم", one_asked}};
      // By the first of them who may at all, so that the reviews go far.
      const auto& action = all[pick(static_cast<unsigned>(all.size()))];
      const auto first = pick(8);
      for (unsigned k = 0; k < 8; ++k)
        if (office.act(*people[(first + k) % 8], action) != Code::not_permitted)
          break;
      std::vector<store::ContributionRow> rows;
      for (const auto& [id, one] : office.rows)
        rows.push_back(one);
      const auto balance = balance_of(office.docket, rows);
      ASSERT_EQ(balance.received, 10U);
      ASSERT_EQ(balance.sum(), balance.received) << "seed " << seed;
      expect_closed_by_workshop(office.docket, rows, balance, pick(10));
      expect_whole(office.docket);
    }
    Docket again;
    again.consultation = kConsultation;
    for (std::size_t i = 0; i < office.bodies.size(); ++i) {
      auto entry = decode_entry(kConsultation, i + 1, office.bodies[i]);
      ASSERT_TRUE(std::holds_alternative<Entry>(entry)) << std::get<std::string>(entry);
      EXPECT_EQ(encode_entry(kConsultation, std::get<Entry>(entry)), office.bodies[i]);
      apply(again, std::get<Entry>(entry));
    }
    ASSERT_EQ(again.proposals.size(), office.docket.proposals.size());
    for (const auto& [id, proposal] : office.docket.proposals) {
      EXPECT_EQ(again.find(id)->state, proposal.state);
      EXPECT_EQ(again.find(id)->contributions, proposal.contributions);
      EXPECT_EQ(again.find(id)->hops.size(), proposal.hops.size());
      EXPECT_EQ(again.find(id)->due_at, proposal.due_at);
      EXPECT_EQ(again.find(id)->contributing, proposal.contributing);
      ASSERT_EQ(again.find(id)->ending.has_value(), proposal.ending.has_value());
      ended += proposal.ending && proposal.ending->into ? 1 : 0;
      EXPECT_EQ(again.find(id)->commitment, proposal.commitment);
      EXPECT_EQ(again.find(id)->assigned, proposal.assigned);
      EXPECT_EQ(again.find(id)->opinions.size(), proposal.opinions.size());
      EXPECT_EQ(again.find(id)->lists, proposal.lists);
      EXPECT_EQ(again.standing_of(*again.find(id), office.now),
                office.docket.standing_of(proposal, office.now));
      ASSERT_EQ(again.find(id)->ratings.size(), proposal.ratings.size());
      for (const auto& [rater, rated] : proposal.ratings)
        EXPECT_EQ(again.find(id)->ratings.at(rater).values, rated.values);
      ratings += proposal.ratings.size();
    }
    EXPECT_EQ(again.grid(), office.docket.grid());
    EXPECT_EQ(again.grids.size(), office.docket.grids.size());
    ASSERT_EQ(again.lists.size(), office.docket.lists.size());
    for (const auto& [id, list] : office.docket.lists) {
      EXPECT_EQ(result_of(*again.find(id), office.now), result_of(list, office.now));
      EXPECT_EQ(count(*again.find(id)).cast(), count(list).cast());
      decided += result_of(list, office.now) != ListResult::open ? 1 : 0;
    }
    ASSERT_EQ(again.commitments.size(), office.docket.commitments.size());
    for (const auto& [id, commitment] : office.docket.commitments) {
      EXPECT_EQ(again.find(id)->state, commitment.state);
      EXPECT_EQ(again.find(id)->proposals, commitment.proposals);
      EXPECT_EQ(again.find(id)->reports.size(), commitment.reports.size());
    }
    for (const auto& [id, reviewed] : office.docket.contributions) {
      const auto& contestation = again.contributions.at(id).contestation;
      ASSERT_EQ(contestation.has_value(), reviewed.contestation.has_value());
      upheld += contestation && contestation->decision && contestation->decision->upheld ? 1 : 0;
      ASSERT_EQ(again.stands_apart(id), reviewed.stands_apart);
      apart += reviewed.stands_apart ? 1 : 0;
    }
    ASSERT_EQ(again.questions.size(), office.docket.questions.size());
    for (const auto& [id, question] : office.docket.questions) {
      EXPECT_EQ(is_open(again, *again.find(id)), is_open(office.docket, question));
      ASSERT_EQ(again.find(id)->reply.has_value(), question.reply.has_value());
      replied += question.reply ? 1 : 0;
      ASSERT_EQ(again.find(id)->replies.size(), question.replies.size());
      for (const auto& [contribution, reply] : question.replies) {
        EXPECT_EQ(again.find(id)->replies.at(contribution).state, reply.state);
        published += reply.state == ReplyState::published ? 1 : 0;
      }
    }
    for (const auto& [id, commitment] : again.commitments)
      reports += commitment.reports.size();
    for (const auto& [id, proposal] : again.proposals)
      opinions += proposal.opinions.size();
  }
  // The random reviews went the whole way.
  EXPECT_GT(reports, 0U);
  EXPECT_GT(opinions, 0U);
  EXPECT_GT(upheld, 0U);
  EXPECT_GT(apart, 0U);
  EXPECT_GT(ratings, 0U);
  EXPECT_GT(decided, 0U);
  EXPECT_GT(ended, 0U);
  EXPECT_GT(replied, 0U);
  EXPECT_GT(published, 0U);
}

TEST(Ledger, of_another_machine_is_refused_where_an_entry_cannot_follow) {
  Office office;
  const auto open = office.propose({Office::said(11)});
  const auto routed = office.routed();
  const auto answered = office.answered(12);
  const auto handed_on = office.propose({Office::said(13)});
  office.act(office.organiser, action::Route{handed_on, "mtnra"});
  office.act(office.officer, action::Decline{handed_on, "unit", "justice", kWords});
  const auto with_nobody = office.propose({Office::said(14)});
  office.act(office.organiser, action::Route{with_nobody, "mtnra"});
  office.act(office.officer, action::Decline{with_nobody, "unit", "justice", kWords});
  office.act(office.stranger, action::Decline{with_nobody, "unit", "mtnra", kWords});
  const auto gone = office.propose({Office::said(16)});
  office.act(office.organiser, action::DissolveProposal{gone, kWords});
  office.act(office.officer, action::Ask{routed, "؟", Asked::authors});
  const auto to_authors = id_cast<QuestionId>(office.last);
  office.act(office.author, action::ReplyAsAuthor{Office::said(10), to_authors, "x"});
  const Action cannot[] = {action::Accept{open},
                           action::Route{gone, "mtnra"},
                           action::Join{gone, {Office::said(17)}},
                           action::RewordProposal{gone, "t", "t"},
                           action::DissolveProposal{gone, kWords},
                           action::MergeProposal{open, gone, kWords},
                           action::Accept{routed},
                           action::Accept{with_nobody},
                           action::Decline{open, "unit", "justice", kWords},
                           action::Decline{answered, "unit", "justice", kWords},
                           action::Decline{with_nobody, "unit", "justice", kWords},
                           action::Answer{open, AnswerKind::later, kWords},
                           action::Answer{handed_on, AnswerKind::later, kWords},
                           action::Approve{routed},
                           action::DissolveProposal{answered, kWords},
                           action::MergeProposal{answered, open, kWords},
                           action::MergeProposal{open, answered, kWords},
                           action::MergeProposal{open, open, kWords},
                           action::UnmergeProposal{open},
                           action::Share{routed, kWords},
                           action::Contest{Office::said(15), "x", Contested::out_of_scope, {}},
                           action::Ask{open, "x", Asked::organiser},
                           action::Ask{gone, "x", Asked::authors},
                           action::Reply{to_authors, "x"},
                           action::Reply{QuestionId{numbered(99)}, "x"},
                           action::ReplyAsAuthor{Office::said(10), to_authors, "x"},
                           action::PublishReply{Office::said(11), to_authors},
                           action::Accept{ProposalId{numbered(99)}}};
  for (const auto& action : cannot) {
    auto docket = office.docket;
    const Entry entry{docket.seq + 1, office.now, office.officer.id, CommandId{numbered(91)}, action};
    EXPECT_THROW(apply(docket, entry), std::out_of_range) << kActionNames[action.index()];
  }
}

/// As they were kept before a contestation named its decision and a proposal could end.
TEST(Ledger, of_entries_of_an_earlier_version_is_read_to_the_same_bytes_and_the_same_state) {
  const auto id = [](std::uint8_t number) { return ContributionId{numbered(number)}.text(); };
  const auto in_all = [&](const std::string& action, const std::string& by, const std::string& members,
                          int number) {
    return R"({"action":")" + action + R"(","at":176454720000)" + std::to_string(number) + by +
           R"(,"consultation":")" + kConsultation.text() + "\"," + members;
  };
  const auto by = [&](std::uint8_t account) { return R"(,"by":")" + id(account) + "\""; };
  const auto at = [&](int number) {
    return R"("id":")" + id(static_cast<std::uint8_t>(50 + number)) + R"(","seq":)" + std::to_string(number);
  };
  const auto one = [&](std::uint8_t said) { return R"("contribution":")" + id(said) + "\","; };
  const std::vector<std::string> bodies{
      R"({"action":"screen","at":1764547200001)" + by(2) + R"(,"clarity":1,"consultation":")" +
          kConsultation.text() + "\"," + one(10) + R"("id":")" + id(51) +
          R"(","link":3,"precision":2,"seq":1})",
      in_all("return", by(2), one(10) + R"("id":")" + id(52) + R"(","note":"?","seq":2})", 2),
      in_all("revise", "", one(10) + at(3) + R"(,"text":"2026"})", 3),
      in_all("propose", by(2),
             R"("contributions":[")" + id(10) + "\",\"" + id(11) + "\"]," + at(4) +
                 R"(,"text":"t","title":"t"})",
             4),
      in_all("contest", "", one(11) + at(5) + R"(,"text":"x"})", 5),
      in_all("decide_contestation", by(3), one(11) + at(6) + R"(,"upheld":true,"words":{"ar":"ن","fr":"o"}})",
             6)};
  Docket docket;
  docket.consultation = kConsultation;
  for (const auto& body : bodies) {
    const auto entry = read_entry(kConsultation, docket.seq + 1, body);
    EXPECT_EQ(encode_entry(kConsultation, entry), body);
    apply(docket, entry);
  }
  const auto& contestation = *docket.contestation_of(Office::said(11));
  EXPECT_EQ(contestation.against, Contested::proposed);
  EXPECT_EQ(contestation.contested, ActorId{numbered(2)});
  EXPECT_EQ(docket.state_of(Office::said(11)), ContributionState::waiting);
  const auto& proposal = docket.proposals.begin()->second;
  EXPECT_EQ(proposal.contributions, std::vector{Office::said(10)});
  EXPECT_FALSE(proposal.ending);
  EXPECT_EQ(docket.contributions.at(Office::said(10)).revised, "2026");
  EXPECT_EQ(docket.contributions.at(Office::said(10)).screenings.size(), 1U);
}

TEST(Ledger, refuses_what_is_not_an_entry_of_its_own) {
  EXPECT_TRUE(std::holds_alternative<std::string>(decode_entry(kConsultation, 1, "no json")));
  Office office;
  office.propose({Office::said(10)});
  EXPECT_TRUE(std::holds_alternative<std::string>(decode_entry(kConsultation, 2, office.bodies[0])));
  EXPECT_TRUE(
      std::holds_alternative<std::string>(decode_entry(ConsultationId{numbered(7)}, 1, office.bodies[0])));
  EXPECT_TRUE(std::holds_alternative<Rejection>(decode_command(R"({"id":"x","action":"approve"})")));
}

} // namespace
} // namespace warsha::review
