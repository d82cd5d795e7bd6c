#include "server/review/commitments.hpp"
#include "tests/unit/review/office.hpp"

/// From an answer to a promise, and from a promise to what was done of it.
namespace warsha::review {
namespace {

using test::kMonday;
using test::kWords;
using test::numbered;
using test::Office;

constexpr TimeMs kDay = 86'400'000;

TEST(Commitments, are_written_by_the_lead_and_confirmed_by_an_organiser) {
  Office office;
  const auto proposal = office.answered();
  EXPECT_EQ(office.act(office.organiser, Office::commit({proposal})), Code::not_permitted);
  EXPECT_EQ(office.act(office.stranger, Office::commit({proposal})), Code::not_permitted);
  EXPECT_EQ(office.act(office.officer, Office::commit({proposal})), std::nullopt);
  const auto id = id_cast<CommitmentId>(office.last);
  EXPECT_EQ(office.docket.find(proposal)->commitment, id);
  EXPECT_EQ(office.act(office.officer, action::ConfirmCommitment{id}), Code::not_permitted);
  EXPECT_EQ(office.act(office.member, action::ConfirmCommitment{id}), Code::not_permitted);
  EXPECT_EQ(office.act(office.organiser, action::ConfirmCommitment{id}), std::nullopt);
  EXPECT_EQ(office.docket.find(id)->state, CommitmentState::confirmed);
  EXPECT_EQ(office.docket.find(id)->lead, "mtnra");
}

TEST(Commitments, are_not_confirmed_by_who_wrote_them) {
  Office office;
  Reviewer both = office.officer;
  both.organiser = true;
  office.act(both, Office::commit({office.answered()}));
  EXPECT_EQ(office.act(both, action::ConfirmCommitment{id_cast<CommitmentId>(office.last)}),
            Code::somebody_else_needed);
}

TEST(Commitments, come_from_what_was_taken_and_take_each_proposal_once) {
  Office office;
  const auto refused = office.answered(11, AnswerKind::not_feasible);
  EXPECT_EQ(office.act(office.officer, Office::commit({refused})), Code::not_taken);
  const auto open = office.propose({Office::said(12)});
  office.act(office.organiser, action::Route{open, "mtnra"});
  EXPECT_EQ(office.act(office.officer, Office::commit({open})), Code::not_taken) << "not answered yet";
  EXPECT_EQ(office.act(office.officer, Office::commit({ProposalId{numbered(99)}})), Code::proposal_not_found);
  const auto in_part = office.answered(13, AnswerKind::taken_in_part);
  EXPECT_EQ(office.act(office.officer, Office::commit({in_part})), std::nullopt);
  EXPECT_EQ(office.act(office.officer, Office::commit({in_part})), Code::already_committed);
}

TEST(Commitments, have_days_that_exist_in_their_order) {
  Office office;
  const auto proposal = office.answered();
  for (const auto& [starts, ends] :
       {std::pair{"2026-02-30", "2026-03-01"}, {"2026-03-02", "2026-03-01"}, {"soon", "2026-03-01"}}) {
    auto wanted = Office::commit({proposal});
    wanted.activities[0].starts = starts;
    wanted.activities[0].ends = ends;
    EXPECT_EQ(office.act(office.officer, wanted), Code::invalid_value) << starts;
  }
}

TEST(Commitments, that_are_returned_are_written_anew_and_once_confirmed_never) {
  Office office;
  const auto first = office.answered(10);
  const auto second = office.answered(11);
  office.act(office.officer, Office::commit({first}));
  const auto id = id_cast<CommitmentId>(office.last);
  EXPECT_EQ(office.act(office.organiser, action::ReturnCommitment{id, "ما المؤشر؟"}), std::nullopt);
  EXPECT_EQ(office.docket.find(id)->state, CommitmentState::returned);
  EXPECT_EQ(office.act(office.stranger, Office::commit({second}, id)), Code::not_permitted);
  EXPECT_EQ(office.act(office.head, Office::commit({second}, id)), std::nullopt);
  EXPECT_EQ(office.docket.find(first)->commitment, std::nullopt)
      << "it left the words, it leaves the promise";
  EXPECT_EQ(office.docket.find(second)->commitment, id);
  EXPECT_EQ(office.act(office.organiser, action::ConfirmCommitment{id}), std::nullopt);
  EXPECT_EQ(office.act(office.head, Office::commit({second}, id)), Code::commitment_confirmed);
  EXPECT_EQ(office.act(office.organiser, action::ReturnCommitment{id, "x"}), Code::commitment_confirmed);
}

TEST(Commitments, nobody_confirms_words_that_changed_since_they_read_them) {
  Office office;
  const auto proposal = office.answered();
  office.act(office.officer, Office::commit({proposal}));
  const auto id = id_cast<CommitmentId>(office.last);
  const auto seen = office.docket.find(id)->changed_seq;
  office.act(office.head, Office::commit({proposal}, id));
  EXPECT_EQ(office.act(office.organiser, action::ConfirmCommitment{id}, seen), Code::changed_meanwhile);
}

TEST(Commitments, take_in_a_later_proposal_whose_answer_names_them) {
  Office office;
  const auto id = office.confirmed();
  const auto later = office.propose({Office::said(12)});
  office.act(office.organiser, action::Route{later, "mtnra"});
  EXPECT_EQ(office.act(office.officer, action::Answer{later, AnswerKind::later, kWords, {}, {}, id}),
            Code::not_taken);
  EXPECT_EQ(office.act(office.officer,
                       action::Answer{later, AnswerKind::taken, kWords, {}, {}, CommitmentId{numbered(99)}}),
            Code::commitment_not_found);
  EXPECT_EQ(office.act(office.officer, action::Answer{later, AnswerKind::taken, kWords, {}, {}, id}),
            std::nullopt);
  EXPECT_EQ(office.docket.find(id)->proposals.size(), 1U) << "an answer in waiting adds nothing";
  office.act(office.head, action::Approve{later});
  EXPECT_EQ(office.docket.find(id)->proposals.back(), later);
  const auto anothers = office.propose({Office::said(13)});
  office.act(office.organiser, action::Route{anothers, "justice"});
  EXPECT_EQ(office.act(office.stranger, action::Answer{anothers, AnswerKind::taken, kWords, {}, {}, id}),
            Code::commitment_not_found)
      << "nobody promises for another administration";
}

TEST(Progress, is_told_by_the_lead_of_what_is_confirmed_and_nothing_of_it_is_lost) {
  Office office;
  const auto proposal = office.answered();
  office.act(office.officer, Office::commit({proposal}));
  const auto id = id_cast<CommitmentId>(office.last);
  const action::Progress report{id, 1, ActivityStatus::in_progress, kWords};
  EXPECT_EQ(office.act(office.officer, report), Code::commitment_not_confirmed);
  office.act(office.organiser, action::ConfirmCommitment{id});
  EXPECT_EQ(office.act(office.stranger, report), Code::not_permitted);
  EXPECT_EQ(office.act(office.organiser, report), Code::not_permitted);
  EXPECT_EQ(office.act(office.officer, action::Progress{id, 3, ActivityStatus::completed, kWords}),
            Code::activity_not_found);
  EXPECT_EQ(office.act(office.officer,
                       action::Progress{id, 1, ActivityStatus::completed, kWords, "http://example.org"}),
            Code::invalid_value);
  EXPECT_EQ(office.act(office.officer, report), std::nullopt);
  EXPECT_EQ(office.act(office.head, action::Progress{id, 1, ActivityStatus::completed, kWords}),
            std::nullopt);
  EXPECT_EQ(office.docket.find(id)->reports.size(), 2U);
}

TEST(Progress, is_late_from_the_day_after_the_end_until_it_is_completed) {
  Office office;
  const auto id = office.confirmed();
  const auto status = [&](std::size_t number, TimeMs now) {
    return status_of(*office.docket.find(id), number, now);
  };
  const auto december_31 = kMonday + 30 * kDay;
  EXPECT_EQ(status(1, december_31 + kDay - 1), Status::not_started) << "the last day is whole";
  EXPECT_EQ(status(1, december_31 + kDay), Status::late);
  office.act(office.officer, action::Progress{id, 1, ActivityStatus::in_progress, kWords});
  EXPECT_EQ(status(1, december_31), Status::in_progress);
  EXPECT_EQ(status(1, december_31 + kDay), Status::late);
  office.act(office.officer, action::Progress{id, 1, ActivityStatus::completed, kWords});
  EXPECT_EQ(status(1, december_31 + kDay), Status::completed);
  EXPECT_EQ(status(2, december_31 + kDay), Status::not_started);
}

TEST(Progress, of_the_whole_follows_from_its_activities) {
  Office office;
  const auto id = office.confirmed();
  const auto whole = [&](TimeMs now) { return status_of(*office.docket.find(id), now); };
  EXPECT_EQ(whole(kMonday), Status::not_started);
  EXPECT_EQ(whole(kMonday + 40 * kDay), Status::late);
  office.act(office.officer, action::Progress{id, 1, ActivityStatus::completed, kWords});
  EXPECT_EQ(whole(kMonday), Status::in_progress);
  office.act(office.officer, action::Progress{id, 2, ActivityStatus::completed, kWords});
  EXPECT_EQ(whole(kMonday + 400 * kDay), Status::completed);
}

TEST(Days, that_do_not_exist_have_no_end) {
  EXPECT_EQ(end_of_day("2025-12-01"), kMonday + kDay - 1);
  EXPECT_TRUE(end_of_day("2028-02-29"));
  for (const auto* wrong : {"", "2027-02-29", "2025-13-01", "2025-00-10", "2025-1-01", "2025/12/01",
                            "+025-12-01", "2025-12-0١", "2025-12-01 "})
    EXPECT_FALSE(end_of_day(wrong)) << wrong;
}

} // namespace
} // namespace warsha::review
