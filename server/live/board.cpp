#include "server/live/board.hpp"

#include "protocol/limits.hpp"
#include "server/live/phase_rules.hpp"

#include <algorithm>

namespace warsha::live {

const char* name(State state) {
  switch (state) {
  case State::shown:
    return "shown";
  case State::hidden:
    return "hidden";
  case State::withdrawn:
    return "withdrawn";
  }
  return "";
}

const Contribution* Board::find(const ContributionId& id) const {
  const auto place = places.find(id);
  return place == places.end() ? nullptr : &contributions[place->second];
}

const Theme* Board::find(const ThemeId& id) const {
  const auto found =
      std::find_if(themes.begin(), themes.end(), [&](const Theme& theme) { return theme.id == id; });
  return found == themes.end() ? nullptr : &*found;
}

namespace {

Rejection reject(Code code, std::string field = {}, std::optional<std::int64_t> limit = {}) {
  return {code, std::move(field), limit};
}

/// One command against one board. Each overload gives the change, nothing, or the rejection.
struct Decider {
  const Board& board;
  const Command& command;
  const access::Actor& actor;
  TimeMs now;
  const std::string& receipt;
  const PhaseRules& rules;

  [[nodiscard]] bool is_staff() const { return access::sees_staff_view(actor.role); }
  [[nodiscard]] Rejection wrong_phase() const {
    return reject(board.phase == Phase::closed ? Code::workshop_closed : Code::wrong_phase);
  }
  /// A contribution that can still be acted on.
  [[nodiscard]] std::variant<const Contribution*, Rejection> standing(const ContributionId& id) const {
    const auto* contribution = board.find(id);
    if (!contribution)
      return reject(Code::contribution_not_found, "contribution");
    if (contribution->state == State::withdrawn)
      return reject(Code::contribution_withdrawn, "contribution");
    return contribution;
  }
  [[nodiscard]] std::optional<Rejection> check_references(const std::vector<ContributionId>& ids, Kind kind,
                                                          const char* field) const {
    for (const auto& id : ids) {
      const auto* referred = board.find(id);
      if (!referred)
        return reject(Code::contribution_not_found, field);
      if (referred->kind != kind)
        return reject(Code::wrong_reference, field);
    }
    return std::nullopt;
  }

  Decision operator()(const action::Contribute& wanted) const {
    if (!is_staff() && !rules.may_contribute(wanted.kind))
      return wrong_phase();
    if (!wanted.answers.empty() && wanted.kind != Kind::solution)
      return reject(Code::wrong_reference, "answers");
    if (!wanted.follows_from.empty() && wanted.kind != Kind::result)
      return reject(Code::wrong_reference, "follows_from");
    if (auto wrong = check_references(wanted.answers, Kind::problem, "answers"))
      return *wrong;
    if (auto wrong = check_references(wanted.follows_from, Kind::solution, "follows_from"))
      return *wrong;
    if (board.contributions.size() >= limits::kContributions)
      return reject(Code::too_many_contributions, {}, limits::kContributions);
    const auto own = board.by_author.find(actor.id);
    if (!is_staff() && own != board.by_author.end() &&
        own->second.size() >= limits::kContributionsPerParticipant)
      return reject(Code::too_many_contributions, {}, limits::kContributionsPerParticipant);
    return change::Added{id_cast<ContributionId>(command.id),
                         wanted.kind,
                         wanted.text,
                         receipt,
                         wanted.answers,
                         wanted.follows_from};
  }

  Decision operator()(const action::Edit& wanted) const {
    const auto found = standing(wanted.contribution);
    if (const auto* wrong = std::get_if<Rejection>(&found))
      return *wrong;
    const auto& contribution = *std::get<const Contribution*>(found);
    if (contribution.author != actor.id)
      return reject(Code::not_yours, "contribution");
    if (!is_staff() && !rules.edit)
      return wrong_phase();
    if (contribution.text == wanted.text)
      return NothingToChange{};
    return change::Edited{wanted.contribution, wanted.text};
  }

