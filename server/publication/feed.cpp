#include "server/publication/feed.hpp"

#include "protocol/limits.hpp"
#include "server/publication/page_parts.hpp"
#include "server/publication/selection.hpp"
#include "server/publication/templates.hpp"
#include "server/runtime/instant.hpp"

#include <algorithm>
#include <set>

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

/// Something that happened, and when last.
struct News {
  TimeMs at{};
  json entry;
};

/// The address, the title and the times that every entry has.
News news(const Visit& visit, const std::string& id, const std::string& path, const std::string& title,
          TimeMs published, TimeMs updated) {
  return {updated,
          {{"id", "urn:uuid:" + id},
           {"title", title},
           {"url", visit.public_url + path + id + "?language=" + visit.texts.language()},
           {"published", instant(published)},
           {"updated", instant(updated)}}};
}

News of_proposal(const Visit& visit, const Selected& selected) {
  const auto& proposal = *selected.proposal;
  const auto card = proposal_card(visit.texts, *selected.record, proposal);
  auto out = news(visit, proposal.at("id"), "/proposals/", proposal.at("title"), proposal.at("at"),
                  last_change(proposal));
  auto summary = card.at("state").get<std::string>();
  if (card.contains("lead"))
    summary += " · " + card.at("lead").at("name").get<std::string>();
  if (card.contains("answer")) {
    summary += " · " + card.at("answer").at("kind").get<std::string>();
    out.entry["answer"] = {{"words", card.at("answer").at("words")}};
  }
  out.entry["summary"] = std::move(summary);
  return out;
}

/// The last of one that stands no more: where it went, and why.
News of_ended(const Visit& visit, const json& proposal) {
  const auto& texts = visit.texts;
  auto out = news(visit, proposal.at("id"), "/proposals/", proposal.at("title"), proposal.at("at"),
                  proposal.at("ended_at"));
  auto summary = texts("state." + proposal.at("state").get<std::string>());
  if (proposal.contains("into"))
    summary += " · " + proposal.at("into").at("title").get<std::string>();
  out.entry["summary"] = std::move(summary);
  out.entry["answer"] = {{"words", words_of(texts, proposal.at("words"))}};
  return out;
}

News of_refusal(const Visit& visit, const SelectedContribution& selected) {
  const auto& texts = visit.texts;
  const auto& contribution = *selected.contribution;
  const auto& refused = contribution.at("refused");
  const auto row = contribution_row(texts, *selected.record, contribution);
  auto out = news(visit, contribution.at("id"), "/contributions/", row.at("text"), refused.at("at"),
                  refused.at("at"));
  out.entry["summary"] = texts("balance.refused") + " · " + row.at("standing").get<std::string>();
  out.entry["answer"] = {{"words", words_of(texts, refused.at("words"))}};
  return out;
}

News of_commitment(const Visit& visit, const json& commitment) {
  const auto& texts = visit.texts;
  const auto confirmed = commitment.at("confirmed_at").get<TimeMs>();
  auto last = confirmed;
  for (const auto& activity : commitment.at("activities"))
    for (const auto& report : activity.at("progress"))
      last = std::max(last, report.at("at").get<TimeMs>());
  auto out = news(visit, commitment.at("id"), "/commitments/", words_of(texts, commitment.at("title")),
                  confirmed, last);
  out.entry["summary"] = texts("way.committed") + " · " +
                         texts("status." + commitment.at("status").get<std::string>()) + " · " +
                         administration_name(texts, commitment.at("lead"));
  out.entry["answer"] = {{"words", words_of(texts, commitment.at("description"))}};
  return out;
}

/// Those that one of the selected proposals went into.
std::vector<const json*> commitments_of(const Records& records, const std::vector<Selected>& selected) {
  std::set<std::string> ids;
  for (const auto& each : selected)
    if (each.proposal->contains("commitment"))
      ids.insert(each.proposal->at("commitment").at("id").get<std::string>());
  std::vector<const json*> out;
  for (const auto& record : records)
    for (const auto& commitment : record->document.at("commitments"))
      if (ids.contains(commitment.at("id").get<std::string>()))
        out.push_back(&commitment);
  return out;
}

} // namespace

std::string feed(const Visit& visit, const Records& records) {
  const auto filter = Filter::of(visit.query);
  auto selected = select(records, filter);
  auto query = filter.query();
  std::vector<News> all;
  if (const auto one = visit.asked("proposal"); !one.empty()) {
    std::erase_if(selected, [&](const Selected& each) { return each.proposal->at("id") != one; });
    query = "proposal=" + percent_encoded(one);
    for (const auto& record : records)
      if (const auto* ended = record->ended_proposal(one))
        all.push_back(of_ended(visit, *ended));
  } else {
    for (const auto& refused : select_refused(records, filter))
      all.push_back(of_refusal(visit, refused));
  }
  for (const auto& each : selected)
    all.push_back(of_proposal(visit, each));
  for (const auto* commitment : commitments_of(records, selected))
    all.push_back(of_commitment(visit, *commitment));
  std::ranges::stable_sort(all, std::greater(), &News::at);
  all.resize(std::min(all.size(), limits::kFeedEntries));
  const auto suffix = "?language=" + visit.texts.language() + (query.empty() ? "" : "&" + query);
  json model{{"language", visit.texts.language()},
             {"title", visit.texts("public.updated")},
             {"id", visit.public_url + "/proposals.atom" + suffix},
             {"self", visit.public_url + "/proposals.atom" + suffix},
             {"page", visit.public_url + "/proposals" + suffix},
             {"updated", instant(all.empty() ? 0 : all.front().at)}};
  for (auto& each : all)
    model["entries"].push_back(std::move(each.entry));
  return fill("feed.xml", visit.texts, model);
}

} // namespace warsha::publication
