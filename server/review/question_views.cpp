#include "server/review/question_views.hpp"

#include "server/review/by_time.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace warsha::review {

using nlohmann::json;

namespace {

bool may_be_read(const store::ContributionRow& row) {
  return row.state == "shown" && !row.veiled;
}

/// The published replies of authors, the first first.
json view_published(const Dossier& dossier, const Question& question) {
  json out = json::array();
  for (const auto& [contribution, reply] : question.replies) {
    if (reply.state != ReplyState::published)
      continue;
    const auto* row = row_of(dossier, contribution);
    if (row && may_be_read(*row))
      out.push_back({{"contribution", contribution.text()}, {"text", reply.text}, {"at", reply.at}});
  }
  return by_time(std::move(out));
}

json view(const Question& question) {
  return {{"id", question.id.text()},
          {"administration", question.administration},
          {"text", question.text},
          {"at", question.at}};
}

/// To the members of the administration that asked: how many replies an organiser has yet to read, and how
/// many were not published, but none of their words.
json view_own(const Docket& docket, const Dossier& dossier, const Question& question) {
  auto out = view(question);
  out["own"] = true;
  out["to"] = name(question.to);
  out["by"] = name_of(dossier, question.by);
  out["open"] = is_open(docket, question);
  if (question.reply)
    out["reply"] = {{"text", question.reply->text}, {"at", question.reply->at}};
  if (question.to == Asked::authors) {
    const auto count = [&](ReplyState state) {
      return std::ranges::count(question.replies, state, [](const auto& one) { return one.second.state; });
    };
    out["replies"] = view_published(dossier, question);
    out["waiting"] = count(ReplyState::waiting);
    out["withheld"] = count(ReplyState::withheld);
  }
  return out;
}

} // namespace

json view_questions(const Docket& docket, const Dossier& dossier, const Proposal& proposal, Reader reader) {
  json out = json::array();
  const auto holder = reader == Reader::administration ? holder_of(proposal) : std::string();
  for (const auto& [id, question] : docket.questions) {
    if (question.proposal != proposal.id)
      continue;
    if (!holder.empty() && question.administration == holder) {
      out.push_back(view_own(docket, dossier, question));
    } else if (auto replies = view_published(dossier, question); !replies.empty()) {
      out.push_back(view(question));
      out.back()["replies"] = std::move(replies);
    }
  }
  return out;
}

json view_questions_for_organiser(const Docket& docket, const Dossier& dossier) {
  json out = json::array();
  for (const auto& [id, question] : docket.questions) {
    auto view_of = view(question);
    view_of["to"] = name(question.to);
    view_of["by"] = name_of(dossier, question.by);
    view_of["open"] = is_open(docket, question);
    view_of["seq"] = question.changed_seq;
    view_of["proposal"] = {{"id", question.proposal.text()},
                           {"title", docket.proposals.at(question.proposal).title}};
    if (question.reply)
      view_of["reply"] = {{"text", question.reply->text},
                          {"at", question.reply->at},
                          {"by", name_of(dossier, question.reply->by)}};
    json replies = json::array();
    for (const auto& [contribution, reply] : question.replies) {
      replies.push_back({{"contribution", contribution.text()},
                         {"text", reply.text},
                         {"at", reply.at},
                         {"state", name(reply.state)},
                         {"seq", reply.changed_seq}});
      if (const auto* row = row_of(dossier, contribution); row && may_be_read(*row))
        replies.back()["said"] = row->text;
      if (reply.state == ReplyState::withheld)
        replies.back()["note"] = reply.note;
    }
    view_of["replies"] = std::move(replies);
    out.push_back(std::move(view_of));
  }
  return by_time(std::move(out));
}

json view_questions_to_author(const Docket& docket, const store::ContributionRow& row, bool own_device) {
  json out = json::array();
  for (const auto& [id, question] : docket.questions) {
    const auto reply = question.replies.find(row.id);
    const bool replied = reply != question.replies.end();
    if (!replied && !is_asked(docket, question, row))
      continue;
    auto view_of = view(question);
    view_of["may_reply"] = may_be_read(row) && may_reply(docket, question, row);
    if (replied) {
      const auto& [text, at, state, note, seq] = reply->second;
      view_of["reply"] = {{"state", name(state)}, {"at", at}};
      if (own_device || (state == ReplyState::published && may_be_read(row)))
        view_of["reply"]["text"] = text;
      if (state == ReplyState::withheld)
        view_of["reply"]["note"] = note;
    }
    out.push_back(std::move(view_of));
  }
  return by_time(std::move(out));
}

} // namespace warsha::review
