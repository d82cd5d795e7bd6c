#pragma once

#include "server/aggregation/features.hpp"
#include "server/aggregation/linear.hpp"

#include <string>
#include <string_view>

/// Every number the library works by. schemas/aggregation/parameters.json has the values and their version,
/// this header their meaning; what each is worth is measured in tests/aggregation/README.md.
namespace warsha::aggregation {

struct ProfileSettings {
  double saturation = 1.2; // BM25's k1
  double length = 0.3;     // BM25's b
  double pairs = 1;        // weight of neighbouring words against single ones
  double letters = 0.2;    // and of runs of letters
  double brevity = 0.5;    // how far a long text's score is brought down to a short one's
};

struct NeighbourSettings {
  int count = 10;
  double sharpness = 2; // power of the likeness that is a neighbour's vote
  double floor = 0.02;  // votes before there is any: what no neighbour is for isn't ruled out
};

/// What parts of a score weigh once decisions are many. In between, a number of decisions `half_way` weighs
/// half one, half the other: a few decisions tell less of a new matter than the competences, thousands tell
/// more.
struct ManyDecisions {
  double half_way = 2000;
  double decision_example = 1;
  double linear_weight = 3;
  double neighbour_weight = 1;
  double neighbours = 30;
};

struct RoutingParameters {
  FeatureWeights features;
  ProfileSettings profile;
  NeighbourSettings neighbours;
  LinearSettings linear;
  ManyDecisions many;
  // Of the four parts of a score: profile (BM25), margins, logarithm of votes, logarithm of decisions so far.
  double profile_weight = 2;
  double linear_weight = 1;
  double neighbour_weight = 0.6;
  double prior_weight = 0.3;
  double competence_example = 1; // weight of a competence phrase among the linear model's examples
  double decision_example = 0.3; // and of a confirmed decision
  // The workshop's title, the same way.
  double title_profile = 1;
  double title_confirmed = 0.5; // instead of title_profile when many decisions under the title are confirmed
  double title_half_way = 10;   // so many of them: half of each
  double title_neighbours = 1;
  double title_floor = 0.01;
  double elsewhere = 4; // taken off a local body when nothing says that its territory is meant
  double nearby = 1;    // taken off one of the region where it was said, but not of that town
  double named = 2;     // given to a local body whose place the text names
  double temperature =
      1; // divides the scores before the softmax that makes confidences; fitted by cross-validation
  double title_temperature = 1; // where there is a title: its score comes on top
  double doubtful_below = 0.5;
};

struct SimilarityParameters {
  FeatureWeights features;
  // Of the two signals in the score.
  double terms = 1;
  double letters = 2;
  double containment = 0.5;     // 0: shared part of the longer text; 1: of the shorter
  double other_word = 0.7;      // worth of one word for a thing meeting another word for it
  double lack_and_remedy = 0.7; // a problem and its solution are related, not the same
  int candidates = 60;          // compared in full, of those that share a word or a rare run of letters
  double related = 0.35;        // offered while somebody types
  double same = 0.6;            // offered for merging
};

struct ScoringParameters {
  double z = 1.96; // of the Wilson bound: 95 % two-sided
};

struct Parameters {
  std::string version;
  SimilarityParameters similarity;
  RoutingParameters routing;
  ScoringParameters scoring;

  /// Throws std::runtime_error that names the field that is missing or unknown.
  [[nodiscard]] static Parameters parse(std::string_view json);
};

} // namespace warsha::aggregation
