#include "server/review/views.hpp"

#include "server/review/behind.hpp"
#include "server/review/commitment_views.hpp"
#include "server/review/in_both.hpp"
#include "server/review/list_views.hpp"
#include "server/review/question_views.hpp"
#include "server/review/scores.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace warsha::review {

using nlohmann::json;

namespace {

json view(const PublishedAnswer& published, const Dossier& dossier, Reader reader) {
  const auto& answer = published.answer;
  json out{{"kind", name(answer.kind)},
           {"words", in_both(answer.words)},
           {"administration", published.administration},
           {"at", published.at}};
  if (answer.link)
    out["link"] = *answer.link;
  if (answer.owner)
    out["owner"] = *answer.owner;
  if (answer.commitment)
    out["commitment"] = answer.commitment->text();
  if (reader != Reader::everybody) {
    out["by"] = name_of(dossier, published.by);
    if (published.approved_by)
      out["approved_by"] = name_of(dossier, *published.approved_by);
  }
  return out;
}

/// The other proposals that the same decision answers.
void add_others(json& answer, const Docket& docket, const Proposal& proposal) {
  for (const auto& id : docket.answered_with(proposal))
    if (id != proposal.id)
      answer["with"].push_back(id.text());
}

json view(const Hop& hop) {
  json out{{"at", hop.at}, {"to", hop.to}};
  if (!hop.from.empty())
    out["from"] = hop.from;
  if (hop.why)
    out["why"] = in_both(*hop.why);
  if (!hop.unit.empty())
    out["unit"] = hop.unit;
  if (hop.accepted_at)
    out["accepted_at"] = *hop.accepted_at;
  if (hop.shared)
    out["shared"] = in_both(*hop.shared);
  return out;
}

/// The first, and what was merged into it: each as its author says it now, and what they said first.
json view_said(const Docket& docket, const std::vector<const store::ContributionRow*>& together) {
  json out;
  for (const auto* row : together) {
    json one{{"id", row->id.text()}, {"kind", name(row->kind)}, {"text", row->text}};
    if (const auto found = docket.contributions.find(row->id);
        found != docket.contributions.end() && found->second.revised) {
      one["text"] = *found->second.revised;
      one["first_said"] = row->text;
    }
    if (row == together.front())
      out = std::move(one);
    else
      out["merged"].push_back(std::move(one));
  }
  return out;
}

json view(const ActorId& account, const Screening& screening, const Dossier& dossier, const ActorId& reader) {
  json out{{"by", name_of(dossier, account)},
           {"clarity", screening.clarity},
           {"precision", screening.precision},
           {"link", screening.link},
           {"at", screening.at}};
  if (account == reader)
    out["own"] = true;
  return out;
}

json view_contribution(const Docket& docket, const Dossier& dossier, const Merged& merged,
                       const WorkshopId& workshop, const store::ContributionRow& row, const ActorId& reader) {
  json out{{"id", row.id.text()},
           {"kind", name(row.kind)},
           {"workshop", workshop.text()},
           {"at", row.added_at},
           {"supports", row.supports},
           {"behind", view_behind(dossier, with_merged(merged, row), Reader::organiser)},
           {"live_state", row.state},
           {"state", name(docket.state_of(row.id))}};
  if (row.state != "withdrawn")
    out["text"] = row.text;
  if (row.merged_into)
    out["merged_into"] = row.merged_into->text();
  json screenings = json::array();
  if (const auto found = docket.contributions.find(row.id); found != docket.contributions.end()) {
    const auto& reviewed = found->second;
    for (const auto& [account, screening] : reviewed.screenings) {
      screenings.push_back(view(account, screening, dossier, reader));
      if (reviewed.is_of_old_words(screening))
        screenings.back()["of_old_words"] = true;
    }
    if (reviewed.stands_apart)
      out.erase("merged_into");
    if (reviewed.state == ContributionState::returned)
      out["returned"] = {{"note", reviewed.return_note}, {"at", reviewed.at}};
    if (reviewed.revised)
      out["revised"] = *reviewed.revised;
    if (reviewed.refusal)
      out["refused"] = {{"reason", name(reviewed.refusal->reason)},
                        {"words", in_both(reviewed.refusal->words)},
                        {"at", reviewed.at},
                        {"by", name_of(dossier, reviewed.by)}};
    if (reviewed.proposal)
      out["proposal"] = reviewed.proposal->text();
    if (reviewed.contestation) {
      out["seq"] = reviewed.changed_seq;
      out["contestation"] = view_contestation(*reviewed.contestation, Reader::organiser);
      out["contestation"]["contested"] = name_of(dossier, reviewed.contestation->contested);
      if (took_contested_decision(docket, row.id, reader))
        out["contestation"]["own"] = true;
    }
  }
  out["screenings"] = std::move(screenings);
  return out;
}

json view(const Rated& rated) {
  json values = json::object();
  for (const auto& [criterion, value] : rated.values)
    values[name(criterion)] = value;
  return values;
}

/// Who rated it: for the administration, its own members.
json view_ratings(const Dossier& dossier, const Proposal& proposal, Reader reader) {
  json out = json::array();
  for (const auto& [rater, rated] : proposal.ratings) {
    if (reader == Reader::administration && rater.first != holder_of(proposal))
      continue;
    out.push_back({{"administration", rater.first},
                   {"by", name_of(dossier, rater.second)},
                   {"at", rated.at},
                   {"values", view(rated)}});
  }
  return out;
}

/// All that became of it: without what was said, and without its score. `dossier`: for the names of staff.
json view_way(const Docket& docket, const Dossier& dossier, const Proposal& proposal, Reader reader,
              TimeMs now) {
  json hops = json::array();
  for (const auto& hop : proposal.hops)
    hops.push_back(view(hop));
  const bool is_late = proposal.due_at && !proposal.answer;
  json out{{"id", proposal.id.text()},
           {"title", proposal.title},
           {"text", proposal.text},
           {"state", name(proposal.state == ProposalState::answer_proposed && reader == Reader::everybody
                              ? ProposalState::routed
                              : proposal.state)},
           {"at", proposal.at},
           {"contributing", proposal.contributing},
           {"late_days", is_late ? working_days_late(*proposal.due_at, now) : 0},
           {"hops", std::move(hops)}};
  const auto holder = holder_of(proposal);
  if (is_to_arbitrate(proposal))
    out["to_arbitrate"] = true;
  if (reader != Reader::everybody) {
    out["seq"] = proposal.changed_seq;
    out["ratings"] = view_ratings(dossier, proposal, reader);
    if (!holder.empty())
      out["holder"] = holder;
  }
  if (!proposal.lead.empty())
    out["lead"] = proposal.lead;
  if (proposal.due_at)
    out["due_at"] = *proposal.due_at;
  if (proposal.answer) {
    out["answer"] = view(*proposal.answer, dossier, reader);
    add_others(out["answer"], docket, proposal);
  }
  if (auto commitment = view_commitment_of(docket, proposal, reader, now); !commitment.is_null())
    out["commitment"] = std::move(commitment);
  // Before the answer is published they would tell of it to who may not read it.
  const bool reads_answer =
      proposal.answer || reader == Reader::administration || reader == Reader::committee;
  if (reads_answer)
    if (auto opinions = view_opinions(proposal, dossier, reader); !opinions.empty())
      out["opinions"] = std::move(opinions);
  if (auto asked = view_standing(docket, proposal, now); !asked.is_null())
    out["committee"] = std::move(asked);
  if (proposal.proposed && (reader == Reader::administration || reader == Reader::committee)) {
    out["proposed_answer"] = view(*proposal.proposed, dossier, reader);
    add_others(out["proposed_answer"], docket, proposal);
  }
  if (reader == Reader::administration) {
    if (is_due_soon(proposal, now))
      out["due_soon"] = true;
    if (proposal.assigned && holder == proposal.lead)
      out["assigned"] = proposal.assigned->text();
    json notes = json::array();
    for (const auto& note : proposal.notes) {
      if (note.administration != holder)
        continue;
      notes.push_back({{"by", name_of(dossier, note.by)}, {"text", note.text}, {"at", note.at}});
      if (note.rejects_answer)
        notes.back()["rejects_answer"] = true;
    }
    out["notes"] = std::move(notes);
  }
  return out;
}

} // namespace

