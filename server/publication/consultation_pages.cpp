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

json workshops_of(const Texts& texts, const Record& record, const std::string& chosen) {
  json out = json::array();
  for (const auto& workshop : record.document.at("workshops")) {
    out.push_back({{"id", workshop.at("id")},
                   {"title", workshop.at("title")},
                   {"contributions", texts.count("public.contributions", workshop.at("contributions"))},
                   {"open", !workshop.at("closed").get<bool>()},
                   {"balance", balance_sheet(texts, workshop.at("balance"))},
                   {"chosen", workshop.at("id") == chosen},
                   {"url", "/consultations/" + record.consultation.text() + "?language=" + texts.language() +
                               "&workshop=" + workshop.at("id").get<std::string>() + "#said"}});
    if (workshop.contains("form"))
      out.back()["written"] = {{"url", "/write/" + workshop.at("id").get<std::string>()}};
    else
      out.back()["room"] = {{"people", texts.count("public.people", workshop.at("people"))}};
  }
  return out;
}

/// What the list of what was said can be narrowed to: only themes that occur in the workshop that is chosen.
json choices(const Texts& texts, const Record& record, const SaidFilter& filter) {
  json out{{"workshops", json::array()}};
  std::set<std::string> themes;
  for (const auto& workshop : record.document.at("workshops"))
    out["workshops"].push_back(option(workshop.at("id"), workshop.at("title"), filter.workshop));
  for (const auto& contribution : record.document.at("contributions"))
    if (contribution.contains("theme") &&
        (filter.workshop.empty() || contribution.at("workshop") == filter.workshop))
      themes.insert(contribution.at("theme").get<std::string>());
  for (const auto& theme : themes)
    out["themes"]["options"].push_back(option(theme, theme, filter.theme));
  for (const auto* kind : {"problem", "solution", "result"})
    out["kinds"].push_back(option(kind, texts(std::string("kind.") + kind), filter.kind));
  for (const std::string place : SaidFilter::kPlaces)
    out["places"].push_back(
        option(place, texts(place == "answered" ? "state.answered" : "balance." + place), filter.place));
  return out;
}

/// Of a published ground, in words; the key of "other" must not look like a plural form.
std::string ground_of(const Texts& texts, const json& contribution) {
  const auto ground = contribution.value("ground", std::string());
  return ground.empty() ? ground : texts("ground." + (ground == "other" ? "otherGround" : ground));
}

std::string rated_sentence(const Texts& texts, std::size_t ratings) {
  return ratings == 0 ? texts("public.decided.unrated") : texts.count("public.decided", ratings);
}

/// Whose fate it has: its own, or that of what it stands under.
const json& head_of(const Record& record, const json& contribution) {
  const auto* head =
      contribution.contains("merged_into") ? record.contribution(contribution.at("merged_into")) : nullptr;
  return contribution.at("state") == "merged" && head ? *head : contribution;
}

json way_of(const Texts& texts, const Record& record, const json& contribution, const json& head,
            const json* proposal) {
  const auto state = contribution.at("state").get<std::string>();
  json steps = json::array();
  steps.push_back(step(texts, "way.said", contribution.at("at"), true));
  if (state == "withdrawn" || state == "hidden" || state == "merged")
    steps.push_back(step(texts, "standing." + state, 0, true));
  if (state == "withdrawn" || state == "hidden")
    return steps;
  if (head.contains("refused")) {
    steps.push_back(step(texts, "way.refused", head.at("refused").at("at"), true));
    return steps;
  }
  add_way_of(texts, record, proposal, steps);
  return steps;
}

} // namespace

std::string consultations_page(const Visit& visit, const Records& records) {
  const auto& texts = visit.texts;
  auto model =
      frame(visit, "consultations", texts("public.consultations"), texts("public.consultations.lead"));
  for (const auto& record : records) {
    auto one = consultation_heading(texts, record->about());
    one["url"] = "/consultations/" + record->consultation.text();
    one["received"] = texts.count("public.contributions", record->document.at("balance").at("received"));
    one["proposals"] = texts.count("public.count", record->document.at("proposals").size());
    model["consultations"].push_back(std::move(one));
  }
  for (const auto& plan : plans_of(records))
    model["plans"]["all"].push_back(plan_heading(texts, *plan.about));
  model["empty"] = records.empty();
  return fill("consultations.html", texts, model);
}

