#include "server/review/proposal_twins.hpp"
#include "tests/unit/review/office.hpp"

namespace warsha::review::test {
namespace {

constexpr auto kMinutes = "نشر محاضر دورات المجلس الجماعي على موقع الجماعة";
constexpr auto kMinutesAgain = "نشر محاضر دورات المجلس الجماعي في موقع الجماعة";
constexpr auto kBuses = "توفير النقل المدرسي في القرى";

class ProposalTwins : public ::testing::Test {
protected:
  ProposalId propose(const std::string& words, std::uint8_t said) {
    EXPECT_EQ(office.act(office.organiser, action::Propose{words, words, {Office::said(said)}}),
              std::nullopt);
    return id_cast<ProposalId>(office.last);
  }
  std::optional<Code> act(Action action) { return office.act(office.organiser, std::move(action)); }
  [[nodiscard]] std::vector<Twins> within() const { return twins_within(office.docket); }
  [[nodiscard]] std::vector<Twins> elsewhere(const std::set<ProposalPair>& settled = {}) const {
    return twins_elsewhere(office.docket, there, settled);
  }
  [[nodiscard]] ProposalPair pair() const { return pair_of(minutes, far); }

  Office office;
  ProposalId minutes = propose(kMinutes, 10);
  ProposalId again = propose(kMinutesAgain, 11);
  ProposalId buses = propose(kBuses, 12);
  ProposalId far{live::test::numbered(90)};
  std::vector<Elsewhere> there{{far, kMinutesAgain, kMinutesAgain},
                               {ProposalId{live::test::numbered(91)}, "إحداث مسبح", "إحداث مسبح بلدي"}};
};

TEST_F(ProposalTwins, of_one_consultation_are_suggested_once_and_what_differs_is_not) {
  const auto found = within();
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(pair_of(found[0].proposal, found[0].other), pair_of(minutes, again));
  EXPECT_GT(found[0].likeness, 0.6);
  EXPECT_LT(found[0].likeness, 1);
}

TEST_F(ProposalTwins, that_were_merged_or_answered_can_not_be_merged_and_are_not_suggested) {
  ASSERT_EQ(act(action::Route{again, "mtnra"}), std::nullopt);
  ASSERT_EQ(office.act(office.officer, action::Answer{again, AnswerKind::later, kWords}), std::nullopt);
  EXPECT_EQ(within().size(), 1U) << "an answer that is not published may still be dropped";
  ASSERT_EQ(office.act(office.head, action::Approve{again}), std::nullopt);
  EXPECT_TRUE(within().empty());
}

TEST_F(ProposalTwins, that_were_told_apart_stay_so_whichever_is_named_first_until_it_is_taken_back) {
  ASSERT_EQ(act(action::TellApart{minutes, again}), std::nullopt);
  EXPECT_TRUE(within().empty());
  EXPECT_EQ(act(action::TellApart{again, minutes}), Code::changed_meanwhile);
  ASSERT_EQ(act(action::RewordProposal{again, kMinutes, kMinutes}), std::nullopt);
  EXPECT_TRUE(within().empty()) << "new words are no reason to ask again";
  ASSERT_EQ(act(action::CompareAgain{again, minutes}), std::nullopt);
  EXPECT_EQ(within().size(), 1U);
  EXPECT_EQ(act(action::CompareAgain{again, minutes}), Code::changed_meanwhile);
}

TEST_F(ProposalTwins, may_be_merged_although_they_were_told_apart) {
  ASSERT_EQ(act(action::TellApart{minutes, again}), std::nullopt);
  EXPECT_EQ(act(action::MergeProposal{minutes, again, kWords}), std::nullopt);
}

TEST_F(ProposalTwins,
       of_another_consultation_are_suggested_until_they_are_linked_or_told_apart_on_either_side) {
  const auto found = elsewhere();
  ASSERT_EQ(found.size(), 2U) << "both of ours";
  EXPECT_EQ(found[0].other, far);
  EXPECT_GE(found[0].likeness, found[1].likeness) << "the likest first";
  EXPECT_EQ(elsewhere({pair()}).size(), 1U) << "settled there";
  office.elsewhere = {far};
  ASSERT_EQ(act(action::LinkProposals{far, minutes}), std::nullopt);
  EXPECT_EQ(elsewhere().size(), 1U);
  ASSERT_EQ(act(action::TellApart{far, again}), std::nullopt);
  EXPECT_TRUE(elsewhere().empty());
}

TEST_F(ProposalTwins, do_not_depend_on_the_order_in_which_the_others_come) {
  const auto before = elsewhere();
  std::swap(there[0], there[1]);
  const auto after = elsewhere();
  ASSERT_EQ(before.size(), after.size());
  for (std::size_t i = 0; i < before.size(); ++i) {
    EXPECT_EQ(before[i].proposal, after[i].proposal);
    EXPECT_EQ(before[i].other, after[i].other);
    EXPECT_EQ(before[i].likeness, after[i].likeness);
  }
}

TEST_F(ProposalTwins, are_linked_only_with_a_proposal_of_another_consultation_of_the_plan) {
  EXPECT_EQ(act(action::LinkProposals{far, minutes}), Code::proposal_not_found) << "of no such plan";
  EXPECT_EQ(act(action::LinkProposals{again, minutes}), Code::invalid_value) << "those are merged";
  EXPECT_EQ(act(action::LinkProposals{minutes, far}), Code::proposal_not_found) << "not ours";
  office.elsewhere = {far};
  ASSERT_EQ(act(action::LinkProposals{far, minutes}), std::nullopt);
  EXPECT_EQ(act(action::LinkProposals{far, minutes}), Code::changed_meanwhile) << "a colleague was quicker";
  EXPECT_TRUE(office.docket.links.contains(pair()));
}

TEST_F(ProposalTwins, that_are_linked_can_be_unlinked_and_telling_them_apart_undoes_the_link) {
  office.elsewhere = {far};
  ASSERT_EQ(act(action::LinkProposals{far, minutes}), std::nullopt);
  ASSERT_EQ(act(action::UnlinkProposals{far, minutes}), std::nullopt);
  EXPECT_TRUE(office.docket.links.empty());
  EXPECT_EQ(act(action::UnlinkProposals{far, minutes}), Code::changed_meanwhile);
  ASSERT_EQ(act(action::LinkProposals{far, minutes}), std::nullopt);
  ASSERT_EQ(act(action::TellApart{far, minutes}), std::nullopt);
  EXPECT_TRUE(office.docket.links.empty());
  ASSERT_EQ(act(action::LinkProposals{far, minutes}), std::nullopt);
  EXPECT_TRUE(office.docket.told_apart.empty()) << "whoever links them thinks otherwise now";
}

TEST_F(ProposalTwins, change_nothing_of_the_proposals_and_an_answered_one_is_linked_too) {
  office.elsewhere = {far};
  const auto seq = office.docket.find(minutes)->changed_seq;
  ASSERT_EQ(act(action::TellApart{again, minutes}), std::nullopt);
  ASSERT_EQ(act(action::LinkProposals{far, minutes}), std::nullopt);
  EXPECT_EQ(office.docket.find(minutes)->changed_seq, seq);
  const auto answered = office.answered(15);
  EXPECT_EQ(act(action::LinkProposals{far, answered}), std::nullopt);
}

TEST_F(ProposalTwins, come_back_from_the_ledger_as_they_were) {
  office.elsewhere = {far};
  ASSERT_EQ(act(action::TellApart{again, minutes}), std::nullopt);
  ASSERT_EQ(act(action::LinkProposals{far, minutes}), std::nullopt);
  Docket again_read;
  again_read.consultation = kConsultation;
  for (std::size_t i = 0; i < office.bodies.size(); ++i)
    apply(again_read, read_entry(kConsultation, i + 1, office.bodies[i]));
  EXPECT_EQ(again_read.told_apart, office.docket.told_apart);
  EXPECT_EQ(again_read.links, office.docket.links);
}

} // namespace
} // namespace warsha::review::test
