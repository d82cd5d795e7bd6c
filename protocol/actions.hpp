#pragma once

#include "protocol/agenda.hpp"
#include "protocol/ids.hpp"
#include "protocol/limits.hpp"
#include "protocol/members.hpp"
#include "protocol/text_edit.hpp"
#include "protocol/words.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

/// What a command may ask for: one struct per schema in schemas/live/command.schema.json.
/// Every text is trimmed, NFC, of permitted characters and within its limit.
namespace warsha {

namespace action {

// --- Contributions -----------------------------------------------------------------------------

struct Contribute {
  static constexpr auto kName = "contribute";
  Kind kind{};
  std::string text;
  std::vector<ContributionId> answers{};
  std::vector<ContributionId> follows_from{};
  std::optional<Channel> channel{};
  std::optional<std::int64_t> people{}; // behind it, as declared
  std::optional<std::string> result{};  // that is expected of a solution: a contribution of its own
  std::optional<TableId> table{};       // of whom staff write it down
  std::optional<ThemeId> theme{};       // under which staff write it down

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("answers", self.answers, {.items_most = limits::kReferences, .sparse = true});
    visit("channel", self.channel);
    visit("follows_from", self.follows_from, {.items_most = limits::kReferences, .sparse = true});
    visit("kind", self.kind);
    visit("people", self.people, {.least = 1, .most = limits::kPeopleBehind});
    visit("result", self.result, {.text = limits::kContributionGraphemes});
    visit("table", self.table);
    visit("text", self.text, {.text = limits::kContributionGraphemes});
    visit("theme", self.theme);
  }
};
struct Edit {
  static constexpr auto kName = "edit";
  ContributionId contribution;
  std::string text;

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("contribution", self.contribution);
    visit("text", self.text, {.text = limits::kContributionGraphemes});
  }
};
struct Withdraw {
  static constexpr auto kName = "withdraw";
  ContributionId contribution;

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("contribution", self.contribution);
  }
};

// --- Weighing -----------------------------------------------------------------------------------

struct Support {
  static constexpr auto kName = "support";
  ContributionId contribution;
  bool on{};

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("contribution", self.contribution);
    visit("on", self.on);
  }
};
struct Rate {
  static constexpr auto kName = "rate";
  ContributionId contribution;
  std::int64_t impact{}; // 1 to 5
  std::int64_t feasibility{};

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("contribution", self.contribution);
    visit("feasibility", self.feasibility, {.least = 1, .most = limits::kRatingMost});
    visit("impact", self.impact, {.least = 1, .most = limits::kRatingMost});
  }
};
struct Count { // the absolute figure of a channel
  static constexpr auto kName = "count";
  ContributionId contribution;
  CountChannel channel{};
  std::int64_t people{};

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("channel", self.channel);
    visit("contribution", self.contribution);
    visit("people", self.people, {.most = limits::kCounted});
  }
};
struct TalliesHide {
  static constexpr auto kName = "tallies.hide";
  bool on{};

  template <class Self, class Visit> static void members(Self& self, Visit& visit) { visit("on", self.on); }
};

// --- Grouping ------------------------------------------------------------------------------------

struct ThemeAdd {
  static constexpr auto kName = "theme.add";
  std::string title;

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("title", self.title, {.line = limits::kThemeTitleGraphemes});
  }
};
struct ThemeRename {
  static constexpr auto kName = "theme.rename";
  ThemeId theme;
  std::string title;

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("theme", self.theme);
    visit("title", self.title, {.line = limits::kThemeTitleGraphemes});
  }
};
struct ThemeRemove {
  static constexpr auto kName = "theme.remove";
  ThemeId theme;

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("theme", self.theme);
  }
};
struct Place {
  static constexpr auto kName = "place";
  ContributionId contribution;
  std::optional<ThemeId> theme;

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("contribution", self.contribution);
    visit("theme", self.theme, {.or_null = true});
  }
};
struct Merge { // the members of what is merged come along
  static constexpr auto kName = "merge";
  ContributionId into;
  std::vector<ContributionId> contributions;

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("contributions", self.contributions, {.items_least = 1, .items_most = limits::kReferences});
    visit("into", self.into);
  }
};
struct Unmerge {
  static constexpr auto kName = "unmerge";
  std::vector<ContributionId> contributions;

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("contributions", self.contributions, {.items_least = 1, .items_most = limits::kReferences});
  }
};

struct TakeOver { // a card that a colleague holds
  static constexpr auto kName = "take_over";
  ContributionId contribution;
  std::string from; // the alias of who held it

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("contribution", self.contribution);
    visit("from", self.from, {.line = limits::kAliasDigits});
  }
};

