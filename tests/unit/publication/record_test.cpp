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
    dossier.people[workshop] = 2;
    dossier.contributions[workshop] = rows;
    auto board = meeting.board;
    board.workshop = workshop;
    return make_record(docket, dossier, {{workshop, board}}, meeting.now);
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
