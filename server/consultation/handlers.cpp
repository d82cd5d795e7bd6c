#include "server/consultation/handlers.hpp"

#include "server/access/secrets.hpp"
#include "server/consultation/routes.hpp"
#include "server/runtime/system.hpp"
#include "server/store/connection.hpp"
#include "server/store/readers.hpp"
#include "server/store/writer.hpp"

#include <nlohmann/json.hpp>
#include <spdlog/spdlog.h>

namespace warsha::consultation {

using nlohmann::json;

void add_routes(net::Router& router, Services& services) {
  router.add("GET", "/health", [](const auto&, const auto&, auto&, const net::Respond& respond) {
    respond(net::json_response(200, R"({"status":"ok"})"));
  });
  add_joining_routes(router, services);
  add_session_routes(router, services);
  add_workshop_routes(router, services);
  add_receipt_routes(router, services);
  add_consultation_routes(router, services);
  add_room_routes(router, services);
  add_speaking_routes(router, services);
  add_overview_routes(router, services);
  add_suggestion_routes(router, services);
  add_seating_routes(router, services);
  add_template_routes(router, services);
  add_review_routes(router, services);
  add_answer_template_routes(router, services);
  add_contestation_routes(router, services);
  add_told_routes(router, services);
  add_advice_audit_routes(router, services);
  add_member_routes(router, services);
  add_written_routes(router, services);
}

void add_workshop_route(net::Router& router, const char* method, const char* pattern,
                        WorkshopHandler handler) {
  router.add(method, pattern,
             [handler = std::move(handler)](const net::HttpRequest& request,
                                            const std::vector<std::string>& arguments, Executor& executor,
                                            net::Respond respond) {
               const auto workshop = WorkshopId::parse(arguments[0]);
               if (!workshop)
                 return respond(net::problem(404, {Code::not_found, {}, {}}));
               handler(request, *workshop, executor, std::move(respond));
             });
}

void with_store(Services& services, net::Respond respond,
                std::function<void(store::Connection&, const net::Respond&)> work) {
  services.readers.read(
      [respond = std::move(respond), work = std::move(work)](store::Connection& connection) {
        try {
          work(connection, respond);
        } catch (const std::exception& error) {
          spdlog::error("a query failed: {}", error.what());
          respond(net::problem(500, {Code::internal, {}, {}}));
        }
      });
}

void answer_from_store(Services& services, net::Respond respond,
                       std::function<net::HttpResponse(store::Connection&)> query) {
  with_store(services, std::move(respond),
             [query = std::move(query)](store::Connection& connection, const net::Respond& answer) {
               answer(query(connection));
             });
}

void answer_after_write(Services& services, net::Respond respond,
                        std::function<void(store::Connection&)> task,
                        std::function<net::HttpResponse()> kept) {
  services.writer.run(std::move(task),
                      [respond = std::move(respond), kept = std::move(kept)](std::exception_ptr failed) {
                        if (!failed)
                          return respond(kept());
                        try {
                          std::rethrow_exception(failed);
                        } catch (const std::exception& error) {
                          spdlog::error("a write failed: {}", error.what());
                          respond(net::problem(503, {Code::busy, {}, {}}, 2000));
                        }
                      });
}

std::string kept_email(std::string typed) {
  for (auto& c : typed)
    c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return typed;
}

json describe(const store::ConsultationRow& consultation) {
  return {{"title", consultation.title},          {"language", consultation.language},
          {"region", consultation.region},        {"city", consultation.city},
          {"venue", consultation.venue},          {"date", consultation.date},
          {"organisers", consultation.organisers}};
}

std::optional<store::AccountRow> signed_in(store::Connection& connection, const net::HttpRequest& request) {
  const auto token = request.cookie(kSessionCookie);
  if (!token)
    return std::nullopt;
  const auto account = store::find_staff_session(connection, access::token_hash(*token), system::now_ms());
  return account ? store::find_account(connection, *account) : std::nullopt;
}

} // namespace warsha::consultation
