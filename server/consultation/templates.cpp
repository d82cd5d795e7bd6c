#include "server/store/templates.hpp"

#include "protocol/member_writer.hpp"
#include "server/access/rights.hpp"
#include "server/consultation/handlers.hpp"
#include "server/consultation/read_body.hpp"
#include "server/runtime/executor.hpp"
#include "server/runtime/system.hpp"
#include "server/store/connection.hpp"

#include <nlohmann/json.hpp>

/// Agendas that are prepared once and used in every parallel workshop. Whoever steers workshops may read, add
/// and remove them.
namespace warsha::consultation {

using nlohmann::json;

namespace {

struct TemplateWanted {
  std::string title;
  std::vector<AgendaItem> agenda;
  Settings settings;

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("agenda", self.agenda, {.items_most = Words<Phase>::kAll.size()});
    visit("settings", self.settings);
    visit("title", self.title, {.line = limits::kThemeTitleGraphemes});
  }
};

template <class Value> std::string json_of(const Value& value) {
  std::string text;
  write_value(text, value);
  return text;
}

/// The account when it steers any workshop or consultation.
std::variant<store::AccountRow, net::HttpResponse> steering(store::Connection& connection,
                                                            const net::HttpRequest& request) {
  auto account = signed_in(connection, request);
  if (!account)
    return net::problem(401, {Code::sign_in_required, {}, {}});
  for (const auto& grant : store::grants_of(connection, account->id))
    if (access::sees_staff_view(grant.role))
      return std::move(*account);
  return net::problem(403, {Code::not_permitted, {}, {}});
}

json describe(const store::TemplateRow& row) {
  return {{"id", row.id.text()},
          {"title", row.title},
          {"agenda", json::parse(row.agenda)},
          {"settings", json::parse(row.settings)}};
}

} // namespace

void add_template_routes(net::Router& router, Services& services) {
  router.add("GET", "/api/templates",
             [&services](const net::HttpRequest& request, const std::vector<std::string>&, Executor&,
                         net::Respond respond) {
               answer_from_store(services, std::move(respond), [request](store::Connection& connection) {
                 auto account = steering(connection, request);
                 if (auto* problem = std::get_if<net::HttpResponse>(&account))
                   return std::move(*problem);
                 json templates = json::array();
                 for (const auto& row : store::all_templates(connection))
                   templates.push_back(describe(row));
                 return net::json_response(200, json{{"templates", std::move(templates)}}.dump());
               });
             });

  router.add("POST", "/api/templates",
             [&services](const net::HttpRequest& request, const std::vector<std::string>&, Executor&,
                         net::Respond respond) {
               auto read = read_body<TemplateWanted>(request);
               if (const auto* wrong = std::get_if<Rejection>(&read))
                 return respond(net::problem(422, *wrong));
               with_store(services, std::move(respond),
                          [&services, request, wanted = std::get<TemplateWanted>(std::move(read))](
                              store::Connection& connection, const net::Respond& answer) {
                            auto account = steering(connection, request);
                            if (auto* problem = std::get_if<net::HttpResponse>(&account))
                              return answer(std::move(*problem));
                            const store::TemplateRow row{system::new_id<TemplateId>(),
                                                         wanted.title,
                                                         json_of(wanted.agenda),
                                                         json_of(wanted.settings),
                                                         std::get<store::AccountRow>(account).id,
                                                         system::now_ms()};
                            answer_after_write(
                                services, answer,
                                [row](store::Connection& writing) { store::add_template(writing, row); },
                                [row] { return net::json_response(201, describe(row).dump()); });
                          });
             });

  router.add("DELETE", "/api/templates/{template}",
             [&services](const net::HttpRequest& request, const std::vector<std::string>& arguments,
                         Executor&, net::Respond respond) {
               const auto id = TemplateId::parse(arguments[0]);
               if (!id)
                 return respond(net::problem(404, {Code::not_found, {}, {}}));
               with_store(
                   services, std::move(respond),
                   [&services, request, id = *id](store::Connection& connection, const net::Respond& answer) {
                     auto account = steering(connection, request);
                     if (auto* problem = std::get_if<net::HttpResponse>(&account))
                       return answer(std::move(*problem));
                     answer_after_write(
                         services, answer,
                         [id](store::Connection& writing) { store::remove_template(writing, id); },
                         [] {
                           return net::HttpResponse{204, {}, nullptr};
                         });
                   });
             });
}

} // namespace warsha::consultation
