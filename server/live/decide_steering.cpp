#include "protocol/limits.hpp"
#include "server/live/deciding.hpp"

#include <algorithm>

namespace warsha::live {

namespace {

/// What is said when the one thing that a view shows is not there; none for a view that shows no one thing.
std::optional<Code> missing_target(ScreenView view) {
  switch (view) {
  case ScreenView::theme:
    return Code::theme_not_found;
  case ScreenView::contribution:
    return Code::contribution_not_found;
  case ScreenView::table:
    return Code::table_not_found;
  default:
    return std::nullopt;
  }
}

bool is_there(const Board& board, ScreenView view, const TargetId& target) {
  switch (view) {
  case ScreenView::theme:
    return board.find(id_cast<ThemeId>(target));
  case ScreenView::contribution:
    return board.find(id_cast<ContributionId>(target));
  case ScreenView::table:
    return board.find(id_cast<TableId>(target));
  default:
    return false;
  }
}

} // namespace

Decision decide(const Deciding& deciding, const action::PhaseEnter& wanted) {
  const auto& board = deciding.board;
  if (wanted.phase == board.phase)
    return NothingToChange{};
  if (board.form && wanted.phase != Phase::introduction && wanted.phase != Phase::closed)
    return reject(Code::wrong_phase, "phase");
  // What was sent in and nobody has read would wait for ever.
  const auto waits = [](const Contribution& one) { return one.state == State::waiting; };
  if (board.form && wanted.phase == Phase::closed && std::ranges::any_of(board.contributions, waits))
    return reject(Code::form_unread);
  return change::PhaseEntered{wanted.phase};
}

Decision decide(const Deciding& deciding, const action::TimerStart& wanted) {
  return change::TimerSet{Timer{deciding.now + wanted.duration.count(), wanted.duration.count()}};
}

Decision decide(const Deciding& deciding, const action::TimerExtend& wanted) {
  const auto& timer = deciding.board.timer;
  if (!timer)
    return reject(Code::timer_not_running);
  if (timer->left_ms) {
    const auto left = std::min(*timer->left_ms + wanted.duration.count(), limits::kTimerMost.count());
    return change::TimerSet{Timer{timer->ends_at, timer->duration_ms + wanted.duration.count(), left}};
  }
  // An elapsed timer is extended from now: five more minutes means five minutes from this moment.
  const auto from = std::max(timer->ends_at, deciding.now);
  const auto ends_at = std::min(from + wanted.duration.count(), deciding.now + limits::kTimerMost.count());
  return change::TimerSet{Timer{ends_at, timer->duration_ms + wanted.duration.count()}};
}

Decision decide(const Deciding& deciding, const action::TimerPause& wanted) {
  const auto& timer = deciding.board.timer;
  if (!timer)
    return reject(Code::timer_not_running);
  if (timer->left_ms.has_value() == wanted.on)
    return NothingToChange{};
  if (!wanted.on)
    return change::TimerSet{Timer{deciding.now + *timer->left_ms, timer->duration_ms}};
  if (timer->ends_at <= deciding.now) // nothing is left to keep
    return reject(Code::timer_not_running);
  return change::TimerSet{Timer{timer->ends_at, timer->duration_ms, timer->ends_at - deciding.now}};
}

Decision decide(const Deciding& deciding, const action::TimerStop&) {
  if (!deciding.board.timer)
    return NothingToChange{};
  return change::TimerSet{std::nullopt};
}

Decision decide(const Deciding& deciding, const action::AgendaSet& wanted) {
  std::map<Phase, AgendaItem> agenda;
  for (const auto& item : wanted.agenda) {
    if (item.link && !item.link->starts_with("https://"))
      return reject(Code::invalid_value, "link");
    if (!agenda.emplace(item.phase, item).second)
      return reject(Code::invalid_value, "phase");
  }
  if (agenda == deciding.board.agenda)
    return NothingToChange{};
  return change::AgendaSet{wanted.agenda};
}

Decision decide(const Deciding& deciding, const action::SettingsSet& wanted) {
  if (wanted.settings == deciding.board.settings)
    return NothingToChange{};
  return change::SettingsSet{wanted.settings};
}

Decision decide(const Deciding& deciding, const action::FormSet& wanted) {
  if (!deciding.board.form)
    return reject(Code::not_permitted);
  if (!wanted.days.fit())
    return reject(Code::form_days_wrong, "days");
  if (wanted.days == *deciding.board.form)
    return NothingToChange{};
  return change::FormSet{wanted.days};
}

Decision decide(const Deciding& deciding, const action::ProjectorShow& wanted) {
  if (const auto missing = missing_target(wanted.view)) {
    if (!wanted.target)
      return reject(Code::missing_field, "target");
    if (!is_there(deciding.board, wanted.view, *wanted.target))
      return reject(*missing, "target");
  } else if (wanted.target) {
    return reject(Code::invalid_value, "target");
  }
  if (deciding.board.projector.view == wanted.view && deciding.board.projector.target == wanted.target)
    return NothingToChange{};
  return change::ProjectorShown{wanted.view, wanted.target};
}

Decision decide(const Deciding& deciding, const action::CaptionSet& wanted) {
  if (deciding.board.caption == wanted.text)
    return NothingToChange{};
  return change::CaptionSet{wanted.text};
}

Decision decide(const Deciding& deciding, const action::StaffNote& wanted) {
  const auto& notes = deciding.board.notes;
  const bool known = std::any_of(notes.begin(), notes.end(), [&](const StaffNote& note) {
    return wanted.answers && note.seq == static_cast<Seq>(*wanted.answers);
  });
  // An answer to what is no longer kept still says what it says.
  return change::StaffNoted{known ? wanted.answers : std::nullopt, wanted.text};
}

} // namespace warsha::live
