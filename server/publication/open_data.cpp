#include "server/publication/open_data.hpp"

#include "protocol/limits.hpp"
#include "server/aggregation/defaults.hpp"
#include "server/consultation/csv.hpp"
#include "server/publication/figures.hpp"
#include "server/publication/page_parts.hpp"
#include "server/publication/plans.hpp"
#include "server/review/actions.hpp"
#include "server/review/grid_actions.hpp"
#include "server/runtime/instant.hpp"

#include <algorithm>

namespace warsha::publication {

using consultation::add_csv_field;
using consultation::kByteOrderMark;
using nlohmann::json;

namespace {

void add_line(std::string& out, const std::vector<std::string>& fields) {
  for (const auto& field : fields)
    add_csv_field(out, field, &field == fields.data());
  out += "\r\n";
}

/// A time, empty when it is absent.
std::string time_of(const json& object, const char* member) {
  const auto found = object.find(member);
  return found == object.end() ? std::string() : instant(found->get<TimeMs>());
}

std::string name_of(std::string_view language, const std::string& administration) {
  return administration.empty() ? administration : administration_name(Texts::of(language), administration);
}

/// A member as text, empty when it is absent.
std::string text_of(const json& object, const char* member) {
  const auto found = object.find(member);
  if (found == object.end() || found->is_null())
    return {};
  return found->is_string() ? found->get<std::string>() : found->dump();
}

/// Names of the register side by side.
std::string joined(const json& ids) {
  std::string out;
  for (const auto& id : ids)
    out += (out.empty() ? "" : " ") + id.get<std::string>();
  return out;
}

/// Of a criterion; empty when it is unknown or not of the grid.
std::string value_of(const json& score, std::string_view criterion) {
  for (const auto& one : score.at("criteria"))
    if (one.at("criterion") == criterion)
      return text_of(one, "value");
  return {};
}

json with_consultation(const Record& record, json proposal) {
  proposal["consultation"] = {{"id", record.consultation.text()},
                              {"title", record.about().at("title")},
                              {"city", record.about().at("city")},
                              {"region", record.about().at("region")}};
  return proposal;
}

/// With where else the same is asked for.
json with_links(const Records& records, const Record& record, json proposal) {
  auto linked = json::array();
  for (const auto& [there, other] : linked_with(records, record, proposal.at("id")))
    linked.push_back(
        {{"id", other->at("id")},
         {"title", other->at("title")},
         {"consultation", {{"id", there->consultation.text()}, {"city", there->about().at("city")}}}});
  proposal["links"] = std::move(linked);
  return proposal;
}

json view(const Plan& plan) {
  json out = *plan.about;
  std::size_t proposals = 0;
  std::size_t answered = 0;
  std::size_t commitments = 0;
  for (const auto& record : plan.records) {
    auto consultation = record->about();
    consultation.erase("plan");
    consultation["balance"] = record->document.at("balance");
    out["consultations"].push_back(std::move(consultation));
    for (const auto& proposal : record->document.at("proposals")) {
      ++proposals;
      answered += proposal.contains("answer") ? 1 : 0;
    }
    commitments += record->document.at("commitments").size();
  }
  out["balance"] = plan_balance(plan);
  out["proposals"] = proposals;
  out["answered_proposals"] = answered;
  out["commitments"] = commitments;
  return out;
}

} // namespace

json plans_json(const Records& records) {
  json plans = json::array();
  for (const auto& plan : plans_of(records))
    plans.push_back(view(plan));
  return {{"plans", std::move(plans)}};
}

std::optional<json> plan_json(const Records& records, const std::string& id) {
  const auto plan = find_plan(records, id);
  return plan ? std::optional(view(*plan)) : std::nullopt;
}

std::optional<std::string> plan_balance_csv(const Records& records, const std::string& id) {
  const auto plan = find_plan(records, id);
  if (!plan)
    return std::nullopt;
  constexpr const char* kPlaces[] = {"received", "waiting",   "returned", "in_review",
                                     "merged",   "withdrawn", "hidden"};
  std::vector<std::string> header{"id", "title", "region", "city", "date"};
  header.insert(header.end(), std::begin(kPlaces), std::end(kPlaces));
  for (const std::string kind : ::warsha::Words<review::AnswerKind>::kAll)
    header.push_back("answered_" + kind);
  for (const std::string reason : ::warsha::Words<review::RefusalReason>::kAll)
    header.push_back("refused_" + reason);
  std::string out(kByteOrderMark);
  add_line(out, header);
  for (const auto& record : plan->records) {
    const auto& balance = record->document.at("balance");
    std::vector<std::string> fields{record->consultation.text()};
    for (const auto* part : {"title", "region", "city", "date"})
      fields.push_back(text_of(record->about(), part));
    for (const auto* place : kPlaces)
      fields.push_back(text_of(balance, place));
    for (const auto* kind : ::warsha::Words<review::AnswerKind>::kAll)
      fields.push_back(std::to_string(balance.at("answered").value(kind, 0)));
    for (const auto* reason : ::warsha::Words<review::RefusalReason>::kAll)
      fields.push_back(std::to_string(balance.at("refused").value(reason, 0)));
    add_line(out, fields);
  }
  return out;
}

json proposals_json(const Records& records, const Filter& filter, const std::string& asked) {
  const auto selected = select(records, filter);
  const auto page = page_of(asked, selected.size(), limits::kProposalsPerPage);
  json proposals = json::array();
  for (auto i = page.first; i < page.end; ++i)
    proposals.push_back(with_consultation(*selected[i].record, *selected[i].proposal));
  return {{"proposals", std::move(proposals)},
          {"total", selected.size()},
          {"page", page.number},
          {"pages", page.pages}};
}

std::optional<json> proposal_json(const Records& records, const std::string& id) {
  for (const auto& record : records)
    if (const auto* proposal = record->proposal(id))
      return with_links(records, *record, with_consultation(*record, *proposal));
    else if (const auto* ended = record->ended_proposal(id))
      return with_consultation(*record, *ended);
  return std::nullopt;
}

json commitments_json(const Records& records, const std::map<std::string, std::string>& query,
                      const std::string& asked) {
  const auto selected = select_commitments(records, query);
  const auto page = page_of(asked, selected.size(), limits::kCommitmentsPerPage);
  json commitments = json::array();
  for (auto i = page.first; i < page.end; ++i)
    commitments.push_back(*selected[i]);
  return {{"commitments", std::move(commitments)},
          {"total", selected.size()},
          {"page", page.number},
          {"pages", page.pages}};
}

std::string proposals_csv(const Records& records, const Filter& filter) {
  std::string out(kByteOrderMark);
  std::vector<std::string> header{
      "id",           "consultation",  "region",        "title",        "text",        "state",
      "lead",         "lead_ar",       "lead_fr",       "due_at",       "late_days",   "score",
      "score_lowest", "score_highest", "contributions", "answer",       "answer_ar",   "answer_fr",
      "answered_at",  "link",          "committee",     "grid_version", "contributing"};
  for (const auto* criterion : ::warsha::Words<review::Criterion>::kAll)
    header.push_back(std::string("value_") + criterion);
  add_line(out, header);
  for (const auto& [record, proposal] : select(records, filter)) {
    const auto answer = proposal->value("answer", json::object());
    const auto words = answer.value("words", json::object());
    const auto& score = proposal->at("score");
    std::vector<std::string> fields{text_of(*proposal, "id"),
                                    text_of(record->about(), "title"),
                                    text_of(record->about(), "region"),
                                    text_of(*proposal, "title"),
                                    text_of(*proposal, "text"),
                                    text_of(*proposal, "state"),
                                    text_of(*proposal, "lead"),
                                    name_of("ar", text_of(*proposal, "lead")),
                                    name_of("fr", text_of(*proposal, "lead")),
                                    time_of(*proposal, "due_at"),
                                    text_of(*proposal, "late_days"),
                                    text_of(score, "value"),
                                    text_of(score, "lowest"),
                                    text_of(score, "highest"),
                                    text_of(proposal->at("behind"), "contributions"),
                                    text_of(answer, "kind"),
                                    text_of(words, "ar"),
                                    text_of(words, "fr"),
                                    time_of(answer, "at"),
                                    text_of(answer, "link"),
                                    text_of(proposal->value("committee", json::object()), "standing"),
                                    text_of(score, "grid_version"),
                                    joined(proposal->at("contributing"))};
    for (const auto* criterion : ::warsha::Words<review::Criterion>::kAll)
      fields.push_back(value_of(score, criterion));
    add_line(out, fields);
  }
  return out;
}

std::string contributions_csv(const Record& record) {
  std::string out(kByteOrderMark);
  add_line(out, {"id", "workshop", "kind", "theme", "text", "at", "people", "channel", "supports", "state",
                 "merged_into", "proposal", "answer", "reason", "reason_ar", "reason_fr",
                 "contributions_behind", "ratings"});
  for (const auto& one : record.document.at("contributions")) {
    const auto* workshop = record.workshop(one.at("workshop"));
    const auto* proposal = one.contains("proposal") ? record.proposal(one.at("proposal")) : nullptr;
    const auto refused = one.value("refused", json::object());
    const auto words = refused.value("words", json::object());
    const auto behind = one.value("behind", json::object());
    const auto answer = proposal ? proposal->value("answer", json::object()) : json::object();
    add_line(out,
             {text_of(one, "id"), workshop ? text_of(*workshop, "title") : "", text_of(one, "kind"),
              text_of(one, "theme"), text_of(one, "text"), time_of(one, "at"), text_of(one, "people"),
              text_of(one, "channel"), text_of(one, "supports"), text_of(one, "state"),
              text_of(one, "merged_into"), text_of(one, "proposal"), text_of(answer, "kind"),
              refused.empty() ? text_of(one, "ground") : text_of(refused, "reason"), text_of(words, "ar"),
              text_of(words, "fr"), text_of(behind, "contributions"), text_of(one, "ratings")});
  }
  return out;
}

std::string commitments_csv(const Records& records, const std::map<std::string, std::string>& query) {
  constexpr const char* kWords[] = {"title", "problem", "description", "openness", "indicator"};
  std::string out(kByteOrderMark);
  std::vector<std::string> header{"id",      "consultation", "lead",        "lead_ar",
                                  "lead_fr", "status",       "confirmed_at"};
  for (const std::string part : kWords)
    for (const auto* language : {"_ar", "_fr"})
      header.push_back(part + language);
  for (const auto* figure : {"starts", "ends", "activities", "activities_completed", "proposals"})
    header.emplace_back(figure);
  add_line(out, header);
  for (const auto* commitment : select_commitments(records, query)) {
    const auto lead = text_of(*commitment, "lead");
    std::vector<std::string> fields{text_of(*commitment, "id"),
                                    text_of(commitment->value("consultation", json::object()), "title"),
                                    lead,
                                    name_of("ar", lead),
                                    name_of("fr", lead),
                                    text_of(*commitment, "status"),
                                    time_of(*commitment, "confirmed_at")};
    for (const auto* part : kWords)
      for (const auto* language : {"ar", "fr"})
        fields.push_back(text_of(commitment->value(part, json::object()), language));
    const auto& activities = commitment->at("activities");
    std::string starts;
    std::string ends;
    std::size_t completed = 0;
    for (const auto& activity : activities) {
      const auto begin = text_of(activity, "starts");
      starts = starts.empty() ? begin : std::min(starts, begin);
      ends = std::max(ends, text_of(activity, "ends"));
      completed += activity.at("status") == "completed" ? 1 : 0;
    }
    fields.insert(fields.end(), {starts, ends, std::to_string(activities.size()), std::to_string(completed),
                                 std::to_string(commitment->at("proposals").size())});
    add_line(out, fields);
  }
  return out;
}

std::optional<json> administration_json(const Records& records, const std::string& id) {
  const auto* found = aggregation::shipped_register().find(id);
  if (!found)
    return std::nullopt;
  json out{{"id", id}, {"kind", found->kind}, {"name", found->names}, {"competences", found->competences}};
  if (!found->parent.empty())
    out["parent"] = found->parent;
  if (!found->territory.empty())
    out["territory"] = found->territory;
  const auto figures = figures_of(records, id);
  out["figures"] = {{"received", figures.received}, {"answered", figures.answered},
                    {"on_time", figures.on_time},   {"taken", figures.taken},
                    {"late", figures.late},         {"contributed", figures.contributed}};
  return out;
}

std::string administrations_csv(const Records& records) {
  std::string out(kByteOrderMark);
  add_line(out,
           {"id", "name_ar", "name_fr", "received", "answered", "on_time", "taken", "late", "contributed"});
  for (const auto& one : figures_of(records))
    add_line(out, {one.administration, name_of("ar", one.administration), name_of("fr", one.administration),
                   std::to_string(one.received), std::to_string(one.answered), std::to_string(one.on_time),
                   std::to_string(one.taken), std::to_string(one.late), std::to_string(one.contributed)});
  return out;
}

} // namespace warsha::publication
