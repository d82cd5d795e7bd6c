#include "server/publication/page_parts.hpp"
#include "server/publication/pages.hpp"
#include "server/publication/plans.hpp"
#include "server/publication/selection.hpp"
#include "server/publication/templates.hpp"

namespace warsha::publication {

using nlohmann::json;

namespace {

json choices(const Visit& visit, const Records& records) {
  const auto& texts = visit.texts;
  std::map<std::string, std::string> administrations; // name -> id
  for (const auto& record : records)
    for (const auto& commitment : record->document.at("commitments"))
      administrations.emplace(administration_name(texts, commitment.at("lead")), commitment.at("lead"));
  json out;
  out["plans"] = plan_choice(visit.texts, records, visit.asked("plan"));
  for (const auto& [label, id] : administrations)
    out["administrations"].push_back(option(id, label, visit.asked("administration")));
  for (const auto* status : {"not_started", "in_progress", "completed", "late"})
    out["statuses"].push_back(option(status, texts(std::string("status.") + status), visit.asked("status")));
  return out;
}

json activities_of(const Texts& texts, const json& commitment) {
  json out = json::array();
  for (const auto& activity : commitment.at("activities")) {
    const auto status = activity.at("status").get<std::string>();
    json one{
        {"title", words_of(texts, activity.at("title"))},
        {"days", texts("commitments.days", {{"starts", texts.day(activity.at("starts").get<std::string>())},
                                            {"ends", texts.day(activity.at("ends").get<std::string>())}})},
        {"status", texts("status." + status)},
        {"shade", shade_of_status(status)}};
    for (const auto& report : activity.at("progress")) {
      json told{{"day", texts.day(report.at("at").get<TimeMs>())},
                {"status", texts("status." + report.at("status").get<std::string>())},
                {"words", words_of(texts, report.at("words"))}};
      if (report.contains("link"))
        told["link"] = {{"url", report.at("link")}};
      one["reports"].push_back(std::move(told));
    }
    out.push_back(std::move(one));
  }
  return out;
}

} // namespace

std::string commitments_page(const Visit& visit, const Records& records) {
  const auto& texts = visit.texts;
  const auto selected = select_commitments(records, visit.query);
  auto model = frame(visit, "commitments", texts("public.commitments"), texts("public.commitments.lead"));
  model["filter"] = choices(visit, records);
  model["narrowed"] = !visit.asked("status").empty() || !visit.asked("administration").empty() ||
                      !visit.asked("plan").empty();
  model["count"] = texts.count("public.commitments.count", selected.size());
  for (const auto* commitment : selected)
    model["commitments"].push_back(commitment_card(texts, *commitment));
  model["empty"] = selected.empty();
  auto query = query_of({{"plan", visit.asked("plan")},
                         {"status", visit.asked("status")},
                         {"administration", visit.asked("administration")}});
  if (!query.empty())
    query.insert(0, "?");
  model["csv"] = "/api/commitments.csv" + query;
  model["json"] = "/api/commitments" + query;
  return fill("commitments.html", texts, model);
}

std::optional<std::string> commitment_page(const Visit& visit, const Records& records,
                                           const std::string& id) {
  const auto& texts = visit.texts;
  for (const auto& record : records) {
    const auto* commitment = record->commitment(id);
    if (!commitment)
      continue;
    auto view = commitment_card(texts, *commitment);
    for (const auto* part : {"problem", "description", "openness", "indicator"})
      view["parts"].push_back({{"heading", texts(std::string("commitments.") + part)},
                               {"words", words_of(texts, commitment->at(part))}});
    view["activities"] = activities_of(texts, *commitment);
    view["overrulings"] = overrulings_of(texts, *record, [&](const json& one) {
      return one.contains("commitment") && one.at("commitment").at("id") == id;
    });
    for (auto& one : view["overrulings"])
      one.erase("promise"); // it is this one
    view["overruled"] = !view["overrulings"].empty();
    for (const auto& proposal : commitment->at("proposals"))
      view["proposals"].push_back(
          {{"url", "/proposals/" + proposal.at("id").get<std::string>()}, {"title", proposal.at("title")}});
    view["consultation"] = record->about().at("title");
    view["consultation_url"] = "/consultations/" + record->consultation.text();
    view["confirmed"] =
        texts("commitments.confirmed", {{"date", texts.day(commitment->at("confirmed_at").get<TimeMs>())}});
    auto model =
        frame(visit, "commitments", view.at("title"), words_of(texts, commitment->at("description")));
    model["commitment"] = std::move(view);
    model["json"] = "/api/commitments/" + id;
    return fill("commitment.html", texts, model);
  }
  return std::nullopt;
}

} // namespace warsha::publication
