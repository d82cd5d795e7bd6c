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

} // namespace

void add_consultation_routes(net::Router& router, Services& services) {
  router.add("POST", "/api/consultations",
             [&services](const net::HttpRequest& request, const std::vector<std::string>&, Executor&,
                         net::Respond respond) {
               with_store(services, std::move(respond),
                          [&services, request](store::Connection& connection, const net::Respond& answer) {
                            const auto account = signed_in(connection, request);
                            if (!account)
                              return answer(net::problem(401, {Code::sign_in_required, {}, {}}));
                            if (!access::is_admin(store::grants_of(connection, account->id)))
                              return answer(net::problem(403, {Code::not_permitted, {}, {}}));
                            const auto document = parse_document(request.body);
                            if (const auto* wrong = std::get_if<DocumentError>(&document))
                              return answer(net::problem(422, {Code::invalid_value, wrong->line(), {}}));
                            create_for(services, *account, std::get<ConsultationFile>(document), answer);
                          });
             });
}

} // namespace warsha::consultation
