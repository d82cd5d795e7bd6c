#include "server/consultation/reviewing.hpp"

#include "server/aggregation/defaults.hpp"
#include "server/consultation/handlers.hpp"
#include "server/review/entry_codec.hpp"
#include "server/store/connection.hpp"
#include "server/store/plans.hpp"
#include "server/store/review.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace warsha::consultation {

using nlohmann::json;

namespace {

std::int64_t status_of(Code code) {
  switch (code) {
  case Code::not_permitted:
    return 403;
  case Code::proposal_not_found:
  case Code::contribution_not_found:
  case Code::commitment_not_found:
  case Code::question_not_found:
  case Code::not_found:
    return 404;
  case Code::changed_meanwhile:
    return 409;
  case Code::busy:
    return 503;
  default:
    return 422;
  }
}

bool is_administration(const std::string& id) {
  return aggregation::shipped_register().find(id) != nullptr;
}

/// As the entry that proposed it says: other dockets are not to be read on the writer's thread.
bool is_elsewhere_in_plan(store::Connection& connection, const ConsultationId& here, const ProposalId& id) {
  const auto entry = store::find_review_entry(connection, id_cast<CommandId>(id));
  if (!entry || entry->consultation == here)
    return false;
  const auto plan = store::plan_of(connection, here);
  if (!plan || store::plan_of(connection, entry->consultation) != plan)
    return false;
  const auto decoded = review::decode_entry(entry->consultation, entry->seq, entry->body);
  const auto* proposed = std::get_if<review::Entry>(&decoded);
  return proposed && std::holds_alternative<review::action::Propose>(proposed->action);
}

} // namespace

std::optional<Standing> standing_of(store::Connection& connection, const net::HttpRequest& request,
                                    const ConsultationId& consultation) {
  const auto account = signed_in(connection, request);
  if (!account)
    return std::nullopt;
  Standing standing;
  standing.reviewer.id = account->id;
  for (const auto& grant : store::grants_of(connection, account->id)) {
    standing.reviewer.organiser |= grant.role == Role::organiser && grant.scope == consultation.text();
    standing.reviewer.committee |= grant.role == Role::committee && grant.scope == consultation.text();
    if (grant.role == Role::reviewer)
      standing.reviewer.administrations.insert(grant.scope);
  }
  return standing;
}

review::Surroundings surroundings(store::Connection& connection, const ConsultationId& consultation) {
  return {[&connection, consultation](const ContributionId& id) -> std::optional<store::ContributionRow> {
            auto found = store::find_contribution(connection, id);
            const auto workshop = found ? store::find_workshop(connection, found->workshop) : std::nullopt;
            if (!workshop || workshop->consultation != consultation)
              return std::nullopt;
            return std::move(found->contribution);
          },
          is_administration,
          [&connection](const ActorId& account, const std::string& administration) {
            const auto grants = store::grants_of(connection, account);
            return std::any_of(grants.begin(), grants.end(), [&](const store::Grant& grant) {
              return grant.role == Role::reviewer && grant.scope == administration;
            });
          },
          [&connection, consultation] {
            return store::count_granted(connection, {Role::committee, consultation.text()});
          },
          [&connection, consultation](const ProposalId& id) {
            return is_elsewhere_in_plan(connection, consultation, id);
          }};
}

void reply_to(const net::Respond& respond, const review::Ledger::Outcome& outcome) {
  if (const auto* wrong = std::get_if<Rejection>(&outcome))
    return respond(
        net::problem(static_cast<int>(status_of(wrong->code)), *wrong,
                     wrong->code == Code::busy ? std::optional<std::int64_t>(2000) : std::nullopt));
  respond(net::json_response(200, json{{"seq", std::get<Seq>(outcome)}}.dump()));
}

} // namespace warsha::consultation
