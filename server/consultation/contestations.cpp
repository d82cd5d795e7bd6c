#include "server/access/secrets.hpp"
#include "server/consultation/handlers.hpp"
#include "server/consultation/read_body.hpp"
#include "server/consultation/reviewing.hpp"
#include "server/runtime/executor.hpp"
#include "server/store/connection.hpp"

/// An author's word against a decision.
namespace warsha::consultation {

namespace {

struct ContestationBody {
  CommandId id; // the same again: the same answer, no second effect
  std::string text;

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("id", self.id);
    visit("text", self.text, {.text = limits::kContestationGraphemes});
  }
};

void contest(Services& services, const net::HttpRequest& request, const std::string& typed,
             const ContestationBody& body, net::Respond respond) {
  with_store(
      services, std::move(respond),
      [&services, request, typed, body](store::Connection& connection, const net::Respond& answer) {
        const auto receipt = access::normalise_receipt(typed);
        const auto row = receipt.empty() ? std::nullopt : store::find_receipt(connection, receipt);
        const auto workshop = row ? store::find_workshop(connection, row->workshop) : std::nullopt;
        if (!workshop)
          return answer(net::problem(404, {Code::not_found, "receipt", {}}));
        if (!is_author(services, request, *row))
          return answer(net::problem(403, {Code::not_permitted, {}, {}}));
        review::Reviewer author;
        author.author = true;
        services.ledger.act(
            workshop->consultation,
            {body.id, review::action::Contest{row->contribution.id, body.text}, std::nullopt}, author,
            [id = workshop->consultation](store::Connection& writing) { return surroundings(writing, id); },
            [answer](const review::Ledger::Outcome& outcome) { reply_to(answer, outcome); });
      });
}

} // namespace

bool is_author(const Services& services, const net::HttpRequest& request, const store::ReceiptRow& row) {
  const auto holder = pass_holder(services.passes, request);
  return holder && *holder == row.contribution.author;
}

bool may_contest(const Services& services, const net::HttpRequest& request, const review::Docket& docket,
                 const store::ReceiptRow& row) {
  const auto& id = row.contribution.id;
  return row.contribution.state != "withdrawn" && docket.is_contestable(id) && !docket.contestation_of(id) &&
         is_author(services, request, row);
}

void add_contestation_routes(net::Router& router, Services& services) {
  router.add("POST", "/api/receipts/{receipt}/contestation",
             [&services](const net::HttpRequest& request, const std::vector<std::string>& arguments,
                         Executor&, net::Respond respond) {
               auto body = read_body<ContestationBody>(request);
               if (const auto* wrong = std::get_if<Rejection>(&body))
                 return respond(net::problem(422, *wrong));
               contest(services, request, arguments[0], std::get<ContestationBody>(body), std::move(respond));
             });
}

} // namespace warsha::consultation
