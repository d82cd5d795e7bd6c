#include "server/access/secrets.hpp"
#include "server/consultation/handlers.hpp"
#include "server/store/connection.hpp"
#include "server/store/journal.hpp"

#include <nlohmann/json.hpp>

namespace warsha::consultation {

using nlohmann::json;

namespace {

/// What anybody with the receipt may know: no name, no pseudonym; hidden and withdrawn words stay unsaid.
json describe_fate(const store::ReceiptRow& row, bool closed) {
  const auto& contribution = row.contribution;
  json out{{"id", contribution.id.text()},
           {"receipt", contribution.receipt},
           {"kind", name(contribution.kind)},
           {"state", contribution.state},
           {"supports", contribution.supports},
           {"at", contribution.added_at},
           {"workshop", {{"title", row.workshop_title}, {"closed", closed}}},
           {"consultation", {{"title", row.consultation_title}, {"city", row.city}, {"date", row.date}}},
           {"place", {{"seq", contribution.added_seq}, {"hash", store::hex(row.added_hash)}}}};
  if (contribution.state == "shown")
    out["text"] = contribution.text;
  if (contribution.ground)
    out["ground"] = *contribution.ground;
  if (contribution.reason && contribution.reason != contribution.ground)
    out["reason"] = *contribution.reason;
  if (contribution.merged_into && contribution.state == "shown") {
    out["merged"] = {{"id", contribution.merged_into->text()}};
    if (row.merged_text)
      out["merged"]["text"] = *row.merged_text;
  }
  return out;
}

} // namespace

void add_receipt_routes(net::Router& router, Services& services) {
  router.add("GET", "/api/receipts/{receipt}",
             [&services](const net::HttpRequest&, const std::vector<std::string>& arguments, Executor&,
                         net::Respond respond) {
               answer_from_store(
                   services, std::move(respond), [typed = arguments[0]](store::Connection& connection) {
                     const auto receipt = access::normalise_receipt(typed);
                     const auto row =
                         receipt.empty() ? std::nullopt : store::find_receipt(connection, receipt);
                     if (!row)
                       return net::problem(404, {Code::not_found, "receipt", {}});
                     const bool closed = store::is_closed(connection, row->workshop);
                     return net::json_response(200, describe_fate(*row, closed).dump());
                   });
             });
}

} // namespace warsha::consultation
