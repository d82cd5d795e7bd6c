#include "server/review/commitment_views.hpp"
#include "tests/unit/review/office.hpp"

#include <nlohmann/json.hpp>

/// An author's one word against a decision, and the committee's word on what is taken.
namespace warsha::review {
namespace {

using test::kWords;
using test::numbered;
using test::Office;

const auto kId = Office::said(10);

void refuse(Office& office) {
  ASSERT_EQ(office.act(office.organiser, action::Refuse{kId, RefusalReason::out_of_scope, kWords}),
            std::nullopt);
}

TEST(Contestation, is_the_authors_and_against_a_refusal_or_a_merge_only) {
  Office office;
  const action::Contest contest{kId, "هذا في صلب الموضوع"};
  EXPECT_EQ(office.act(office.author, contest), Code::nothing_to_contest);
  refuse(office);
  for (const auto* other : {&office.organiser, &office.colleague, &office.officer, &office.member})
    EXPECT_EQ(office.act(*other, contest), Code::not_permitted);
  EXPECT_EQ(office.act(office.author, contest), std::nullopt);
  EXPECT_EQ(office.act(office.author, action::Contest{Office::said(99), "x"}), Code::contribution_not_found);
  office.propose({Office::said(11)});
  EXPECT_EQ(office.act(office.author, action::Contest{Office::said(11), "x"}), Code::nothing_to_contest)
      << "alone in its proposal it is merged with nothing";
}

TEST(Contestation, is_made_once_whatever_came_of_it) {
  Office office;
  refuse(office);
  office.act(office.author, action::Contest{kId, "x"});
  EXPECT_EQ(office.act(office.author, action::Contest{kId, "y"}), Code::already_contested);
  office.act(office.colleague, action::DecideContestation{kId, true, kWords});
  refuse(office);
  EXPECT_EQ(office.act(office.author, action::Contest{kId, "z"}), Code::already_contested);
}

TEST(Contestation, is_decided_by_somebody_else_than_who_took_the_decision) {
  Office office;
  refuse(office);
  EXPECT_EQ(office.act(office.colleague, action::DecideContestation{kId, true, kWords}),
            Code::no_contestation);
  office.act(office.author, action::Contest{kId, "x"});
  const action::DecideContestation decide{kId, false, kWords};
  EXPECT_EQ(office.act(office.organiser, decide), Code::somebody_else_needed);
  EXPECT_EQ(office.act(office.officer, decide), Code::not_permitted);
  EXPECT_EQ(office.act(office.author, decide), Code::not_permitted);
  EXPECT_EQ(office.act(office.member, decide), std::nullopt) << "a member of the committee may";
  EXPECT_EQ(office.docket.state_of(kId), ContributionState::refused);
  EXPECT_EQ(office.act(office.colleague, decide), Code::no_contestation) << "once";
}

TEST(Contestation, that_waits_can_not_be_gone_around) {
  Office office;
  refuse(office);
  office.act(office.author, action::Contest{kId, "x"});
  EXPECT_EQ(office.act(office.organiser, action::Reconsider{kId}), Code::contested);
  office.act(office.colleague, action::DecideContestation{kId, false, kWords});
  EXPECT_EQ(office.act(office.organiser, action::Reconsider{kId}), std::nullopt);
}

TEST(Contestation, upheld_takes_the_refusal_back) {
  Office office;
  refuse(office);
  office.act(office.author, action::Contest{kId, "x"});
  EXPECT_EQ(office.act(office.colleague, action::DecideContestation{kId, true, kWords}), std::nullopt);
  EXPECT_EQ(office.docket.state_of(kId), ContributionState::waiting);
  EXPECT_FALSE(office.docket.contributions.at(kId).refusal);
}

TEST(Contestation, upheld_takes_it_out_of_a_proposal_even_of_one_that_is_answered) {
  Office office;
  const auto proposal = office.answered();
  const auto other = office.propose({Office::said(11), Office::said(12)});
  office.act(office.organiser, action::Route{other, "mtnra"});
  office.act(office.officer, action::Answer{other, AnswerKind::later, kWords});
  office.act(office.head, action::Approve{other});
  EXPECT_EQ(office.act(office.author, action::Contest{Office::said(12), "ليست الفكرة نفسها"}), std::nullopt);
  EXPECT_EQ(office.act(office.colleague, action::DecideContestation{Office::said(12), true, kWords}),
            std::nullopt);
  EXPECT_EQ(office.docket.find(other)->contributions, std::vector{Office::said(11)});
  EXPECT_EQ(office.docket.find(other)->state, ProposalState::answered);
  EXPECT_EQ(office.docket.state_of(Office::said(12)), ContributionState::waiting);
  EXPECT_EQ(office.docket.find(proposal)->contributions.size(), 1U);
}

TEST(Contestation, does_not_leave_a_proposal_empty) {
  Office office;
  const auto proposal = office.propose({Office::said(11), Office::said(12)});
  office.act(office.author, action::Contest{Office::said(12), "x"});
  EXPECT_EQ(office.act(office.organiser, action::Leave{proposal, Office::said(12)}), Code::contested);
  office.act(office.organiser, action::Leave{proposal, Office::said(11)});
  EXPECT_EQ(office.act(office.colleague, action::DecideContestation{Office::said(12), true, kWords}),
            Code::last_contribution);
  EXPECT_EQ(office.act(office.colleague, action::DecideContestation{Office::said(12), false, kWords}),
            std::nullopt);
}

TEST(Contestation, of_what_was_withdrawn_is_none) {
  Office office;
  refuse(office);
  office.rows.at(kId).state = "withdrawn";
  EXPECT_EQ(office.act(office.author, action::Contest{kId, "x"}), Code::contribution_withdrawn);
}

TEST(Contestation, is_against_a_merge_of_the_meeting_while_what_was_merged_has_no_fate_of_its_own) {
  Office office;
  auto& row = office.rows.at(kId);
  row.merged_into = Office::said(11);
  const action::Contest contest{kId, "ليست الفكرة نفسها", Contested::merged, office.organiser.id};
  EXPECT_EQ(office.act(office.author, contest), std::nullopt);
  EXPECT_EQ(office.docket.contestation_of(kId)->against, Contested::merged);
  EXPECT_EQ(decided_as(office.docket, row), Office::said(11)) << "it waits for a decision";
  auto fate = view_fate(office.docket, row, office.now);
  EXPECT_EQ(fate.at("contestation").at("state"), "waiting") << "its author's receipt shows it meanwhile";
  EXPECT_TRUE(fate.at("shared"));
  EXPECT_EQ(office.act(office.organiser, action::DecideContestation{kId, true, kWords}),
            Code::somebody_else_needed)
      << "they merged it";
  EXPECT_EQ(office.act(office.colleague, action::DecideContestation{kId, true, kWords}), std::nullopt);
  EXPECT_EQ(decided_as(office.docket, row), kId) << "it goes its own way";
  fate = view_fate(office.docket, row, office.now);
  EXPECT_EQ(fate.at("contestation").at("state"), "upheld");
  EXPECT_TRUE(fate.at("stands_apart"));
  EXPECT_EQ(office.docket.state_of(kId), ContributionState::waiting);
  office.propose({kId});
  EXPECT_EQ(contestable(office.docket, row), std::nullopt);
}

TEST(Contestation, of_a_merge_of_the_meeting_that_is_rejected_changes_nothing) {
  Office office;
  auto& row = office.rows.at(kId);
  row.merged_into = Office::said(11);
  ASSERT_EQ(office.act(office.author, action::Contest{kId, "x", Contested::merged, {}}), std::nullopt);
  ASSERT_EQ(office.act(office.organiser, action::DecideContestation{kId, false, kWords}), std::nullopt)
      << "nobody knows who merged it";
  EXPECT_EQ(decided_as(office.docket, row), Office::said(11));
  const auto fate = view_fate(office.docket, row, office.now);
  EXPECT_EQ(fate.at("contestation").at("words").at("fr"), kWords.fr) << "the reasons reach who objected";
  EXPECT_FALSE(fate.contains("stands_apart"));
  EXPECT_FALSE(
      view_fate(office.docket, office.rows.at(Office::said(11)), office.now).contains("contestation"))
      << "an objection is its author's alone";
}

TEST(Contestation, is_against_an_answer_out_of_scope_even_of_a_proposal_of_one_contribution) {
  Office office;
  const auto proposal = office.answered(10, AnswerKind::out_of_scope);
  ASSERT_EQ(contestable(office.docket, office.rows.at(kId)), Contested::out_of_scope);
  ASSERT_EQ(office.act(office.author, action::Contest{kId, "x", Contested::out_of_scope, {}}), std::nullopt);
  EXPECT_EQ(office.docket.contestation_of(kId)->contested, office.head.id) << "who published the answer";
  for (auto who : {office.head, office.officer}) {
    who.organiser = true;
    EXPECT_EQ(office.act(who, action::DecideContestation{kId, true, kWords}), Code::somebody_else_needed)
        << "one wrote the answer, the other published it";
  }
  ASSERT_EQ(office.act(office.organiser, action::DecideContestation{kId, true, kWords}), std::nullopt);
  EXPECT_EQ(office.docket.state_of(kId), ContributionState::waiting) << "it may be sent to somebody else";
  const auto& ended = *office.docket.find(proposal);
  EXPECT_EQ(ended.state, ProposalState::dissolved);
  EXPECT_TRUE(ended.answer) << "what was published stays";
  EXPECT_EQ(ended.ending->contributions, std::vector{kId});
}

TEST(Contestation, is_against_the_decision_that_stands_and_no_other) {
  Office office;
  office.answered(10, AnswerKind::out_of_scope);
  EXPECT_EQ(office.act(office.author, action::Contest{kId, "x", Contested::refused, {}}),
            Code::changed_meanwhile);
}

TEST(Committee, gives_one_opinion_a_member_on_an_answer_of_every_kind_once_it_is_written) {
  Office office;
  const auto taken = office.answered();
  const auto not_taken = office.answered(11, AnswerKind::not_feasible);
  const auto unanswered = office.propose({Office::said(12)});
  EXPECT_EQ(office.act(office.organiser, action::Opine{taken, Stance::support, kWords}), Code::not_permitted);
  EXPECT_EQ(office.act(office.officer, action::Opine{taken, Stance::support, kWords}), Code::not_permitted);
  EXPECT_EQ(office.act(office.member, action::Opine{not_taken, Stance::against, kWords}), std::nullopt);
  EXPECT_EQ(office.act(office.member, action::Opine{unanswered, Stance::against, kWords}),
            Code::no_answer_proposed);
  EXPECT_EQ(office.act(office.member, action::Opine{ProposalId{numbered(99)}, Stance::against, kWords}),
            Code::proposal_not_found);
  EXPECT_EQ(office.act(office.member, action::Opine{taken, Stance::against, kWords}), std::nullopt);
  EXPECT_EQ(office.act(office.member, action::Opine{taken, Stance::reservation, kWords}), std::nullopt);
  ASSERT_EQ(office.docket.find(taken)->opinions.size(), 1U) << "the later word is the word";
  EXPECT_EQ(office.docket.find(taken)->opinions.begin()->second.stance, Stance::reservation);
}

TEST(Committee, reads_and_judges_an_answer_before_it_is_published_and_nobody_else_is_told) {
  Office office;
  const auto proposal = office.routed();
  ASSERT_EQ(office.act(office.officer, action::Note{proposal, "بيننا"}), std::nullopt);
  ASSERT_EQ(office.act(office.officer, action::Answer{proposal, AnswerKind::later, kWords}), std::nullopt);
  ASSERT_EQ(office.act(office.member, action::Opine{proposal, Stance::reservation, kWords}), std::nullopt);
  const auto read_by = [&](Reader reader) {
    return view_proposal(office.docket, {}, {}, *office.docket.find(proposal), reader, office.now);
  };
  EXPECT_EQ(read_by(Reader::committee).at("proposed_answer").at("kind"), "later");
  EXPECT_EQ(read_by(Reader::committee).dump().find("بيننا"), std::string::npos);
  EXPECT_EQ(read_by(Reader::administration).at("opinions").size(), 1U) << "before they publish it";
  for (const auto reader : {Reader::organiser, Reader::everybody})
    EXPECT_FALSE(read_by(reader).contains("proposed_answer"));
  for (const auto reader : {Reader::organiser, Reader::everybody})
    EXPECT_FALSE(read_by(reader).contains("opinions")) << "they would tell what is not published";
  ASSERT_EQ(office.act(office.officer, action::Answer{proposal, AnswerKind::taken, kWords}), std::nullopt);
  ASSERT_EQ(office.act(office.head, action::Approve{proposal}), std::nullopt);
  EXPECT_TRUE(read_by(Reader::committee).at("opinions")[0].at("of_earlier_answer"))
      << "it was said of another one";
  EXPECT_FALSE(read_by(Reader::everybody).contains("opinions")) << "which they never read";
}

TEST(Committee, says_nothing_of_an_answer_that_was_written_anew_meanwhile) {
  Office office;
  const auto proposal = office.routed();
  ASSERT_EQ(office.act(office.officer, action::Answer{proposal, AnswerKind::not_feasible, kWords}),
            std::nullopt);
  const auto seen = office.docket.find(proposal)->changed_seq;
  ASSERT_EQ(office.act(office.officer, action::Answer{proposal, AnswerKind::taken, kWords}), std::nullopt);
  EXPECT_EQ(office.act(office.member, action::Opine{proposal, Stance::against, kWords}, seen),
            Code::changed_meanwhile);
  EXPECT_EQ(office.act(office.member, action::Opine{proposal, Stance::support, kWords},
                       office.docket.find(proposal)->changed_seq),
            std::nullopt);
}

TEST(Opinions, are_public_in_the_order_in_which_they_were_said_and_not_in_that_of_members) {
  Office office;
  const auto taken = office.answered();
  for (const auto* who : {&office.third, &office.member, &office.second}) {
    ++office.now;
    EXPECT_EQ(office.act(*who, action::Opine{taken, Stance::support, kWords}), std::nullopt);
  }
  const auto opinions = view_opinions(*office.docket.find(taken), {}, Reader::everybody);
  ASSERT_EQ(opinions.size(), 3U);
  for (std::size_t i = 1; i < 3; ++i)
    EXPECT_LT(opinions[i - 1]["at"], opinions[i]["at"]);
}

} // namespace
} // namespace warsha::review
