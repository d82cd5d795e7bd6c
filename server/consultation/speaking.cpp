#include "server/consultation/speaking.hpp"

#include "protocol/limits.hpp"
#include "server/consultation/csv.hpp"
#include "server/consultation/handlers.hpp"
#include "server/runtime/executor.hpp"
#include "server/store/connection.hpp"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <unordered_map>
#include <unordered_set>

namespace warsha::consultation {

using nlohmann::json;

namespace {

constexpr auto kUnsaid = "unsaid";
constexpr auto kFew = "few";

struct Counted {
  std::unordered_set<ActorId> people;
  std::vector<live::Floor::Speech> speeches;
};

/// Lets people and speeches in by handfuls only. A speech counts with at least two of other people, and
/// whoever joins with at least two others who did.
class Handfuls {
public:
  void join(const ActorId& person) {
    joined_.push_back(person);
    let_in();
  }
  void speak(const live::Floor::Speech& speech) {
    spoken_.push_back(speech);
    let_in();
  }
  [[nodiscard]] Counted take() { return std::move(counted_); }

private:
  void let_in() {
    const bool handful = joined_.size() >= limits::kGroupLeast;
    const auto counts = [&](const ActorId& person) {
      return counted_.people.contains(person) ||
             (handful && std::find(joined_.begin(), joined_.end(), person) != joined_.end());
    };
    std::unordered_set<ActorId> speakers;
    for (const auto& speech : spoken_)
      if (counts(speech.participant))
        speakers.insert(speech.participant);
    if (speakers.size() < limits::kGroupLeast)
      return;
    if (handful) {
      counted_.people.insert(joined_.begin(), joined_.end());
      joined_.clear();
    }
    const auto of_others =
        std::stable_partition(spoken_.begin(), spoken_.end(), [&](const live::Floor::Speech& speech) {
          return counted_.people.contains(speech.participant);
        });
    counted_.speeches.insert(counted_.speeches.end(), spoken_.begin(), of_others);
    spoken_.erase(spoken_.begin(), of_others);
  }

