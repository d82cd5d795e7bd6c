#include "server/consultation/entrance.hpp"

#include "server/access/passes.hpp"
#include "server/access/rights.hpp"
#include "server/access/secrets.hpp"
#include "server/consultation/handlers.hpp"
#include "server/runtime/executor.hpp"
#include "server/runtime/system.hpp"
#include "server/store/connection.hpp"
#include "server/store/readers.hpp"

#include <spdlog/spdlog.h>

namespace warsha::consultation {

namespace {

net::HttpResponse refused(int status, Code code) {
  return net::problem(status, {code, {}, {}});
}

/// What an account may be in a workshop, if anything.
std::optional<Role> role_of(store::Connection& connection, const ActorId& account,
                            const WorkshopId& workshop) {
  const auto row = store::find_workshop(connection, workshop);
  return row ? access::role_in(store::grants_of(connection, account), workshop, row->consultation)
             : std::nullopt;
}

/// The same as long as the session lasts.
auto role_by_session(const store::Hash& session, const WorkshopId& workshop) {
  return [session, workshop](store::Connection& connection) -> std::optional<Role> {
    const auto account = store::find_staff_session(connection, session, system::now_ms());
    return account ? role_of(connection, *account, workshop) : std::nullopt;
  };
}

} // namespace

Entrance::Entrance(const access::Passes& passes, store::Readers& readers)
    : passes_(passes), readers_(readers) {}

std::optional<live::Visitor> Entrance::participant(store::Connection& connection,
                                                   const net::HttpRequest& request,
                                                   const WorkshopId& workshop) const {
  const auto cookie = request.cookie(kPassCookie);
  const auto pass = cookie ? passes_.verify(*cookie, system::now_ms()) : std::nullopt;
  if (!pass || !store::attends(connection, workshop, pass->participant))
    return std::nullopt;
  const auto person = store::find_participant(connection, pass->participant);
  if (!person)
    return std::nullopt;
  return live::Visitor{{Role::participant, person->id}, person->display_name, person->language};
}

std::optional<live::Visitor> Entrance::staff(store::Connection& connection, const net::HttpRequest& request,
                                             const WorkshopId& workshop) {
  const auto account = signed_in(connection, request);
  const auto role = account ? role_of(connection, account->id, workshop) : std::nullopt;
  if (!role)
    return std::nullopt;
  const auto session = access::token_hash(request.cookie(kSessionCookie).value());
  live::Visitor visitor{{*role, account->id}, account->name, {}};
  visitor.role_now = role_by_session(session, workshop);
  return visitor;
}

/// Sees what the room sees, whoever opened it, for as long as they might; acts as nobody.
live::Visitor screen_of(live::Visitor opener) {
  live::Visitor screen{{Role::screen, ActorId{}}, std::nullopt, std::move(opener.language)};
  if (opener.actor.role == Role::participant)
    screen.opened_by = opener.actor.id;
  if (opener.role_now)
    screen.role_now = [role_now = std::move(opener.role_now)](store::Connection& connection) {
      return role_now(connection) ? std::optional(Role::screen) : std::nullopt;
    };
  return screen;
}

std::variant<live::Visitor, net::HttpResponse> Entrance::find(store::Connection& connection,
                                                              const net::HttpRequest& request,
                                                              const WorkshopId& workshop, As as) const {
  if (!store::find_workshop(connection, workshop))
    return refused(404, Code::not_found);
  if (as == As::participant) {
    if (auto visitor = participant(connection, request, workshop))
      return *visitor;
    return refused(401, Code::pass_required);
  }
  auto visitor = staff(connection, request, workshop);
  if (!visitor && as == As::screen)
    visitor = participant(connection, request, workshop);
  if (!visitor) // to somebody who has signed in, signing in again is no help
    return signed_in(connection, request) ? refused(403, Code::not_permitted)
                                          : refused(401, Code::sign_in_required);
  return as == As::screen ? screen_of(std::move(*visitor)) : *visitor;
}

void Entrance::enter(const net::HttpRequest& request, const WorkshopId& workshop, As as,
                     std::function<void(std::variant<live::Visitor, net::HttpResponse>)> answer) const {
  readers_.read([this, request, workshop, as, answer = std::move(answer)](store::Connection& connection) {
    try {
      answer(find(connection, request, workshop, as));
    } catch (const std::exception& error) {
      spdlog::error("an entrance failed: {}", error.what());
      answer(refused(500, Code::internal));
    }
  });
}

void enter_live(const Entrance& entrance, live::Directory& directory, const net::HttpRequest& request,
                Executor& executor, std::function<void(net::Upgrade)> answer) {
  const auto path = net::path_segments(request.path);
  const auto workshop = path.size() == 2 && path[0] == "live" ? WorkshopId::parse(path[1]) : std::nullopt;
  if (!workshop)
    return answer(refused(404, Code::not_found));
  const auto asked = request.query.find("as");
  const auto wanted = asked == request.query.end() ? std::string("participant") : asked->second;
  if (wanted != "participant" && wanted != "staff" && wanted != "screen")
    return answer(net::problem(400, {Code::invalid_value, "as", {}}));
  const auto as = wanted == "staff" ? As::staff : wanted == "screen" ? As::screen : As::participant;
  entrance.enter(request, *workshop, as,
                 [&directory, &executor, workshop = *workshop,
                  answer = std::move(answer)](std::variant<live::Visitor, net::HttpResponse> found) {
                   if (auto* problem = std::get_if<net::HttpResponse>(&found))
                     return answer(std::move(*problem));
                   answer(directory.session(workshop, std::move(std::get<live::Visitor>(found)), executor));
                 });
}

} // namespace warsha::consultation
