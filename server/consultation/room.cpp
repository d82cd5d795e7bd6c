#include "server/aggregation/support.hpp"
#include "server/consultation/csv.hpp"
#include "server/consultation/handlers.hpp"
#include "server/live/board.hpp"
#include "server/live/event_codec.hpp"
#include "server/runtime/executor.hpp"
#include "server/store/connection.hpp"

#include <chrono>
#include <nlohmann/json.hpp>
#include <unordered_set>

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
json result_of(const live::Inspection& found, const live::Contribution& head, live::Audience audience) {
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
  if (audience == live::Audience::staff)
    result["groups"] = std::move(groups);
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

json results_of(const live::Inspection& found, live::Audience audience) {
  const auto& board = found.board;
  std::unordered_set<ActorId> voters;
  json results = json::array();
  for (const auto& contribution : board.contributions) {
    for (const auto& id : contribution.supporters)
      voters.insert(id);
    for (const auto& [id, rating] : contribution.ratings)
      voters.insert(id);
    if (contribution.state == live::State::shown && !contribution.veiled && board.stands_alone(contribution))
      results.push_back(result_of(found, contribution, audience));
  }
  return {{"voters", voters.size()}, {"people", found.participants.size()}, {"results", std::move(results)}};
}

/// How many saw each card, of those that anybody saw. Nobody's vote is in it: it is told also while the
/// figures are hidden, so that whoever weighs can begin with what few have read.
json seen_of(const live::Inspection& found) {
  json seen = json::object();
  for (const auto& [id, people] : found.seen)
    seen[id.text()] = people.size();
  return {{"seen", std::move(seen)}};
}

std::string date_time(TimeMs at) {
  const std::time_t seconds = at / 1000;
  std::tm utc{};
  gmtime_r(&seconds, &utc);
  char text[32];
  const auto length = std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &utc);
  return {text, length};
}

/// One line for each event: when, what, about which contribution, and what was said with it. Who did it is
/// their alias, as in the room.
std::string log_of(store::Connection& connection, const WorkshopId& workshop) {
  live::Board board;
  board.workshop = workshop;
  std::unordered_set<std::string> withdrawn; // whose words are nobody's
  for (const auto& row : store::read_contributions(connection, workshop))
    if (row.state == name(live::State::withdrawn))
      withdrawn.insert(row.id.text());
  std::string csv(kByteOrderMark);
  csv += "seq,time,type,by,contribution,words\r\n";
  store::read_events(connection, workshop, 0, [&](Seq seq, std::string_view body) {
    const auto document = json::parse(body, nullptr, false);
    if (!document.is_object())
      return;
    const auto text_of = [&](const char* member) { return document.value(member, std::string()); };
    const auto by = ActorId::parse(text_of("by"));
    add_csv_field(csv, std::to_string(seq), true);
    add_csv_field(csv, date_time(document.value("at", TimeMs{0})));
    add_csv_field(csv, text_of("type"));
    add_csv_field(csv, by ? live::alias_of(board, *by) : "");
    add_csv_field(csv, text_of("contribution"));
    std::string words;
    if (!withdrawn.contains(text_of("contribution")))
      for (const auto* member : {"text", "title", "ground", "reason", "note", "phase", "status", "view"})
        if (const auto found = document.find(member); found != document.end() && found->is_string())
          words += (words.empty() ? "" : " | ") + found->get<std::string>();
    add_csv_field(csv, words);
    csv += "\r\n";
  });
  return csv;
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
                  [staff](const live::Inspection& found) {
                    if (!staff && found.board.tallies_hidden)
                      return std::string();
                    return results_of(found, staff ? live::Audience::staff : live::Audience::room).dump();
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
