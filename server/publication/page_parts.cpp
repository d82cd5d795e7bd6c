#include "server/publication/page_parts.hpp"

#include "server/publication/selection.hpp"
#include "server/publication/templates.hpp"

#include <algorithm>
#include <cmath>
#include <ctime>

namespace warsha::publication {

using nlohmann::json;

namespace {

constexpr std::pair<std::string_view, const char*> kLanguageNames[] = {
    {"ar", "العربية"}, {"fr", "Français"}, {"en", "English"}};

/// When its answer entered the commitment: with its confirmation, or later, as an answer that a confirmed one
/// takes in.
TimeMs committed_at(const Record& record, const json& proposal) {
  const auto* commitment = record.commitment(proposal.at("commitment").at("id"));
  if (!commitment)
    return 0;
  const auto confirmed = commitment->at("confirmed_at").get<TimeMs>();
  return proposal.contains("answer") ? std::max(confirmed, proposal.at("answer").at("at").get<TimeMs>())
                                     : confirmed;
}

/// This page in another language, everything else as it is.
std::string in_language(const Visit& visit, std::string_view language) {
  auto url = visit.path + "?language=" + std::string(language);
  for (const auto& [name, value] : visit.query)
    if (name != "language" && !value.empty())
      url += "&" + percent_encoded(name) + "=" + percent_encoded(value);
  return url;
}

} // namespace

json frame(const Visit& visit, std::string_view section, const std::string& title,
           const std::string& description) {
  json languages = json::array();
  for (const auto& [code, own_name] : kLanguageNames)
    languages.push_back({{"code", code},
                         {"own_name", own_name},
                         {"url", in_language(visit, code)},
                         {"whole_url", visit.public_url + in_language(visit, code)},
                         {"current", code == visit.texts.language()}});
  return {{"language", visit.texts.language()},
          {"direction", visit.texts.direction()},
          {"title", title},
          {"description", description},
          {"stylesheet", stylesheet_path()},
          {"canonical", visit.public_url + in_language(visit, visit.texts.language())},
          {"languages", std::move(languages)},
          {"in_" + std::string(section), true}};
}

std::string words_of(const Texts& texts, const json& words) {
  return words.at(texts.language() == "ar" ? "ar" : "fr").get<std::string>();
}

json consultation_heading(const Texts& texts, const json& about) {
  return {{"title", about.at("title")},
          {"city", about.at("city")},
          {"region", about.at("region")},
          {"date", texts.day(about.at("date").get<std::string>())}};
}

json plan_heading(const Texts& texts, const json& about) {
  return {{"title", words_of(texts, about.at("title"))},
          {"years", texts("plan.years", {{"first", std::to_string(about.at("first_year").get<int>())},
                                         {"last", std::to_string(about.at("last_year").get<int>())}})},
          {"url", "/plans/" + about.at("id").get<std::string>()}};
}

std::string shade_of_status(const std::string& status) {
  return status == "completed" ? "answered" : status == "late" ? "transferred" : "";
}

json commitment_card(const Texts& texts, const json& commitment) {
  const auto status = commitment.at("status").get<std::string>();
  std::size_t done = 0;
  for (const auto& activity : commitment.at("activities"))
    done += activity.at("status") == "completed" ? 1 : 0;
  return {{"url", "/commitments/" + commitment.at("id").get<std::string>()},
          {"title", words_of(texts, commitment.at("title"))},
          {"lead", administration_name(texts, commitment.at("lead"))},
          {"status", texts("status." + status)},
          {"shade", shade_of_status(status)},
          {"done", texts("commitments.done", {{"done", texts.number(done)},
                                              {"all", texts.number(commitment.at("activities").size())}})}};
}

json administration_link(const Texts& texts, const std::string& id) {
  return {{"name", administration_name(texts, id)}, {"url", "/administrations/" + id}};
}

json proposal_card(const Texts& texts, const Record& record, const json& proposal) {
  const auto state = proposal.at("state").get<std::string>();
  json out{{"url", "/proposals/" + proposal.at("id").get<std::string>()},
           {"title", proposal.at("title")},
           {"text", proposal.at("text")},
           {"state", texts("state." + state)},
           {"is_" + state, true},
           {"consultation", record.about().at("title")},
           {"consultation_url", "/consultations/" + record.consultation.text()},
           {"said", texts.count("public.said", proposal.at("behind").at("contributions"))}};
  if (proposal.contains("lead"))
    out["lead"] = administration_link(texts, proposal.at("lead"));
  for (const auto& helper : proposal.at("contributing"))
    out["contributing"]["administrations"].push_back(administration_link(texts, helper));
  if (proposal.contains("due_at") && !proposal.contains("answer"))
    out["due"] = {{"sentence", texts("due", {{"date", texts.due_day(proposal.at("due_at").get<TimeMs>())}})}};
  if (const auto late = proposal.at("late_days").get<std::size_t>(); late > 0)
    out["late"] = {{"sentence", texts.count("late", late)}};
  if (const auto found = proposal.find("answer"); found != proposal.end()) {
    const auto& answer = *found;
    out["answer"] = {{"kind", texts("answer." + answer.at("kind").get<std::string>())},
                     {"words", words_of(texts, answer.at("words"))},
                     {"administration", administration_name(texts, answer.at("administration"))},
                     {"date", texts.day(answer.at("at").get<TimeMs>())}};
    const auto kind = answer.at("kind").get<std::string>();
    out["answer"]["not_taken"] = kind != "taken" && kind != "taken_in_part" && kind != "already_done";
    if (answer.contains("owner"))
      out["answer"]["owner"] = {{"name", administration_name(texts, answer.at("owner"))}};
    if (answer.contains("link"))
      out["answer"]["link"] = {{"url", answer.at("link")}};
  }
  return out;
}

std::string standing(const Texts& texts, const json& contribution, const json* proposal) {
  const auto state = contribution.at("state").get<std::string>();
  if (proposal && proposal->contains("answer"))
    return texts("answer." + proposal->at("answer").at("kind").get<std::string>());
  if (proposal)
    return texts("state." + proposal->at("state").get<std::string>());
  if (state == "refused")
    return texts("refusal." + contribution.at("refused").at("reason").get<std::string>());
  return texts("standing." + state);
}

json contribution_row(const Texts& texts, const Record& record, const json& contribution) {
  const auto* proposal =
      contribution.contains("proposal") ? record.proposal(contribution.at("proposal")) : nullptr;
  json out{{"url", "/contributions/" + contribution.at("id").get<std::string>()},
           {"kind", texts("kind." + contribution.at("kind").get<std::string>())},
           {"is_" + contribution.at("kind").get<std::string>(), true},
           {"standing", standing(texts, contribution, proposal)}};
  out["text"] = contribution.contains("revised") ? contribution.at("revised")
                : contribution.contains("text")  ? contribution.at("text")
                                                 : json(texts("public.no_text"));
  if (!contribution.contains("text"))
    out["untold"] = true;
  if (contribution.contains("theme"))
    out["theme"] = {{"title", contribution.at("theme")}};
  if (contribution.value("supports", 0) > 0)
    out["supports"] = {{"sentence", texts.count("public.supports", contribution.at("supports"))}};
  if (contribution.contains("behind"))
    out["behind"] = {{"sentence", behind(texts, contribution.at("behind"))}};
  if (const auto people = contribution.at("people").get<std::size_t>(); people > 1)
    out["several"] = {
        {"sentence", texts.count("public.people", people)}}; // of a name that no row above it has
  return out;
}

std::string behind(const Texts& texts, const json& behind) {
  return texts("public.behind",
               {{"contributions", texts.count("public.contributions", behind.at("contributions"))}});
}

std::string page_url(const Visit& visit, const std::string& query, std::size_t page) {
  return visit.path + "?language=" + visit.texts.language() + (query.empty() ? "" : "&" + query) +
         "&page=" + std::to_string(page);
}

json pager(const Visit& visit, const std::string& query, std::size_t page, std::size_t pages) {
  if (pages < 2)
    return nullptr;
  json out{{"place", visit.texts("public.page", {{"page", visit.texts.number(page)},
                                                 {"pages", visit.texts.number(pages)}})}};
  if (page > 1)
    out["previous"] = {{"url", page_url(visit, query, page - 1)}};
  if (page < pages)
    out["next"] = {{"url", page_url(visit, query, page + 1)}};
  return out;
}

json option(const std::string& value, const std::string& label, const std::string& chosen) {
  return {{"value", value}, {"label", label}, {"chosen", value == chosen}};
}

std::string percent(const Texts& texts, double value) {
  return texts.number(static_cast<std::size_t>(std::lround(value * 100)));
}

std::string percent_sentence(const Texts& texts, double value) {
  return texts("figures.percent", {{"percent", percent(texts, value)}});
}

void offer_mail(const Visit& visit, json& model, const std::string& about, const std::string& target) {
  if (visit.mail)
    model["follow"] = {
        {"about", about}, {"target", target}, {"lead", visit.texts("follow.lead." + about)}, {"address", ""}};
}

std::string grid_sentence(const Texts& texts, const Record& record) {
  const auto& grids = record.document.at("grids");
  if (grids.empty())
    return texts("grid.shipped");
  return texts("grid.version", {{"version", texts.number(grids.size())},
                                {"date", texts.day(grids.back().at("at").get<TimeMs>())}});
}

json overrulings_of(const Texts& texts, const Record& record,
                    const std::function<bool(const json&)>& concerns) {
  json out = json::array();
  for (const auto& one : record.document.at("overrulings")) {
    if (!concerns(one))
      continue;
    const auto kind = one.at("kind").get<std::string>();
    json view{{"sentence", texts("overruled." + kind,
                                 {{"administration", administration_name(texts, one.at("administration"))}})},
              {"day", texts.day(one.at("at").get<TimeMs>())},
              {"title", one.at("proposal").at("title")},
              {"url", "/proposals/" + one.at("proposal").at("id").get<std::string>()}};
    if (one.contains("words"))
      view["why"] = {{"label", texts("overruled." + kind + ".words")},
                     {"words", words_of(texts, one.at("words"))}};
    if (one.contains("commitment"))
      view["promise"] = {{"url", "/commitments/" + one.at("commitment").at("id").get<std::string>()},
                         {"title", words_of(texts, one.at("commitment").at("title"))}};
    out.push_back(std::move(view));
  }
  return out;
}

void add_way_of(const Texts& texts, const Record& record, const json* proposal, json& steps) {
  steps.push_back(step(texts, "way.proposed", proposal ? proposal->at("at").get<TimeMs>() : 0, proposal));
  const bool sent = proposal && !proposal->at("hops").empty();
  steps.push_back(
      step(texts, "way.sent", sent ? proposal->at("hops").front().at("at").get<TimeMs>() : 0, sent));
  const bool answered = proposal && proposal->contains("answer");
  steps.push_back(
      step(texts, "way.answered", answered ? proposal->at("answer").at("at").get<TimeMs>() : 0, answered));
  if (proposal && proposal->contains("commitment"))
    steps.push_back(step(texts, "way.committed", committed_at(record, *proposal), true));
}

json step(const Texts& texts, const std::string& key, TimeMs at, bool done) {
  json out{{"name", texts(key)}, {"done", done}};
  if (done && at > 0)
    out["when"] = {{"day", texts.day(at)}};
  return out;
}

} // namespace warsha::publication