std::optional<std::string> consultation_page(const Visit& visit, const Records& records,
                                             const std::string& id) {
  const auto& texts = visit.texts;
  for (const auto& record : records) {
    if (record->consultation.text() != id)
      continue;
    const auto& about = record->about();
    auto model = frame(visit, "consultations", about.at("title"), texts("public.consultation.lead"));
    model["consultation"] = consultation_heading(texts, about);
    if (about.contains("plan"))
      model["consultation"]["plan"] = plan_heading(texts, about.at("plan"));
    model["balance"] = balance_sheet(texts, record->document.at("balance"));
    const auto filter = SaidFilter::of(visit.query);
    const auto query = filter.query();
    model["workshops"] = workshops_of(texts, *record, filter.workshop);
    model["filter"] = choices(texts, *record, filter);
    model["path"] = "/consultations/" + id;
    std::vector<const json*> said;
    for (const auto& contribution : record->document.at("contributions"))
      if (filter.fits(*record, contribution))
        said.push_back(&contribution);
    const auto page = page_of(visit.asked("page"), said.size(), limits::kContributionsPerPage);
    for (auto i = page.first; i < page.end; ++i)
      model["contributions"].push_back(contribution_row(texts, *record, *said[i]));
    model["count"] = texts.count("public.contributions", said.size());
    model["empty"] = said.empty();
    model["narrowed"] = !query.empty();
    model["whole"] = query.empty();
    model["all_url"] = "/consultations/" + id + "?language=" + texts.language();
    model["pager"] = pager(visit, query, page.number, page.pages);
    model["proposals_url"] = "/proposals?language=" + texts.language() + "&consultation=" + id;
    model["committee_url"] = "/consultations/" + id + "/committee?language=" + texts.language();
    model["scores_url"] = "/consultations/" + id + "/scores?language=" + texts.language();
    model["proposals_count"] = texts.count("public.count", record->document.at("proposals").size());
    model["feed"] = {{"url", "/proposals.atom?language=" + texts.language() + "&consultation=" + id}};
    offer_mail(visit, model, "consultation", id);
    model["json"] = "/api/consultations/" + id + "/record";
    model["csv"] = "/api/consultations/" + id + "/contributions.csv";
    return fill("consultation.html", texts, model);
  }
  return std::nullopt;
}

std::optional<std::string> contribution_page(const Visit& visit, const Records& records,
                                             const std::string& id) {
  const auto& texts = visit.texts;
  for (const auto& record : records) {
    const auto* contribution = record->contribution(id);
    if (!contribution)
      continue;
    const auto& head = head_of(*record, *contribution);
    const auto* proposal = head.contains("proposal") ? record->proposal(head.at("proposal")) : nullptr;
    auto view = contribution_row(texts, *record, *contribution);
    auto model = frame(visit, "consultations", texts("public.contribution"), view.at("text"));
    view["day"] = texts.day(contribution->at("at").get<TimeMs>());
    view["consultation"] = record->about().at("title");
    view["consultation_url"] = "/consultations/" + record->consultation.text();
    if (const auto* workshop = record->workshop(contribution->at("workshop")))
      view["workshop"] = {{"title", workshop->at("title")}};
    if (contribution->contains("revised"))
      view["revised"] = {{"text", contribution->at("revised")}};
    if (head.contains("refused")) {
      const auto& refused = head.at("refused");
      view["refused"] = {{"reason", texts("refusal." + refused.at("reason").get<std::string>())},
                         {"words", words_of(texts, refused.at("words"))}};
    }
    if (head.contains("ratings"))
      view["rated"] = {{"sentence", rated_sentence(texts, head.at("ratings"))}};
    if (contribution->at("state") == "hidden")
      view["hidden"] = {{"ground", ground_of(texts, *contribution)},
                        {"reason", contribution->value("reason", "")}};
    if (contribution->contains("contestation")) {
      const auto& contestation = contribution->at("contestation");
      const auto outcome = contestation.at("state").get<std::string>();
      view["contestation"] = {{"text", contestation.value("text", "")},
                              {"outcome", texts("contestation." + outcome)}};
      if (contestation.contains("words"))
        view["contestation"]["decided"] = {{"words", words_of(texts, contestation.at("words"))}};
    }
    if (contribution->contains("merged_into"))
      if (const auto* under = record->contribution(contribution->at("merged_into")))
        view["head"] = contribution_row(texts, *record, *under);
    for (const auto& under : contribution->value("merged", json::array()))
      if (const auto* merged = record->contribution(under))
        view["under"]["rows"].push_back(contribution_row(texts, *record, *merged));
    model["contribution"] = std::move(view);
    offer_mail(visit, model, "contribution", id);
    model["way"] = way_of(texts, *record, *contribution, head, proposal);
    if (proposal) {
      model["proposal"] = proposal_card(texts, *record, *proposal);
      model["feed"] = {{"url", "/proposals.atom?language=" + texts.language() +
                                   "&proposal=" + proposal->at("id").get<std::string>()}};
    }
    return fill("contribution.html", texts, model);
  }
  return std::nullopt;
}

} // namespace warsha::publication
