#include "protocol/agenda.hpp"
#include "server/access/rights.hpp"
#include "server/consultation/handlers.hpp"
#include "server/consultation/read_body.hpp"
#include "server/consultation/service.hpp"
#include "server/live/directory.hpp"
#include "server/runtime/executor.hpp"
#include "server/runtime/system.hpp"
#include "server/store/connection.hpp"

#include <nlohmann/json.hpp>

/// Written consultations: begun by who runs the consultation, and steered on the console like its workshops.
namespace warsha::consultation {

using nlohmann::json;

namespace {

struct NewWritten {
  WorkshopId id; // of the client's making: sent again, it begins no second one
  std::string title;
  std::string question;
  FormDays days;

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("days", self.days);
    visit("id", self.id);
    visit("question", self.question, {.text = limits::kQuestionGraphemes});
    visit("title", self.title, {.line = limits::kLineGraphemes});
  }
};

void begin(Services& services, store::Connection& connection, const net::HttpRequest& request,
           const ConsultationId& id, const NewWritten& wanted, const net::Respond& respond) {
  const auto account = signed_in(connection, request);
  if (!account)
    return respond(net::problem(401, {Code::sign_in_required, {}, {}}));
  if (!access::is_organiser_of(store::grants_of(connection, account->id), id))
    return respond(net::problem(403, {Code::not_permitted, {}, {}}));
  const auto consultation = store::find_consultation(connection, id);
  if (!consultation)
    return respond(net::problem(404, {Code::not_found, {}, {}}));
  const auto elsewhere = std::make_shared<bool>(false);
  answer_after_write(
      services, respond,
      [consultation = *consultation, wanted, elsewhere](store::Connection& writing) {
        if (const auto there = store::find_workshop(writing, wanted.id))
          *elsewhere = there->consultation != consultation.id || !live::is_written(writing, wanted.id);
        else
          add_written(writing, consultation, {wanted.id, wanted.title, wanted.question, wanted.days},
                      system::now_ms());
      },
      [elsewhere, id = wanted.id] {
        return *elsewhere ? net::problem(422, {Code::id_reused, "id", {}})
                          : net::json_response(201, json{{"id", id.text()}}.dump());
      });
}

} // namespace

void add_written_routes(net::Router& router, Services& services) {
  router.add("POST", "/api/consultations/{consultation}/written",
             [&services](const net::HttpRequest& request, const std::vector<std::string>& arguments,
                         Executor&, net::Respond respond) {
               const auto id = ConsultationId::parse(arguments[0]);
               if (!id)
                 return respond(net::problem(404, {Code::not_found, {}, {}}));
               auto read = read_body<NewWritten>(request);
               if (const auto* wrong = std::get_if<Rejection>(&read))
                 return respond(net::problem(422, *wrong));
               if (!std::get<NewWritten>(read).days.fit())
                 return respond(net::problem(422, {Code::form_days_wrong, "days", {}}));
               with_store(services, std::move(respond),
                          [&services, request, id = *id, wanted = std::get<NewWritten>(read)](
                              store::Connection& connection, const net::Respond& answer) {
                            begin(services, connection, request, id, wanted, answer);
                          });
             });
}

} // namespace warsha::consultation
