#include "server/review/list_views.hpp"

#include "server/review/by_time.hpp"
#include "server/review/in_both.hpp"
#include "server/review/overrulings.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace warsha::review {

using nlohmann::json;

namespace {

json view_items(const Docket& docket, const Dossier& dossier, const CommitteeList& list, Reader reader) {
  json items = json::array();
  for (const auto& id : list.words.proposals) {
    const auto& proposal = docket.proposals.at(id);
    json objections = json::array();
    if (const auto found = list.objections.find(id); found != list.objections.end())
      for (const auto& [member, objection] : found->second) {
        json one{{"words", in_both(objection.words)}, {"at", objection.at}};
        if (reader != Reader::everybody)
          one["by"] = name_of(dossier, member);
        objections.push_back(std::move(one));
      }
    items.push_back({{"id", id.text()},
                     {"title", proposal.title},
                     {"lead", proposal.lead},
                     {"answer", name(proposal.answer->answer.kind)},
                     {"objections", by_time(std::move(objections))}});
  }
  return items;
}

json view_ballots(const Dossier& dossier, const CommitteeList& list, Reader reader) {
  json ballots = json::array();
  for (const auto& [member, cast] : list.ballots) {
    json one{{"ballot", name(cast.ballot)}, {"at", cast.at}};
    if (cast.words)
      one["words"] = in_both(*cast.words);
    if (reader != Reader::everybody)
      one["by"] = name_of(dossier, member);
    ballots.push_back(std::move(one));
  }
  return by_time(std::move(ballots));
}

/// What one member said, to be changed until the day.
json view_mine(const CommitteeList& list, const ActorId& me) {
  json out{{"objections", json::object()}};
  for (const auto& [proposal, objections] : list.objections)
    if (const auto found = objections.find(me); found != objections.end())
      out["objections"][proposal.text()] = in_both(found->second.words);
  if (const auto found = list.ballots.find(me); found != list.ballots.end()) {
    out["ballot"] = name(found->second.ballot);
    if (found->second.words)
      out["words"] = in_both(*found->second.words);
  }
  return out;
}

json view_list(const Docket& docket, const Dossier& dossier, const CommitteeList& list, Reader reader,
               const ActorId& me, TimeMs now) {
  const auto ballots = count(list);
  json out{
      {"id", list.id.text()},
      {"title", in_both(list.words.title)},
      {"words", in_both(list.words.words)},
      {"rule", name(list.words.rule)},
      {"at", list.at},
      {"until", list.words.until},
      {"result", name(result_of(list, now))},
      {"proposals", view_items(docket, dossier, list, reader)},
      {"count", {{"approve", ballots.approve}, {"reject", ballots.reject}, {"abstain", ballots.abstain}}},
      {"ballots", view_ballots(dossier, list, reader)}};
  if (list.words.quorum)
    out["quorum"] = *list.words.quorum;
  if (list.words.majority)
    out["majority"] = name(*list.words.majority);
  if (list.withdrawn)
    out["withdrawn"] = {{"words", in_both(list.withdrawn->words)}, {"at", list.withdrawn->at}};
  if (reader == Reader::everybody)
    return out;
  out["seq"] = list.changed_seq;
  out["by"] = name_of(dossier, list.by);
  out["mine"] = view_mine(list, me);
  return out;
}

} // namespace

json view_lists(const Docket& docket, const Dossier& dossier, Reader reader, const ActorId& me, TimeMs now) {
  std::vector<const CommitteeList*> lists;
  for (const auto& [id, list] : docket.lists)
    lists.push_back(&list);
  std::ranges::stable_sort(lists, std::ranges::greater(), &CommitteeList::at);
  json out = json::array();
  for (const auto* list : lists)
    out.push_back(view_list(docket, dossier, *list, reader, me, now));
  return out;
}

json view_standing(const Docket& docket, const Proposal& proposal, TimeMs now) {
  const auto standing = docket.standing_of(proposal, now);
  if (standing == Standing::not_asked)
    return nullptr;
  const auto& list = *docket.last_list_of(proposal);
  return {{"standing", name(standing)},
          {"list", list.id.text()},
          {"title", in_both(list.words.title)},
          {"until", list.words.until}};
}

json view_overrulings(const Docket& docket, TimeMs now) {
  json out = json::array();
  for (const auto& one : overrulings(docket, now)) {
    json view{{"kind", name(one.kind)},
              {"proposal", {{"id", one.proposal.text()}, {"title", docket.proposals.at(one.proposal).title}}},
              {"administration", one.administration},
              {"at", one.at}};
    if (one.words)
      view["words"] = in_both(*one.words);
    if (one.commitment)
      view["commitment"] = {{"id", one.commitment->text()},
                            {"title", in_both(docket.commitments.at(*one.commitment).words.title)}};
    if (one.list)
      view["list"] = one.list->text();
    out.push_back(std::move(view));
  }
  return out;
}

} // namespace warsha::review
