#include "server/aggregation/defaults.hpp"
#include "server/publication/figures.hpp"
#include "server/publication/page_parts.hpp"
#include "server/publication/pages.hpp"
#include "server/publication/selection.hpp"
#include "server/publication/templates.hpp"

#include <algorithm>

namespace warsha::publication {

using aggregation::Administration;
using aggregation::shipped_register;
using nlohmann::json;

namespace {

constexpr std::size_t kCards = 10;

/// A count, and what part of the whole it is; of nothing there is no part.
json with_share(const Texts& texts, std::size_t count, std::size_t whole) {
  json out{{"count", texts.number(count)}};
  if (whole > 0)
    out["share"] = {
        {"percent", percent_sentence(texts, static_cast<double>(count) / static_cast<double>(whole))}};
  return out;
}

/// What became of what was sent to it, in the columns of the tables.
json with_figures(const Texts& texts, const Figures& one) {
  return {{"received", texts.number(one.received)},
          {"answered", with_share(texts, one.answered, one.received)},
          {"on_time", with_share(texts, one.on_time, one.answered)},
          {"taken", with_share(texts, one.taken, one.answered)},
          {"late", texts.number(one.late)},
          {"is_late", one.late > 0},
          {"contributed", texts.number(one.contributed)}};
}

std::string kind_of(const Texts& texts, const Administration& body) {
  return texts("body." + body.kind);
}

json group(const Texts& texts, const std::string& heading, const std::string& territory) {
  json bodies = json::array();
  for (const auto& body : shipped_register().administrations)
    if (body.territory == territory) {
      auto one = administration_link(texts, body.id);
      one["kind"] = kind_of(texts, body);
      bodies.push_back(std::move(one));
    }
  const auto count = texts.number(bodies.size());
  return {{"heading", heading}, {"count", count}, {"open", territory.empty()}, {"bodies", std::move(bodies)}};
}

std::string territory_of(const Texts& texts, const Administration& body) {
  for (const auto& territory : shipped_register().territories)
    if (territory.code == body.territory)
      return territory.names.at(texts.language());
  return texts("register.country");
}

/// In the languages that the page is not in.
json other_names(const Texts& texts, const Administration& body) {
  json out = json::array();
  for (const auto& [language, name] : body.names)
    if (language != texts.language())
      out.push_back({{"code", language}, {"direction", Texts::of(language).direction()}, {"name", name}});
  return out;
}

void add_competences(const Texts& texts, const Administration& body, json& out) {
  const std::string language = texts.language() == "ar" ? "ar" : "fr"; // there is no third
  out["competences_language"] = language;
  out["competences_direction"] = Texts::of(language).direction();
  for (const auto& phrase : body.competences.at(language))
    out["competences"].push_back({{"phrase", phrase}});
}

/// The latest of what was sent to it.
void add_sent(const Texts& texts, const Records& records, const Administration& body, json& out) {
  Filter filter;
  filter.administration = body.id;
  const auto sent = select(records, filter);
  if (sent.empty())
    return;
  json cards = json::array();
  for (std::size_t i = 0; i < std::min(sent.size(), kCards); ++i)
    cards.push_back(proposal_card(texts, *sent[i].record, *sent[i].proposal));
  out["sent"] = {{"proposals", std::move(cards)},
                 {"all_url", "/proposals?language=" + texts.language() + "&" + filter.query()}};
}

} // namespace

std::string administrations_page(const Visit& visit, const Records& records) {
  const auto& texts = visit.texts;
  auto model =
      frame(visit, "administrations", texts("public.administrations"), texts("public.administrations.lead"));
  for (const auto& one : figures_of(records)) {
    auto row = with_figures(texts, one);
    row.update(administration_link(texts, one.administration));
    model["figures"]["administrations"].push_back(std::move(row));
  }
  model["empty"] = !model.contains("figures");
  model["groups"].push_back(group(texts, texts("register.national"), ""));
  for (const auto& territory : shipped_register().territories)
    model["groups"].push_back(group(texts, territory.names.at(texts.language()), territory.code));
  model["csv"] = "/api/administrations.csv";
  return fill("administrations.html", texts, model);
}

std::optional<std::string> administration_page(const Visit& visit, const Records& records,
                                               const std::string& id) {
  const auto& texts = visit.texts;
  const auto* body = shipped_register().find(id);
  if (!body)
    return std::nullopt;
  const auto name = administration_name(texts, id);
  auto model = frame(visit, "administrations", name, texts("register.about", {{"name", name}}));
  json out{{"name", name},
           {"kind", kind_of(texts, *body)},
           {"territory", territory_of(texts, *body)},
           {"names", other_names(texts, *body)}};
  if (!body->parent.empty())
    out["parent"] = administration_link(texts, body->parent);
  for (const auto& other : shipped_register().administrations)
    if (other.parent == id)
      out["parts"]["bodies"].push_back(administration_link(texts, other.id));
  const auto figures = figures_of(records, id);
  if (figures.received + figures.contributed > 0)
    out["figures"] = with_figures(texts, figures);
  else
    out["unasked"] = true;
  add_competences(texts, *body, out);
  add_sent(texts, records, *body, out);
  model["administration"] = std::move(out);
  model["json"] = "/api/administrations/" + id;
  return fill("administration.html", texts, model);
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
