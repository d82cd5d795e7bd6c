#include "server/aggregation/scoring.hpp"
#include "server/aggregation/support.hpp"

#include <gtest/gtest.h>

namespace warsha::aggregation {
namespace {

const std::vector<Criterion> kGrid = {{"clarity", 1}, {"feasibility", 3}, {"impact", 4}};

TEST(Score, the_value_is_the_weighted_mean_of_what_is_known) {
  const std::vector<Rating> ratings = {
      {"clarity", 1, "hind"}, {"feasibility", 0.5, "hind"}, {"impact", 0.25, "hind"}};
  const Score result = score(kGrid, ratings);
  EXPECT_NEAR(*result.value, (1 * 1 + 3 * 0.5 + 4 * 0.25) / 8, 1e-12);
  EXPECT_NEAR(result.lowest, *result.value, 1e-12);
  EXPECT_NEAR(result.highest, *result.value, 1e-12);
  EXPECT_NEAR(result.criteria[2].share, 0.5, 1e-12);
}

TEST(Score, an_unknown_criterion_is_no_zero_and_widens_the_interval) {
  const Score result =
      score(kGrid, std::vector<Rating>{{"clarity", 0.8, "hind"}, {"feasibility", 0.4, "hind"}});
  EXPECT_NEAR(*result.value, (0.8 + 3 * 0.4) / 4, 1e-12);
  EXPECT_NEAR(result.lowest, (0.8 + 3 * 0.4) / 8, 1e-12);
  EXPECT_NEAR(result.highest, (0.8 + 3 * 0.4 + 4) / 8, 1e-12);
  EXPECT_FALSE(result.criteria[2].value.has_value());
}

TEST(Score, nothing_known_has_no_value_and_the_widest_interval) {
  const Score result = score(kGrid, {});
  EXPECT_FALSE(result.value.has_value());
  EXPECT_EQ(result.lowest, 0);
  EXPECT_EQ(result.highest, 1);
}

TEST(Score, raters_disagreement_is_shown_and_their_mean_counts) {
  const Score result =
      score(kGrid, std::vector<Rating>{{"impact", 1, "hind"}, {"impact", 0.25, "ali"}, {"other", 1, "ali"}});
  EXPECT_NEAR(*result.criteria[2].value, 0.625, 1e-12);
  EXPECT_NEAR(result.criteria[2].disagreement, 0.75, 1e-12);
  EXPECT_EQ(result.criteria[2].ratings[0].origin, "ali");
}

Score valued(double value) {
  return score(std::vector<Criterion>{{"x", 1}}, std::vector<Rating>{{"x", value, "r"}});
}

TEST(Rank, equals_share_the_better_place_and_the_next_place_is_skipped) {
  const std::vector<Score> scores = {valued(0.5), valued(0.9), valued(0.5), valued(0.1)};
  std::vector<std::size_t> ranks(4);
  for (const Ranked& ranked : rank(scores))
    ranks[ranked.proposal] = ranked.rank;
  EXPECT_EQ(ranks, (std::vector<std::size_t>{2, 1, 2, 4}));
}

TEST(Rank, a_proposal_without_a_value_comes_last) {
  const std::vector<Score> scores = {score(kGrid, {}), valued(0)};
  EXPECT_EQ(rank(scores)[0].proposal, 1u);
  EXPECT_EQ(rank(scores)[1].rank, 2u);
}

std::vector<Score> two_rivals() {
  return {
      score(kGrid, std::vector<Rating>{{"clarity", 1, "r"}, {"feasibility", 0.2, "r"}, {"impact", 0.6, "r"}}),
      score(kGrid,
            std::vector<Rating>{{"clarity", 0, "r"}, {"feasibility", 0.9, "r"}, {"impact", 0.6, "r"}})};
}

TEST(WhatIf, other_weights_change_places_and_leave_the_scores_as_they_were) {
  const auto scores = two_rivals();
  EXPECT_TRUE(moves(scores, kGrid).empty());
  const std::vector<Criterion> clarity_first = {{"clarity", 9}, {"feasibility", 3}, {"impact", 4}};
  const auto moved = moves(scores, clarity_first);
  ASSERT_EQ(moved.size(), 2u);
  EXPECT_EQ(moved[0].from, 2u);
  EXPECT_EQ(moved[0].to, 1u);
  EXPECT_EQ(scores[0].criteria[0].weight, 1);
}

TEST(WhatIf, sensitivity_names_the_weights_on_which_a_place_hangs) {
  const auto found = sensitivity(two_rivals(), kGrid);
  ASSERT_EQ(found.size(), 6u);
  for (const Sensitivity& one : found)
    if (one.criterion == "impact") {
      EXPECT_TRUE(one.moves.empty()) << "both have the same impact";
    }
  const auto halved = std::vector<Criterion>{{"clarity", 1}, {"feasibility", 1.5}, {"impact", 4}};
  EXPECT_EQ(found[2].moves.size(), moves(two_rivals(), halved).size());
}

TEST(Wilson, known_values) { // Newcombe 1998, table I; and 0 of n, n of n
  EXPECT_NEAR(wilson(81, 263, 1.959964).lower, 0.2553, 5e-5);
  EXPECT_NEAR(wilson(81, 263, 1.959964).upper, 0.3662, 5e-5);
  EXPECT_NEAR(wilson(15, 148, 1.959964).lower, 0.0624, 5e-5);
  EXPECT_NEAR(wilson(15, 148, 1.959964).upper, 0.1605, 5e-5);
  EXPECT_NEAR(wilson(0, 20, 1.959964).upper, 0.1611, 5e-5);
  EXPECT_NEAR(wilson(29, 29, 1.959964).lower, 0.8830, 5e-5);
}

TEST(Wilson, nobody_asked_is_the_whole_interval_and_more_askers_narrow_it) {
  EXPECT_EQ(wilson(0, 0, 1.96).lower, 0);
  EXPECT_EQ(wilson(0, 0, 1.96).upper, 1);
  EXPECT_LT(wilson(3, 4, 1.96).lower, wilson(30, 40, 1.96).lower);
}

TEST(Breadth, even_support_is_one_and_support_from_one_place_none) {
  EXPECT_NEAR(breadth(std::vector<std::size_t>{5, 5, 5}), 1, 1e-12);
  EXPECT_EQ(breadth(std::vector<std::size_t>{9, 0, 0}), 0);
  EXPECT_EQ(breadth({}), 0);
  EXPECT_GT(breadth(std::vector<std::size_t>{6, 4, 5}), breadth(std::vector<std::size_t>{13, 1, 1}));
}

TEST(Agreement, what_all_groups_want_outranks_what_one_wants_loudly) {
  const std::vector<GroupVotes> everywhere = {{6, 10}, {7, 10}}, one_city = {{90, 100}, {1, 10}};
  EXPECT_GT(agreement_across(everywhere), agreement_across(one_city));
  EXPECT_NEAR(agreement_across(everywhere), 7.0 / 12 * 8 / 12, 1e-12);
  EXPECT_EQ(agreement_across({}), 1);
  EXPECT_EQ(agreement_across(std::vector<GroupVotes>{{0, 0}}), 0.5);
}

} // namespace
} // namespace warsha::aggregation
