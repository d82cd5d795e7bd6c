#include "server/review/told.hpp"

#include "server/consultation/handlers.hpp"
#include "server/consultation/reviewing.hpp"
#include "server/review/dossier.hpp"
#include "server/runtime/executor.hpp"
#include "server/runtime/system.hpp"
#include "server/store/connection.hpp"
#include "server/store/mail.hpp"
#include "server/store/writer.hpp"

#include <nlohmann/json.hpp>

/// Whether authors were told of decisions: what their devices show, the sum for who runs the
/// consultation, and for its organisers whom nothing reached.
namespace warsha::consultation {

using nlohmann::json;

namespace {

net::HttpResponse answer_told(Services& services, store::Connection& connection,
                              const net::HttpRequest& request, const ConsultationId& id) {
  const auto standing = standing_of(connection, request, id);
  if (!standing)
    return net::problem(401, {Code::sign_in_required, {}, {}});
  if (!standing->may_read())
    return net::problem(403, {Code::not_permitted, {}, {}});
  std::vector<store::ContributionRow> rows;
  for (const auto& workshop : store::workshops_of(connection, id))
    for (auto& row : review::read_rows(connection, workshop.id))
      rows.push_back(std::move(row));
  const auto mails = store::told_by_mail(connection, id);
  const auto reads = store::read_by_authors(connection, id);
  review::ToldAuthors told;
  services.ledger.look(connection, id, [&](const review::Docket& docket) {
    told = review::told_authors(docket, rows, mails, reads);
  });
  json out{{"decided", told.decided},
           {"by_mail", told.by_mail},
           {"on_device", told.on_device},
           {"not_reached", told.unreached.size()}};
  if (standing->reviewer.organiser) { // who can do something about it
    out["unreached"] = json::array();
    for (const auto& contribution : told.unreached)
      out["unreached"].push_back(contribution.text());
  }
  return net::json_response(200, out.dump());
}

} // namespace

void note_read_by_author(Services& services, const net::HttpRequest& request, store::Connection& connection,
                         const review::Docket& docket, const store::ReceiptRow& row) {
  const auto decided = review::decided_at(docket, row.contribution);
  if (!decided || !is_author(services, request, row))
    return;
  const auto read = store::read_by_author(connection, row.contribution.id);
  if (read && *read >= *decided)
    return; // once is enough
  services.writer.run([id = row.contribution.id](
                          store::Connection& writing) { store::note_read(writing, id, system::now_ms()); },
                      nullptr);
}

void add_told_routes(net::Router& router, Services& services) {
  router.add("GET", "/api/consultations/{consultation}/told",
             [&services](const net::HttpRequest& request, const std::vector<std::string>& arguments,
                         Executor&, net::Respond respond) {
               const auto id = ConsultationId::parse(arguments[0]);
               if (!id)
                 return respond(net::problem(404, {Code::not_found, {}, {}}));
               answer_from_store(services, std::move(respond),
                                 [&services, request, id = *id](store::Connection& connection) {
                                   return answer_told(services, connection, request, id);
                                 });
             });
}

} // namespace warsha::consultation