std::string name_of(const Dossier& dossier, const ActorId& account) {
  const auto found = dossier.names_of_staff.find(account);
  return found == dossier.names_of_staff.end() ? std::string() : found->second;
}

const store::ContributionRow* row_of(const Dossier& dossier, const ContributionId& id) {
  for (const auto& [workshop, rows] : dossier.contributions)
    for (const auto& row : rows)
      if (row.id == id)
        return &row;
  return nullptr;
}

json view_proposal(const Docket& docket, const Dossier& dossier, const Merged& merged,
                   const Proposal& proposal, Reader reader, TimeMs now) {
  json contributions = json::array();
  json said = json::array();
  std::vector<const store::ContributionRow*> behind;
  for (const auto& id : proposal.contributions) {
    contributions.push_back(id.text());
    const auto* row = row_of(dossier, id);
    if (!row || row->state != "shown" || row->veiled)
      continue;
    const auto together = with_merged(merged, *row);
    behind.insert(behind.end(), together.begin(), together.end());
    said.push_back(view_said(docket, together));
  }
  auto out = view_way(docket, dossier, proposal, reader, now);
  out["contributions"] = std::move(contributions);
  out["said"] = std::move(said);
  out["behind"] = view_behind(dossier, behind, reader);
  out["score"] = view_score(docket, dossier, proposal);
  if (auto questions = view_questions(docket, dossier, proposal, reader); !questions.empty())
    out["questions"] = std::move(questions);
  return out;
}

