#include "server/consultation/handlers.hpp"
#include "server/consultation/log.hpp"
#include "server/consultation/results.hpp"
#include "server/live/board.hpp"
#include "server/runtime/executor.hpp"
#include "server/store/connection.hpp"

#include <nlohmann/json.hpp>

/// What the people who steer a workshop look up about it: who is there, what the figures are, what happened.
namespace warsha::consultation {

using nlohmann::json;

namespace {

json people_of(const live::Inspection& found, const std::vector<ActorId>& attending) {
  const auto& board = found.board;
  json people = json::array();
  for (const auto& id : attending) {
    const auto own = board.by_author.find(id);
    const auto given = board.supported_by.find(id);
    const auto spoken = board.floor.spoken_ms.find(id);
    json person{{"participant", id.text()},
                {"alias", live::alias_of(board, id)},
                {"contributions", own == board.by_author.end() ? 0 : own->second.size()},
                {"supports", given == board.supported_by.end() ? 0 : given->second.size()},
                {"spoken_ms", spoken == board.floor.spoken_ms.end() ? 0 : spoken->second}};
    if (const auto name = found.names.find(id); name != found.names.end() && !board.settings.anonymous)
      person["name"] = name->second;
    if (const auto table = board.seat_of(id))
      person["table"] = table->text();
    if (board.removed.contains(id))
      person["removed"] = true;
    people.push_back(std::move(person));
  }
  return {{"people", std::move(people)}};
}

/// How many saw each card, of those that anybody saw. Nobody's vote is in it: it is told also while the
/// figures are hidden, so that whoever weighs can begin with what few have read.
json seen_of(const live::Inspection& found) {
  json seen = json::object();
  for (const auto& [id, people] : found.seen)
    seen[id.text()] = people.size();
  return {{"seen", std::move(seen)}};
}

/// Says what the view makes of the workshop's board, as JSON; empty: not for whoever asks.
void answer_from_board(Services& services, const WorkshopId& id,
                       std::function<std::string(const live::Inspection&)> view, const net::Respond& answer) {
  services.directory.inspect(id, std::move(view), [answer](std::optional<std::string> seen) {
    if (!seen)
      return answer(net::problem(503, {Code::busy, {}, {}}, 1000));
    answer(seen->empty() ? net::problem(403, {Code::not_permitted, {}, {}})
                         : net::json_response(200, std::move(*seen)));
  });
}

} // namespace

void add_room_routes(net::Router& router, Services& services) {
  const auto entrance = std::make_shared<const Entrance>(services.passes, services.readers);

  add_workshop_route(
      router, "GET", "/api/workshops/{workshop}/people",
      [&services, entrance](const net::HttpRequest& request, const WorkshopId& id, Executor&,
                            net::Respond respond) {
        with_store(
            services, std::move(respond),
            [&services, entrance, request, id](store::Connection& connection, const net::Respond& answer) {
              auto visitor = entrance->find(connection, request, id, As::staff);
              if (auto* problem = std::get_if<net::HttpResponse>(&visitor))
                return answer(std::move(*problem));
              answer_from_board(
                  services, id,
                  [attending = store::attending(connection, id)](const live::Inspection& found) {
                    return people_of(found, attending).dump();
                  },
                  answer);
            });
      });

  add_workshop_route(
      router, "GET", "/api/workshops/{workshop}/results",
      [&services, entrance](const net::HttpRequest& request, const WorkshopId& id, Executor&,
                            net::Respond respond) {
        with_store(
            services, std::move(respond),
            [&services, entrance, request, id](store::Connection& connection, const net::Respond& answer) {
              const bool staff =
                  std::holds_alternative<live::Visitor>(entrance->find(connection, request, id, As::staff));
              auto visitor = entrance->find(connection, request, id, As::screen);
              if (auto* problem = std::get_if<net::HttpResponse>(&visitor))
                return answer(std::move(*problem));
              answer_from_board(
                  services, id,
                  [staff,
                   people = staff ? store::characteristics_of(connection, id)
                                  : std::vector<store::Characteristics>{}](const live::Inspection& found) {
                    if (!staff && found.board.tallies_hidden)
                      return std::string();
                    return results_of(found, staff ? live::Audience::staff : live::Audience::room, people)
                        .dump();
                  },
                  answer);
            });
      });

  add_workshop_route(
      router, "GET", "/api/workshops/{workshop}/seen",
      [&services, entrance](const net::HttpRequest& request, const WorkshopId& id, Executor&,
                            net::Respond respond) {
        with_store(
            services, std::move(respond),
            [&services, entrance, request, id](store::Connection& connection, const net::Respond& answer) {
              auto visitor = entrance->find(connection, request, id, As::screen);
              if (auto* problem = std::get_if<net::HttpResponse>(&visitor))
                return answer(std::move(*problem));
              answer_from_board(
                  services, id, [](const live::Inspection& found) { return seen_of(found).dump(); }, answer);
            });
      });

  add_workshop_route(router, "GET", "/api/workshops/{workshop}/log.csv",
                     [&services, entrance](const net::HttpRequest& request, const WorkshopId& id, Executor&,
                                           net::Respond respond) {
                       answer_from_store(services, std::move(respond),
                                         [entrance, request, id](store::Connection& connection) {
                                           auto visitor = entrance->find(connection, request, id, As::staff);
                                           if (auto* problem = std::get_if<net::HttpResponse>(&visitor))
                                             return std::move(*problem);
                                           return net::HttpResponse{
                                               200,
                                               {{"Content-Type", "text/csv; charset=utf-8"},
                                                {"Content-Disposition", "attachment; filename=\"log.csv\""},
                                                {"Cache-Control", "no-store"}},
                                               std::make_shared<const std::string>(log_of(connection, id))};
                                         });
                     });
}

} // namespace warsha::consultation
