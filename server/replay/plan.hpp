#pragma once

#include "protocol/messages.hpp"
#include "server/consultation/document.hpp"

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <vector>

/// Who says what, in a replay. Pure: the same file and seed give the same plan.
namespace warsha::replay {

/// The facilitator of a workshop speaks through its staff connection.
inline constexpr std::size_t kFacilitator = static_cast<std::size_t>(-1);

struct Step {
  std::size_t speaker = kFacilitator; // index among the workshop's participants
  Command command;
};

/// What happens at the same time; the next stage begins when all of it is acknowledged.
struct Stage {
  std::string name;
  bool thinking = false; // people take their time; else it follows at once
  std::vector<Step> steps;
};

struct WorkshopPlan {
  std::size_t participants = 0;
  std::vector<Stage> stages;
  std::map<std::string, ContributionId> contributions; // by key in the file
  std::map<std::string, ThemeId> themes;
};

/// `participants` people in this workshop; ids are made from the seed.
[[nodiscard]] WorkshopPlan plan_workshop(const consultation::FileWorkshop& workshop, std::size_t participants,
                                         unsigned seed, TimeMs now);

/// The title, with a number behind it when there is one like it already: two replays are told apart in a
/// list.
[[nodiscard]] std::string told_apart(const std::string& title, const std::set<std::string>& taken);

/// How many of the people sit in each workshop: as evenly as can be.
[[nodiscard]] std::vector<std::size_t> seat(std::size_t people, std::size_t workshops);

} // namespace warsha::replay
