#include "server/publication/page_parts.hpp"
#include "server/publication/pages.hpp"
#include "server/publication/templates.hpp"

namespace warsha::publication {

using nlohmann::json;

namespace {

/// The class that colours a result.
std::string shade_of(const std::string& result) {
  if (result == "approved")
    return "answered";
  return result == "open" || result == "withdrawn" ? "" : "transferred";
}

/// The rule in one sentence, with its day and, of a vote, its quorum and majority.
std::string rule_of(const Texts& texts, const json& list) {
  const auto date = texts.day(list.at("until").get<std::string>());
  if (list.at("rule") == "silence")
    return texts("list.rule.silence", {{"date", date}});
  return texts("list.rule.vote",
               {{"date", date},
                {"quorum", texts.number(list.at("quorum").get<std::size_t>())},
                {"majority", texts("list.majority." + list.at("majority").get<std::string>())}});
}

json items_of(const Texts& texts, const json& list) {
  json out = json::array();
  for (const auto& item : list.at("proposals")) {
    json one{{"url", "/proposals/" + item.at("id").get<std::string>()},
             {"title", item.at("title")},
             {"lead", administration_name(texts, item.at("lead"))},
             {"answer", texts("answer." + item.at("answer").get<std::string>())}};
    for (const auto& objection : item.at("objections"))
      one["objections"].push_back({{"words", words_of(texts, objection.at("words"))},
                                   {"day", texts.day(objection.at("at").get<TimeMs>())}});
    if (const auto count = item.at("objections").size(); count > 0)
      one["objected"] = {{"sentence", texts.count("list.objections", count)}};
    out.push_back(std::move(one));
  }
  return out;
}

/// Counts and words, by stance; where silence approves, only who spoke for it.
json stances_of(const Texts& texts, const json& list) {
  json out = json::array();
  for (const auto* ballot : {"approve", "reject", "abstain"}) {
    if (list.at("rule") == "silence" && list.at("count").at(ballot) == 0)
      continue;
    json one{{"name", texts(std::string("ballot.") + ballot)},
             {"count", texts.number(list.at("count").at(ballot).get<std::size_t>())}};
    for (const auto& cast : list.at("ballots"))
      if (cast.at("ballot") == ballot && cast.contains("words"))
        one["said"].push_back(
            {{"words", words_of(texts, cast.at("words"))}, {"day", texts.day(cast.at("at").get<TimeMs>())}});
    out.push_back(std::move(one));
  }
  return out;
}

json list_card(const Texts& texts, const json& list) {
  const auto result = list.at("result").get<std::string>();
  json out{{"id", list.at("id")},
           {"title", words_of(texts, list.at("title"))},
           {"words", words_of(texts, list.at("words"))},
           {"result", texts("list.result." + result)},
           {"shade", shade_of(result)},
           {"submitted", texts("list.submitted", {{"date", texts.day(list.at("at").get<TimeMs>())}})},
           {"rule", rule_of(texts, list)},
           {"proposals", items_of(texts, list)},
           {"stances", stances_of(texts, list)}};
  if (list.contains("withdrawn"))
    out["withdrawn"] = {{"words", words_of(texts, list.at("withdrawn").at("words"))},
                        {"day", texts.day(list.at("withdrawn").at("at").get<TimeMs>())}};
  return out;
}

} // namespace

std::optional<std::string> committee_page(const Visit& visit, const Records& records, const std::string& id) {
  const auto& texts = visit.texts;
  for (const auto& record : records) {
    if (record->consultation.text() != id)
      continue;
    auto model = frame(visit, "consultations", texts("lists.title"), texts("lists.lead"));
    model["consultation"] = {{"title", record->about().at("title")}, {"url", "/consultations/" + id}};
    for (const auto& list : record->document.at("lists"))
      model["lists"].push_back(list_card(texts, list));
    model["empty"] = record->document.at("lists").empty();
    model["overrulings"] = overrulings_of(texts, *record, [](const json&) { return true; });
    model["followed"] = model["overrulings"].empty();
    model["json"] = "/api/consultations/" + id + "/record";
    return fill("committee.html", texts, model);
  }
  return std::nullopt;
}

} // namespace warsha::publication
