#include "protocol/limits.hpp"
#include "server/publication/balance_sheet.hpp"
#include "server/publication/page_parts.hpp"
#include "server/publication/pages.hpp"
#include "server/publication/plans.hpp"
#include "server/publication/selection.hpp"
#include "server/publication/templates.hpp"

#include <set>

namespace warsha::publication {

using nlohmann::json;

namespace {

/// Each with its own balance sheet, so that the plan's can be added up again by hand.
json consultations_of(const Texts& texts, const Plan& plan) {
  json out = json::array();
  for (const auto& record : plan.records) {
    auto one = consultation_heading(texts, record->about());
    const auto& balance = record->document.at("balance");
    one["url"] = "/consultations/" + record->consultation.text();
    one["contributions"] = texts.count("public.contributions", balance.at("received"));
    one["proposals"] = texts.count("public.count", record->document.at("proposals").size());
    one["balance"] = balance_sheet(texts, balance);
    out.push_back(std::move(one));
  }
  return out;
}

/// What the list of proposals can be narrowed to at once; the rest is beside that list.
json choices(const Texts& texts, const Plan& plan) {
  std::set<std::string> regions;
  std::map<std::string, std::string> administrations; // name -> id
  for (const auto& record : plan.records) {
    regions.insert(record->about().at("region").get<std::string>());
    for (const auto& proposal : record->document.at("proposals"))
      if (proposal.contains("lead"))
        administrations.emplace(administration_name(texts, proposal.at("lead")), proposal.at("lead"));
  }
  json out{{"plan", plan.about->at("id")}};
  for (const auto& region : regions)
    if (!region.empty())
      out["regions"].push_back(option(region, region, ""));
  for (const auto& [label, id] : administrations)
    out["administrations"].push_back(option(id, label, ""));
  for (const auto* state : {"open", "routed", "transferred", "answered"})
    out["states"].push_back(option(state, texts(std::string("state.") + state), ""));
  return out;
}

/// What is asked for in several consultations, the widest first.
json linked_of(const Texts& texts, const Plan& plan) {
  json out;
  for (const auto& group : linked_groups(plan)) {
    if (out.contains("groups") && out.at("groups").size() == limits::kProposalsPerPage)
      break;
    json one{
        {"reach", texts("plan.reach", {{"proposals", texts.count("public.count", group.size())},
                                       {"regions", texts.count("plan.regions", regions_of(group).size())}})}};
    for (const auto& [record, proposal] : group)
      one["proposals"].push_back({{"url", "/proposals/" + proposal->at("id").get<std::string>()},
                                  {"title", proposal->at("title")},
                                  {"city", record->about().at("city")},
                                  {"state", texts("state." + proposal->at("state").get<std::string>())}});
    out["groups"].push_back(std::move(one));
  }
  return out;
}

} // namespace

std::optional<std::string> plan_page(const Visit& visit, const Records& records, const std::string& id) {
  const auto& texts = visit.texts;
  const auto plan = find_plan(records, id);
  if (!plan)
    return std::nullopt;
  auto heading = plan_heading(texts, *plan->about);
  auto model = frame(visit, "consultations", heading.at("title"), texts("plan.lead"));
  for (const auto& axis : plan->about->at("axes"))
    heading["axes"]["all"].push_back({{"title", words_of(texts, axis)}});
  model["plan"] = std::move(heading);
  model["balance"] = balance_sheet(texts, plan_balance(*plan));
  model["consultations"] = consultations_of(texts, *plan);
  model["consultations_count"] = texts.count("plan.consultations", plan->records.size());
  const auto proposals = select(plan->records, {});
  model["filter"] = choices(texts, *plan);
  model["proposals_count"] = texts.count("public.count", proposals.size());
  model["proposals_url"] = "/proposals?language=" + texts.language() + "&plan=" + id;
  model["linked"] = linked_of(texts, *plan);
  const auto commitments = select_commitments(plan->records, {});
  model["commitments_count"] = texts.count("public.commitments.count", commitments.size());
  model["commitments_url"] = "/commitments?language=" + texts.language() + "&plan=" + id;
  model["no_commitment"] = commitments.empty();
  for (std::size_t i = 0; i < std::min(commitments.size(), limits::kCommitmentsPerPage); ++i)
    model["commitments"].push_back(commitment_card(texts, *commitments[i]));
  model["more_commitments"] = commitments.size() > limits::kCommitmentsPerPage;
  model["feed"] = {{"url", "/proposals.atom?language=" + texts.language() + "&plan=" + id}};
  model["json"] = "/api/plans/" + id;
  model["csv"] = "/api/plans/" + id + "/balance.csv";
  model["proposals_csv"] = "/api/proposals.csv?plan=" + id;
  model["commitments_csv"] = "/api/commitments.csv?plan=" + id;
  return fill("plan.html", texts, model);
}

} // namespace warsha::publication
