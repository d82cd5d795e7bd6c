#include "server/live/projection.hpp"
#include "server/publication/record.hpp"
#include "tests/unit/live/support.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace warsha::publication {
namespace {

using live::test::Meeting;
using live::test::numbered;
using nlohmann::json;

/// A meeting of one workshop, and its review.
class Published : public ::testing::Test {
protected:
  const ConsultationId consultation{numbered(200)};
  const WorkshopId workshop{numbered(201)};
  Meeting meeting;
  review::Docket docket;

  std::vector<store::ContributionRow> rows;

  json record() {
    review::Dossier dossier;
    dossier.consultation.id = consultation;
    dossier.workshops.push_back({workshop, consultation, 0, "ورشة", "CODE", "e", 0});
    dossier.people[workshop] = {meeting.amina.id, meeting.brahim.id};
    dossier.contributions[workshop] = rows;
    auto board = meeting.board;
    board.workshop = workshop;
    review::add_board(dossier, std::make_shared<live::Board>(board));
    return make_record(docket, dossier, meeting.now);
  }
};

TEST_F(Published, contributions_wait_for_the_end_of_their_workshop) {
  meeting.contribution(meeting.amina);
  EXPECT_TRUE(record().at("contributions").empty());
  EXPECT_EQ(record().at("workshops")[0].at("contributions"), 1);
  meeting.board.phase = Phase::closed;
  EXPECT_EQ(record().at("contributions").size(), 1U);
}

TEST_F(Published, what_the_review_took_up_is_there_at_once) {
  const auto id = meeting.contribution(meeting.amina, Kind::solution);
  meeting.contribution(meeting.amina);
  docket.contributions[id].state = review::ContributionState::proposed;
  docket.contributions[id].proposal = ProposalId{numbered(9)};
  const auto made = record();
  ASSERT_EQ(made.at("contributions").size(), 1U);
  EXPECT_EQ(made.at("contributions")[0].at("state"), "proposed");
}

TEST_F(Published, a_decision_says_how_many_had_rated_what_it_is_about) {
  const auto id = meeting.contribution(meeting.amina, Kind::solution);
  auto& reviewed = docket.contributions[id];
  reviewed.screenings[ActorId{numbered(2)}] = {4, 4, 4, 100};
  reviewed.screenings[ActorId{numbered(3)}] = {4, 4, 4, 300};
  reviewed.at = 200;
  meeting.board.phase = Phase::closed;
  EXPECT_FALSE(record().at("contributions")[0].contains("ratings")) << "nothing is decided";
  reviewed.state = review::ContributionState::proposed;
  reviewed.proposal = ProposalId{numbered(9)};
  EXPECT_EQ(record().at("contributions")[0].at("ratings"), 1) << "the other rated afterwards";
}

TEST_F(Published, names_nobody) {
  meeting.contribution(meeting.amina);
  meeting.board.phase = Phase::closed;
  const auto text = record().dump();
  EXPECT_EQ(text.find(meeting.amina.id.text()), std::string::npos);
  EXPECT_EQ(text.find("AAAA-BBBB-CCCC"), std::string::npos) << "whoever has a receipt speaks for its author";
}

TEST_F(Published, words_that_were_hidden_or_taken_back_stay_unsaid_and_their_place_stays) {
  const auto hidden = meeting.contribution(meeting.amina);
  const auto withdrawn = meeting.contribution(meeting.amina);
  meeting.act(meeting.facilitator, action::Moderate{hidden, true, "twice", Ground::repetition});
  meeting.act(meeting.amina, action::Withdraw{withdrawn});
  meeting.board.phase = Phase::closed;
  const auto contributions = record().at("contributions");
  ASSERT_EQ(contributions.size(), 2U);
  EXPECT_EQ(contributions[0].at("state"), "hidden");
  EXPECT_EQ(contributions[0].at("ground"), "repetition");
  EXPECT_EQ(contributions[1].at("state"), "withdrawn");
  for (const auto& one : contributions)
    EXPECT_FALSE(one.contains("text"));
}

TEST_F(Published, figures_that_are_kept_from_the_room_are_kept_from_everybody) {
  const auto id = meeting.contribution(meeting.amina);
  meeting.board.phase = Phase::grouping;
  meeting.act(meeting.brahim, action::Support{id, true});
  meeting.act(meeting.facilitator, action::TalliesHide{true});
  meeting.board.phase = Phase::closed;
  EXPECT_FALSE(record().at("contributions")[0].contains("supports"));
}

/// A meeting in which what three people said was merged, and became a proposal.
class Merged : public Published {
protected:
  ContributionId head, second, third;

