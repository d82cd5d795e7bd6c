#include "server/review/advice_audit.hpp"

#include "server/access/rights.hpp"
#include "server/consultation/csv.hpp"
#include "server/consultation/handlers.hpp"
#include "server/review/ledger.hpp"
#include "server/runtime/executor.hpp"
#include "server/runtime/instant.hpp"
#include "server/store/connection.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

/// How good the routing advice was, for those who run consultations and their committees.
namespace warsha::consultation {

using nlohmann::json;

namespace {

/// With the consultation that it is of.
struct Placed {
  ConsultationId consultation;
  review::AuditedDecision audited;
};

/// Of the consultations that the account organises or whose committee it sits on; an administrator's: of all.
/// None: it may read no consultation's.
std::optional<std::vector<Placed>> readable(Services& services, store::Connection& connection,
                                            const ActorId& account) {
  const auto grants = store::grants_of(connection, account);
  const bool all = access::is_admin(grants);
  const auto reads = [&](const ConsultationId& id) {
    return all || std::ranges::any_of(grants, [&](const store::Grant& grant) {
             return (grant.role == Role::organiser || grant.role == Role::committee) &&
                    grant.scope == id.text();
           });
  };
  std::vector<Placed> found;
  bool any = all;
  for (const auto& consultation : store::all_consultations(connection)) {
    if (!reads(consultation.id))
      continue;
    any = true;
    services.ledger.look(connection, consultation.id, [&](const review::Docket& docket) {
      for (auto& one : review::audited_decisions(docket))
        found.push_back({consultation.id, std::move(one)});
    });
  }
  if (!any)
    return std::nullopt;
  std::ranges::stable_sort(found, {}, [](const Placed& one) { return one.audited.decision.at; });
  return found;
}

json view(const review::AuditedDecision& one) {
  json out{{"proposal", {{"id", one.decision.proposal.text()}, {"title", one.title}}},
           {"at", one.decision.at},
           {"sent_to", one.decision.lead}};
  if (!one.now.empty())
    out["now"] = one.now;
  if (const auto& advice = one.decision.advice) {
    out["version"] = advice->version;
    out["advised"] = json::array();
    for (const auto& advised : advice->first)
      out["advised"].push_back({{"administration", advised.administration},
                                {"confidence", static_cast<double>(advised.per_mille) / 1000}});
  }
  return out;
}

json view(const review::AdviceAudit& audit) {
  json bins = json::array();
  for (const auto& bin : audit.bins)
    bins.push_back({{"from", static_cast<double>(bin.from) / 1000},
                    {"count", bin.count},
                    {"right", bin.right},
                    {"confidence", bin.confidence}});
  json months = json::array();
  for (const auto& one : audit.months)
    months.push_back({{"month", one.month},
                      {"administration", one.administration},
                      {"first", one.first},
                      {"kept", one.kept},
                      {"sent_elsewhere", one.sent_elsewhere},
                      {"declined", one.declined},
                      {"missed", one.missed}});
  return {{"decisions", audit.decisions},
          {"unadvised", audit.unadvised},
          {"open", audit.open},
          {"judged", audit.judged},
          {"first", audit.first},
          {"three", audit.three},
          {"calibration_error", audit.calibration_error},
          {"bins", std::move(bins)},
          {"months", std::move(months)}};
}

std::vector<review::AuditedDecision> decisions_of(const std::vector<Placed>& all) {
  std::vector<review::AuditedDecision> out;
  for (const auto& one : all)
    out.push_back(one.audited);
  return out;
}

/// The latest of them: a screen reads no thousands.
net::HttpResponse answer_json(const std::vector<Placed>& all) {
  auto out = view(review::audit(decisions_of(all)));
  out["latest"] = json::array();
  for (auto one = all.rbegin(); one != all.rend() && out["latest"].size() < limits::kAuditedShown; ++one)
    out["latest"].push_back(view(one->audited));
  return net::json_response(200, out.dump());
}

std::string csv_of(const std::vector<Placed>& all) {
  std::string csv(kByteOrderMark);
  csv += "time,consultation,proposal,title,version";
  for (std::size_t i = 1; i <= limits::kAdvised; ++i)
    csv += ",advised_" + std::to_string(i) + ",per_mille_" + std::to_string(i);
  csv += ",sent_to,now\r\n";
  for (const auto& [consultation, one] : all) {
    const auto& decision = one.decision;
    add_csv_field(csv, instant(decision.at), true);
    for (const auto& field : {consultation.text(), decision.proposal.text(), one.title,
                              decision.advice ? decision.advice->version : std::string()})
      add_csv_field(csv, field);
    for (std::size_t i = 0; i < limits::kAdvised; ++i) {
      const bool is = decision.advice && i < decision.advice->first.size();
      add_csv_field(csv, is ? decision.advice->first[i].administration : "");
      add_csv_field(csv, is ? std::to_string(decision.advice->first[i].per_mille) : "");
    }
    add_csv_field(csv, decision.lead);
    add_csv_field(csv, one.now);
    csv += "\r\n";
  }
  return csv;
}

using Answer = std::function<net::HttpResponse(const std::vector<Placed>&)>;

void add(net::Router& router, Services& services, const char* pattern, Answer make) {
  router.add("GET", pattern,
             [&services, make = std::move(make)](const net::HttpRequest& request,
                                                 const std::vector<std::string>&, Executor&,
                                                 net::Respond respond) {
               answer_from_store(services, std::move(respond),
                                 [&services, request, make](store::Connection& connection) {
                                   const auto account = signed_in(connection, request);
                                   if (!account)
                                     return net::problem(401, {Code::sign_in_required, {}, {}});
                                   const auto all = readable(services, connection, account->id);
                                   return all ? make(*all) : net::problem(403, {Code::not_permitted, {}, {}});
                                 });
             });
}

} // namespace

void add_advice_audit_routes(net::Router& router, Services& services) {
  add(router, services, "/api/routing-audit", answer_json);
  add(router, services, "/api/routing-audit.csv", [](const std::vector<Placed>& all) {
    return net::HttpResponse{200,
                             {{"Content-Type", "text/csv; charset=utf-8"},
                              {"Content-Disposition", "attachment; filename=\"routing-audit.csv\""},
                              {"Cache-Control", "no-store"}},
                             std::make_shared<const std::string>(csv_of(all))};
  });
}

} // namespace warsha::consultation
