#include "server/review/overrulings.hpp"
#include "tests/unit/review/office.hpp"

/// The committee is asked, and what comes of it.
namespace warsha::review {
namespace {

using test::kWords;
using test::numbered;
using test::Office;

constexpr TimeMs kHour = 3'600'000;
const Words kWhy{"القرار يهم كل الجهات", "La décision concerne toutes les régions"};

/// A promise of one proposal that waits for the organiser.
CommitmentId drafted(Office& office, const ProposalId& proposal) {
  EXPECT_EQ(office.act(office.officer, Office::commit({proposal})), std::nullopt);
  return id_cast<CommitmentId>(office.last);
}

TEST(Lists, are_submitted_by_an_organiser_of_what_was_taken) {
  Office office;
  const auto taken = office.answered(10);
  const auto later = office.answered(11, AnswerKind::later);
  for (const auto* who : {&office.officer, &office.stranger, &office.member, &office.author})
    EXPECT_EQ(office.act(*who, office.by_silence({taken})), Code::not_permitted);
  EXPECT_EQ(office.act(office.organiser, office.by_silence({taken, later})), Code::not_taken);
  EXPECT_EQ(office.act(office.organiser, office.by_silence({ProposalId{numbered(99)}})),
            Code::proposal_not_found);
  EXPECT_EQ(office.act(office.organiser, office.by_silence({taken, taken})), Code::invalid_value);
  EXPECT_EQ(office.act(office.organiser, office.by_silence({taken})), std::nullopt);
  EXPECT_EQ(office.standing(taken), Standing::open);
  EXPECT_EQ(office.act(office.colleague, office.by_vote({taken}, 1)), Code::already_listed);
}

TEST(Lists, ask_nobody_where_there_is_no_committee) {
  Office office;
  const auto taken = office.answered();
  office.committee_size = 0;
  EXPECT_EQ(office.act(office.organiser, office.by_silence({taken})), Code::invalid_value);
  EXPECT_EQ(office.act(office.organiser, office.by_vote({taken}, 1)), Code::invalid_value);
}

TEST(Lists, of_what_is_promised_already_ask_nothing) {
  Office office;
  const auto id = office.confirmed();
  EXPECT_EQ(office.act(office.organiser, office.by_silence({office.docket.find(id)->proposals.front()})),
            Code::commitment_confirmed);
}

TEST(Lists, give_the_committee_days_and_not_for_ever) {
  Office office;
  const auto taken = office.answered();
  for (const int days : {-1, 0, 1, 2, 92, 400})
    EXPECT_EQ(office.act(office.organiser, office.by_silence({taken}, days)), Code::invalid_value) << days;
  auto wrong = office.by_silence({taken});
  wrong.until = "2026-02-30";
  EXPECT_EQ(office.act(office.organiser, wrong), Code::invalid_value);
  EXPECT_EQ(office.act(office.organiser, office.by_silence({taken}, 3)), std::nullopt);
}

TEST(Lists, say_a_quorum_and_a_majority_for_a_vote_and_for_nothing_else) {
  Office office;
  const auto taken = office.answered();
  auto vote = office.by_vote({taken}, 2);
  vote.quorum.reset();
  EXPECT_EQ(office.act(office.organiser, vote), Code::missing_field);
  vote = office.by_vote({taken}, 2);
  vote.majority.reset();
  EXPECT_EQ(office.act(office.organiser, vote), Code::missing_field);
  EXPECT_EQ(office.act(office.organiser, office.by_vote({taken}, 4)), Code::invalid_value)
      << "the committee has three members";
  auto silence = office.by_silence({taken});
  silence.quorum = 1;
  EXPECT_EQ(office.act(office.organiser, silence), Code::invalid_value);
  EXPECT_EQ(office.act(office.organiser, office.by_vote({taken}, 3)), std::nullopt);
}

TEST(Silence, approves_at_the_end_of_the_day_and_not_before) {
  Office office;
  const auto taken = office.answered();
  const auto list = office.submitted(office.by_silence({taken}));
  office.now = office.docket.find(list)->ends;
  EXPECT_EQ(office.result(list), ListResult::open);
  EXPECT_EQ(office.standing(taken), Standing::open);
  ++office.now;
  EXPECT_EQ(office.result(list), ListResult::approved);
  EXPECT_EQ(office.standing(taken), Standing::approved);
}

TEST(Silence, an_objection_takes_its_proposal_out_and_leaves_the_others) {
  Office office;
  const auto first = office.answered(10);
  const auto second = office.answered(11);
  const auto list = office.submitted(office.by_silence({first, second}));
  for (const auto* who : {&office.organiser, &office.officer, &office.author})
    EXPECT_EQ(office.act(*who, action::Object{list, first, kWhy}), Code::not_permitted);
  EXPECT_EQ(office.act(office.member, action::Object{list, ProposalId{numbered(99)}, kWhy}),
            Code::proposal_not_found);
  EXPECT_EQ(office.act(office.member, action::Object{list, first, kWhy}), std::nullopt);
  office.pass(list);
  EXPECT_EQ(office.result(list), ListResult::approved_in_part);
  EXPECT_EQ(office.standing(first), Standing::objected);
  EXPECT_EQ(office.standing(second), Standing::approved);
  EXPECT_EQ(office.act(office.organiser, office.by_silence({second})), Code::already_listed);
  EXPECT_EQ(office.act(office.organiser, office.by_silence({first})), std::nullopt)
      << "it is the organiser's again";
  EXPECT_EQ(office.standing(first), Standing::open);
}

TEST(Silence, an_objection_is_its_members_to_change_and_withdraw_until_the_day) {
  Office office;
  const auto taken = office.answered();
  const auto list = office.submitted(office.by_silence({taken}));
  office.act(office.member, action::Object{list, taken, kWords});
  office.act(office.member, action::Object{list, taken, kWhy});
  const auto& objections = office.docket.find(list)->objections.at(taken);
  ASSERT_EQ(objections.size(), 1U);
  EXPECT_EQ(objections.begin()->second.words.fr, kWhy.fr);
  EXPECT_EQ(office.act(office.second, action::WithdrawObjection{list, taken}), Code::invalid_value)
      << "nobody takes back another one's";
  EXPECT_EQ(office.act(office.member, action::WithdrawObjection{list, taken}), std::nullopt);
  office.pass(list);
  EXPECT_EQ(office.result(list), ListResult::approved);
}

TEST(Silence, is_broken_by_an_objection_and_not_by_a_vote_against) {
  Office office;
  const auto list = office.submitted(office.by_silence({office.answered()}));
  EXPECT_EQ(office.act(office.member, action::Vote{Ballot::reject, list, kWhy}), Code::invalid_value);
  EXPECT_EQ(office.act(office.member, action::Vote{Ballot::approve, list, {}}), std::nullopt);
  office.pass(list);
  EXPECT_EQ(office.result(list), ListResult::approved);
}

struct Outcome {
  const char* why;
  std::vector<Ballot> ballots; // of member, second, third
  std::int64_t quorum;
  Majority majority;
  ListResult result;
};

TEST(Votes, are_counted_by_the_rule_that_was_published) {
  using enum Ballot;
  const Outcome outcomes[] = {
      {"nobody came", {}, 1, Majority::simple, ListResult::no_quorum},
      {"one of two that it needs", {approve}, 2, Majority::simple, ListResult::no_quorum},
      {"abstentions make a quorum", {approve, abstain}, 2, Majority::simple, ListResult::approved},
      {"and no majority", {abstain, abstain}, 2, Majority::simple, ListResult::rejected},
      {"a tie does not approve", {approve, reject}, 2, Majority::simple, ListResult::rejected},
      {"two of three", {approve, approve, reject}, 1, Majority::simple, ListResult::approved},
      {"two of three are two thirds",
       {approve, approve, reject},
       1,
       Majority::two_thirds,
       ListResult::approved},
      {"one of two is less", {approve, reject, abstain}, 1, Majority::two_thirds, ListResult::rejected},
      {"nobody for it", {abstain}, 1, Majority::two_thirds, ListResult::rejected}};
  for (const auto& outcome : outcomes) {
    Office office;
    const auto taken = office.answered();
    const auto list = office.submitted(office.by_vote({taken}, outcome.quorum, outcome.majority));
    const Reviewer* members[] = {&office.member, &office.second, &office.third};
    for (std::size_t i = 0; i < outcome.ballots.size(); ++i)
      ASSERT_EQ(office.act(*members[i], action::Vote{outcome.ballots[i], list, kWhy}), std::nullopt);
    EXPECT_EQ(office.result(list), ListResult::open);
    office.pass(list);
    EXPECT_EQ(office.result(list), outcome.result) << outcome.why;
    EXPECT_EQ(office.standing(taken), outcome.result == ListResult::approved    ? Standing::approved
                                      : outcome.result == ListResult::no_quorum ? Standing::no_quorum
                                                                                : Standing::rejected);
  }
}

TEST(Votes, are_one_of_each_member_who_may_change_it_and_a_vote_against_says_why) {
  Office office;
  const auto taken = office.answered();
  const auto list = office.submitted(office.by_vote({taken}, 1));
  for (const auto* who : {&office.organiser, &office.officer, &office.author})
    EXPECT_EQ(office.act(*who, action::Vote{Ballot::approve, list, {}}), Code::not_permitted);
  EXPECT_EQ(office.act(office.member, action::Object{list, taken, kWhy}), Code::invalid_value);
  EXPECT_EQ(office.act(office.member, action::Vote{Ballot::reject, list, {}}), Code::missing_field);
  office.act(office.member, action::Vote{Ballot::approve, list, {}});
  EXPECT_EQ(office.act(office.member, action::Vote{Ballot::reject, list, kWhy}), std::nullopt);
  EXPECT_EQ(count(*office.docket.find(list)).cast(), 1U);
  office.pass(list);
  EXPECT_EQ(office.result(list), ListResult::rejected);
}

TEST(Lists, that_are_over_stay_as_they_are_whoever_comes) {
  Office office;
  const auto taken = office.answered();
  const auto list = office.submitted(office.by_vote({taken}, 1));
  office.act(office.member, action::Vote{Ballot::approve, list, {}});
  office.pass(list);
  const Reviewer newcomer{ActorId{numbered(90)}, false, false, {}, true};
  EXPECT_EQ(office.act(newcomer, action::Vote{Ballot::reject, list, kWhy}), Code::list_over);
  EXPECT_EQ(office.act(office.member, action::Vote{Ballot::reject, list, kWhy}), Code::list_over);
  EXPECT_EQ(office.act(office.organiser, action::WithdrawList{list, kWhy}), Code::list_over);
  // And a ledger that says otherwise, of another machine, changes nothing either.
  const Entry late{office.docket.seq + 1, office.docket.find(list)->ends + 1, office.second.id,
                   CommandId{numbered(91)}, action::Vote{Ballot::reject, list, kWhy}};
  apply(office.docket, late);
  EXPECT_EQ(office.result(list), ListResult::approved);
}

TEST(Lists, on_whose_result_somebody_acted_are_not_opened_again_by_a_clock_that_is_set_back) {
  Office office;
  const auto taken = office.answered(10);
  const auto objected = office.answered(11);
  const auto promise = drafted(office, taken);
  const auto confirmed = office.submitted(office.by_vote({taken}, 1));
  office.act(office.member, action::Vote{Ballot::approve, confirmed, {}});
  const auto asked_again = office.submitted(office.by_silence({objected}));
  office.act(office.member, action::Object{asked_again, objected, kWhy});
  office.pass(confirmed);
  EXPECT_EQ(office.act(office.organiser, action::ConfirmCommitment{promise, {}}), std::nullopt);
  const auto second = office.submitted(office.by_silence({objected}));
  office.now -= 48 * kHour;
  EXPECT_EQ(office.act(office.second, action::Vote{Ballot::reject, confirmed, kWhy}), Code::list_over);
  EXPECT_EQ(office.standing(taken), Standing::approved);
  EXPECT_EQ(office.act(office.member, action::WithdrawObjection{asked_again, objected}), Code::list_over);
  EXPECT_EQ(office.result(asked_again), ListResult::rejected);
  EXPECT_EQ(office.result(second), ListResult::open) << "nobody acted on this one";
}

TEST(Lists, are_not_closed_by_an_entry_of_a_clock_that_was_ahead) {
  Office office;
  const auto taken = office.answered();
  const auto list = office.submitted(office.by_silence({taken}));
  const auto today = office.now;
  office.now += 365 * 24 * kHour;
  EXPECT_EQ(office.act(office.organiser, action::Screen{Office::said(15), 1, 1, 1}), std::nullopt);
  office.now = today;
  EXPECT_EQ(office.result(list), ListResult::open);
  EXPECT_EQ(office.standing(taken), Standing::open);
  EXPECT_EQ(office.act(office.member, action::Object{list, taken, kWhy}), std::nullopt);
  office.pass(list);
  EXPECT_EQ(office.result(list), ListResult::rejected) << "not approved by silence";
}

TEST(Lists, are_withdrawn_in_public_before_their_day_and_their_proposals_are_free) {
  Office office;
  const auto taken = office.answered();
  const auto list = office.submitted(office.by_silence({taken}));
  EXPECT_EQ(office.act(office.member, action::WithdrawList{list, kWhy}), Code::not_permitted);
  EXPECT_EQ(office.act(office.organiser, action::WithdrawList{ListId{numbered(99)}, kWhy}), Code::not_found);
  EXPECT_EQ(office.act(office.organiser, action::WithdrawList{list, kWhy}), std::nullopt);
  EXPECT_EQ(office.result(list), ListResult::withdrawn);
  EXPECT_EQ(office.standing(taken), Standing::not_asked);
  EXPECT_EQ(office.act(office.member, action::Object{list, taken, kWhy}), Code::list_over);
  EXPECT_EQ(office.act(office.organiser, office.by_silence({taken})), std::nullopt);
}

TEST(Confirming, waits_for_a_list_that_is_open) {
  Office office;
  const auto taken = office.answered();
  const auto promise = drafted(office, taken);
  const auto list = office.submitted(office.by_silence({taken}));
  EXPECT_EQ(office.act(office.organiser, action::ConfirmCommitment{promise, kWhy}), Code::list_open);
  office.pass(list);
  EXPECT_EQ(office.act(office.organiser, action::ConfirmCommitment{promise, kWhy}), Code::invalid_value)
      << "there is nothing to overrule";
  EXPECT_EQ(office.act(office.organiser, action::ConfirmCommitment{promise, {}}), std::nullopt);
  EXPECT_TRUE(overrulings(office.docket, office.now).empty());
}

TEST(Confirming, against_the_committee_says_why_and_is_told_as_such) {
  Office office;
  const auto taken = office.answered();
  const auto promise = drafted(office, taken);
  const auto list = office.submitted(office.by_silence({taken}));
  office.act(office.member, action::Object{list, taken, kWords});
  office.pass(list);
  auto told = overrulings(office.docket, office.now);
  ASSERT_EQ(told.size(), 1U);
  EXPECT_EQ(told[0].kind, OverrulingKind::not_approved) << "the administration wanted it";
  EXPECT_EQ(told[0].administration, "mtnra");
  EXPECT_EQ(office.act(office.organiser, action::ConfirmCommitment{promise, {}}), Code::missing_field);
  EXPECT_EQ(office.act(office.organiser, action::ConfirmCommitment{promise, kWhy}), std::nullopt);
  told = overrulings(office.docket, office.now);
  ASSERT_EQ(told.size(), 1U);
  EXPECT_EQ(told[0].kind, OverrulingKind::committee_not_followed);
  EXPECT_EQ(told[0].commitment, promise);
  EXPECT_EQ(told[0].list, list);
  EXPECT_EQ(told[0].words->fr, kWhy.fr);
}

TEST(Confirming, without_a_list_needs_no_words) {
  Office office;
  const auto promise = drafted(office, office.answered());
  EXPECT_EQ(office.act(office.organiser, action::ConfirmCommitment{promise, {}}), std::nullopt);
}

TEST(Overrulings, tell_of_what_was_sent_back_to_who_said_that_it_is_not_theirs) {
  Office office;
  const auto id = office.routed();
  office.act(office.officer, action::Decline{id, "قسم", "justice", kWords});
  office.act(office.organiser, action::Route{id, "justice"});
  EXPECT_TRUE(overrulings(office.docket, office.now).empty());
  office.act(office.organiser, action::Route{id, "mtnra"});
  const auto told = overrulings(office.docket, office.now);
  ASSERT_EQ(told.size(), 1U);
  EXPECT_EQ(told[0].kind, OverrulingKind::sent_back);
  EXPECT_EQ(told[0].administration, "mtnra");
  EXPECT_EQ(told[0].words->ar, kWords.ar);
}

} // namespace
} // namespace warsha::review