// --- Moderation ----------------------------------------------------------------------------------

struct Moderate {
  static constexpr auto kName = "moderate";
  ContributionId contribution;
  bool hidden{};
  std::optional<std::string> reason{};
  std::optional<Ground> ground{};

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("contribution", self.contribution);
    visit("ground", self.ground);
    visit("hidden", self.hidden);
    visit("reason", self.reason, {.text = limits::kReasonGraphemes});
  }
};
struct Reword { // asks the author for other words; without a note, no longer
  static constexpr auto kName = "reword";
  ContributionId contribution;
  std::optional<std::string> note;

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("contribution", self.contribution);
    visit("note", self.note, {.text = limits::kReasonGraphemes, .or_null = true});
  }
};
struct Freeze {
  static constexpr auto kName = "freeze";
  ContributionId contribution;
  bool on{};

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("contribution", self.contribution);
    visit("on", self.on);
  }
};
struct PersonRemove {
  static constexpr auto kName = "person.remove";
  ActorId participant;
  Ground ground{};

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("ground", self.ground);
    visit("participant", self.participant);
  }
};
struct PersonReadmit {
  static constexpr auto kName = "person.readmit";
  ActorId participant;

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("participant", self.participant);
  }
};

// --- Steering ------------------------------------------------------------------------------------

struct PhaseEnter {
  static constexpr auto kName = "phase.enter";
  Phase phase{};

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("phase", self.phase);
  }
};
struct TimerStart {
  static constexpr auto kName = "timer.start";
  std::chrono::milliseconds duration{};

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("duration_ms", self.duration,
          {.least = limits::kTimerLeast.count(), .most = limits::kTimerMost.count()});
  }
};
struct TimerExtend {
  static constexpr auto kName = "timer.extend";
  std::chrono::milliseconds duration{};

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("duration_ms", self.duration,
          {.least = limits::kTimerLeast.count(), .most = limits::kTimerMost.count()});
  }
};
struct TimerPause { // keeps what is left of it, until it goes on
  static constexpr auto kName = "timer.pause";
  bool on{};

  template <class Self, class Visit> static void members(Self& self, Visit& visit) { visit("on", self.on); }
};
struct TimerStop {
  static constexpr auto kName = "timer.stop";

  template <class Self, class Visit> static void members(Self&, Visit&) {}
};
struct Reveal { // what was written silently
  static constexpr auto kName = "reveal";

  template <class Self, class Visit> static void members(Self&, Visit&) {}
};
struct AgendaSet {
  static constexpr auto kName = "agenda.set";
  std::vector<AgendaItem> agenda;

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("agenda", self.agenda, {.items_most = Words<Phase>::kAll.size()});
  }
};
struct SettingsSet {
  static constexpr auto kName = "settings.set";
  Settings settings;

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("settings", self.settings);
  }
};
struct FormSet { // when the form of a written consultation is open
  static constexpr auto kName = "form.set";
  FormDays days;

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("days", self.days);
  }
};
struct ProjectorShow {
  static constexpr auto kName = "projector.show";
  ScreenView view{};
  std::optional<TargetId> target{};

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("target", self.target);
    visit("view", self.view);
  }
};
struct CaptionSet {
  static constexpr auto kName = "caption.set";
  std::optional<std::string> text;

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("text", self.text, {.text = limits::kCaptionGraphemes, .or_null = true});
  }
};
struct StaffNote {
  static constexpr auto kName = "staff.note";
  std::string text;
  std::optional<std::int64_t> answers{}; // the seq of another

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("answers", self.answers, {.least = 1});
    visit("text", self.text, {.text = limits::kReasonGraphemes});
  }
};

// --- Tables --------------------------------------------------------------------------------------

struct TableAdd {
  static constexpr auto kName = "table.add";
  std::string title;

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("title", self.title, {.line = limits::kTableTitleGraphemes});
  }
};
struct TableRename {
  static constexpr auto kName = "table.rename";
  TableId table;
  std::string title;

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("table", self.table);
    visit("title", self.title, {.line = limits::kTableTitleGraphemes});
  }
};
struct TableRemove {
  static constexpr auto kName = "table.remove";
  TableId table;

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("table", self.table);
  }
};
struct TableRestore { // one that was removed, with those of its people who sit nowhere since
  static constexpr auto kName = "table.restore";
  TableId table;

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("table", self.table);
  }
};
struct TableSeat {
  static constexpr auto kName = "table.seat";
  std::optional<TableId> table;
  std::vector<ActorId> participants;

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("participants", self.participants, {.items_least = 1, .items_most = limits::kSeatedAtOnce});
    visit("table", self.table, {.or_null = true});
  }
};
struct TableSit { // oneself
  static constexpr auto kName = "table.sit";
  TableId table;

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("table", self.table);
  }
};
struct TableRapporteur {
  static constexpr auto kName = "table.rapporteur";
  TableId table;
  std::optional<ActorId> participant;

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("participant", self.participant, {.or_null = true});
    visit("table", self.table);
  }
};
struct TableSetStatus {
  static constexpr auto kName = "table.status";
  TableId table;
  TableStatus status{};

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("status", self.status);
    visit("table", self.table);
  }
};

