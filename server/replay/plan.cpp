#include "server/replay/plan.hpp"

#include <algorithm>
#include <chrono>
#include <numeric>
#include <random>

namespace warsha::replay {

namespace {

class Planner {
public:
  Planner(const consultation::FileWorkshop& workshop, std::size_t participants, unsigned seed, TimeMs now)
      : workshop_(workshop), random_(seed), now_(now) {
    plan_.participants = participants;
  }

  WorkshopPlan make() {
    enter(Phase::problems);
    say(Kind::problem, "problems");
    enter(Phase::grouping);
    group();
    enter(Phase::solutions);
    say(Kind::solution, "solutions");
    say(Kind::result, "results");
    enter(Phase::plenary);
    support();
    enter(Phase::closed);
    return std::move(plan_);
  }

private:
  CommandId fresh_id() {
    std::array<std::uint8_t, 10> bytes{};
    for (auto& byte : bytes)
      byte = static_cast<std::uint8_t>(random_());
    return CommandId{uuid::make(now_, bytes)};
  }
  std::size_t anybody() { return random_() % plan_.participants; }
  Stage& stage(std::string name, bool thinking) {
    plan_.stages.push_back({std::move(name), thinking, {}});
    return plan_.stages.back();
  }

  void enter(Phase phase) {
    auto& entering = stage(std::string("enter ") + name(phase), false);
    entering.steps.push_back({kFacilitator, {fresh_id(), action::PhaseEnter{phase}, 0}});
  }

  void say(Kind kind, std::string name) {
    auto& saying = stage(std::move(name), true);
    for (const auto& said : workshop_.contributions) {
      if (said.kind != kind)
        continue;
      action::Contribute contribute{kind, said.text, {}, {}};
      for (const auto& key : said.answers)
        contribute.answers.push_back(plan_.contributions.at(key));
      for (const auto& key : said.follows_from)
        contribute.follows_from.push_back(plan_.contributions.at(key));
      const auto id = fresh_id();
      const auto author = anybody();
      plan_.contributions.emplace(said.key, id_cast<ContributionId>(id));
      authors_.emplace(said.key, author);
      saying.steps.push_back({author, {id, std::move(contribute), 0}});
    }
  }

  void group() {
    auto& naming = stage("themes", false);
    for (const auto& theme : workshop_.themes) {
      const auto id = fresh_id();
      plan_.themes.emplace(theme.key, id_cast<ThemeId>(id));
      naming.steps.push_back({kFacilitator, {id, action::ThemeAdd{theme.title}, 0}});
    }
    auto& placing = stage("grouping", true);
    for (const auto& said : workshop_.contributions)
      if (said.theme)
        placing.steps.push_back(
            {kFacilitator,
             {fresh_id(), action::Place{plan_.contributions.at(said.key), plan_.themes.at(*said.theme)}, 0}});
  }

  void support() {
    auto& supporting = stage("support", true);
    std::vector<std::size_t> people(plan_.participants);
    std::iota(people.begin(), people.end(), std::size_t{0});
    for (const auto& said : workshop_.contributions) {
      std::shuffle(people.begin(), people.end(), random_);
      auto wanted = said.supports;
      for (const auto person : people) {
        if (wanted == 0)
          break;
        if (person == authors_.at(said.key))
          continue;
        --wanted;
        supporting.steps.push_back(
            {person, {fresh_id(), action::Support{plan_.contributions.at(said.key), true}, 0}});
      }
    }
  }

  const consultation::FileWorkshop& workshop_;
  std::mt19937 random_;
  TimeMs now_;
  WorkshopPlan plan_;
  std::map<std::string, std::size_t> authors_;
};

} // namespace

WorkshopPlan plan_workshop(const consultation::FileWorkshop& workshop, std::size_t participants,
                           unsigned seed, TimeMs now) {
  return Planner(workshop, participants, seed, now).make();
}

std::string told_apart(const std::string& title, const std::set<std::string>& taken) {
  auto free = title;
  for (int number = 2; taken.contains(free); ++number)
    free = title + " (" + std::to_string(number) + ")";
  return free;
}

std::vector<std::size_t> seat(std::size_t people, std::size_t workshops) {
  std::vector<std::size_t> seats(workshops, people / workshops);
  for (std::size_t i = 0; i < people % workshops; ++i)
    ++seats[i];
  return seats;
}

} // namespace warsha::replay
