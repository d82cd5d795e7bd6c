#include "server/access/rights.hpp"
#include "server/aggregation/defaults.hpp"
#include "server/consultation/handlers.hpp"
#include "server/consultation/read_body.hpp"
#include "server/runtime/executor.hpp"
#include "server/store/connection.hpp"

#include <nlohmann/json.hpp>

/// Which accounts answer for which administration: an administrator's to see and to change.
namespace warsha::consultation {

using nlohmann::json;

namespace {

struct NewMember {
  std::string administration;
  std::string email; // of an account that is there

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("administration", self.administration, {.line = limits::kAdministrationIdBytes});
    visit("email", self.email, {.line = limits::kCredentialBytes});
  }
};

/// None: an administrator asks.
std::optional<net::HttpResponse> refused(store::Connection& connection, const net::HttpRequest& request) {
  const auto account = signed_in(connection, request);
  if (!account)
    return net::problem(401, {Code::sign_in_required, {}, {}});
  if (!access::is_admin(store::grants_of(connection, account->id)))
    return net::problem(403, {Code::not_permitted, {}, {}});
  return std::nullopt;
}

json describe_member(const store::AccountRow& account, const std::string& administration) {
  return {{"id", account.id.text()},
          {"name", account.name},
          {"email", account.email},
          {"administration", administration}};
}

net::HttpResponse answer_members(store::Connection& connection) {
  json members = json::array();
  for (const auto& account : store::all_accounts(connection)) {
    if (account.disabled_at)
      continue;
    for (const auto& grant : store::grants_of(connection, account.id))
      if (grant.role == Role::reviewer)
        members.push_back(describe_member(account, grant.scope));
  }
  auto response = net::json_response(200, json{{"members", std::move(members)}}.dump());
  response.headers.emplace_back("Cache-Control", "no-store");
  return response;
}

net::HttpResponse add(store::Connection& writing, const NewMember& wanted) {
  if (!aggregation::shipped_register().find(wanted.administration))
    return net::problem(422, {Code::administration_not_found, "administration", {}});
  const auto account = store::find_account_by_email(writing, kept_email(wanted.email));
  if (!account || account->disabled_at)
    return net::problem(422, {Code::not_found, "email", {}});
  store::grant(writing, account->id, {Role::reviewer, wanted.administration});
  return net::json_response(201, describe_member(*account, wanted.administration).dump());
}

/// Decided where it is written: an administrator's session may have ended meanwhile.
void write(Services& services, const net::HttpRequest& request, net::Respond respond,
           std::function<net::HttpResponse(store::Connection&)> change) {
  const auto decided = std::make_shared<net::HttpResponse>();
  answer_after_write(
      services, std::move(respond),
      [request, decided, change = std::move(change)](store::Connection& writing) {
        auto problem = refused(writing, request);
        *decided = problem ? std::move(*problem) : change(writing);
      },
      [decided] { return *decided; });
}

} // namespace

void add_member_routes(net::Router& router, Services& services) {
  router.add("GET", "/api/members",
             [&services](const net::HttpRequest& request, const std::vector<std::string>&, Executor&,
                         net::Respond respond) {
               answer_from_store(services, std::move(respond), [request](store::Connection& connection) {
                 auto problem = refused(connection, request);
                 return problem ? std::move(*problem) : answer_members(connection);
               });
             });
  router.add("POST", "/api/members",
             [&services](const net::HttpRequest& request, const std::vector<std::string>&, Executor&,
                         net::Respond respond) {
               auto read = read_body<NewMember>(request);
               if (const auto* wrong = std::get_if<Rejection>(&read))
                 return respond(net::problem(422, *wrong));
               write(services, request, std::move(respond),
                     [wanted = std::get<NewMember>(std::move(read))](store::Connection& writing) {
                       return add(writing, wanted);
                     });
             });
  router.add("DELETE", "/api/members/{administration}/{account}",
             [&services](const net::HttpRequest& request, const std::vector<std::string>& arguments,
                         Executor&, net::Respond respond) {
               const auto account = ActorId::parse(arguments[1]);
               if (!account)
                 return respond(net::problem(404, {Code::not_found, {}, {}}));
               write(services, request, std::move(respond),
                     [administration = arguments[0], account = *account](store::Connection& writing) {
                       store::revoke(writing, account, {Role::reviewer, administration});
                       return net::HttpResponse{204, {}, nullptr};
                     });
             });
}

} // namespace warsha::consultation
