#include "server/access/passes.hpp"
#include "server/access/secrets.hpp"
#include "server/consultation/dossier.hpp"
#include "server/consultation/handlers.hpp"
#include "server/consultation/read_body.hpp"
#include "server/consultation/reviewing.hpp"
#include "server/review/commitment_views.hpp"
#include "server/runtime/executor.hpp"
#include "server/runtime/system.hpp"
#include "server/store/connection.hpp"

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>

/// What was promised and how far it is, for everybody; and an author's word against a decision.
namespace warsha::consultation {

using nlohmann::json;

namespace {

std::string asked(const net::HttpRequest& request, const char* name) {
  const auto found = request.query.find(name);
  return found == request.query.end() ? std::string() : found->second;
}

/// From 1; what is no number is the first.
std::size_t page_of(const net::HttpRequest& request) {
  const auto text = asked(request, "page");
  std::size_t page = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), page);
  return error == std::errc{} && end == text.data() + text.size() && page > 0 ? page : 1;
}

/// Calls `each` with every confirmed commitment, its docket and its dossier.
void for_each_confirmed(review::Ledger& ledger, store::Connection& connection,
                        const std::function<void(const review::Docket&, const review::Dossier&,
                                                 const review::Commitment&)>& each) {
  for (const auto& consultation : store::all_consultations(connection)) {
    std::optional<review::Dossier> dossier;
    ledger.look(connection, consultation.id, [&](const review::Docket& docket) {
      for (const auto& [id, commitment] : docket.commitments) {
        if (commitment.state != review::CommitmentState::confirmed)
          continue;
        if (!dossier)
          dossier = read_dossier(connection, consultation.id);
        each(docket, *dossier, commitment);
      }
    });
  }
}

/// Those that the filters name, the latest confirmed first.
net::HttpResponse answer_commitments(review::Ledger& ledger, store::Connection& connection,
                                     const net::HttpRequest& request) {
  const auto consultation = asked(request, "consultation");
  const auto administration = asked(request, "administration");
  const auto status = asked(request, "status");
  if (!status.empty() && !parse<review::Status>(status))
    return net::problem(422, {Code::invalid_value, "status", {}});
  std::vector<json> all;
  for_each_confirmed(ledger, connection, [&](const auto& docket, const auto& dossier, const auto& one) {
    if ((!consultation.empty() && consultation != docket.consultation.text()) ||
        (!administration.empty() && administration != one.lead))
      return;
    auto view = review::view_commitment(docket, dossier, one, review::Reader::everybody, system::now_ms());
    if (status.empty() || view.at("status") == status)
      all.push_back(std::move(view));
  });
  std::stable_sort(all.begin(), all.end(),
                   [](const json& a, const json& b) { return a.at("confirmed_at") > b.at("confirmed_at"); });
  const auto total = all.size();
  const auto pages =
      std::max<std::size_t>(1, (total + limits::kCommitmentsPerPage - 1) / limits::kCommitmentsPerPage);
  const auto page = std::min(page_of(request), pages);
  json shown = json::array();
  const auto first = (page - 1) * limits::kCommitmentsPerPage;
  for (auto i = first; i < std::min(total, first + limits::kCommitmentsPerPage); ++i)
    shown.push_back(std::move(all[i]));
  return net::json_response(
      200,
      json{{"commitments", std::move(shown)}, {"total", total}, {"page", page}, {"pages", pages}}.dump());
}

net::HttpResponse answer_commitment(review::Ledger& ledger, store::Connection& connection,
                                    const CommitmentId& id) {
  json out;
  for_each_confirmed(ledger, connection, [&](const auto& docket, const auto& dossier, const auto& one) {
    if (one.id == id)
      out = review::view_commitment(docket, dossier, one, review::Reader::everybody, system::now_ms());
  });
  return out.is_null() ? net::problem(404, {Code::commitment_not_found, {}, {}})
                       : net::json_response(200, out.dump());
}

// --- Contesting ---------------------------------------------------------------------------------------

/// Does the request come from the device of who wrote it? A receipt may be shown to others; a pass is not.
bool is_author(const Services& services, const net::HttpRequest& request, const store::ReceiptRow& row) {
  const auto cookie = request.cookie(kPassCookie);
  const auto pass = cookie ? services.passes.verify(*cookie, system::now_ms()) : std::nullopt;
  return pass && pass->participant == row.contribution.author;
}

struct ContestationBody {
  CommandId id; // the same again: the same answer, no second effect
  std::string text;

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("id", self.id);
    visit("text", self.text, {.text = limits::kContestationGraphemes});
  }
};

void contest(Services& services, const std::shared_ptr<review::Ledger>& ledger,
             const net::HttpRequest& request, const std::string& typed, const ContestationBody& body,
             net::Respond respond) {
  with_store(
      services, std::move(respond),
      [&services, ledger, request, typed, body](store::Connection& connection, const net::Respond& answer) {
        const auto receipt = access::normalise_receipt(typed);
        const auto row = receipt.empty() ? std::nullopt : store::find_receipt(connection, receipt);
        const auto workshop = row ? store::find_workshop(connection, row->workshop) : std::nullopt;
        if (!workshop)
          return answer(net::problem(404, {Code::not_found, "receipt", {}}));
        if (!is_author(services, request, *row))
          return answer(net::problem(403, {Code::not_permitted, {}, {}}));
        review::Reviewer author;
        author.author = true;
        ledger->act(
            workshop->consultation,
            {body.id, review::action::Contest{row->contribution.id, body.text}, std::nullopt}, author,
            [id = workshop->consultation](store::Connection& writing) { return surroundings(writing, id); },
            [answer](const review::Ledger::Outcome& outcome) { reply_to(answer, outcome); });
      });
}

} // namespace

bool may_contest(const Services& services, const net::HttpRequest& request, const review::Docket& docket,
                 const store::ReceiptRow& row) {
  const auto& id = row.contribution.id;
  return row.contribution.state != "withdrawn" && docket.is_contestable(id) && !docket.contestation_of(id) &&
         is_author(services, request, row);
}

void add_commitment_routes(net::Router& router, Services& services,
                           const std::shared_ptr<review::Ledger>& ledger) {
  router.add("GET", "/api/commitments",
             [&services, ledger](const net::HttpRequest& request, const std::vector<std::string>&, Executor&,
                                 net::Respond respond) {
               answer_from_store(services, std::move(respond),
                                 [ledger, request](store::Connection& connection) {
                                   return answer_commitments(*ledger, connection, request);
                                 });
             });
  router.add("GET", "/api/commitments/{commitment}",
             [&services, ledger](const net::HttpRequest&, const std::vector<std::string>& arguments,
                                 Executor&, net::Respond respond) {
               const auto id = CommitmentId::parse(arguments[0]);
               if (!id)
                 return respond(net::problem(404, {Code::commitment_not_found, {}, {}}));
               answer_from_store(services, std::move(respond),
                                 [ledger, id = *id](store::Connection& connection) {
                                   return answer_commitment(*ledger, connection, id);
                                 });
             });
  router.add("POST", "/api/receipts/{receipt}/contestation",
             [&services, ledger](const net::HttpRequest& request, const std::vector<std::string>& arguments,
                                 Executor&, net::Respond respond) {
               auto body = read_body<ContestationBody>(request);
               if (const auto* wrong = std::get_if<Rejection>(&body))
                 return respond(net::problem(422, *wrong));
               contest(services, ledger, request, arguments[0], std::get<ContestationBody>(body),
                       std::move(respond));
             });
}

} // namespace warsha::consultation
