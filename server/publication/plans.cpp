#include "server/publication/plans.hpp"

#include "server/publication/balance_sheet.hpp"
#include "server/publication/page_parts.hpp"

#include <algorithm>
#include <set>

namespace warsha::publication {

using nlohmann::json;

namespace {

using Ends = std::pair<std::string, std::string>;

Ends ends_of(const json& pair) {
  return std::minmax(pair.at("proposal").get<std::string>(), pair.at("other").get<std::string>());
}

/// Where a proposal of a plan stands now: what it was merged into goes on for it. Null proposal: it was
/// dissolved, or is not public.
Selected carried_on(const Records& of_plan, std::string id) {
  for (const auto& record : of_plan) {
    const auto* ended = record->ended_proposal(id);
    while (ended && ended->contains("into")) {
      id = ended->at("into").at("id").get<std::string>();
      ended = record->ended_proposal(id);
    }
    if (const auto* proposal = record->proposal(id))
      return {record.get(), proposal};
  }
  return {nullptr, nullptr};
}

/// Both ends stand, in two consultations, and neither side told them apart.
std::vector<std::pair<Selected, Selected>> standing_links(const Plan& plan) {
  std::set<Ends> told_apart;
  for (const auto& record : plan.records)
    for (const auto& pair : record->document.at("told_apart"))
      told_apart.insert(ends_of(pair));
  std::vector<std::pair<Selected, Selected>> all;
  for (const auto& record : plan.records)
    for (const auto& link : record->document.at("links")) {
      const auto ends = ends_of(link);
      if (told_apart.contains(ends))
        continue;
      const auto first = carried_on(plan.records, ends.first);
      const auto second = carried_on(plan.records, ends.second);
      if (first.proposal && second.proposal && first.record != second.record &&
          !told_apart.contains(std::minmax(first.proposal->at("id").get<std::string>(),
                                           second.proposal->at("id").get<std::string>())))
        all.emplace_back(first, second);
    }
  return all;
}

bool holds(const std::vector<Selected>& all, const Selected& one) {
  return std::ranges::find(all, one.proposal, &Selected::proposal) != all.end();
}

void add_once(std::vector<Selected>& all, const Selected& one) {
  if (!holds(all, one))
    all.push_back(one);
}

} // namespace

std::set<std::string> regions_of(const std::vector<Selected>& proposals) {
  std::set<std::string> regions;
  for (const auto& one : proposals)
    regions.insert(one.record->about().at("region").get<std::string>());
  return regions;
}

std::vector<Plan> plans_of(const Records& records) {
  std::vector<Plan> plans;
  for (const auto& record : records) {
    const auto id = record->plan();
    if (id.empty())
      continue;
    const auto known =
        std::ranges::find_if(plans, [&](const Plan& plan) { return plan.about->at("id") == id; });
    if (known != plans.end())
      known->records.push_back(record);
    else
      plans.push_back({&record->about().at("plan"), {record}});
  }
  std::ranges::stable_sort(plans, [](const Plan& a, const Plan& b) {
    return a.about->at("first_year") > b.about->at("first_year");
  });
  return plans;
}

std::optional<Plan> find_plan(const Records& records, const std::string& id) {
  for (auto& plan : plans_of(records))
    if (plan.about->at("id") == id)
      return std::move(plan);
  return std::nullopt;
}

json plan_balance(const Plan& plan) {
  auto sum = json::object();
  for (const auto& record : plan.records)
    add_balance(sum, record->document.at("balance"));
  return sum;
}

json plan_choice(const Texts& texts, const Records& records, const std::string& chosen) {
  json out;
  for (const auto& plan : plans_of(records))
    out["options"].push_back(option(plan.about->at("id"), words_of(texts, plan.about->at("title")), chosen));
  return out;
}

std::vector<Selected> linked_with(const Records& records, const Record& record, const std::string& proposal) {
  std::vector<Selected> linked;
  const auto plan = find_plan(records, record.plan());
  if (!plan)
    return linked;
  for (const auto& [first, second] : standing_links(*plan)) {
    const bool is_first = first.proposal->at("id") == proposal;
    if (is_first || second.proposal->at("id") == proposal)
      add_once(linked, is_first ? second : first);
  }
  return linked;
}

std::vector<std::vector<Selected>> linked_groups(const Plan& plan) {
  std::vector<std::vector<Selected>> groups;
  const auto group_of = [&](const Selected& one) {
    return std::ranges::find_if(groups, [&](const auto& group) { return holds(group, one); });
  };
  for (const auto& [first, second] : standing_links(plan)) {
    if (group_of(first) == groups.end())
      groups.push_back({first});
    const auto left = group_of(first);
    const auto right = group_of(second);
    if (right == groups.end()) {
      left->push_back(second);
    } else if (left != right) {
      left->insert(left->end(), right->begin(), right->end());
      groups.erase(right);
    }
  }
  std::ranges::stable_sort(groups, std::greater(), [](const auto& group) {
    return std::pair(regions_of(group).size(), group.size());
  });
  return groups;
}

} // namespace warsha::publication