json view_own_ratings(const Proposal& proposal, const ActorId& me) {
  json out = json::object();
  for (const auto& [rater, rated] : proposal.ratings)
    if (rater.second == me)
      out[rater.first] = view(rated);
  return out;
}

json view_ended(const Docket& docket, const Proposal& proposal) {
  const auto& ending = *proposal.ending;
  json contributions = json::array();
  for (const auto& id : ending.contributions)
    contributions.push_back(id.text());
  json out{{"id", proposal.id.text()},
           {"title", proposal.title},
           {"text", proposal.text},
           {"state", name(proposal.state)},
           {"at", proposal.at},
           {"ended_at", ending.at},
           {"words", in_both(ending.words)},
           {"contributions", std::move(contributions)}};
  if (const auto* into = ending.into ? docket.find(*ending.into) : nullptr)
    out["into"] = {{"id", into->id.text()}, {"title", into->title}};
  if (proposal.answer)
    out["answer"] = view(*proposal.answer, {}, Reader::everybody);
  return out;
}

namespace {

/// For whoever may take it back: by whom, and what that takes.
json view_ended_for_staff(const Docket& docket, const Dossier& dossier, const Proposal& proposal) {
  auto out = view_ended(docket, proposal);
  out["seq"] = proposal.changed_seq;
  out["by"] = name_of(dossier, proposal.ending->by);
  if (!proposal.ending->into)
    return out;
  const auto& into = *docket.find(*proposal.ending->into);
  const auto back = docket.to_give_back(proposal).size();
  out["can_come_back"] = !into.ending && !into.answer && back > 0 && back < into.contributions.size();
  return out;
}

} // namespace

