#include "server/aggregation/defaults.hpp"
#include "server/aggregation/router.hpp"

#include <algorithm>
#include <fstream>
#include <gtest/gtest.h>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>

/// Whoever tries the demonstration follows the advice and finds somebody there.
namespace warsha::aggregation {
namespace {

/// The administrations of deploy/demonstration/accounts, and how many people each has.
std::map<std::string, int> people() {
  std::ifstream file(WARSHA_SOURCE_DIR "/deploy/demonstration/accounts");
  std::map<std::string, int> found;
  for (std::string line; std::getline(file, line);) {
    std::istringstream words(line);
    std::string login;
    std::string role;
    std::string scope;
    if (words >> login >> role >> scope && role == "reviewer")
      ++found[scope];
  }
  return found;
}

TEST(Demonstration,
     has_two_people_wherever_the_advice_is_sure_and_at_one_of_its_first_three_where_it_is_not) {
  const auto there = people();
  ASSERT_EQ(there.size(), 5U);
  for (const auto& [administration, count] : there)
    EXPECT_EQ(count, 2) << administration;
  const Router router(shipped_lexicon(), shipped_parameters(), shipped_register().administrations);
  std::ifstream file(WARSHA_SOURCE_DIR "/deploy/demonstration/consultation.json");
  for (const auto& workshop : nlohmann::json::parse(file).at("workshops"))
    for (const auto& said : workshop.at("contributions")) {
      if (said.at("kind") != "solution")
        continue;
      const auto text = said.at("text").get<std::string>();
      const auto proposal = text + ". " + text;
      const auto title = workshop.at("title").get<std::string>();
      const auto advice = router.route({proposal, title, {}, {}});
      const auto looked_at = advice.suggestions.begin() + (advice.doubtful ? 3 : 1);
      EXPECT_TRUE(std::any_of(advice.suggestions.begin(), looked_at, [&](const Suggestion& one) {
        return there.contains(one.administration);
      })) << text;
    }
}

} // namespace
} // namespace warsha::aggregation
