#pragma once

#include "server/live/board.hpp"
#include "server/live/phase_rules.hpp"

/// One command against one board: what each action of protocol/actions.hpp needs, and what it changes. The
/// rights of the role, the end of the workshop and removed people are checked before (decide.cpp).
namespace warsha::live {

struct Deciding {
  const Board& board;
  const Command& command;
  const access::Actor& actor;
  TimeMs now;
  const Fresh& fresh;
  const PhaseRules rules;

  [[nodiscard]] bool is_staff() const { return access::sees_staff_view(actor.role); }
  [[nodiscard]] Rejection wrong_phase() const;
  /// A contribution that can still be acted on.
  [[nodiscard]] std::variant<const Contribution*, Rejection> standing(const ContributionId& id) const;
  [[nodiscard]] std::optional<Rejection> check_references(const std::vector<ContributionId>& ids, Kind kind,
                                                          const char* field) const;
  /// May this person add one more of this kind now, or `count`?
  [[nodiscard]] std::optional<Rejection> check_writing(Kind kind, std::size_t count = 1) const;
  /// Where those who speak for a table hand in, nobody else does.
  [[nodiscard]] std::optional<Rejection> check_rapporteur() const;
  /// A result goes with a solution, and where the workshop asks for it no solution comes without one.
  [[nodiscard]] std::optional<Rejection> check_result(Kind kind,
                                                      const std::optional<std::string>& result) const;
  /// The solution, with the result that is expected of it if there is one.
  [[nodiscard]] Decision with_result(Change solution, const std::optional<std::string>& result,
                                     const std::optional<TableId>& table) const;
  /// What participants write now waits for a facilitator; by a form it always does.
  [[nodiscard]] bool waits() const {
    return !is_staff() && (board.form || board.moderation() == Moderation::before);
  }
  [[nodiscard]] bool veiled() const { return !is_staff() && board.writes_silently(); }
};

[[nodiscard]] Rejection reject(Code code, std::string field = {}, std::optional<std::int64_t> limit = {});

// decide_contributions.cpp
[[nodiscard]] Decision decide(const Deciding&, const action::Contribute&);
[[nodiscard]] Decision decide(const Deciding&, const action::Edit&);
[[nodiscard]] Decision decide(const Deciding&, const action::Withdraw&);
[[nodiscard]] Decision decide(const Deciding&, const action::Moderate&);
[[nodiscard]] Decision decide(const Deciding&, const action::Reword&);
[[nodiscard]] Decision decide(const Deciding&, const action::Freeze&);
[[nodiscard]] Decision decide(const Deciding&, const action::Reveal&);

// decide_weighing.cpp
[[nodiscard]] Decision decide(const Deciding&, const action::Support&);
[[nodiscard]] Decision decide(const Deciding&, const action::Rate&);
[[nodiscard]] Decision decide(const Deciding&, const action::Count&);
[[nodiscard]] Decision decide(const Deciding&, const action::TalliesHide&);

// decide_grouping.cpp
[[nodiscard]] Decision decide(const Deciding&, const action::ThemeAdd&);
[[nodiscard]] Decision decide(const Deciding&, const action::ThemeRename&);
[[nodiscard]] Decision decide(const Deciding&, const action::ThemeRemove&);
[[nodiscard]] Decision decide(const Deciding&, const action::Place&);
[[nodiscard]] Decision decide(const Deciding&, const action::Merge&);
[[nodiscard]] Decision decide(const Deciding&, const action::Unmerge&);
[[nodiscard]] Decision decide(const Deciding&, const action::TakeOver&);

// decide_steering.cpp
[[nodiscard]] Decision decide(const Deciding&, const action::PhaseEnter&);
[[nodiscard]] Decision decide(const Deciding&, const action::TimerStart&);
[[nodiscard]] Decision decide(const Deciding&, const action::TimerExtend&);
[[nodiscard]] Decision decide(const Deciding&, const action::TimerPause&);
[[nodiscard]] Decision decide(const Deciding&, const action::TimerStop&);
[[nodiscard]] Decision decide(const Deciding&, const action::AgendaSet&);
[[nodiscard]] Decision decide(const Deciding&, const action::SettingsSet&);
[[nodiscard]] Decision decide(const Deciding&, const action::FormSet&);
[[nodiscard]] Decision decide(const Deciding&, const action::ProjectorShow&);
[[nodiscard]] Decision decide(const Deciding&, const action::CaptionSet&);
[[nodiscard]] Decision decide(const Deciding&, const action::StaffNote&);

// decide_people.cpp
[[nodiscard]] Decision decide(const Deciding&, const action::TableAdd&);
[[nodiscard]] Decision decide(const Deciding&, const action::TableRename&);
[[nodiscard]] Decision decide(const Deciding&, const action::TableRemove&);
[[nodiscard]] Decision decide(const Deciding&, const action::TableRestore&);
[[nodiscard]] Decision decide(const Deciding&, const action::TableSeat&);
[[nodiscard]] Decision decide(const Deciding&, const action::TableSit&);
[[nodiscard]] Decision decide(const Deciding&, const action::TableRapporteur&);
[[nodiscard]] Decision decide(const Deciding&, const action::TableSetStatus&);
[[nodiscard]] Decision decide(const Deciding&, const action::FloorAsk&);
[[nodiscard]] Decision decide(const Deciding&, const action::FloorLeave&);
[[nodiscard]] Decision decide(const Deciding&, const action::FloorGive&);
[[nodiscard]] Decision decide(const Deciding&, const action::FloorEnd&);
[[nodiscard]] Decision decide(const Deciding&, const action::FloorTakeBack&);
[[nodiscard]] Decision decide(const Deciding&, const action::PersonRemove&);
[[nodiscard]] Decision decide(const Deciding&, const action::PersonReadmit&);

// decide_drafts.cpp
[[nodiscard]] Decision decide(const Deciding&, const action::DraftStart&);
[[nodiscard]] Decision decide(const Deciding&, const action::DraftChange&);
[[nodiscard]] Decision decide(const Deciding&, const action::DraftHandIn&);
[[nodiscard]] Decision decide(const Deciding&, const action::DraftDiscard&);

} // namespace warsha::live
