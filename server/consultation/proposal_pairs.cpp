#include "server/consultation/proposal_pairs.hpp"

#include "server/review/ledger.hpp"
#include "server/review/proposal_twins.hpp"
#include "server/store/connection.hpp"
#include "server/store/consultations.hpp"
#include "server/store/plans.hpp"

#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <spdlog/spdlog.h>
#include <vector>

namespace warsha::consultation {

using nlohmann::json;

namespace {

/// The other consultations of the plan, as suggestions need them: what is proposed there, and what was said
/// of it and a proposal here.
struct RestOfPlan {
  std::map<ConsultationId, review::Docket> dockets;
  std::vector<review::Elsewhere> standing;
  std::set<review::ProposalPair> linked, told_apart;

  /// Where a proposal is; null: not in the rest of the plan.
  [[nodiscard]] const review::Docket* with(const ProposalId& id) const {
    for (const auto& [consultation, docket] : dockets)
      if (docket.find(id))
        return &docket;
    return nullptr;
  }
};

RestOfPlan read_rest_of_plan(review::Ledger& ledger, store::Connection& connection,
                             const ConsultationId& here) {
  RestOfPlan rest;
  const auto plan = store::plan_of(connection, here);
  if (!plan)
    return rest;
  for (const auto& id : store::consultations_of(connection, *plan)) {
    if (id == here)
      continue;
    // One that cannot be read does not take the work on the others away.
    try {
      ledger.look(connection, id, [&](const review::Docket& docket) { rest.dockets[id] = docket; });
    } catch (const std::exception& error) {
      spdlog::error("suggestions without consultation {}: {}", id.text(), error.what());
    }
  }
  for (const auto& [id, docket] : rest.dockets) {
    for (const auto& [proposal_id, proposal] : docket.proposals)
      if (!proposal.ending)
        rest.standing.push_back({proposal_id, proposal.title, proposal.text});
    for (const auto& [pair, since] : docket.links)
      rest.linked.insert(pair);
    rest.told_apart.insert(docket.told_apart.begin(), docket.told_apart.end());
  }
  return rest;
}

json view_briefly(const review::Proposal& proposal) {
  return {{"id", proposal.id.text()}, {"title", proposal.title}, {"text", proposal.text}};
}

/// Pairs of a proposal here and another one, wherever that is.
struct PairViews {
  store::Connection& connection;
  const review::Docket& docket;
  const RestOfPlan& rest;

  /// Null: it is of no consultation that can be read.
  [[nodiscard]] json other(const ProposalId& id) const {
    if (const auto* proposal = docket.find(id))
      return view_briefly(*proposal);
    const auto* there = rest.with(id);
    const auto row = there ? store::find_consultation(connection, there->consultation) : std::nullopt;
    if (!row)
      return nullptr;
    auto out = view_briefly(*there->find(id));
    out["consultation"] = {{"id", row->id.text()}, {"title", row->title}, {"city", row->city}};
    return out;
  }
  [[nodiscard]] json twins(const std::vector<review::Twins>& all) const {
    json out = json::array();
    for (const auto& one : all)
      if (auto view = other(one.other); !view.is_null())
        out.push_back({{"proposal", view_briefly(*docket.find(one.proposal))},
                       {"other", std::move(view)},
                       {"likeness", one.likeness}});
    return out;
  }
  /// Of those pairs that have a proposal here; null when there is none, or the other one cannot be read.
  [[nodiscard]] json pair(const review::ProposalPair& pair) const {
    const bool first_is_here = docket.find(pair.first) != nullptr;
    const auto* here = docket.find(first_is_here ? pair.first : pair.second);
    auto view = here ? other(first_is_here ? pair.second : pair.first) : json();
    return view.is_null() ? json() : json{{"proposal", view_briefly(*here)}, {"other", std::move(view)}};
  }
  [[nodiscard]] json told_apart() const {
    json out = json::array();
    for (const auto& one : docket.told_apart)
      if (auto view = pair(one); !view.is_null())
        out.push_back(std::move(view));
    return out;
  }
  /// `own`: said here, so that it can be taken back here; else it was said there. What either side told apart
  /// is no link.
  [[nodiscard]] json links() const {
    json out = json::array();
    const auto add = [&](const review::ProposalPair& one, bool own) {
      if (docket.told_apart.contains(one) || rest.told_apart.contains(one))
        return;
      if (auto view = pair(one); !view.is_null()) {
        view["own"] = own;
        out.push_back(std::move(view));
      }
    };
    for (const auto& [one, since] : docket.links)
      add(one, true);
    for (const auto& one : rest.linked)
      if (!docket.links.contains(one))
        add(one, false);
    return out;
  }
};

} // namespace

json view_pairs(review::Ledger& ledger, store::Connection& connection, const review::Docket& docket) {
  const auto rest = read_rest_of_plan(ledger, connection, docket.consultation);
  auto settled = rest.linked;
  settled.insert(rest.told_apart.begin(), rest.told_apart.end());
  const PairViews views{connection, docket, rest};
  return {{"twins", views.twins(review::twins_within(docket))},
          {"elsewhere", views.twins(review::twins_elsewhere(docket, rest.standing, settled))},
          {"links", views.links()},
          {"told_apart", views.told_apart()}};
}

} // namespace warsha::consultation
