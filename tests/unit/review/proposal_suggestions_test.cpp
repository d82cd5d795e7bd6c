#include "server/review/proposal_suggestions.hpp"
#include "tests/unit/review/office.hpp"

#include <algorithm>

namespace warsha::review::test {
namespace {

class ProposalSuggestions : public ::testing::Test {
protected:
  ProposalSuggestions() {
    add(10, Kind::solution, "نشر محاضر دورات المجلس الجماعي على موقع الجماعة");
    add(11, Kind::solution, "نشر محاضر دورات المجلس الجماعي في موقع الجماعة");
    add(12, Kind::solution, "إحداث منصة رقمية لتتبع الشكايات");
    add(13, Kind::problem, "لا تنشر محاضر دورات المجلس الجماعي");
    add(14, Kind::problem, "غياب النقل المدرسي في القرى");
    add(15, Kind::result, "مواطن مطلع");
    said.at(2).answers = {Office::said(14)};
    said.at(5).follows_from = {Office::said(12)};
  }
  void add(std::uint8_t number, Kind kind, const std::string& text) {
    said.push_back({Office::said(number), kind, text, {}, {}});
  }
  [[nodiscard]] Suggestions made() const { return suggest_proposals(office.docket, said); }

  Office office;
  std::vector<Said> said;
};

TEST_F(ProposalSuggestions, solutions_that_say_nearly_the_same_are_one_and_come_first) {
  const auto found = made().proposals;
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].solutions, (std::vector{Office::said(10), Office::said(11)}));
  EXPECT_GT(found[0].likeness, 0.6);
  EXPECT_LT(found[0].likeness, 1);
  EXPECT_EQ(found[1].solutions, std::vector{Office::said(12)});
}

TEST_F(ProposalSuggestions, what_was_linked_comes_with_them_and_what_is_like_them_too) {
  const auto found = made().proposals;
  ASSERT_FALSE(found[0].beside.empty());
  EXPECT_EQ(found[0].beside[0].id, Office::said(13));
  EXPECT_FALSE(found[0].beside[0].linked);
  ASSERT_EQ(found[1].beside.size(), 2U);
  for (const auto& one : found[1].beside)
    EXPECT_TRUE(one.linked);
}

TEST_F(ProposalSuggestions, what_is_in_a_proposal_or_refused_is_not_suggested_again) {
  office.propose({Office::said(10), Office::said(13)});
  ASSERT_EQ(
      office.act(office.organiser, action::Refuse{Office::said(14), RefusalReason::out_of_scope, kWords}),
      std::nullopt);
  for (const auto& one : made().proposals) {
    for (const auto& id : one.solutions)
      EXPECT_NE(id, Office::said(10));
    for (const auto& beside : one.beside)
      EXPECT_NE(beside.id, Office::said(14));
  }
}

TEST_F(ProposalSuggestions, what_says_the_same_as_a_proposal_may_join_it_until_it_is_answered) {
  ASSERT_EQ(office.act(office.organiser, action::Propose{said[0].text, said[0].text, {Office::said(10)}}),
            std::nullopt);
  const auto proposal = id_cast<ProposalId>(office.last);
  auto found = made();
  ASSERT_EQ(found.joins.size(), 1U);
  EXPECT_EQ(found.joins[0].proposal, proposal);
  EXPECT_EQ(found.joins[0].contributions[0].id, Office::said(11)) << "the likest first";
  EXPECT_TRUE(std::none_of(found.proposals.begin(), found.proposals.end(), [](const auto& one) {
    return one.solutions == std::vector{Office::said(11)};
  })) << "one place is enough";
  ASSERT_EQ(office.act(office.organiser, action::Route{proposal, "mtnra"}), std::nullopt);
  ASSERT_EQ(office.act(office.officer, action::Answer{proposal, AnswerKind::later, kWords}), std::nullopt);
  ASSERT_EQ(office.act(office.head, action::Approve{proposal}), std::nullopt);
  EXPECT_TRUE(made().joins.empty());
}

TEST_F(ProposalSuggestions, do_not_depend_on_the_order_of_what_was_said) {
  const auto expected = made();
  std::reverse(said.begin(), said.end());
  const auto found = made();
  ASSERT_EQ(found.proposals.size(), expected.proposals.size());
  for (std::size_t i = 0; i < found.proposals.size(); ++i) {
    EXPECT_EQ(found.proposals[i].solutions, expected.proposals[i].solutions);
    ASSERT_EQ(found.proposals[i].beside.size(), expected.proposals[i].beside.size());
    for (std::size_t j = 0; j < found.proposals[i].beside.size(); ++j)
      EXPECT_EQ(found.proposals[i].beside[j].id, expected.proposals[i].beside[j].id);
  }
}

} // namespace
} // namespace warsha::review::test
