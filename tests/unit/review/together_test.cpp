#include "tests/unit/review/office.hpp"

/// One decision for several proposals, with words of its own for each.
namespace warsha::review::test {
namespace {

using std::nullopt;

class Together : public ::testing::Test {
protected:
  Together() : first(routed(10)), second(routed(11)), third(routed(12)) {}

  ProposalId routed(std::uint8_t number, const std::string& lead = "mtnra") {
    const auto id = office.propose({Office::said(number)});
    EXPECT_EQ(office.act(office.organiser, action::Route{id, lead}), nullopt);
    return id;
  }
  [[nodiscard]] action::AnswerTogether answer(std::vector<action::AnsweredAlike> proposals) const {
    return {std::move(proposals), AnswerKind::taken, kWords};
  }
  const Proposal& at(const ProposalId& id) { return *office.docket.find(id); }

  Office office;
  ProposalId first, second, third;
};

TEST_F(Together, each_is_answered_with_the_common_words_and_its_own) {
  const Words own{"القرارات", "Les décisions"};
  ASSERT_EQ(office.act(office.officer, answer({{first}, {second, own}})), nullopt);
  EXPECT_EQ(at(first).proposed->answer.words.fr, kWords.fr);
  EXPECT_EQ(at(second).proposed->answer.words.fr, kWords.fr + "\n" + own.fr);
  EXPECT_EQ(at(second).proposed->answer.words.ar, kWords.ar + "\n" + own.ar);
  EXPECT_EQ(office.docket.answered_with(at(first)), (std::vector{first, second}));
  EXPECT_TRUE(office.docket.answered_with(at(third)).empty());
}

TEST_F(Together, it_is_published_for_all_by_a_second_person_or_for_none) {
  ASSERT_EQ(office.act(office.officer, answer({{first}, {second}})), nullopt);
  EXPECT_EQ(office.act(office.head, action::Approve{first}), Code::answered_together);
  EXPECT_EQ(office.act(office.head, action::ApproveTogether{{first}}), Code::answered_together);
  EXPECT_EQ(office.act(office.officer, action::ApproveTogether{{first, second}}), Code::second_person_needed);
  EXPECT_EQ(office.act(office.head, action::ApproveTogether{{first, second, third}}),
            Code::no_answer_proposed);
  EXPECT_EQ(office.act(office.head, action::ApproveTogether{{first, second, first}}), Code::invalid_value);
  EXPECT_EQ(at(first).state, ProposalState::answer_proposed) << "one that can't be published stops all";
  ASSERT_EQ(office.act(office.head, action::ApproveTogether{{first, second}}), nullopt);
  for (const auto& id : {first, second}) {
    EXPECT_EQ(at(id).state, ProposalState::answered);
    EXPECT_EQ(at(id).answer->approved_by, office.head.id);
  }
  EXPECT_EQ(office.docket.answered_with(at(first)), (std::vector{first, second}))
      << "which is told in public";
}

TEST_F(Together, answers_of_several_decisions_are_published_at_once_too) {
  ASSERT_EQ(office.act(office.officer, answer({{first}, {second}})), nullopt);
  ASSERT_EQ(office.act(office.officer, action::Answer{third, AnswerKind::later, kWords}), nullopt);
  EXPECT_EQ(office.act(office.head, action::ApproveTogether{{first, second, third}}), nullopt);
  EXPECT_EQ(at(third).state, ProposalState::answered);
}

TEST_F(Together, one_decision_is_of_one_administration_and_names_each_once) {
  const auto elsewhere = routed(13, "justice");
  EXPECT_EQ(office.act(office.officer, answer({{first}, {elsewhere}})), Code::not_permitted);
  auto both = office.officer;
  both.administrations.insert("justice");
  EXPECT_EQ(office.act(both, answer({{first}, {elsewhere}})), Code::invalid_value);
  EXPECT_EQ(office.act(office.officer, answer({{first}, {first}})), Code::invalid_value);
  EXPECT_EQ(office.act(office.stranger, answer({{first}, {second}})), Code::not_permitted);
}

TEST_F(Together, what_each_needs_alone_it_needs_here) {
  auto done = answer({{first}, {second}});
  done.kind = AnswerKind::already_done;
  EXPECT_EQ(office.act(office.officer, done), Code::link_required);
  done.link = "http://example.org";
  EXPECT_EQ(office.act(office.officer, done), Code::invalid_value);
  done.link = "https://example.org";
  EXPECT_EQ(office.act(office.officer, done), nullopt);
}

TEST_F(Together, whoever_saw_any_of_them_before_it_changed_is_told) {
  const auto seen = office.docket.seq;
  ASSERT_EQ(office.act(office.organiser, action::RewordProposal{second, "a", "b"}), nullopt);
  EXPECT_EQ(office.act(office.officer, answer({{first}, {second}}), seen), Code::changed_meanwhile);
  const auto fresh = office.docket.seq;
  ASSERT_EQ(office.act(office.officer, answer({{first}, {second}}), fresh), nullopt);
  EXPECT_EQ(office.act(office.head, action::ApproveTogether{{first, second}}, fresh),
            Code::changed_meanwhile);
}

TEST_F(Together, one_that_is_written_anew_or_reworded_leaves_the_others) {
  ASSERT_EQ(office.act(office.officer, answer({{first}, {second}, {third}})), nullopt);
  ASSERT_EQ(office.act(office.officer, action::Answer{first, AnswerKind::later, kWords}), nullopt);
  EXPECT_EQ(office.docket.answered_with(at(second)), (std::vector{second, third}));
  ASSERT_EQ(office.act(office.organiser, action::RewordProposal{third, "a", "b"}), nullopt);
  EXPECT_EQ(office.act(office.head, action::Approve{second}), nullopt) << "alone now";
  EXPECT_EQ(office.act(office.head, action::Approve{first}), nullopt);
}

TEST_F(Together, the_ledger_gives_the_same_docket_again) {
  ASSERT_EQ(office.act(office.officer, answer({{first, kWords}, {second}})), nullopt);
  ASSERT_EQ(office.act(office.head, action::ApproveTogether{{first, second}}), nullopt);
  Docket again;
  again.consultation = kConsultation;
  for (const auto& body : office.bodies) {
    const auto entry = decode_entry(kConsultation, again.seq + 1, body);
    ASSERT_TRUE(std::holds_alternative<Entry>(entry)) << std::get<std::string>(entry);
    apply(again, std::get<Entry>(entry));
  }
  EXPECT_EQ(again.find(first)->answer->answer.words.ar, at(first).answer->answer.words.ar);
  EXPECT_EQ(again.answered_with(*again.find(first)), office.docket.answered_with(at(first)));
}

} // namespace
} // namespace warsha::review::test
