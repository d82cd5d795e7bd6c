#include "server/access/rights.hpp"
#include "server/consultation/handlers.hpp"
#include "server/consultation/service.hpp"
#include "server/runtime/system.hpp"
#include "server/store/connection.hpp"

#include <nlohmann/json.hpp>

namespace warsha::consultation {

using nlohmann::json;

namespace {

std::string describe_created(const Created& created) {
  json workshops = json::array();
  for (const auto& workshop : created.workshops)
    workshops.push_back(
        {{"key", workshop.key}, {"id", workshop.id.text()}, {"join_code", workshop.join_code}});
  return json{{"consultation", created.consultation.text()}, {"workshops", workshops}}.dump();
}

void create_for(Services& services, const store::AccountRow& account, const ConsultationFile& file,
                const net::Respond& respond) {
  const auto created = std::make_shared<Created>();
  answer_after_write(
      services, respond,
      [created, file, id = account.id](store::Connection& connection) {
        *created = create(connection, file, system::now_ms());
        // Whoever sets a consultation up can run it.
        store::grant(connection, id, {Role::organiser, created->consultation.text()});
      },
      [created] { return net::json_response(201, describe_created(*created)); });
}

constexpr std::string_view kPath = "/api/consultations";

/// None: an administrator, who may create consultations.
std::optional<net::HttpResponse> refuse_others(const std::optional<store::AccountRow>& account,
                                               store::Connection& connection) {
  if (!account)
    return net::problem(401, {Code::sign_in_required, {}, {}});
  if (!access::is_admin(store::grants_of(connection, account->id)))
    return net::problem(403, {Code::not_permitted, {}, {}});
  return std::nullopt;
}

} // namespace

void admit_large_body(Services& services, const net::HttpRequest& head,
                      std::function<void(std::optional<net::HttpResponse>)> answer) {
  if (head.method != "POST" || head.path != kPath)
    return answer(net::problem(413, {Code::body_too_large, {}, {}}));
  if (!net::same_origin(head))
    return answer(net::problem(403, {Code::origin_refused, {}, {}}));
  if (!head.cookie(kSessionCookie))
    return answer(net::problem(401, {Code::sign_in_required, {}, {}}));
  with_store(services, answer, [head, answer](store::Connection& connection, const net::Respond&) {
    answer(refuse_others(signed_in(connection, head), connection));
  });
}

void add_consultation_routes(net::Router& router, Services& services) {
  router.add("POST", std::string(kPath),
             [&services](const net::HttpRequest& request, const std::vector<std::string>&, Executor&,
                         net::Respond respond) {
               with_store(services, std::move(respond),
                          [&services, request](store::Connection& connection, const net::Respond& answer) {
                            const auto account = signed_in(connection, request);
                            if (auto refused = refuse_others(account, connection))
                              return answer(std::move(*refused));
                            const auto document = parse_document(request.body);
                            if (const auto* wrong = std::get_if<DocumentError>(&document))
                              return answer(net::problem(422, {Code::invalid_value, wrong->line(), {}}));
                            create_for(services, *account, std::get<ConsultationFile>(document), answer);
                          });
             });
}

} // namespace warsha::consultation