  void SetUp() override {
    meeting.board.phase = Phase::solutions;
    head = say(meeting.amina, "نشر المحاضر");
    second = say(meeting.brahim, "محاضر منشورة");
    third = say(meeting.amina, "إتاحة المحاضر");
    meeting.act(meeting.facilitator, action::Merge{head, {second, third}});
    docket.contributions[head].state = review::ContributionState::proposed;
    docket.contributions[head].proposal = proposal;
    docket.proposals[proposal].id = proposal;
    docket.proposals[proposal].contributions = {head};
    meeting.board.phase = Phase::closed;
  }
  ContributionId say(const access::Actor& author, const char* text) {
    meeting.act(author, action::Contribute{Kind::solution, text, {}, {}});
    return id_cast<ContributionId>(meeting.last_command);
  }
  json told() {
    rows.clear();
    for (const auto& contribution : meeting.board.contributions)
      rows.push_back(live::row_of(contribution));
    return record();
  }
  const ProposalId proposal{numbered(9)};
};

TEST_F(Merged, words_go_along_with_what_they_were_merged_into) {
  const auto made = told();
  const auto& first = made.at("contributions")[0];
  EXPECT_EQ(first.at("merged"), json::array({second.text(), third.text()}));
  EXPECT_EQ(first.at("behind"), (json{{"contributions", 3}}))
      << "that one of them wrote two is nobody's business";
  EXPECT_EQ(made.at("contributions")[1].at("state"), "merged");
  EXPECT_EQ(made.at("contributions")[1].at("merged_into"), head.text());
  const auto& proposed = made.at("proposals")[0];
  EXPECT_EQ(proposed.at("behind"), first.at("behind"));
  ASSERT_EQ(proposed.at("said").size(), 1U);
  EXPECT_EQ(proposed.at("said")[0].at("merged")[0].at("text"), "محاضر منشورة");
}

TEST_F(Merged, words_are_told_before_the_end_of_their_workshop_only_with_what_they_stand_under) {
  meeting.board.phase = Phase::solutions;
  EXPECT_EQ(told().at("contributions").size(), 3U);
  docket.contributions.clear();
  docket.proposals.clear();
  EXPECT_EQ(told().at("contributions").size(), 0U);
}

TEST_F(Merged, contributions_have_their_place_in_the_balance_by_the_fate_that_they_share) {
  const auto balance = told().at("balance");
  EXPECT_EQ(balance.at("received"), 3);
  EXPECT_EQ(balance.at("in_review"), 1);
  EXPECT_EQ(balance.at("merged"), 2);
  EXPECT_EQ(balance.at("merged_by_fate").at("in_review"), 2);
}

TEST_F(Merged, words_that_were_hidden_stand_behind_nothing_and_stay_unsaid) {
  meeting.board.phase = Phase::grouping;
  meeting.act(meeting.facilitator, action::Moderate{second, true, {}, Ground::disrespect});
  meeting.board.phase = Phase::closed;
  const auto made = told();
  EXPECT_EQ(made.at("contributions")[0].at("merged"), json::array({third.text()}));
  EXPECT_EQ(made.at("proposals")[0].at("behind"), (json{{"contributions", 2}}));
  EXPECT_EQ(made.dump().find("محاضر منشورة"), std::string::npos);
  EXPECT_EQ(made.at("balance").at("hidden"), 1);
}

TEST_F(Merged, contributions_that_were_decided_on_their_own_stand_under_nothing) {
  docket.contributions[third].state = review::ContributionState::returned;
  const auto made = told();
  EXPECT_EQ(made.at("contributions")[0].at("behind").at("contributions"), 2);
  EXPECT_EQ(made.at("contributions")[2].at("state"), "returned");
  EXPECT_EQ(made.at("balance").at("returned"), 1);
}

TEST_F(Merged, supports_count_for_the_proposal_and_nobody_twice) {
  meeting.board.phase = Phase::grouping;
  meeting.act(meeting.brahim, action::Support{third, true});
  EXPECT_EQ(told().at("proposals")[0].at("score").at("groups")[0].at("supporters"), 1);
  meeting.act(meeting.brahim, action::Support{head, true});
  EXPECT_EQ(told().at("proposals")[0].at("score").at("groups")[0].at("supporters"), 1);
}

TEST_F(Published, what_was_in_a_proposal_stays_public_when_that_is_dissolved) {
  const auto id = meeting.contribution(meeting.amina, Kind::solution);
  review::Proposal proposal;
  proposal.id = ProposalId{numbered(9)};
  proposal.state = review::ProposalState::dissolved;
  proposal.ending = review::Ending{meeting.now, {}, {"سبب", "raison"}, {id}, {}, {}};
  docket.proposals.emplace(proposal.id, proposal);
  EXPECT_TRUE(record().at("proposals").empty());
  EXPECT_EQ(record().at("ended_proposals")[0].at("contributions")[0], id.text());
  EXPECT_EQ(record().at("contributions")[0].at("id"), id.text()) << "before its workshop is closed";
}

TEST_F(Published, scores_do_not_tell_tallies_that_are_kept_from_everybody) {
  const auto id = meeting.contribution(meeting.amina, Kind::solution);
  meeting.board.phase = Phase::grouping;
  meeting.act(meeting.brahim, action::Support{id, true});
  store::ContributionRow row;
  row.id = id;
  row.supports = 1;
  rows.push_back(row);
  review::Proposal proposal;
  proposal.id = ProposalId{numbered(9)};
  proposal.contributions.push_back(id);
  docket.proposals.emplace(proposal.id, proposal);
  EXPECT_EQ(record().at("proposals")[0].at("score").at("groups")[0].at("supporters"), 1);
  meeting.act(meeting.facilitator, action::TalliesHide{true});
  const auto score = record().at("proposals")[0].at("score");
  EXPECT_TRUE(score.at("groups").empty());
  EXPECT_FALSE(score.at("criteria")[0].contains("value"));
}

} // namespace
} // namespace warsha::publication
