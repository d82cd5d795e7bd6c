#include "server/mail/reminders.hpp"

#include "protocol/limits.hpp"

#include <algorithm>
#include <chrono>
#include <ctime>
#include <set>
#include <tuple>

namespace warsha::mail {

namespace {

constexpr TimeMs kHourMs = 60LL * 60 * 1000;
constexpr TimeMs kDayMs = 24 * kHourMs;

/// How far a proposal had come to its due time and beyond; each step is worth a letter.
int step_at(TimeMs due_at, TimeMs at) {
  if (const int late = review::working_days_late(due_at, at); late > 0)
    return 3 + (late - 1) / limits::kLateAgainWorkingDays;
  const int left = review::working_days_between(at, due_at);
  return left == 0 ? 2 : left <= limits::kDueSoonWorkingDays ? 1 : 0;
}

Urgency urgency_of(int step, bool fresh) {
  if (step > 2)
    return Urgency::late;
  if (step > 0)
    return Urgency::soon;
  return fresh ? Urgency::fresh : Urgency::calm;
}

Waiting describe(const review::Proposal& proposal, std::optional<TimeMs> told_at, TimeMs now) {
  const bool fresh = !told_at || proposal.hops.back().at > *told_at || proposal.assigned_at > *told_at;
  const auto holder = review::holder_of(proposal);
  // Named as the owner by another administration: there is no time yet for what nobody accepted.
  if (!proposal.due_at)
    return {holder, proposal.title, 0, 0, urgency_of(0, fresh), fresh};
  const int step = step_at(*proposal.due_at, now);
  return {holder,
          proposal.title,
          *proposal.due_at,
          review::working_days_late(*proposal.due_at, now),
          urgency_of(step, fresh),
          fresh || step > step_at(*proposal.due_at, *told_at)};
}

bool is_member(const Members& members, const ActorId& account, const std::string& administration) {
  const auto found = members.find(account);
  return found != members.end() && found->second.contains(administration);
}

/// Who had it assigned may have left, or their administration may have handed it on.
bool is_anothers(const review::Proposal& proposal, const ActorId& member, const Members& members) {
  return proposal.assigned && *proposal.assigned != member && review::holder_of(proposal) == proposal.lead &&
         is_member(members, *proposal.assigned, proposal.lead);
}

} // namespace

std::vector<Waiting> waiting_for(const review::Docket& docket, const ActorId& member, const Members& members,
                                 std::optional<TimeMs> told_at, TimeMs now) {
  std::vector<Waiting> all;
  for (const auto& [id, proposal] : docket.proposals) {
    if (proposal.answer || proposal.hops.empty() || !is_member(members, member, review::holder_of(proposal)))
      continue;
    auto waiting = describe(proposal, told_at, now);
    if (!is_anothers(proposal, member, members) || waiting.urgency == Urgency::late)
      all.push_back(std::move(waiting));
  }
  return all;
}

namespace {

/// The last working day before the day of `end`.
bool is_last_chance(TimeMs end, TimeMs at) {
  const auto today = at / kDayMs;
  const auto last = end / kDayMs;
  if (today >= last)
    return false;
  for (auto day = today + 1; day < last; ++day)
    if (review::is_working_day(day * kDayMs))
      return false;
  return true;
}

/// Is it new since the last letter, or waiting for so long that it is said again?
bool is_told_again(TimeMs since, std::optional<TimeMs> told_at, TimeMs now) {
  const auto step = [&](TimeMs at) {
    return review::working_days_between(since, at) / limits::kLateAgainWorkingDays;
  };
  return !told_at || since > *told_at || step(now) > step(*told_at);
}

/// Each proposal once, whoever asked or replied.
void add_questions(std::vector<Duty>& all, const review::Docket& docket, std::optional<TimeMs> told_at,
                   TimeMs now) {
  std::set<std::pair<DutyKind, ProposalId>> waiting;
  for (const auto& [id, question] : docket.questions) {
    if (question.to == review::Asked::organiser && review::is_open(docket, question) &&
        is_told_again(question.at, told_at, now))
      waiting.emplace(DutyKind::question, question.proposal);
    for (const auto& [contribution, reply] : question.replies)
      if (reply.state == review::ReplyState::waiting && is_told_again(reply.at, told_at, now))
        waiting.emplace(DutyKind::reply, question.proposal);
  }
  for (const auto& [kind, id] : waiting) {
    const auto& title = docket.proposals.at(id).title;
    all.push_back({kind, {title, title}, {}});
  }
}

} // namespace

std::vector<Duty> duties_of_committee(const review::Docket& docket, const ActorId& member,
                                      std::optional<TimeMs> told_at, TimeMs now) {
  std::vector<Duty> all;
  for (const auto& [id, list] : docket.lists) {
    if (review::result_of(list, now) != review::ListResult::open)
      continue;
    const bool fresh = !told_at || list.at > *told_at;
    const bool ends = is_last_chance(list.ends, now) && !(told_at && is_last_chance(list.ends, *told_at));
    if (ends && !list.ballots.contains(member))
      all.push_back({DutyKind::list_ends, list.words.title, list.words.until});
    else if (fresh)
      all.push_back({DutyKind::list_opened, list.words.title, list.words.until});
  }
  return all;
}

std::vector<Duty> duties_of_organiser(const review::Docket& docket, const ActorId& organiser,
                                      std::optional<TimeMs> told_at, TimeMs now,
                                      const std::function<std::string(const ContributionId&)>& words_of) {
  std::vector<Duty> all;
  for (const auto& [id, reviewed] : docket.contributions) {
    const auto& contestation = reviewed.contestation;
    if (!contestation || contestation->decision || review::took_contested_decision(docket, id, organiser) ||
        !is_told_again(contestation->at, told_at, now))
      continue;
    const auto words = words_of(id);
    all.push_back({DutyKind::contestation, {words, words}, {}});
  }
  for (const auto& [id, proposal] : docket.proposals)
    if (review::is_to_arbitrate(proposal) && is_told_again(proposal.hops.back().at, told_at, now))
      all.push_back({DutyKind::arbitration, {proposal.title, proposal.title}, {}});
  add_questions(all, docket, told_at, now);
  return all;
}

void sort_by_urgency(std::vector<Waiting>& waiting) {
  std::ranges::stable_sort(waiting, [](const Waiting& a, const Waiting& b) {
    return std::tie(a.administration, a.urgency, a.due_at) < std::tie(b.administration, b.urgency, b.due_at);
  });
}

bool is_time_to_remind(TimeMs now) {
  return review::is_working_day(now) && now / kHourMs % 24 >= limits::kReminderHourUtc;
}

std::string day_of(TimeMs at) {
  const auto seconds = static_cast<std::time_t>(at / 1000);
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  char text[16];
  std::strftime(text, sizeof text, "%Y-%m-%d", &parts);
  return text;
}

} // namespace warsha::mail