  Counted counted_;
  std::vector<ActorId> joined_;
  std::vector<live::Floor::Speech> spoken_;
};

Counted count(const live::Board& board, const std::vector<store::Characteristics>& people) {
  Handfuls handfuls;
  auto next = people.begin();
  for (const auto& speech : board.floor.speeches) {
    for (; next != people.end() && next->joined_at <= speech.ended_at; ++next)
      handfuls.join(next->id);
    handfuls.speak(speech);
  }
  return handfuls.take();
}

std::string word_of(const live::Board& board, const store::Characteristics& person, Aspect aspect) {
  switch (aspect) {
  case Aspect::gender:
    return person.gender.value_or(kUnsaid);
  case Aspect::age:
    return person.age.value_or(kUnsaid);
  case Aspect::organisation:
    return person.organisation.value_or(kUnsaid);
  case Aspect::table:
    break;
  }
  const auto table = board.seat_of(person.id);
  return table ? table->text() : kUnsaid;
}

void add(SpeakingGroup& sum, const SpeakingGroup& group) {
  sum.people += group.people;
  sum.turns += group.turns;
  sum.ms += group.ms;
}

/// Whole minutes.
constexpr std::int64_t kToldTime = 60'000;

/// Small groups are told together, with as many of the others as it takes to hide how large they are.
std::vector<SpeakingGroup> without_small(std::vector<SpeakingGroup> groups) {
  std::stable_sort(groups.begin(), groups.end(),
                   [](const auto& a, const auto& b) { return a.people > b.people; });
  SpeakingGroup few{kFew, 0, 0, 0};
  while (!groups.empty() && (groups.back().people < limits::kGroupLeast ||
                             (few.people > 0 && few.people < limits::kGroupLeast))) {
    add(few, groups.back());
    groups.pop_back();
  }
  if (few.people > 0)
    groups.push_back(few);
  // To the millisecond, sums would tell whose times they are made of.
  for (auto& group : groups)
    group.ms = (group.ms + kToldTime / 2) / kToldTime * kToldTime;
  return groups;
}

json group_json(const SpeakingGroup& group) {
  return {{"of", group.of}, {"people", group.people}, {"turns", group.turns}, {"spoken_ms", group.ms}};
}

json share_json(const SpeakingShare& share) {
  json aspects = json::array();
  for (const auto& [aspect, groups] : share.aspects) {
    json told = json::array();
    for (const auto& group : groups)
      told.push_back(group_json(group));
    aspects.push_back({{"aspect", name(aspect)}, {"groups", std::move(told)}});
  }
  auto out = group_json(share.all);
  out.erase("of");
  out["group_least"] = limits::kGroupLeast;
  out["aspects"] = std::move(aspects);
  return out;
}

std::string percent(std::int64_t part, std::int64_t whole) {
  return whole == 0 ? "" : std::to_string((part * 100 + whole / 2) / whole);
}

std::string share_csv(const SpeakingShare& share, const live::Board& board) {
  std::string csv(kByteOrderMark);
  csv += "aspect,group,people,people_percent,turns,seconds,time_percent\r\n";
  const auto line = [&](std::string_view aspect, std::string_view of, const SpeakingGroup& group,
                        std::int64_t spoken_ms) {
    add_csv_field(csv, aspect, true);
    add_csv_field(csv, of);
    add_csv_field(csv, std::to_string(group.people));
    add_csv_field(
        csv, percent(static_cast<std::int64_t>(group.people), static_cast<std::int64_t>(share.all.people)));
    add_csv_field(csv, std::to_string(group.turns));
    add_csv_field(csv, std::to_string(group.ms / 1000));
    add_csv_field(csv, percent(group.ms, spoken_ms));
    csv += "\r\n";
  };
  if (share.all.people > 0)
    line("all", "", share.all, share.all.ms);
  for (const auto& [aspect, groups] : share.aspects) {
    std::int64_t spoken_ms = 0; // groups are told in whole minutes: their parts are of these
    for (const auto& group : groups)
      spoken_ms += group.ms;
    for (const auto& group : groups) {
      const auto id = aspect == Aspect::table ? TableId::parse(group.of) : std::nullopt;
      const auto* table = id ? board.find(*id) : nullptr;
      line(name(aspect), table ? table->title : group.of, group, spoken_ms);
    }
  }
  return csv;
}

/// For who steers the workshop: what `write` makes of the share and the board.
WorkshopHandler answer_share(Services& services, const std::shared_ptr<const Entrance>& entrance,
                             net::HttpResponse (*write)(const SpeakingShare&, const live::Board&)) {
  return [&services, entrance, write](const net::HttpRequest& request, const WorkshopId& id, Executor&,
                                      net::Respond respond) {
    with_store(
        services, std::move(respond),
        [&services, entrance, write, request, id](store::Connection& connection, const net::Respond& answer) {
          auto visitor = entrance->find(connection, request, id, As::staff);
          if (auto* problem = std::get_if<net::HttpResponse>(&visitor))
            return answer(std::move(*problem));
          services.directory.inspect(
              id,
              [people = store::characteristics_of(connection, id), write](const live::Inspection& found) {
                return write(speaking_share(found.board, people), found.board);
              },
              [answer](std::optional<net::HttpResponse> response) {
                answer(response ? std::move(*response) : net::problem(503, {Code::busy, {}, {}}, 1000));
              });
        });
  };
}

net::HttpResponse as_json(const SpeakingShare& share, const live::Board&) {
  return net::json_response(200, share_json(share).dump());
}

net::HttpResponse as_csv(const SpeakingShare& share, const live::Board& board) {
  return {200,
          {{"Content-Type", "text/csv; charset=utf-8"},
           {"Content-Disposition", "attachment; filename=\"speaking.csv\""},
           {"Cache-Control", "no-store"}},
          std::make_shared<const std::string>(share_csv(share, board))};
}

} // namespace

SpeakingShare speaking_share(const live::Board& board, const std::vector<store::Characteristics>& people) {
  const auto counted = count(board, people);
  SpeakingShare share;
  share.all.people = counted.people.size();
  std::unordered_map<ActorId, SpeakingGroup> spoken;
  for (const auto& speech : counted.speeches)
    add(spoken[speech.participant], {{}, 0, 1, speech.ms});
  for (const auto& [person, sum] : spoken)
    add(share.all, sum);
  for (const auto aspect : {Aspect::gender, Aspect::age, Aspect::organisation, Aspect::table}) {
    std::map<std::string, SpeakingGroup> by_word;
    for (const auto& person : people) {
      if (!counted.people.contains(person.id))
        continue;
      auto& group = by_word[word_of(board, person, aspect)];
      ++group.people;
      if (const auto found = spoken.find(person.id); found != spoken.end())
        add(group, found->second);
    }
    std::vector<SpeakingGroup> groups;
    for (auto& [word, group] : by_word) {
      group.of = word;
      groups.push_back(std::move(group));
    }
    groups = without_small(std::move(groups));
    if (groups.size() > 1)
      share.aspects.push_back({aspect, std::move(groups)});
  }
  return share;
}

void add_speaking_routes(net::Router& router, Services& services) {
  const auto entrance = std::make_shared<const Entrance>(services.passes, services.readers);
  add_workshop_route(router, "GET", "/api/workshops/{workshop}/speaking",
                     answer_share(services, entrance, as_json));
  add_workshop_route(router, "GET", "/api/workshops/{workshop}/speaking.csv",
                     answer_share(services, entrance, as_csv));
}

} // namespace warsha::consultation