  Decision operator()(const action::Withdraw& wanted) const {
    const auto* contribution = board.find(wanted.contribution);
    if (!contribution)
      return reject(Code::contribution_not_found, "contribution");
    if (contribution->author != actor.id)
      return reject(Code::not_yours, "contribution");
    if (contribution->state == State::withdrawn)
      return NothingToChange{};
    if (!is_staff() && !rules.withdraw)
      return wrong_phase();
    return change::Withdrawn{wanted.contribution};
  }

  Decision operator()(const action::Support& wanted) const {
    const auto found = standing(wanted.contribution);
    if (const auto* wrong = std::get_if<Rejection>(&found))
      return *wrong;
    const auto& contribution = *std::get<const Contribution*>(found);
    if (!rules.support)
      return wrong_phase();
    if (contribution.author == actor.id)
      return reject(Code::own_contribution, "contribution");
    if (wanted.on == contribution.supporters.contains(actor.id))
      return NothingToChange{};
    if (!wanted.on)
      return change::Unsupported{wanted.contribution};
    if (contribution.state == State::hidden)
      return reject(Code::contribution_hidden, "contribution");
    return change::Supported{wanted.contribution};
  }

  Decision operator()(const action::ThemeAdd& wanted) const {
    if (board.themes.size() >= limits::kThemes)
      return reject(Code::too_many_themes, {}, limits::kThemes);
    return change::ThemeAdded{id_cast<ThemeId>(command.id), wanted.title};
  }

  Decision operator()(const action::ThemeRename& wanted) const {
    const auto* theme = board.find(wanted.theme);
    if (!theme)
      return reject(Code::theme_not_found, "theme");
    if (theme->title == wanted.title)
      return NothingToChange{};
    return change::ThemeRenamed{wanted.theme, wanted.title};
  }

  Decision operator()(const action::ThemeRemove& wanted) const {
    if (!board.find(wanted.theme))
      return reject(Code::theme_not_found, "theme");
    return change::ThemeRemoved{wanted.theme};
  }

  Decision operator()(const action::Place& wanted) const {
    const auto found = standing(wanted.contribution);
    if (const auto* wrong = std::get_if<Rejection>(&found))
      return *wrong;
    const auto& contribution = *std::get<const Contribution*>(found);
    if (contribution.kind != Kind::problem)
      return reject(Code::wrong_reference, "contribution");
    if (wanted.theme && !board.find(*wanted.theme))
      return reject(Code::theme_not_found, "theme");
    if (contribution.theme == wanted.theme)
      return NothingToChange{};
    return change::Placed{wanted.contribution, wanted.theme};
  }

  Decision operator()(const action::Moderate& wanted) const {
    const auto found = standing(wanted.contribution);
    if (const auto* wrong = std::get_if<Rejection>(&found))
      return *wrong;
    const auto& contribution = *std::get<const Contribution*>(found);
    if (wanted.hidden && !wanted.reason)
      return reject(Code::reason_required, "reason");
    if (wanted.hidden == (contribution.state == State::hidden))
      return NothingToChange{};
    if (wanted.hidden)
      return change::Hidden{wanted.contribution, *wanted.reason};
    return change::Shown{wanted.contribution};
  }

  Decision operator()(const action::PhaseEnter& wanted) const {
    if (wanted.phase == board.phase)
      return NothingToChange{};
    return change::PhaseEntered{wanted.phase};
  }

  Decision operator()(const action::TimerStart& wanted) const {
    return change::TimerSet{Timer{now + wanted.duration.count(), wanted.duration.count()}};
  }

  Decision operator()(const action::TimerExtend& wanted) const {
    if (!board.timer)
      return reject(Code::timer_not_running);
    // An elapsed timer is extended from now: five more minutes means five minutes from this moment.
    const auto from = std::max(board.timer->ends_at, now);
    const auto ends_at = std::min(from + wanted.duration.count(), now + limits::kTimerMost.count());
    return change::TimerSet{Timer{ends_at, board.timer->duration_ms + wanted.duration.count()}};
  }

