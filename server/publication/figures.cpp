#include "server/publication/figures.hpp"

#include <algorithm>

namespace warsha::publication {

using nlohmann::json;

namespace {

/// A proposal that was declined is with nobody.
void count(Figures& figures, const json& proposal) {
  if (proposal.at("state") == "transferred")
    return;
  ++figures.received;
  figures.late += proposal.at("late_days").get<int>() > 0 ? 1 : 0;
  const auto answer = proposal.find("answer");
  if (answer == proposal.end())
    return;
  ++figures.answered;
  if (!proposal.contains("due_at") || answer->at("at") <= proposal.at("due_at"))
    ++figures.on_time;
  if (answer->at("kind") == "taken" || answer->at("kind") == "taken_in_part")
    ++figures.taken;
}

} // namespace

std::vector<Figures> figures_of(const Records& records) {
  std::map<std::string, Figures> by_id;
  for (const auto& record : records)
    for (const auto& proposal : record->document.at("proposals")) {
      if (const auto lead = proposal.value("lead", std::string()); !lead.empty())
        count(by_id[lead], proposal);
      for (const auto& helper : proposal.at("contributing"))
        ++by_id[helper].contributed;
    }
  std::vector<Figures> all;
  for (auto& [id, figures] : by_id) {
    if (figures.received + figures.contributed == 0)
      continue;
    figures.administration = id;
    all.push_back(std::move(figures));
  }
  std::ranges::stable_sort(all, std::greater(), &Figures::received);
  return all;
}

Figures figures_of(const Records& records, const std::string& administration) {
  const auto all = figures_of(records);
  const auto found = std::ranges::find(all, administration, &Figures::administration);
  return found == all.end() ? Figures{administration} : *found;
}

} // namespace warsha::publication