// --- The floor -------------------------------------------------------------------------------------

struct FloorAsk {
  static constexpr auto kName = "floor.ask";

  template <class Self, class Visit> static void members(Self&, Visit&) {}
};
struct FloorLeave {
  static constexpr auto kName = "floor.leave";

  template <class Self, class Visit> static void members(Self&, Visit&) {}
};
struct FloorGive {
  static constexpr auto kName = "floor.give";
  ActorId participant;

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("participant", self.participant);
  }
};
struct FloorEnd {
  static constexpr auto kName = "floor.end";

  template <class Self, class Visit> static void members(Self&, Visit&) {}
};
struct FloorTakeBack { // the last giving or ending of the floor, as if it had not been
  static constexpr auto kName = "floor.take_back";
  ActorId participant; // who was given it, or whose speech was ended

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("participant", self.participant);
  }
};

// --- Writing together --------------------------------------------------------------------------------

struct DraftStart {
  static constexpr auto kName = "draft.start";
  Kind kind{};
  std::vector<ContributionId> answers{};
  std::vector<ContributionId> follows_from{};
  std::optional<DraftId> result_of{}; // the result that is expected of the solution in this draft

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("answers", self.answers, {.items_most = limits::kReferences, .sparse = true});
    visit("follows_from", self.follows_from, {.items_most = limits::kReferences, .sparse = true});
    visit("kind", self.kind);
    visit("result_of", self.result_of);
  }
};
struct DraftChange {
  static constexpr auto kName = "draft.change";
  DraftId draft;
  TextEdit edit;
  std::int64_t revision{}; // that the edit was made on

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("draft", self.draft);
    visit("edit", self.edit, {.items_least = 1, .items_most = limits::kEditParts});
    visit("revision", self.revision);
  }
};
struct DraftHandIn {
  static constexpr auto kName = "draft.hand_in";
  DraftId draft;
  std::optional<std::string> result{};  // as in Contribute; without it, what was written in its draft
  std::optional<std::int64_t> people{}; // behind it, as declared on the one phone of a table

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("draft", self.draft);
    visit("people", self.people, {.least = 1, .most = limits::kPeopleBehind});
    visit("result", self.result, {.text = limits::kContributionGraphemes});
  }
};
struct DraftDiscard {
  static constexpr auto kName = "draft.discard";
  DraftId draft;

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("draft", self.draft);
  }
};

} // namespace action

using Action = std::variant<
    action::Contribute, action::Edit, action::Withdraw, action::Support, action::Rate, action::Count,
    action::TalliesHide, action::ThemeAdd, action::ThemeRename, action::ThemeRemove, action::Place,
    action::Merge, action::Unmerge, action::TakeOver, action::Moderate, action::Reword, action::Freeze,
    action::PersonRemove, action::PersonReadmit, action::PhaseEnter, action::TimerStart, action::TimerExtend,
    action::TimerPause, action::TimerStop, action::Reveal, action::AgendaSet, action::SettingsSet,
    action::ProjectorShow, action::CaptionSet, action::StaffNote, action::TableAdd, action::TableRename,
    action::TableRemove, action::TableRestore, action::TableSeat, action::TableSit, action::TableRapporteur,
    action::TableSetStatus, action::FloorAsk, action::FloorLeave, action::FloorGive, action::FloorEnd,
    action::FloorTakeBack, action::DraftStart, action::DraftChange, action::DraftHandIn, action::DraftDiscard,
    action::FormSet>;

/// Wire names of the alternatives of Action, in their order.
inline constexpr auto kActionNames =
    []<class... Alternative>(std::type_identity<std::variant<Alternative...>>) {
      return std::array{Alternative::kName...};
    }(std::type_identity<Action>{});

/// The alternative of this index, with nothing in it yet.
template <class Variant> [[nodiscard]] Variant empty_alternative(std::size_t index) {
  return [&]<std::size_t... Index>(std::index_sequence<Index...>) {
    Variant made;
    ((index == Index ? static_cast<void>(made.template emplace<Index>()) : static_cast<void>(0)), ...);
    return made;
  }
  (std::make_index_sequence<std::variant_size_v<Variant>>());
}

} // namespace warsha