  Decision operator()(const action::TimerStop&) const {
    if (!board.timer)
      return NothingToChange{};
    return change::TimerSet{std::nullopt};
  }
};

struct Applier {
  Board& board;
  const Event& event;

  Contribution& at(const ContributionId& id) const {
    auto& contribution = board.contributions[board.places.at(id)];
    contribution.changed_seq = event.seq;
    return contribution;
  }

  void operator()(const change::Opened& opened) const {
    board.title = opened.title;
    board.language = opened.language;
    board.questions = opened.questions;
  }
  void operator()(const change::PhaseEntered& entered) const {
    board.phase = entered.phase;
    board.timer.reset();
  }
  void operator()(const change::TimerSet& set) const { board.timer = set.timer; }
  void operator()(const change::Added& added) const {
    Contribution contribution;
    contribution.id = added.contribution;
    contribution.kind = added.kind;
    contribution.text = added.text;
    contribution.receipt = added.receipt;
    contribution.author = event.by;
    contribution.answers = added.answers;
    contribution.follows_from = added.follows_from;
    contribution.at = event.at;
    contribution.seq = contribution.changed_seq = event.seq;
    const auto place = board.contributions.size();
    board.places.emplace(added.contribution, place);
    board.by_author[event.by].push_back(place);
    board.contributions.push_back(std::move(contribution));
  }
  void operator()(const change::Edited& edited) const {
    auto& contribution = at(edited.contribution);
    contribution.text = edited.text;
    ++contribution.edits;
  }
  void operator()(const change::Withdrawn& withdrawn) const {
    at(withdrawn.contribution).state = State::withdrawn;
  }
  void operator()(const change::Hidden& hidden) const {
    auto& contribution = at(hidden.contribution);
    contribution.state = State::hidden;
    contribution.reason = hidden.reason;
  }
  void operator()(const change::Shown& shown) const {
    auto& contribution = at(shown.contribution);
    contribution.state = State::shown;
    contribution.reason.clear();
  }
  void operator()(const change::Supported& supported) const {
    at(supported.contribution).supporters.insert(event.by);
    board.supported_by[event.by].insert(supported.contribution);
  }
  void operator()(const change::Unsupported& unsupported) const {
    at(unsupported.contribution).supporters.erase(event.by);
    board.supported_by[event.by].erase(unsupported.contribution);
  }
  void operator()(const change::Placed& placed) const { at(placed.contribution).theme = placed.theme; }
  void operator()(const change::ThemeAdded& added) const {
    board.themes.push_back({added.theme, added.title});
  }
  void operator()(const change::ThemeRenamed& renamed) const {
    for (auto& theme : board.themes)
      if (theme.id == renamed.theme)
        theme.title = renamed.title;
  }
  void operator()(const change::ThemeRemoved& removed) const {
    std::erase_if(board.themes, [&](const Theme& theme) { return theme.id == removed.theme; });
    for (auto& contribution : board.contributions)
      if (contribution.theme == removed.theme) {
        contribution.theme.reset();
        contribution.changed_seq = event.seq;
      }
  }
};

} // namespace

Decision decide(const Board& board, const Command& command, const access::Actor& actor, TimeMs now,
                const std::string& receipt) {
  if (!access::may(actor.role, command.action))
    return reject(Code::not_permitted);
  // A closed workshop can be opened again by its staff, and nothing else.
  if (board.phase == Phase::closed && !std::holds_alternative<action::PhaseEnter>(command.action))
    return reject(Code::workshop_closed);
  return std::visit(Decider{board, command, actor, now, receipt, rules_of(board.phase)}, command.action);
}

void apply(Board& board, const Event& event) {
  std::visit(Applier{board, event}, event.change);
  board.seq = event.seq;
}

std::optional<ContributionId> subject(const Change& change) {
  return std::visit(
      [](const auto& one) -> std::optional<ContributionId> {
        if constexpr (requires { one.contribution; })
          return one.contribution;
        else
          return std::nullopt;
      },
      change);
}

} // namespace warsha::live
