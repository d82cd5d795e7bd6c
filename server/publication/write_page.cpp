#include "protocol/limits.hpp"
#include "server/publication/page_parts.hpp"
#include "server/publication/page_response.hpp"
#include "server/publication/templates.hpp"
#include "server/publication/writing.hpp"
#include "server/store/digest.hpp"

namespace warsha::publication {

using nlohmann::json;

namespace {

constexpr TimeMs kMoment = 1; // a form that closes at midnight (UTC) is open on the day before

json frame_of(const Visit& visit, const WrittenConsultation& about, const std::string& title) {
  auto model = frame(visit, "consultations", title, visit.texts("write.lead"));
  model["consultation"] = {{"title", about.consultation}, {"url", about.consultation_url}};
  model["path"] = visit.path;
  model["script"] = write_script_path();
  return model;
}

json field(const Texts& texts, const char* name, const std::string& value, bool required,
           const std::optional<Refused>& refused) {
  json out{{"name", name},
           {"label", texts(std::string("kind.") + name)},
           {"hint", texts(std::string("write.") + name)},
           {"value", value},
           {"most", limits::kFormFieldUnits},
           {"letters", limits::kContributionGraphemes},
           {"limit", texts("write.most", {{"letters", texts.number(limits::kContributionGraphemes)}})}};
  if (!required)
    out["optional"] = true;
  if (refused && refused->field == name)
    out["wrong"] = {{"sentence", texts(std::string("write.wrong.") + warsha::name(refused->code))}};
  return out;
}

std::string stage_sentence(const Texts& texts, const WrittenConsultation& about, TimeMs now) {
  switch (about.stage(now)) {
  case WrittenConsultation::Stage::soon:
    return texts("write.soon", {{"date", texts.due_day(about.days.opens_at)}});
  case WrittenConsultation::Stage::open:
    return texts("write.open", {{"date", texts.due_day(about.days.closes_at - kMoment)}});
  case WrittenConsultation::Stage::over:
    break;
  }
  return texts("write.over");
}

} // namespace

WrittenConsultation::Stage WrittenConsultation::stage(TimeMs now) const {
  if (ended || days.closes_at <= now)
    return Stage::over;
  return days.include(now) ? Stage::open : Stage::soon;
}

Typed Typed::of(const std::map<std::string, std::string>& fields) {
  const auto value = [&](const char* name) { return value_of(fields, name); };
  return {value("problem"),    value("solution"),    value("result"),
          value("problem_id"), value("solution_id"), value("pass")};
}

std::string write_page(const Visit& visit, const WrittenConsultation& about, const Typed& typed,
                       const std::optional<Refused>& refused, TimeMs now) {
  const auto& texts = visit.texts;
  auto model = frame_of(visit, about, about.title);
  model["heading"] = about.title;
  model["stage"] = stage_sentence(texts, about, now);
  if (!about.question.empty())
    model["asked"] = {{"question", about.question}};
  if (!about.guidance.empty())
    model["guided"] = {{"guidance", about.guidance}};
  if (refused)
    model["refused"] = {{"sentence", texts(std::string("write.wrong.") + name(refused->code))},
                        {"field", refused->field.empty() ? std::string("problem") : refused->field}};
  const bool open = about.stage(now) == WrittenConsultation::Stage::open;
  const bool something = !typed.problem.empty() || !typed.solution.empty() || !typed.result.empty();
  if (!open)
    model["closed"] = {
        {"sentence", texts(about.stage(now) == WrittenConsultation::Stage::soon ? "write.soon.lead"
                                                                                : "write.over.lead")}};
  if (!open && !something)
    return fill("write.html", texts, model);
  json form{{"problem_id", typed.problem_id}, {"solution_id", typed.solution_id}, {"pass", typed.pass}};
  form["fields"] = json::array({field(texts, "problem", typed.problem, false, refused),
                                field(texts, "solution", typed.solution, false, refused),
                                field(texts, "result", typed.result, about.results_required, refused)});
  form["can_send"] = open;
  model["form"] = std::move(form);
  return fill("write.html", texts, model);
}

std::string kept_page(const Visit& visit, const WrittenConsultation& about, const std::vector<Kept>& kept) {
  const auto& texts = visit.texts;
  auto model = frame_of(visit, about, texts("write.kept"));
  model["private"] = true;
  for (const auto& one : kept) {
    json view{{"kind", texts(std::string("kind.") + name(one.kind))}, {"text", one.text}};
    if (one.receipt.empty())
      view["elsewhere"] = true;
    else
      view["followed"] = {{"receipt", one.receipt}, {"url", "/receipt/" + one.receipt}};
    model["kept"].push_back(std::move(view));
  }
  return fill("written.html", texts, model);
}

const std::string& write_script() {
  static const std::string kScript(contract("write.js"));
  return kScript;
}

const std::string& write_script_path() {
  static const std::string kPath =
      "/write-" + store::hex(store::sha256(write_script())).substr(0, 16) + ".js";
  return kPath;
}

} // namespace warsha::publication
