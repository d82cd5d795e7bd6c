#pragma once

#include "server/review/docket.hpp"

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

/// Of what a member of an administration is reminded, and when: pure, over the docket and working days.
namespace warsha::mail {

enum class Urgency : std::uint8_t { late, soon, fresh, calm };

/// A proposal that waits for an administration's answer.
struct Waiting {
  std::string administration;
  std::string title;
  TimeMs due_at{}; // 0: it was handed on to it, and nobody accepted yet
  int late_days{};
  Urgency urgency{};
  bool worth_a_letter = false; // today; else it stands only beside what is
};

/// The administrations of each account that may sign in.
using Members = std::map<ActorId, std::set<std::string>>;

/// What of a docket waits for a member. `told_at`: of their last reminder. What is assigned to another member
/// is the others' only once it is late.
[[nodiscard]] std::vector<Waiting> waiting_for(const review::Docket& docket, const ActorId& member,
                                               const Members& members, std::optional<TimeMs> told_at,
                                               TimeMs now);

enum class DutyKind : std::uint8_t { list_opened, list_ends, contestation, arbitration, question, reply };

/// What waits for somebody's word who is of no administration.
struct Duty {
  DutyKind kind{};
  review::TitleWords title; // of a proposal, or of what was said: the same in both languages
  std::string until;        // the day of a list; else empty
};

/// What a member of the committee is told today: a list that was opened, and one whose last day is near, on
/// the last working day before it. Of a vote that they cast, only the first.
[[nodiscard]] std::vector<Duty> duties_of_committee(const review::Docket& docket, const ActorId& member,
                                                    std::optional<TimeMs> told_at, TimeMs now);
/// What an organiser is told today: an objection that they may decide, a proposal that came back to say whose
/// it is, an administration's question, and an author's reply that waits to be published; again every
/// limits::kLateAgainWorkingDays while it waits. `words_of`: what was said.
[[nodiscard]] std::vector<Duty>
duties_of_organiser(const review::Docket& docket, const ActorId& organiser, std::optional<TimeMs> told_at,
                    TimeMs now, const std::function<std::string(const ContributionId&)>& words_of);

/// By administration, the most pressing first.
void sort_by_urgency(std::vector<Waiting>& waiting);

/// Is it a working day, late enough to write to people?
[[nodiscard]] bool is_time_to_remind(TimeMs now);

/// "2026-11-30", UTC.
[[nodiscard]] std::string day_of(TimeMs at);

} // namespace warsha::mail

template <> struct warsha::Words<warsha::mail::DutyKind> {
  static constexpr std::array kAll{"list_opened", "list_ends", "contestation",
                                   "arbitration", "question",  "reply"};
};
