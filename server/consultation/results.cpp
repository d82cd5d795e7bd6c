#include "server/consultation/results.hpp"

#include "protocol/limits.hpp"
#include "server/aggregation/support.hpp"
#include "server/live/board.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <unordered_set>

namespace warsha::consultation {

using nlohmann::json;

namespace {

/// People by the kind of organisation that they say they are of.
using Kinds = std::map<std::string, std::vector<ActorId>>;

/// Those that are large enough: fewer people, and a figure would follow the vote of one of them.
Kinds large_kinds(const std::vector<store::Characteristics>& people) {
  Kinds kinds;
  for (const auto& person : people)
    if (person.organisation)
      kinds[*person.organisation].push_back(person.id);
  std::erase_if(kinds, [](const auto& kind) { return kind.second.size() < limits::kAgreementGroupLeast; });
  return kinds;
}

/// In tenths: what one more supporter changes would tell of what kind they are. None where there are no two
/// kinds to agree.
std::optional<double> agreement_of(const Kinds& kinds, const std::unordered_set<ActorId>& supporters) {
  if (kinds.size() < 2)
    return std::nullopt;
  std::vector<aggregation::GroupVotes> votes;
  for (const auto& [kind, people] : kinds)
    votes.push_back(
        {static_cast<std::size_t>(std::count_if(people.begin(), people.end(),
                                                [&](const ActorId& id) { return supporters.contains(id); })),
         people.size()});
  return std::round(aggregation::agreement_across(votes) * 10) / 10;
}

/// How many are in the figure, of how many who said what they are of.
json told_of(const Kinds& kinds, const std::vector<store::Characteristics>& people) {
  std::size_t counted = 0;
  for (const auto& [kind, members] : kinds)
    counted += members.size();
  const auto said = std::count_if(people.begin(), people.end(),
                                  [](const auto& person) { return person.organisation.has_value(); });
  return {
      {"kinds", kinds.size()}, {"people", counted}, {"said", said}, {"least", limits::kAgreementGroupLeast}};
}

/// A turnout is that of what the room weighs now: problems, until it has solutions.
bool is_weighed(Phase phase, Kind kind) {
  return (kind == Kind::problem) == (phase < Phase::solutions);
}

/// Who of a group of merged contributions supports it, each once.
std::unordered_set<ActorId> supporters_of(const live::Board& board, const live::Contribution& head) {
  std::unordered_set<ActorId> supporters;
  const auto take = [&](const live::Contribution& one) {
    for (const auto& id : one.supporters)
      supporters.insert(id);
  };
  take(head);
  for (const auto& id : head.merged)
    take(*board.find(id));
  return supporters;
}

/// Which table supports what is for those who steer: at a table of one, or where all agree, it would tell who
/// did.
json result_of(const live::Inspection& found, const live::Contribution& head, live::Audience audience,
               const Kinds& kinds) {
  const auto& board = found.board;
  const auto supporters = supporters_of(board, head);
  json groups = json::array();
  std::vector<aggregation::GroupVotes> votes;
  for (const auto& table : board.tables) {
    std::size_t agrees = 0;
    for (const auto& id : supporters)
      agrees += board.seat_of(id) == table.id ? 1U : 0U;
    votes.push_back({agrees, board.people_at(table.id)});
    groups.push_back({{"table", table.id.text()}, {"supports", agrees}, {"people", votes.back().seen}});
  }
  json result{{"contribution", head.id.text()},
              {"supports", head.supporters.size()},
              {"together", supporters.size()},
              {"agreement", aggregation::agreement_across(votes)}};
  if (audience == live::Audience::staff) {
    result["groups"] = std::move(groups);
    if (const auto agreement = agreement_of(kinds, supporters))
      result["agreement_of_organisations"] = *agreement;
  }
  if (!head.ratings.empty()) {
    std::int64_t impact = 0;
    std::int64_t feasibility = 0;
    for (const auto& [person, given] : head.ratings) {
      impact += given.impact;
      feasibility += given.feasibility;
    }
    result["rating"] = {{"count", head.ratings.size()}, {"impact", impact}, {"feasibility", feasibility}};
  }
  for (const auto& [channel, people] : head.counted)
    result["counted"][name(channel)] = people;
  if (const auto seen = found.seen.find(head.id); seen != found.seen.end())
    result["seen"] = seen->second.size();
  return result;
}

} // namespace

json results_of(const live::Inspection& found, live::Audience audience,
                const std::vector<store::Characteristics>& people) {
  const auto& board = found.board;
  const auto kinds = large_kinds(people);
  std::unordered_set<ActorId> voters;
  json results = json::array();
  for (const auto& contribution : board.contributions) {
    if (is_weighed(board.phase, contribution.kind)) {
      for (const auto& id : contribution.supporters)
        voters.insert(id);
      for (const auto& [id, rating] : contribution.ratings)
        voters.insert(id);
    }
    if (contribution.state == live::State::shown && !contribution.veiled && board.stands_alone(contribution))
      results.push_back(result_of(found, contribution, audience, kinds));
  }
  json told{
      {"voters", voters.size()}, {"people", found.participants.size()}, {"results", std::move(results)}};
  if (audience == live::Audience::staff)
    told["organisations"] = told_of(kinds, people);
  return told;
}

} // namespace warsha::consultation
