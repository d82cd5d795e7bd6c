#include "server/consultation/overview.hpp"

#include "protocol/limits.hpp"
#include "server/access/rights.hpp"
#include "server/consultation/handlers.hpp"
#include "server/live/board.hpp"
#include "server/live/phase_rules.hpp"
#include "server/runtime/executor.hpp"
#include "server/runtime/system.hpp"
#include "server/store/connection.hpp"

#include <algorithm>
#include <atomic>
#include <nlohmann/json.hpp>
#include <unordered_set>

/// All workshops of a consultation at a glance, for who runs it.
namespace warsha::consultation {

using nlohmann::json;

namespace {

bool writing_is_open(const live::Board& board) {
  const auto may = live::rules_of(board).contribute;
  return !board.settings.paused && std::find(may.begin(), may.end(), true) != may.end();
}

/// Tables for which, or at which, somebody wrote since then, or writes now.
std::unordered_set<TableId> tables_that_write(const live::Board& board, TimeMs since) {
  std::unordered_set<TableId> writing;
  for (auto one = board.contributions.rbegin(); one != board.contributions.rend() && one->at > since; ++one) {
    if (one->table)
      writing.insert(*one->table);
    if (const auto seat = board.seat_of(one->author))
      writing.insert(*seat);
  }
  for (const auto& [id, draft] : board.drafts)
    if (draft.table)
      writing.insert(*draft.table);
  return writing;
}

json tables_of(const live::Board& board, TimeMs now) {
  const auto since = now - limits::kTableSilence.count();
  const bool expected = writing_is_open(board) && board.phase_since <= since;
  const auto writing = tables_that_write(board, since);
  json tables = json::array();
  for (const auto& table : board.tables) {
    const bool silent = table.status == TableStatus::working && expected && !writing.contains(table.id);
    tables.push_back({{"title", table.title},
                      {"state", silent ? "silent" : name(table.status)},
                      {"people", board.people_at(table.id)}});
  }
  return tables;
}

json standing_by_kind(const live::Board& board) {
  std::array<std::size_t, 3> counts{};
  for (const auto& one : board.contributions)
    if (one.state == live::State::shown || one.state == live::State::waiting)
      ++counts[static_cast<std::size_t>(one.kind)];
  json by_kind;
  for (const auto kind : {Kind::problem, Kind::solution, Kind::result})
    by_kind[name(kind)] = counts[static_cast<std::size_t>(kind)];
  return by_kind;
}

/// Contributions in each of the last steps, the oldest step first. Steps begin at fixed moments, so that what
/// is calm gives the same answer again.
std::array<int, limits::kPaceSteps> pace_of(const live::Board& board, TimeMs now) {
  const auto step = limits::kPaceStep.count();
  const auto first = now / step - static_cast<TimeMs>(limits::kPaceSteps) + 1;
  std::array<int, limits::kPaceSteps> pace{};
  for (auto one = board.contributions.rbegin(); one != board.contributions.rend(); ++one) {
    const auto place = one->at / step - first;
    if (place < 0)
      break;
    ++pace[std::min(static_cast<std::size_t>(place), pace.size() - 1)];
  }
  return pace;
}

/// The last that those who steer a workshop told each other.
json notes_of(const live::Inspection& found, const ActorId& asking) {
  const auto& all = found.board.notes;
  json notes = json::array();
  for (auto place = all.size() - std::min(all.size(), limits::kOverviewNotes); place < all.size(); ++place) {
    const auto& note = all[place];
    json told{{"seq", note.seq}, {"at", note.at}, {"text", note.text}, {"mine", note.by == asking}};
    if (const auto author = found.staff_names.find(note.by); author != found.staff_names.end())
      told["name"] = author->second;
    if (note.answers)
      told["answers"] = *note.answers;
    notes.push_back(std::move(told));
  }
  return notes;
}

/// The answers of workshops that live on different shards, until all are there.
struct Gathering {
  std::vector<json> lines; // each written by one workshop's home
  std::atomic<std::size_t> left;
};

net::HttpResponse answer(const net::HttpRequest& request, const json& consultation,
                         const std::vector<json>& lines, TimeMs now) {
  json body{{"consultation", consultation}, {"workshops", lines}};
  const auto etag = "\"" + std::to_string(std::hash<std::string>{}(body.dump())) + "\"";
  body["time"] = now; // of no use to compare by
  auto response = net::json_response(200, body.dump());
  std::erase_if(response.headers, [](const auto& header) { return header.first == "Cache-Control"; });
  response.headers.emplace_back("Cache-Control", "private, no-cache");
  response.headers.emplace_back("ETag", etag);
  if (request.header("if-none-match") == etag) {
    response.status = 304;
    response.body = nullptr;
  }
  return response;
}

void answer_overview(Services& services, store::Connection& connection, const net::HttpRequest& request,
                     const ConsultationId& id, const net::Respond& respond) {
  const auto account = signed_in(connection, request);
  if (!account)
    return respond(net::problem(401, {Code::sign_in_required, {}, {}}));
  const auto grants = store::grants_of(connection, account->id);
  const bool organiser = access::is_organiser_of(grants, id);
  if (!organiser && !access::is_admin(grants))
    return respond(net::problem(403, {Code::not_permitted, {}, {}}));
  const auto row = store::find_consultation(connection, id);
  if (!row)
    return respond(net::problem(404, {Code::not_found, {}, {}}));
  const json consultation{{"id", id.text()},
                          {"title", row->title},
                          {"city", row->city},
                          {"date", row->date},
                          {"role", name(organiser ? Role::organiser : Role::admin)}};
  auto workshops = store::workshops_of(connection, id);
  std::erase_if(workshops, [&](const store::WorkshopRow& one) { // no room to watch
    return live::is_written(connection, one.id);
  });
  const auto now = system::now_ms();
  if (workshops.empty())
    return respond(answer(request, consultation, {}, now));
  const auto gathering = std::make_shared<Gathering>();
  gathering->lines.resize(workshops.size());
  gathering->left = workshops.size();
  for (std::size_t place = 0; place < workshops.size(); ++place)
    services.directory.inspect(
        workshops[place].id,
        [asking = account->id, organiser, now](const live::Inspection& found) {
          auto line = overview_line(found, asking, now);
          if (organiser) // an admin has no part in what they tell each other
            line["notes"] = notes_of(found, asking);
          return line;
        },
        [gathering, place, request, consultation, respond, now,
         workshop = workshops[place]](std::optional<json> line) {
          auto& mine = gathering->lines[place];
          mine = line ? std::move(*line) : json{{"unavailable", true}};
          mine["id"] = workshop.id.text();
          mine["title"] = workshop.title;
          if (--gathering->left == 0)
            respond(answer(request, consultation, gathering->lines, now));
        });
}

} // namespace

json overview_line(const live::Inspection& found, const ActorId& asking, TimeMs now) {
  const auto& board = found.board;
  json timer;
  if (board.timer) {
    timer = {{"ends_at", board.timer->ends_at}, {"duration_ms", board.timer->duration_ms}};
    if (board.timer->left_ms)
      timer["left_ms"] = *board.timer->left_ms;
  }
  const auto unwritten =
      std::count_if(found.participants.begin(), found.participants.end(), [&](const ActorId& one) {
        return !board.by_author.contains(one) && !board.removed.contains(one);
      });
  const auto waiting =
      std::count_if(board.contributions.begin(), board.contributions.end(),
                    [](const live::Contribution& one) { return one.state == live::State::waiting; });
  return {{"phase", name(board.phase)},
          {"phase_since", board.phase_since},
          {"timer", std::move(timer)},
          {"read_only", found.read_only},
          {"people", found.participants.size()},
          {"unwritten", unwritten},
          {"staff", found.staff.size() - found.staff.count(asking)},
          {"here", found.staff.contains(asking)},
          {"contributions", standing_by_kind(board)},
          {"waiting", waiting},
          {"pace", pace_of(board, now)},
          {"tables", tables_of(board, now)},
          {"hands", board.floor.queue.size()},
          {"changed_at", board.changed_at}};
}

void add_overview_routes(net::Router& router, Services& services) {
  router.add("GET", "/api/consultations/{consultation}/overview",
             [&services](const net::HttpRequest& request, const std::vector<std::string>& arguments,
                         Executor&, net::Respond respond) {
               const auto id = ConsultationId::parse(arguments[0]);
               if (!id)
                 return respond(net::problem(404, {Code::not_found, {}, {}}));
               with_store(services, std::move(respond),
                          [&services, request, id = *id](store::Connection& connection,
                                                         const net::Respond& answer_with) {
                            answer_overview(services, connection, request, id, answer_with);
                          });
             });
}

} // namespace warsha::consultation
