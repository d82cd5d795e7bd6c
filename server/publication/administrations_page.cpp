#include "server/publication/figures.hpp"
#include "server/publication/page_parts.hpp"
#include "server/publication/pages.hpp"
#include "server/publication/templates.hpp"

namespace warsha::publication {

using nlohmann::json;

namespace {

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
  const auto all = figures_of(records);
  auto model =
      frame(visit, "administrations", texts("public.administrations"), texts("public.administrations.lead"));
  for (const auto& one : all)
    model["administrations"].push_back(
        {{"name", administration_name(texts, one.administration)},
         {"url", "/proposals?language=" + texts.language() + "&administration=" + one.administration},
         {"received", texts.number(one.received)},
         {"answered", with_share(texts, one.answered, one.received)},
         {"on_time", with_share(texts, one.on_time, one.answered)},
         {"taken", with_share(texts, one.taken, one.answered)},
         {"late", texts.number(one.late)},
         {"is_late", one.late > 0},
         {"contributed", texts.number(one.contributed)}});
  model["empty"] = all.empty();
  model["csv"] = "/api/administrations.csv";
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
