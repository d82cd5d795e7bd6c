#include "server/access/secrets.hpp"
#include "server/consultation/handlers.hpp"
#include "server/consultation/read_body.hpp"
#include "server/consultation/reviewing.hpp"
#include "server/live/event_codec.hpp"
#include "server/runtime/executor.hpp"
#include "server/store/connection.hpp"

#include <algorithm>

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

/// Who put a contribution under the one it stands under; none when nothing did.
std::optional<ActorId> merged_by(store::Connection& connection, const WorkshopId& workshop,
                                 const ContributionId& id) {
  std::optional<ActorId> by;
  auto head = id; // a group that is merged into another takes its members along
  store::read_events(connection, workshop, 0, [&](Seq seq, std::string_view body) {
    const auto decoded = live::decode_body(workshop, seq, body);
    const auto* event = std::get_if<live::Event>(&decoded);
    const auto names = [](const auto& change, const ContributionId& one) {
      return std::ranges::find(change.contributions, one) != change.contributions.end();
    };
    if (!event)
      return;
    if (const auto* merged = std::get_if<live::change::Merged>(&event->change);
        merged && (names(*merged, id) || names(*merged, head))) {
      head = merged->into;
      by = event->by;
    } else if (const auto* apart = std::get_if<live::change::Unmerged>(&event->change);
               apart && names(*apart, id)) {
      head = id;
      by.reset();
    }
  });
  return by;
}

/// The author's word, with the decision that it is against. Of one that was made before: with the same again.
review::action::Contest contest_of(Services& services, store::Connection& connection,
                                   const ConsultationId& consultation, const store::ReceiptRow& row,
                                   std::string text) {
  review::action::Contest contest{row.contribution.id, std::move(text), {}, {}};
  services.ledger.look(connection, consultation, [&](const review::Docket& docket) {
    const auto* before = docket.contestation_of(row.contribution.id);
    contest.against = before ? std::optional(before->against) : review::contestable(docket, row.contribution);
    if (contest.against == review::Contested::merged && before && before->contested != ActorId{})
      contest.contested = before->contested;
  });
  // A meeting's journal is long: others look at the docket meanwhile.
  if (contest.against == review::Contested::merged && !contest.contested)
    contest.contested = merged_by(connection, row.workshop, row.contribution.id);
  return contest;
}

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
        auto wanted = contest_of(services, connection, workshop->consultation, *row, body.text);
        services.ledger.act(
            workshop->consultation, {body.id, std::move(wanted), std::nullopt}, author,
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
  return row.contribution.state != "withdrawn" && review::contestable(docket, row.contribution) &&
         !docket.contestation_of(row.contribution.id) && is_author(services, request, row);
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
