#include "server/consultation/seating.hpp"

#include "server/consultation/handlers.hpp"
#include "server/consultation/read_body.hpp"
#include "server/live/board.hpp"
#include "server/runtime/executor.hpp"
#include "server/store/connection.hpp"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <random>

namespace warsha::consultation {

using nlohmann::json;

namespace {

std::size_t tables_for(std::size_t people, std::size_t size) {
  return std::max<std::size_t>(1, (people + size / 2) / size);
}

struct SeatingWanted {
  std::int64_t size{};
  SeatBy by{};

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("by", self.by);
    visit("size", self.size, {.least = 2, .most = 20});
  }
};

/// How crowded a table is with people like this one, in each thing that they said of themselves.
std::size_t alike(const std::vector<store::Characteristics>& table, const store::Characteristics& person) {
  std::size_t count = 0;
  for (const auto& there : table) {
    count += there.organisation == person.organisation ? 1U : 0U;
    count += there.gender == person.gender ? 1U : 0U;
    count += there.age == person.age ? 1U : 0U;
  }
  return count;
}

} // namespace

std::vector<std::vector<ActorId>> seat_at_random(std::vector<ActorId> people, std::size_t size,
                                                 std::uint64_t seed) {
  std::sort(people.begin(), people.end());
  std::shuffle(people.begin(), people.end(), std::mt19937_64(seed));
  std::vector<std::vector<ActorId>> tables(tables_for(people.size(), size));
  for (std::size_t i = 0; i < people.size(); ++i)
    tables[i % tables.size()].push_back(people[i]);
  return tables;
}

std::vector<std::vector<ActorId>> seat_balanced(std::vector<store::Characteristics> people, std::size_t size,
                                                std::uint64_t seed) {
  std::sort(people.begin(), people.end(), [](const auto& a, const auto& b) { return a.id < b.id; });
  std::shuffle(people.begin(), people.end(), std::mt19937_64(seed));
  // Rare kinds first: who comes last finds the places that are left.
  std::map<std::optional<std::string>, std::size_t> of_organisation;
  for (const auto& person : people)
    ++of_organisation[person.organisation];
  std::stable_sort(people.begin(), people.end(), [&](const auto& a, const auto& b) {
    return of_organisation[a.organisation] < of_organisation[b.organisation];
  });
  std::vector<std::vector<store::Characteristics>> tables(tables_for(people.size(), size));
  for (const auto& person : people) {
    const auto best = std::min_element(tables.begin(), tables.end(), [&](const auto& a, const auto& b) {
      // Sizes first: they differ by one at most.
      return std::pair(a.size(), alike(a, person)) < std::pair(b.size(), alike(b, person));
    });
    best->push_back(person);
  }
  std::vector<std::vector<ActorId>> seats;
  for (const auto& table : tables) {
    auto& ids = seats.emplace_back();
    for (const auto& person : table)
      ids.push_back(person.id);
  }
  return seats;
}

void add_seating_routes(net::Router& router, Services& services) {
  const auto entrance = std::make_shared<const Entrance>(services.passes, services.readers);

  add_workshop_route(
      router, "POST", "/api/workshops/{workshop}/seating",
      [&services, entrance](const net::HttpRequest& request, const WorkshopId& id, Executor&,
                            net::Respond respond) {
        auto read = read_body<SeatingWanted>(request);
        if (const auto* wrong = std::get_if<Rejection>(&read))
          return respond(net::problem(422, *wrong));
        answer_from_store(
            services, std::move(respond),
            [entrance, request, id, wanted = std::get<SeatingWanted>(read)](store::Connection& connection) {
              auto visitor = entrance->find(connection, request, id, As::staff);
              if (auto* problem = std::get_if<net::HttpResponse>(&visitor))
                return std::move(*problem);
              const auto size = static_cast<std::size_t>(wanted.size);
              const std::uint64_t seed = std::random_device{}();
              const auto tables = wanted.by == SeatBy::random
                                      ? seat_at_random(store::attending(connection, id), size, seed)
                                      : seat_balanced(store::characteristics_of(connection, id), size, seed);
              json out = json::array();
              for (const auto& table : tables) {
                json people = json::array();
                for (const auto& person : table)
                  people.push_back(person.text());
                out.push_back(std::move(people));
              }
              return net::json_response(200, json{{"tables", std::move(out)}}.dump());
            });
      });
}

} // namespace warsha::consultation