json view_docket(const Docket& docket, const Dossier& dossier, Reader reader, const ActorId& me, TimeMs now) {
  json workshops = json::array();
  json contributions = json::array();
  const auto merged = merged_in(docket, dossier);
  for (const auto& workshop : dossier.workshops) {
    workshops.push_back({{"id", workshop.id.text()}, {"title", workshop.title}});
    if (const auto rows = dossier.contributions.find(workshop.id); rows != dossier.contributions.end())
      for (const auto& row : rows->second)
        contributions.push_back(view_contribution(docket, dossier, merged, workshop.id, row, me));
  }
  json proposals = json::array();
  json ended = json::array();
  for (const auto& [id, proposal] : docket.proposals)
    if (proposal.ending)
      ended.push_back(view_ended_for_staff(docket, dossier, proposal));
    else
      proposals.push_back(view_proposal(docket, dossier, merged, proposal, reader, now));
  auto commitments = view_commitments(docket, dossier, std::nullopt, now);
  for (auto& one : commitments)
    if (docket.commitments.at(*CommitmentId::parse(one.at("id").get<std::string>())).by == me)
      one["own"] = true;
  return {{"seq", docket.seq},
          {"consultation", {{"id", dossier.consultation.id.text()}, {"title", dossier.consultation.title}}},
          {"grid", view_criteria(docket.grid())},
          {"grids", view_grids(docket, dossier, Reader::organiser)},
          {"grid_seq", docket.grid_seq},
          {"workshops", std::move(workshops)},
          {"contributions", std::move(contributions)},
          {"proposals", std::move(proposals)},
          {"ended", std::move(ended)},
          {"commitments", std::move(commitments)},
          {"lists", view_lists(docket, dossier, Reader::organiser, me, now)},
          {"overrulings", view_overrulings(docket, now)},
          {"members_of_committee", dossier.members_of_committee}};
}

namespace {

json view(const Fates& fates) {
  json answered = json::object();
  for (const auto& [kind, count] : fates.answered)
    answered[name(kind)] = count;
  json refused = json::object();
  for (const auto& [reason, count] : fates.refused)
    refused[name(reason)] = count;
  return {{"waiting", fates.waiting},
          {"returned", fates.returned},
          {"in_review", fates.in_review},
          {"answered", std::move(answered)},
          {"refused", std::move(refused)}};
}

} // namespace

json view_balance(const Balance& balance) {
  auto out = view(balance.fates);
  out["received"] = balance.received;
  out["withdrawn"] = balance.withdrawn;
  out["hidden"] = balance.hidden;
  out["merged"] = balance.merged.sum();
  out["merged_by_fate"] = view(balance.merged);
  return out;
}

json view_fate(const Docket& docket, const store::ContributionRow& row, TimeMs now) {
  const auto id = decided_as(docket, row);
  json out{{"state", name(docket.state_of(id))}};
  if (id != row.id)
    out["shared"] = true; // decided of what it was merged into
  // One's own, also while it shares another's fate: against that very merge it may have been raised.
  if (const auto* contestation = docket.contestation_of(row.id))
    out["contestation"] = view_contestation(*contestation, Reader::organiser); // to its author
  if (docket.stands_apart(row.id))
    out["stands_apart"] = true;
  const auto found = docket.contributions.find(id);
  if (found == docket.contributions.end())
    return out;
  const auto& reviewed = found->second;
  const bool own = id == row.id; // a note to one author is not told to another
  if (own && reviewed.state == ContributionState::returned)
    out["returned_note"] = reviewed.return_note;
  if (own && reviewed.revised && row.state == "shown" && !row.veiled)
    out["revised"] = *reviewed.revised;
  if (reviewed.refusal) {
    out["reason"] = name(reviewed.refusal->reason);
    out["words"] = in_both(reviewed.refusal->words);
    out["at"] = reviewed.at;
  }
  if (reviewed.proposal) {
    const Dossier nobody{}; // no names are told to everybody
    out["proposal"] =
        view_way(docket, nobody, docket.proposals.at(*reviewed.proposal), Reader::everybody, now);
  }
  return out;
}

} // namespace warsha::review
