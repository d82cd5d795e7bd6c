#include "server/access/rights.hpp"
#include "server/consultation/handlers.hpp"
#include "server/consultation/qr_code.hpp"
#include "server/runtime/executor.hpp"
#include "server/store/connection.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace warsha::consultation {

using nlohmann::json;

namespace {

/// Where people take part: in the room, or by the form.
std::string join_url(const Services& services, const store::WorkshopRow& workshop, bool written) {
  return services.public_url + (written ? "/write/" + workshop.id.text() : "/j/" + workshop.join_code);
}

/// The consultations and workshops in which an account has a role; an admin's own list is every one, to
/// administer.
json list_for(store::Connection& connection, const store::AccountRow& account) {
  const auto grants = store::grants_of(connection, account.id);
  json consultations = json::array();
  for (const auto& consultation : store::all_consultations(connection)) {
    json workshops = json::array();
    for (const auto& workshop : store::workshops_of(connection, consultation.id)) {
      const auto role = access::role_in(grants, workshop.id, consultation.id);
      if (role || access::is_admin(grants))
        workshops.push_back({{"id", workshop.id.text()},
                             {"title", workshop.title},
                             {"join_code", workshop.join_code},
                             {"written", live::is_written(connection, workshop.id)},
                             {"role", role ? name(*role) : name(Role::admin)}});
    }
    // The committee reads the review of a consultation, without a role in its rooms.
    const bool sits = std::any_of(grants.begin(), grants.end(), [&](const store::Grant& grant) {
      return grant.role == Role::committee && grant.scope == consultation.id.text();
    });
    if (!workshops.empty() || sits)
      consultations.push_back({{"id", consultation.id.text()},
                               {"title", consultation.title},
                               {"city", consultation.city},
                               {"date", consultation.date},
                               {"language", consultation.language},
                               {"workshops", workshops}});
  }
  return {{"consultations", consultations}};
}

/// Whoever may see the room: a participant, staff of the workshop, or a screen they opened.
std::optional<net::HttpResponse> refuse_outsider(const Entrance& entrance, store::Connection& connection,
                                                 const net::HttpRequest& request,
                                                 const WorkshopId& workshop) {
  auto found = entrance.find(connection, request, workshop, As::screen);
  if (auto* problem = std::get_if<net::HttpResponse>(&found))
    return std::move(*problem);
  return std::nullopt;
}

net::HttpResponse describe_workshop(store::Connection& connection, const Services& services,
                                    const WorkshopId& id) {
  const auto workshop = store::find_workshop(connection, id);
  const auto consultation = store::find_consultation(connection, workshop->consultation);
  auto meeting = describe(*consultation);
  meeting["id"] = workshop->consultation.text(); // of its public page
  return net::json_response(
      200, json{{"id", id.text()},
                {"title", workshop->title},
                {"language", consultation->language},
                {"join_code", workshop->join_code},
                {"join_url", join_url(services, *workshop, live::is_written(connection, id))},
                {"consultation", std::move(meeting)}}
               .dump());
}

net::HttpResponse snapshot_response(const net::HttpRequest& request, const live::Snapshot& snapshot,
                                    live::Audience audience) {
  const bool gzip = snapshot.gzip && request.header("accept-encoding").find("gzip") != std::string_view::npos;
  const auto etag = "\"" + snapshot.epoch + "-" + std::to_string(snapshot.seq) +
                    (audience == live::Audience::staff ? "-staff" : "-room") + (gzip ? "-gz\"" : "\"");
  net::HttpResponse response{200,
                             {{"Content-Type", "application/json; charset=utf-8"},
                              {"Cache-Control", "private, no-cache"},
                              {"Vary", "Accept-Encoding, Cookie"},
                              {"ETag", etag}},
                             gzip ? snapshot.gzip : snapshot.json};
  if (gzip)
    response.headers.emplace_back("Content-Encoding", "gzip");
  if (request.header("if-none-match") == etag) {
    response.status = 304;
    response.body = nullptr;
  }
  return response;
}

void answer_snapshot(Services& services, const Entrance& entrance, const net::HttpRequest& request,
                     const WorkshopId& workshop, Executor& executor, net::Respond respond) {
  const auto asked = request.query.find("audience");
  const bool staff = asked != request.query.end() && asked->second == "staff";
  if (asked != request.query.end() && !staff && asked->second != "room")
    return respond(net::problem(400, {Code::invalid_value, "audience", {}}));
  entrance.enter(request, workshop, staff ? As::staff : As::screen,
                 [&services, &executor, request, workshop, staff,
                  respond = std::move(respond)](std::variant<live::Visitor, net::HttpResponse> found) {
                   if (auto* problem = std::get_if<net::HttpResponse>(&found))
                     return respond(std::move(*problem));
                   const auto audience = staff ? live::Audience::staff : live::Audience::room;
                   services.directory.snapshot(
                       workshop, audience, executor,
                       [request, audience, respond](std::optional<live::Snapshot> snapshot) {
                         respond(snapshot ? snapshot_response(request, *snapshot, audience)
                                          : net::problem(503, {Code::busy, {}, {}}, 1000));
                       });
                 });
}

} // namespace

void add_workshop_routes(net::Router& router, Services& services) {
  const auto entrance = std::make_shared<const Entrance>(services.passes, services.readers);

  router.add("GET", "/api/workshops",
             [&services](const net::HttpRequest& request, const std::vector<std::string>&, Executor&,
                         net::Respond respond) {
               answer_from_store(services, std::move(respond), [request](store::Connection& connection) {
                 const auto account = signed_in(connection, request);
                 return account ? net::json_response(200, list_for(connection, *account).dump())
                                : net::problem(401, {Code::sign_in_required, {}, {}});
               });
             });

  add_workshop_route(router, "GET", "/api/workshops/{workshop}",
                     [&services, entrance](const net::HttpRequest& request, const WorkshopId& id, Executor&,
                                           net::Respond respond) {
                       answer_from_store(services, std::move(respond),
                                         [&services, entrance, request, id](store::Connection& connection) {
                                           if (auto problem =
                                                   refuse_outsider(*entrance, connection, request, id))
                                             return std::move(*problem);
                                           return describe_workshop(connection, services, id);
                                         });
                     });

  add_workshop_route(router, "GET", "/api/workshops/{workshop}/snapshot",
                     [&services, entrance](const net::HttpRequest& request, const WorkshopId& id,
                                           Executor& executor, net::Respond respond) {
                       answer_snapshot(services, *entrance, request, id, executor, std::move(respond));
                     });

  add_workshop_route(
      router, "GET", "/api/workshops/{workshop}/qr.svg",
      [&services, entrance](const net::HttpRequest& request, const WorkshopId& id, Executor&,
                            net::Respond respond) {
        answer_from_store(
            services, std::move(respond), [&services, entrance, request, id](store::Connection& connection) {
              if (auto problem = refuse_outsider(*entrance, connection, request, id))
                return std::move(*problem);
              const auto workshop = store::find_workshop(connection, id);
              return net::HttpResponse{
                  200,
                  {{"Content-Type", "image/svg+xml"}, {"Cache-Control", "private, max-age=3600"}},
                  std::make_shared<const std::string>(
                      qr_svg(join_url(services, *workshop, live::is_written(connection, id))))};
            });
      });
}

} // namespace warsha::consultation
