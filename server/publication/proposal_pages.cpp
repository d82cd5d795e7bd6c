#include "protocol/limits.hpp"
#include "server/publication/page_parts.hpp"
#include "server/publication/pages.hpp"
#include "server/publication/plans.hpp"
#include "server/publication/selection.hpp"
#include "server/publication/templates.hpp"

#include <cmath>
#include <set>

namespace warsha::publication {

using nlohmann::json;

namespace {

/// Of what went into proposals.
void add_themes(const Record& record, std::set<std::string>& themes) {
  for (const auto& contribution : record.document.at("contributions"))
    if (contribution.contains("proposal") && contribution.contains("theme"))
      themes.insert(contribution.at("theme").get<std::string>());
}

/// What the list can be narrowed to: only what occurs.
json choices(const Visit& visit, const Records& records, const Filter& filter) {
  const auto& texts = visit.texts;
  std::set<std::string> regions;
  std::set<std::string> themes;
  std::map<std::string, std::string> administrations; // name -> id
  json consultations = json::array();
  json workshops = json::array();
  for (const auto& record : records) {
    if (!filter.plan.empty() && filter.plan != record->plan())
      continue;
    regions.insert(record->about().at("region").get<std::string>());
    consultations.push_back(
        option(record->consultation.text(), record->about().at("title"), filter.consultation));
    for (const auto& proposal : record->document.at("proposals")) {
      if (proposal.contains("lead"))
        administrations.emplace(administration_name(texts, proposal.at("lead")), proposal.at("lead"));
      for (const auto& helper : proposal.at("contributing"))
        administrations.emplace(administration_name(texts, helper), helper);
    }
    if (filter.consultation.empty() || filter.consultation == record->consultation.text())
      add_themes(*record, themes);
    if (filter.consultation == record->consultation.text())
      for (const auto& workshop : record->document.at("workshops"))
        workshops.push_back(option(workshop.at("id"), workshop.at("title"), filter.workshop));
  }
  json out;
  out["plans"] = plan_choice(texts, records, filter.plan);
  for (const auto& region : regions)
    if (!region.empty())
      out["regions"].push_back(option(region, region, filter.region));
  for (const auto& theme : themes)
    out["themes"]["options"].push_back(option(theme, theme, filter.theme));
  for (const auto& [label, id] : administrations)
    out["administrations"].push_back(option(id, label, filter.administration));
  for (const auto* state : {"open", "routed", "transferred", "answered"})
    out["states"].push_back(option(state, texts(std::string("state.") + state), filter.state));
  for (const auto* kind : {"taken", "taken_in_part", "already_done", "later", "not_feasible", "out_of_scope"})
    out["answers"].push_back(option(kind, texts(std::string("answers.") + kind), filter.answer));
  out["consultations"] = std::move(consultations);
  if (!workshops.empty())
    out["workshops"] = {{"options", std::move(workshops)}};
  out["words"] = filter.words;
  out["by_score"] = filter.by_score;
  return out;
}

/// From 0 to 1 as a number of 100, to a tenth: what is shown can be computed again.
std::string tenth(const Texts& texts, double value) {
  return texts.decimal(value * 100);
}

std::string origin_of(const Texts& texts, const std::string& origin) {
  return origin == "support" || origin == "screening" ? texts("score.origin." + origin)
                                                      : administration_name(texts, origin);
}

/// Each rating as it was given, from 1 to 5, with who it comes from; of what is counted, where it comes from.
std::string ratings_of(const Texts& texts, const json& criterion) {
  std::map<std::string, std::string> by_origin;
  for (const auto& rating : criterion.at("ratings")) {
    const auto origin = rating.at("origin").get<std::string>();
    auto& given = by_origin[origin];
    if (origin == "support")
      continue;
    const auto value = std::lround(rating.at("value").get<double>() * 4) + 1;
    given += (given.empty() ? "" : " · ") + texts.number(static_cast<std::size_t>(value));
  }
  std::string out;
  for (const auto& [origin, given] : by_origin) {
    out += out.empty() ? "" : "; ";
    out += origin_of(texts, origin) + (given.empty() ? "" : ": " + given);
  }
  return out;
}

/// A number that is taken off another. The mark keeps its sign before it among Arabic letters too.
std::string less(const Texts& texts, std::size_t from, std::size_t what) {
  constexpr auto kLeftToRightMark = "\u200E";
  return from == what ? texts.number(0) : std::string(kLeftToRightMark) + "−" + texts.number(from - what);
}

/// Who supports it and who was asked, of each workshop and of all: each column adds up to its end.
void add_people(const Texts& texts, const Record& record, const json& score, json& out) {
  const auto of = [](const json& counted, const char* what) { return counted.at(what).get<std::size_t>(); };
  std::size_t supporters = 0;
  std::size_t asked = 0;
  for (const auto& group : score.at("groups")) {
    const auto* workshop = record.workshop(group.at("workshop"));
    out["groups"].push_back({{"title", workshop ? workshop->at("title").get<std::string>() : ""},
                             {"supports", texts.number(of(group, "supports"))},
                             {"again", less(texts, of(group, "supports"), of(group, "supporters"))},
                             {"supporters", texts.number(of(group, "supporters"))},
                             {"asked", texts.number(of(group, "asked"))}});
    supporters += of(group, "supporters");
    asked += of(group, "asked");
  }
  out["together"] = {{"supporters_twice", less(texts, supporters, of(score, "supporters"))},
                     {"asked_twice", less(texts, asked, of(score, "asked"))},
                     {"supporters", texts.number(of(score, "supporters"))},
                     {"asked", texts.number(of(score, "asked"))}};
}

/// Every number that a score is made of, so that anybody can compute it again: the points of the known
/// criteria add up to it.
json score_table(const Texts& texts, const Record& record, const json& score) {
  json rows = json::array();
  double known = 0;
  for (const auto& criterion : score.at("criteria"))
    known += criterion.contains("value") ? criterion.at("weight").get<double>() : 0;
  for (const auto& criterion : score.at("criteria")) {
    json row{{"name", texts("criterion." + criterion.at("criterion").get<std::string>())},
             {"weight", texts.number(criterion.at("weight").get<std::size_t>())},
             {"ratings", ratings_of(texts, criterion)}};
    if (criterion.contains("value")) {
      row["value"] = tenth(texts, criterion.at("value"));
      const auto weighed = criterion.at("value").get<double>() * criterion.at("weight").get<double>();
      row["points"] = tenth(texts, known > 0 ? weighed / known : 0);
      row["bar"] = {{"value", std::to_string(std::lround(criterion.at("value").get<double>() * 100))}};
    } else {
      row["value"] = texts("score.unknown");
    }
    if (criterion.at("disagreement").get<double>() > 0)
      row["disagreement"] = {{"sentence", texts("score.disagreement",
                                                {{"points", tenth(texts, criterion.at("disagreement"))}})}};
    rows.push_back(std::move(row));
  }
  json out{{"rows", std::move(rows)}};
  add_people(texts, record, score, out);
  const auto lowest = tenth(texts, score.at("lowest"));
  const auto highest = tenth(texts, score.at("highest"));
  if (lowest != highest)
    out["between"] = {{"sentence", texts("public.between", {{"lowest", lowest}, {"highest", highest}})}};
  out["value"] = score.contains("value") ? tenth(texts, score.at("value")) : texts("score.none");
  out["grid"] = grid_sentence(texts, record);
  out["grid_url"] = "/consultations/" + record.consultation.text() + "/scores";
  return out;
}

/// A contribution's row, with a row of each that was merged into it.
json with_merged(const Texts& texts, const Record& record, const json& contribution) {
  auto row = contribution_row(texts, record, contribution);
  for (const auto& id : contribution.value("merged", json::array()))
    if (const auto* merged = record.contribution(id))
      row["under"]["rows"].push_back(contribution_row(texts, record, *merged));
  return row;
}

json hops_of(const Texts& texts, const json& proposal) {
  json out = json::array();
  const auto who = [&](const std::string& id) {
    return id.empty() ? texts("public.organiser") : administration_name(texts, id);
  };
  for (const auto& hop : proposal.at("hops")) {
    const bool stays = hop.value("from", "") == hop.value("to", ""); // only who contributes was changed
    json one{{"day", texts.day(hop.at("at").get<TimeMs>())},
             {"from", who(hop.value("from", ""))},
             {"to", who(hop.value("to", ""))},
             {"moved", !stays},
             {"stayed", stays}};
    if (hop.contains("why"))
      one["why"] = {{"words", words_of(texts, hop.at("why"))}};
    if (hop.contains("accepted_at"))
      one["accepted"] = {
          {"sentence", texts("public.accepted", {{"date", texts.day(hop.at("accepted_at").get<TimeMs>())}})}};
    if (hop.contains("shared"))
      one["shared"] = {{"words", words_of(texts, hop.at("shared"))}};
    if (hop.contains("unit"))
      one["unit"] = {{"name", hop.at("unit")}};
    out.push_back(std::move(one));
  }
  return out;
}

/// What an administration asked the authors, where a reply was published.
void add_questions(const Texts& texts, const json& proposal, json& model) {
  for (const auto& question : proposal.value("questions", json::array())) {
    json replies = json::array();
    for (const auto& reply : question.at("replies"))
      replies.push_back({{"text", reply.at("text")},
                         {"day", texts.day(reply.at("at").get<TimeMs>())},
                         {"url", "/contributions/" + reply.at("contribution").get<std::string>()}});
    model["questions"]["all"].push_back(
        {{"administration", administration_name(texts, question.at("administration"))},
         {"text", question.at("text")},
         {"day", texts.day(question.at("at").get<TimeMs>())},
         {"replies", std::move(replies)}});
  }
}

/// Where else the same is asked for, and how many supported it there: of other people than these, or of the
/// same, which nobody knows.
json links_of(const Texts& texts, const Records& records, const Record& record, const std::string& id) {
  json out;
  for (const auto& [there, proposal] : linked_with(records, record, id)) {
    auto one = consultation_heading(texts, there->about());
    one["consultation"] = one.at("title");
    one["title"] = proposal->at("title");
    one["url"] = "/proposals/" + proposal->at("id").get<std::string>();
    one["state"] = texts("state." + proposal->at("state").get<std::string>());
    one["supporters"] = texts.count("links.supporters", proposal->at("score").at("supporters"));
    out["proposals"].push_back(std::move(one));
  }
  return out;
}

/// Of one that stands no more: where it went, and why.
std::string ended_proposal_page(const Visit& visit, const Record& record, const json& proposal) {
  const auto& texts = visit.texts;
  auto model = frame(visit, "proposals", proposal.at("title"), proposal.at("text"));
  json view{{"title", proposal.at("title")},
            {"text", proposal.at("text")},
            {"consultation", record.about().at("title")},
            {"consultation_url", "/consultations/" + record.consultation.text()},
            {"state", texts("state." + proposal.at("state").get<std::string>())},
            {"day", texts.day(proposal.at("ended_at").get<TimeMs>())},
            {"why", words_of(texts, proposal.at("words"))}};
  if (proposal.contains("into"))
    view["into"] = {{"title", proposal.at("into").at("title")},
                    {"url", "/proposals/" + proposal.at("into").at("id").get<std::string>()}};
  else
    view["free"] = true;
  if (const auto answer = proposal.find("answer"); answer != proposal.end())
    view["answer"] = {{"kind", texts("answer." + answer->at("kind").get<std::string>())},
                      {"words", words_of(texts, answer->at("words"))},
                      {"administration", administration_name(texts, answer->at("administration"))},
                      {"date", texts.day(answer->at("at").get<TimeMs>())}};
  model["proposal"] = std::move(view);
  for (const auto& id : proposal.at("contributions"))
    if (const auto* contribution = record.contribution(id))
      model["contributions"].push_back(with_merged(texts, record, *contribution));
  add_questions(texts, proposal, model);
  model["json"] = "/api/proposals/" + proposal.at("id").get<std::string>();
  return fill("ended_proposal.html", texts, model);
}

} // namespace

std::string proposals_page(const Visit& visit, const Records& records) {
  const auto& texts = visit.texts;
  const auto filter = Filter::of(visit.query);
  const auto selected = select(records, filter);
  const auto page = page_of(visit.asked("page"), selected.size(), limits::kProposalsPerPage);
  auto model = frame(visit, "proposals", texts("public.proposals"), texts("public.lead"));
  const auto query = filter.query();
  const auto suffix = query.empty() ? "" : "?" + query;
  model["filter"] = choices(visit, records, filter);
  model["count"] = texts.count("public.count", selected.size());
  model["narrowed"] = !query.empty();
  model["feed"] = {
      {"url", "/proposals.atom?language=" + texts.language() + (query.empty() ? "" : "&" + query)}};
  model["csv"] = "/api/proposals.csv" + suffix;
  model["json"] = "/api/proposals" + suffix;
  for (auto i = page.first; i < page.end; ++i)
    model["proposals"].push_back(proposal_card(texts, *selected[i].record, *selected[i].proposal));
  model["empty"] = selected.empty();
  model["pager"] = pager(visit, query, page.number, page.pages);
  return fill("proposals.html", texts, model);
}

std::optional<std::string> proposal_page(const Visit& visit, const Records& records, const std::string& id) {
  const auto& texts = visit.texts;
  for (const auto& record : records) {
    const auto* proposal = record->proposal(id);
    if (const auto* ended = proposal ? nullptr : record->ended_proposal(id))
      return ended_proposal_page(visit, *record, *ended);
    if (!proposal)
      continue;
    auto model = frame(visit, "proposals", proposal->at("title"), proposal->at("text"));
    model["proposal"] = proposal_card(texts, *record, *proposal);
    model["way"] = json::array();
    add_way_of(texts, *record, proposal, model["way"]);
    if (proposal->contains("commitment")) {
      const auto& commitment = proposal->at("commitment");
      model["commitment"] = {{"url", "/commitments/" + commitment.at("id").get<std::string>()},
                             {"title", words_of(texts, commitment.at("title"))},
                             {"status", texts("status." + commitment.at("status").get<std::string>())}};
    }
    if (proposal->contains("opinions"))
      for (const auto& opinion : proposal->at("opinions"))
        model["committee"]["opinions"].push_back(
            {{"stance", texts("stance." + opinion.at("stance").get<std::string>())},
             {"words", words_of(texts, opinion.at("words"))},
             {"day", texts.day(opinion.at("at").get<TimeMs>())}});
    if (proposal->contains("answer") && proposal->at("answer").contains("with"))
      for (const auto& other : proposal->at("answer").at("with"))
        if (const auto* same = record->proposal(other))
          model["together"]["proposals"].push_back(
              {{"title", same->at("title")}, {"url", "/proposals/" + other.get<std::string>()}});
    if (proposal->contains("committee")) {
      const auto& asked = proposal->at("committee");
      model["list"] = {
          {"standing", texts("committee." + asked.at("standing").get<std::string>())},
          {"title", words_of(texts, asked.at("title"))},
          {"until", texts("list.until", {{"date", texts.day(asked.at("until").get<std::string>())}})},
          {"url", "/consultations/" + record->consultation.text() + "/committee"},
          {"anchor", "list-" + asked.at("list").get<std::string>()}};
    }
    model["overrulings"] =
        overrulings_of(texts, *record, [&](const json& one) { return one.at("proposal").at("id") == id; });
    model["overruled"] = !model["overrulings"].empty();
    add_questions(texts, *proposal, model);
    model["links"] = links_of(texts, records, *record, id);
    if (auto hops = hops_of(texts, *proposal); !hops.empty())
      model["handed_on"] = {{"hops", std::move(hops)}};
    model["score"] = score_table(texts, *record, proposal->at("score"));
    for (const auto& contribution : proposal->at("contributions"))
      if (const auto* found = record->contribution(contribution))
        model["contributions"].push_back(with_merged(texts, *record, *found));
    model["behind"] = model["proposal"]["said"];
    model["feed"] = {{"url", "/proposals.atom?language=" + texts.language() + "&proposal=" + id}};
    offer_mail(visit, model, "proposal", id);
    model["json"] = "/api/proposals/" + id;
    return fill("proposal.html", texts, model);
  }
  return std::nullopt;
}

} // namespace warsha::publication
