#include "server/publication/page_parts.hpp"
#include "server/publication/pages.hpp"
#include "server/publication/templates.hpp"

#include <algorithm>
#include <vector>

namespace warsha::publication {

using nlohmann::json;

namespace {

struct Figures {
  std::string name;
  std::string id;
  std::size_t received = 0;
  std::size_t answered = 0;
  std::size_t on_time = 0;
  std::size_t taken = 0;
  std::size_t late = 0;
  std::size_t contributed = 0; // to what another leads
};

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

/// A count, and what part of the whole it is; of nothing there is no part.
json with_share(const Texts& texts, std::size_t count, std::size_t whole) {
  json out{{"count", texts.number(count)}};
  if (whole > 0)
    out["share"] = {
        {"percent", percent_sentence(texts, static_cast<double>(count) / static_cast<double>(whole))}};
  return out;
}

} // namespace

std::string administrations_page(const Visit& visit, const Records& records) {
  const auto& texts = visit.texts;
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
    figures.id = id;
    figures.name = administration_name(texts, id);
    all.push_back(figures);
  }
  std::ranges::stable_sort(all, std::greater(), &Figures::received);
  auto model =
      frame(visit, "administrations", texts("public.administrations"), texts("public.administrations.lead"));
  for (const auto& one : all)
    model["administrations"].push_back(
        {{"name", one.name},
         {"url", "/proposals?language=" + texts.language() + "&administration=" + one.id},
         {"received", texts.number(one.received)},
         {"answered", with_share(texts, one.answered, one.received)},
         {"on_time", with_share(texts, one.on_time, one.answered)},
         {"taken", with_share(texts, one.taken, one.answered)},
         {"late", texts.number(one.late)},
         {"is_late", one.late > 0},
         {"contributed", texts.number(one.contributed)}});
  model["empty"] = all.empty();
  return fill("administrations.html", texts, model);
}

std::string missing_page(const Visit& visit) {
  auto model = frame(visit, "nowhere", visit.texts("public.missing"), visit.texts("public.missing.lead"));
  return fill("missing.html", visit.texts, model);
}

std::string Visit::asked(const char* name) const {
  const auto found = query.find(name);
  return found == query.end() ? std::string() : found->second;
}

} // namespace warsha::publication
