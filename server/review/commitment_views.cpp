#include "server/review/commitment_views.hpp"

#include "server/review/by_time.hpp"
#include "server/review/in_both.hpp"

#include <nlohmann/json.hpp>

namespace warsha::review {

using nlohmann::json;

namespace {

json view_activity(const Commitment& commitment, std::size_t number, const Dossier& dossier, Reader reader,
                   TimeMs now) {
  const auto& activity = commitment.words.activities[number - 1];
  json reports = json::array();
  for (const auto& report : commitment.reports) {
    if (report.progress.activity != static_cast<std::int64_t>(number))
      continue;
    json one{{"status", name(report.progress.status)},
             {"words", in_both(report.progress.words)},
             {"at", report.at}};
    if (report.progress.link)
      one["link"] = *report.progress.link;
    if (reader != Reader::everybody)
      one["by"] = name_of(dossier, report.by);
    reports.push_back(std::move(one));
  }
  return {{"number", number},
          {"title", in_both(activity.title)},
          {"starts", activity.starts},
          {"ends", activity.ends},
          {"status", name(status_of(commitment, number, now))},
          {"progress", std::move(reports)}};
}

} // namespace

json view_commitment(const Docket& docket, const Dossier& dossier, const Commitment& commitment,
                     Reader reader, TimeMs now) {
  json proposals = json::array();
  for (const auto& id : commitment.proposals)
    proposals.push_back({{"id", id.text()},
                         {"title", docket.proposals.at(id).title},
                         {"committee", name(docket.standing_of(docket.proposals.at(id), now))}});
  json activities = json::array();
  for (std::size_t number = 1; number <= commitment.words.activities.size(); ++number)
    activities.push_back(view_activity(commitment, number, dossier, reader, now));
  json out{{"id", commitment.id.text()},
           {"lead", commitment.lead},
           {"title", in_both(commitment.words.title)},
           {"problem", in_both(commitment.words.problem)},
           {"description", in_both(commitment.words.description)},
           {"openness", in_both(commitment.words.openness)},
           {"indicator", in_both(commitment.words.indicator)},
           {"status", name(status_of(commitment, now))},
           {"proposals", std::move(proposals)},
           {"activities", std::move(activities)},
           {"consultation",
            {{"id", dossier.consultation.id.text()},
             {"title", dossier.consultation.title},
             {"city", dossier.consultation.city}}}};
  if (commitment.confirmed_at)
    out["confirmed_at"] = *commitment.confirmed_at;
  if (commitment.despite)
    out["despite"] = in_both(*commitment.despite);
  if (reader == Reader::everybody)
    return out;
  out["seq"] = commitment.changed_seq;
  out["state"] = name(commitment.state);
  out["at"] = commitment.at;
  out["by"] = name_of(dossier, commitment.by);
  if (commitment.state == CommitmentState::returned)
    out["returned"] = {{"note", commitment.return_note}};
  if (commitment.confirmed_at)
    out["confirmed_by"] = name_of(dossier, commitment.confirmed_by);
  return out;
}

json view_commitments(const Docket& docket, const Dossier& dossier, const std::optional<std::string>& lead,
                      TimeMs now) {
  json all = json::array();
  for (const auto& [id, commitment] : docket.commitments)
    if (!lead || commitment.lead == *lead)
      all.push_back(view_commitment(docket, dossier, commitment,
                                    lead ? Reader::administration : Reader::organiser, now));
  return all;
}

json view_commitment_of(const Docket& docket, const Proposal& proposal, Reader reader, TimeMs now) {
  const auto* commitment = proposal.commitment ? docket.find(*proposal.commitment) : nullptr;
  if (!commitment || (reader == Reader::everybody && commitment->state != CommitmentState::confirmed))
    return nullptr;
  json out{{"id", commitment->id.text()},
           {"title", in_both(commitment->words.title)},
           {"status", name(status_of(*commitment, now))}};
  if (reader != Reader::everybody)
    out["state"] = name(commitment->state);
  return out;
}

json view_opinions(const Proposal& proposal, const Dossier& dossier, Reader reader) {
  json opinions = json::array();
  const auto& answer = proposal.answer ? proposal.answer : proposal.proposed;
  for (const auto& [account, opinion] : proposal.opinions) {
    const bool of_earlier_answer = !answer || opinion.seq < answer->seq; // it was written anew since
    if (of_earlier_answer && reader == Reader::everybody)
      continue; // it would stand beside what it was not said of
    json one{{"stance", name(opinion.stance)}, {"words", in_both(opinion.words)}, {"at", opinion.at}};
    if (of_earlier_answer)
      one["of_earlier_answer"] = true;
    if (reader != Reader::everybody)
      one["by"] = name_of(dossier, account);
    opinions.push_back(std::move(one));
  }
  return by_time(std::move(opinions));
}

json view_contestation(const Contestation& contestation, Reader reader) {
  json out{{"at", contestation.at}, {"against", name(contestation.against)}, {"state", "waiting"}};
  if (contestation.decision || reader != Reader::everybody)
    out["text"] = contestation.text;
  if (contestation.decision) {
    out["state"] = contestation.decision->upheld ? "upheld" : "rejected";
    out["words"] = in_both(contestation.decision->words);
    out["decided_at"] = contestation.decided_at;
  }
  return out;
}

} // namespace warsha::review
