#pragma once

#include "server/aggregation/administrations.hpp"
#include "server/aggregation/lexicon.hpp"
#include "server/aggregation/parameters.hpp"
#include "tests/aggregation/sets.hpp"

#include <string>
#include <vector>

namespace warsha::bench {

/// What every measurement works with.
struct Setting {
  const aggregation::Lexicon& lexicon;
  const aggregation::Parameters& parameters;
  const std::vector<aggregation::Administration>& administrations;
  /// Where the texts were said, as of a Question.
  std::string territory, place;
};

// Each prints its part of the table on standard output.

/// Each group of `texts` is held out in turn; the router learns from the rest.
void cross_validate_routing(const Setting& setting, const std::vector<LabelledText>& texts);
/// The router learns from `train` and answers `test`.
void test_routing(const Setting& setting, const std::vector<LabelledText>& train,
                  const std::vector<LabelledText>& test);
/// One fifth of the questions (by a hash of their text), learned from the other four.
void measure_questions(const Setting& setting, const std::vector<LabelledText>& questions);
void measure_pairs(const Setting& setting, const std::string& name, const PairSet& set);
/// False when the published figure of agreement across groups is not reproduced to 5e-7.
[[nodiscard]] bool check_agreement(const std::string& comments_path, const std::string& votes_path);
void measure_scale(const Setting& setting, const std::vector<std::size_t>& sizes);

} // namespace warsha::bench
