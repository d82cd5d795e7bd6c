#include "protocol/limits.hpp"
#include "server/mail/reminders.hpp"
#include "tests/unit/review/office.hpp"

#include <algorithm>

/// Of what administrations are reminded, by working days.
namespace warsha::mail {
namespace {

using review::test::kMonday;
using review::test::kWords;
using review::test::Office;
namespace action = review::action;

constexpr TimeMs kHour = 60LL * 60 * 1000;
constexpr TimeMs kDay = 24 * kHour;

class AMember : public ::testing::Test {
protected:
  std::vector<Waiting> waiting(TimeMs now, std::optional<TimeMs> told_at) const {
    return waiting_of(office.officer, now, told_at);
  }
  std::vector<Waiting> waiting_of(const review::Reviewer& member, TimeMs now,
                                  std::optional<TimeMs> told_at = {}) const {
    return waiting_for(office.docket, member.id, members, told_at, now);
  }
  bool is_written(TimeMs now, std::optional<TimeMs> told_at) const {
    const auto all = waiting(now, told_at);
    return std::ranges::any_of(all, &Waiting::worth_a_letter);
  }
  Office office;
  Members members{{office.officer.id, office.officer.administrations},
                  {office.head.id, office.head.administrations},
                  {office.stranger.id, office.stranger.administrations}};
};

TEST_F(AMember, is_told_of_a_new_proposal_once) {
  office.routed();
  EXPECT_TRUE(is_written(kMonday + 8 * kHour, std::nullopt));
  EXPECT_FALSE(is_written(kMonday + kDay, kMonday + 8 * kHour));
  EXPECT_TRUE(waiting_of(office.stranger, kMonday).empty());
}

TEST_F(AMember, is_reminded_before_the_answer_is_due_on_its_day_and_then_every_fifth_day_late) {
  const auto proposal = office.routed();
  const auto due = *office.docket.find(proposal)->due_at;
  std::vector<int> written; // working days to the due day; negative: late
  TimeMs told_at = kMonday + 8 * kHour;
  for (TimeMs now = told_at + kDay; now < due + 30 * kDay; now += kDay) {
    if (!is_time_to_remind(now) || !is_written(now, told_at))
      continue;
    told_at = now;
    written.push_back(now <= due ? review::working_days_between(now, due)
                                 : -review::working_days_late(due, now));
  }
  ASSERT_GE(written.size(), 5U);
  EXPECT_EQ(std::vector<int>(written.begin(), written.begin() + 5), (std::vector<int>{5, 0, -1, -6, -11}));
}

TEST_F(AMember, is_reminded_afterwards_when_nobody_could_write_on_the_day) {
  const auto due = *office.docket.find(office.routed())->due_at;
  EXPECT_TRUE(is_written(due + 4 * kDay, due - 20 * kDay));
  EXPECT_FALSE(is_written(due + 4 * kDay + kHour, due + 4 * kDay));
}

TEST_F(AMember, hears_of_what_is_assigned_to_another_only_once_it_is_late) {
  const auto proposal = office.routed();
  office.act(office.officer, action::Assign{proposal, office.head.id});
  EXPECT_TRUE(waiting(kMonday, std::nullopt).empty());
  EXPECT_EQ(waiting_of(office.head, kMonday).size(), 1U);
  const auto late = waiting(*office.docket.find(proposal)->due_at + 4 * kDay, kMonday);
  ASSERT_EQ(late.size(), 1U);
  EXPECT_EQ(late[0].urgency, Urgency::late);
}

TEST_F(AMember, is_told_of_what_is_assigned_to_them_after_their_last_letter) {
  const auto proposal = office.routed();
  office.act(office.officer, action::Assign{proposal, office.head.id});
  const auto told_at = kMonday + 8 * kHour;
  EXPECT_FALSE(is_written(kMonday + kDay, told_at));
  office.now = kMonday + 10 * kHour;
  office.act(office.officer, action::Assign{proposal, office.officer.id});
  EXPECT_TRUE(is_written(kMonday + kDay, told_at));
  EXPECT_TRUE(waiting_of(office.head, kMonday + kDay, told_at).empty());
  EXPECT_FALSE(is_written(kMonday + 2 * kDay, kMonday + kDay)) << "once";
}

TEST_F(AMember, hears_of_what_is_assigned_to_somebody_who_left) {
  office.act(office.officer, action::Assign{office.routed(), office.head.id});
  EXPECT_TRUE(waiting(kMonday, std::nullopt).empty());
  members.erase(office.head.id);
  EXPECT_TRUE(is_written(kMonday, std::nullopt));
}

TEST_F(AMember, hears_of_what_another_administration_hands_on_to_theirs_whoever_had_it_there) {
  const auto proposal = office.routed();
  office.act(office.officer, action::Assign{proposal, office.head.id});
  office.act(office.head, action::Decline{proposal, "unit", "justice", kWords});
  const auto named = waiting_of(office.stranger, kMonday);
  ASSERT_EQ(named.size(), 1U);
  EXPECT_TRUE(named[0].worth_a_letter);
}

TEST_F(AMember, is_not_reminded_of_what_is_answered_or_handed_on) {
  office.answered(10);
  const auto other = office.propose({Office::said(11)});
  office.act(office.organiser, action::Route{other, "mtnra"});
  office.act(office.officer, action::Decline{other, "unit", "justice", kWords});
  EXPECT_TRUE(waiting(kMonday, std::nullopt).empty());
  const auto named = waiting_of(office.stranger, kMonday);
  ASSERT_EQ(named.size(), 1U) << "who was named as its owner has to say whether it is";
  EXPECT_TRUE(named[0].worth_a_letter);
  EXPECT_EQ(named[0].due_at, 0);
}

TEST(Reminders, go_out_on_working_days_from_eight_in_morocco) {
  EXPECT_FALSE(is_time_to_remind(kMonday + 6 * kHour));
  EXPECT_TRUE(is_time_to_remind(kMonday + 7 * kHour));
  EXPECT_TRUE(is_time_to_remind(kMonday + 20 * kHour));
  EXPECT_FALSE(is_time_to_remind(kMonday + 5 * kDay + 9 * kHour)) << "Saturday";
  EXPECT_EQ(day_of(kMonday), "2025-12-01");
}

class Duties : public AMember {
protected:
  /// What is told a day after the other, at eight, from the first on: the days from kMonday, with what is
  /// said.
  template <class Find> std::vector<std::pair<int, DutyKind>> told_in(int days, Find&& find) const {
    std::vector<std::pair<int, DutyKind>> all;
    std::optional<TimeMs> told_at;
    for (int day = 0; day < days; ++day) {
      const auto now = kMonday + day * kDay + 8 * kHour;
      if (!is_time_to_remind(now))
        continue;
      const auto duties = find(told_at, now);
      for (const auto& one : duties)
        all.emplace_back(day, one.kind);
      if (!duties.empty())
        told_at = now;
    }
    return all;
  }
  std::vector<std::pair<int, DutyKind>> of_member(const review::Reviewer& member) const {
    return told_in(30, [&](std::optional<TimeMs> told_at, TimeMs now) {
      return duties_of_committee(office.docket, member.id, told_at, now);
    });
  }
  std::vector<std::pair<int, DutyKind>> of_organiser(const review::Reviewer& organiser, int days = 6) const {
    return told_in(days, [&](std::optional<TimeMs> told_at, TimeMs now) {
      return duties_of_organiser(office.docket, organiser.id, told_at, now,
                                 [](const ContributionId&) { return std::string("words"); });
    });
  }
  using Told = std::vector<std::pair<int, DutyKind>>;
};

TEST_F(Duties, of_the_committee_are_a_list_when_it_opens_and_on_the_last_working_day_before_its_last) {
  office.submitted(office.by_silence({office.answered()}, 10)); // its last day is a Thursday
  EXPECT_EQ(of_member(office.member), (Told{{0, DutyKind::list_opened}, {9, DutyKind::list_ends}}));
}

TEST_F(Duties, of_a_list_that_ends_on_a_monday_are_told_on_friday) {
  office.submitted(office.by_silence({office.answered()}, 14));
  EXPECT_EQ(of_member(office.member), (Told{{0, DutyKind::list_opened}, {11, DutyKind::list_ends}}));
}

TEST_F(Duties, of_a_vote_end_when_it_is_cast) {
  const auto list = office.submitted(office.by_vote({office.answered()}, 1, review::Majority::simple, 10));
  ASSERT_EQ(office.act(office.member, action::Vote{review::Ballot::approve, list, {}}), std::nullopt);
  EXPECT_EQ(of_member(office.member), (Told{{0, DutyKind::list_opened}}));
  EXPECT_EQ(of_member(office.second).size(), 2U);
}

TEST_F(Duties, of_a_withdrawn_list_are_none) {
  const auto list = office.submitted(office.by_silence({office.answered()}, 10));
  ASSERT_EQ(office.act(office.organiser, action::WithdrawList{list, kWords}), std::nullopt);
  EXPECT_TRUE(of_member(office.member).empty());
}

TEST_F(Duties, of_an_organiser_are_objections_that_they_may_decide_and_again_every_fifth_day) {
  ASSERT_EQ(
      office.act(office.organiser, action::Refuse{Office::said(10), review::RefusalReason::unclear, kWords}),
      std::nullopt);
  ASSERT_EQ(office.act(office.author, action::Contest{Office::said(10), "x"}), std::nullopt);
  EXPECT_TRUE(of_organiser(office.organiser).empty()) << "it is their own decision";
  EXPECT_EQ(of_organiser(office.colleague, 9),
            (Told{{0, DutyKind::contestation}, {7, DutyKind::contestation}}));
  ASSERT_EQ(office.act(office.colleague, action::DecideContestation{Office::said(10), false, kWords}),
            std::nullopt);
  EXPECT_TRUE(of_organiser(office.colleague).empty());
}

TEST_F(Duties, of_an_organiser_are_proposals_that_came_back_to_say_whose_they_are) {
  const auto proposal = office.routed();
  ASSERT_EQ(office.act(office.officer, action::Decline{proposal, "قسم", "justice", kWords}), std::nullopt);
  EXPECT_TRUE(of_organiser(office.organiser).empty()) << "justice has not spoken";
  ASSERT_EQ(office.act(office.stranger, action::Decline{proposal, "قسم", "mtnra", kWords}), std::nullopt);
  EXPECT_EQ(of_organiser(office.organiser, 3), (Told{{0, DutyKind::arbitration}}));
  ASSERT_EQ(office.act(office.organiser, action::Route{proposal, "justice"}), std::nullopt);
  EXPECT_TRUE(of_organiser(office.organiser).empty());
}

TEST_F(Duties, of_an_organiser_are_questions_and_replies_that_wait_for_them_and_again_every_fifth_day) {
  const auto proposal = office.routed();
  ASSERT_EQ(office.act(office.officer, action::Ask{proposal, "؟", review::Asked::organiser}), std::nullopt);
  const auto question = id_cast<QuestionId>(office.last);
  ASSERT_EQ(office.act(office.officer, action::Ask{proposal, "؟", review::Asked::organiser}), std::nullopt);
  const auto other = id_cast<QuestionId>(office.last);
  EXPECT_EQ(of_organiser(office.organiser, 9), (Told{{0, DutyKind::question}, {7, DutyKind::question}}))
      << "a proposal once";
  ASSERT_EQ(office.act(office.organiser, action::Reply{question, "2025"}), std::nullopt);
  ASSERT_EQ(office.act(office.organiser, action::Reply{other, "2025"}), std::nullopt);
  EXPECT_TRUE(of_organiser(office.organiser).empty());
  ASSERT_EQ(office.act(office.officer, action::Ask{proposal, "؟", review::Asked::authors}), std::nullopt);
  const auto to_authors = id_cast<QuestionId>(office.last);
  EXPECT_TRUE(of_organiser(office.organiser).empty()) << "it is the authors' to reply";
  ASSERT_EQ(office.act(office.author, action::ReplyAsAuthor{Office::said(10), to_authors, "x"}),
            std::nullopt);
  EXPECT_EQ(of_organiser(office.organiser, 3), (Told{{0, DutyKind::reply}}));
  ASSERT_EQ(office.act(office.organiser, action::PublishReply{Office::said(10), to_authors}), std::nullopt);
  EXPECT_TRUE(of_organiser(office.organiser).empty());
}

} // namespace
} // namespace warsha::mail
