#include "server/publication/feed.hpp"

#include "protocol/limits.hpp"
#include "server/publication/page_parts.hpp"
#include "server/publication/selection.hpp"
#include "server/publication/templates.hpp"

#include <algorithm>

namespace warsha::publication {

using nlohmann::json;

namespace {

TimeMs last_change(const json& proposal) {
  auto at = proposal.at("at").get<TimeMs>();
  for (const auto& hop : proposal.at("hops"))
    at = std::max(at, hop.at("at").get<TimeMs>());
  if (proposal.contains("answer"))
    at = std::max(at, proposal.at("answer").at("at").get<TimeMs>());
  return at;
}

json entry(const Visit& visit, const Selected& selected) {
  const auto& proposal = *selected.proposal;
  const auto card = proposal_card(visit.texts, *selected.record, proposal);
  const auto id = proposal.at("id").get<std::string>();
  auto summary = card.at("state").get<std::string>();
  if (card.contains("lead"))
    summary += " · " + card.at("lead").at("name").get<std::string>();
  json out{{"id", "urn:uuid:" + id},
           {"title", proposal.at("title")},
           {"url", visit.public_url + "/proposals/" + id + "?language=" + visit.texts.language()},
           {"published", instant(proposal.at("at"))},
           {"updated", instant(last_change(proposal))}};
  if (card.contains("answer")) {
    summary += " · " + card.at("answer").at("kind").get<std::string>();
    out["answer"] = {{"words", card.at("answer").at("words")}};
  }
  out["summary"] = std::move(summary);
  return out;
}

} // namespace

std::string feed(const Visit& visit, const Records& records) {
  const auto filter = Filter::of(visit.query);
  auto selected = select(records, filter);
  auto query = filter.query();
  if (const auto one = visit.asked("proposal"); !one.empty()) {
    std::erase_if(selected, [&](const Selected& each) { return each.proposal->at("id") != one; });
    query = "proposal=" + percent_encoded(one);
  }
  std::ranges::stable_sort(selected, std::greater(),
                           [](const Selected& each) { return last_change(*each.proposal); });
  selected.resize(std::min(selected.size(), limits::kFeedEntries));
  const auto suffix = "?language=" + visit.texts.language() + (query.empty() ? "" : "&" + query);
  json model{{"language", visit.texts.language()},
             {"title", visit.texts("public.updated")},
             {"id", visit.public_url + "/proposals.atom" + suffix},
             {"self", visit.public_url + "/proposals.atom" + suffix},
             {"page", visit.public_url + "/proposals" + suffix},
             {"updated", instant(selected.empty() ? 0 : last_change(*selected.front().proposal))}};
  for (const auto& each : selected)
    model["entries"].push_back(entry(visit, each));
  return fill("feed.xml", visit.texts, model);
}

} // namespace warsha::publication
