#pragma once

#include "protocol/agenda.hpp"
#include "protocol/ids.hpp"
#include "protocol/members.hpp"
#include "protocol/messages.hpp"

#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

/// What an event changes: one struct for each type of event. The journal keeps the members that are described
/// here; what the room is told of them is said in views.cpp.
namespace warsha::live {

struct Timer {
  TimeMs ends_at{};
  std::int64_t duration_ms{};
  std::optional<std::int64_t> left_ms{}; // of one that is paused: `ends_at` is then void

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("duration_ms", self.duration_ms);
    visit("ends_at", self.ends_at);
    visit("left_ms", self.left_ms);
  }
};

namespace change {

/// A change of one contribution that says no more than which.
struct OfContribution {
  ContributionId contribution;

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("contribution", self.contribution);
  }
};

struct Opened {
  static constexpr auto kType = "workshop.opened";
  std::string title;
  std::string language;
  std::map<Phase, std::string> questions;
  std::optional<FormDays> form{}; // it is a written consultation

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("form", self.form);
    visit("language", self.language);
    visit("questions", self.questions);
    visit("title", self.title);
  }
};

// --- Contributions -----------------------------------------------------------------------------

struct Added {
  static constexpr auto kType = "contribution.added";
  ContributionId contribution;
  Kind kind{};
  std::string text;
  std::string receipt;
  std::vector<ContributionId> answers{};
  std::vector<ContributionId> follows_from{};
  std::optional<Channel> channel{};
  std::optional<std::int64_t> people{};
  std::optional<TableId> table{};
  bool veiled = false; // until what was written silently is revealed
  bool waits = false;  // until a facilitator shows it
  std::optional<ThemeId> theme{};

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("answers", self.answers);
    visit("channel", self.channel);
    visit("contribution", self.contribution);
    visit("follows_from", self.follows_from);
    visit("kind", self.kind);
    visit("people", self.people);
    visit("receipt", self.receipt);
    visit("table", self.table);
    visit("text", self.text);
    visit("theme", self.theme);
    visit("veiled", self.veiled, {.sparse = true});
    visit("waits", self.waits, {.sparse = true});
  }
};
struct Edited {
  static constexpr auto kType = "contribution.edited";
  ContributionId contribution;
  std::string text;

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("contribution", self.contribution);
    visit("text", self.text);
  }
};
struct Withdrawn : OfContribution {
  static constexpr auto kType = "contribution.withdrawn";
};
struct Hidden {
  static constexpr auto kType = "contribution.hidden";
  ContributionId contribution;
  std::string reason{};
  std::optional<Ground> ground{};

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("contribution", self.contribution);
    visit("ground", self.ground);
    visit("reason", self.reason);
  }
};
struct Shown : OfContribution {
  static constexpr auto kType = "contribution.shown";
};
struct RewordAsked { // without a note: no longer
  static constexpr auto kType = "contribution.reword_asked";
  ContributionId contribution;
  std::optional<std::string> note;

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("contribution", self.contribution);
    visit("note", self.note);
  }
};
struct Frozen {
  static constexpr auto kType = "contribution.frozen";
  ContributionId contribution;
  bool on{};

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("contribution", self.contribution);
    visit("on", self.on);
  }
};
struct Revealed { // all that was written silently so far
  static constexpr auto kType = "contributions.revealed";
  std::vector<ContributionId> contributions;

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("contributions", self.contributions);
  }
};

// --- Weighing ------------------------------------------------------------------------------------

struct Supported : OfContribution {
  static constexpr auto kType = "contribution.supported";
};
struct Unsupported : OfContribution {
  static constexpr auto kType = "contribution.unsupported";
};
struct Rated {
  static constexpr auto kType = "contribution.rated";
  ContributionId contribution;
  std::int64_t impact{};
  std::int64_t feasibility{};

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("contribution", self.contribution);
    visit("feasibility", self.feasibility);
    visit("impact", self.impact);
  }
};
struct Counted {
  static constexpr auto kType = "contribution.counted";
  ContributionId contribution;
  CountChannel channel{};
  std::int64_t people{};

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("channel", self.channel);
    visit("contribution", self.contribution);
    visit("people", self.people);
  }
};
struct TalliesHidden {
  static constexpr auto kType = "tallies.hidden";
  bool on{};

  template <class Self, class Visit> static void members(Self& self, Visit& visit) { visit("on", self.on); }
};

// --- Grouping --------------------------------------------------------------------------------------

struct Placed {
  static constexpr auto kType = "contribution.placed";
  ContributionId contribution;
  std::optional<ThemeId> theme;

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("contribution", self.contribution);
    visit("theme", self.theme, {.or_null = true});
  }
};
struct Merged {
  static constexpr auto kType = "contribution.merged";
  std::vector<ContributionId> contributions;
  ContributionId into;

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("contributions", self.contributions);
    visit("into", self.into);
  }
};
struct Unmerged {
  static constexpr auto kType = "contribution.unmerged";
  std::vector<ContributionId> contributions;

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("contributions", self.contributions);
  }
};
struct TakenOver {
  static constexpr auto kType = "contribution.taken_over";
  ContributionId contribution;
  std::string from; // an alias: who held it is known to no board

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("contribution", self.contribution);
    visit("from", self.from);
  }
};
struct ThemeAdded {
  static constexpr auto kType = "theme.added";
  ThemeId theme;
  std::string title;

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("theme", self.theme);
    visit("title", self.title);
  }
};
struct ThemeRenamed {
  static constexpr auto kType = "theme.renamed";
  ThemeId theme;
  std::string title;

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("theme", self.theme);
    visit("title", self.title);
  }
};
struct ThemeRemoved { // its contributions become ungrouped
  static constexpr auto kType = "theme.removed";
  ThemeId theme;

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("theme", self.theme);
  }
};

// --- Steering ---------------------------------------------------------------------------------------

struct PhaseEntered { // also stops the timer
  static constexpr auto kType = "phase.entered";
  Phase phase{};

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("phase", self.phase);
  }
};
struct TimerSet {
  static constexpr auto kType = "timer.set";
  std::optional<Timer> timer;

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("timer", self.timer, {.or_null = true});
  }
};
struct AgendaSet {
  static constexpr auto kType = "agenda.set";
  std::vector<AgendaItem> agenda;

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("agenda", self.agenda);
  }
};
struct SettingsSet {
  static constexpr auto kType = "settings.set";
  Settings settings;

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("settings", self.settings);
  }
};
struct FormSet {
  static constexpr auto kType = "form.set";
  FormDays days;

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("days", self.days);
  }
};
struct ProjectorShown {
  static constexpr auto kType = "projector.shown";
  ScreenView view{};
  std::optional<TargetId> target{};

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("target", self.target);
    visit("view", self.view);
  }
};
struct CaptionSet {
  static constexpr auto kType = "caption.set";
  std::optional<std::string> text;

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("text", self.text, {.or_null = true});
  }
};
struct StaffNoted {
  static constexpr auto kType = "staff.note";
  std::optional<std::int64_t> answers{}; // the seq of another
  std::string text;

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("answers", self.answers);
    visit("text", self.text);
  }
};

// --- People: tables and the floor ---------------------------------------------------------------------

struct TableAdded {
  static constexpr auto kType = "table.added";
  TableId table;
  std::string title;

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("table", self.table);
    visit("title", self.title);
  }
};
struct TableRenamed {
  static constexpr auto kType = "table.renamed";
  TableId table;
  std::string title;

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("table", self.table);
    visit("title", self.title);
  }
};
struct TableRemoved { // its people sit nowhere
  static constexpr auto kType = "table.removed";
  TableId table;

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("table", self.table);
  }
};
struct TableRestored {
  static constexpr auto kType = "table.restored";
  TableId table;
  std::vector<ActorId> participants; // who sit there again

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("participants", self.participants);
    visit("table", self.table);
  }
};
struct TableSeated {
  static constexpr auto kType = "table.seated";
  std::optional<TableId> table;
  std::vector<ActorId> participants;

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("participants", self.participants);
    visit("table", self.table, {.or_null = true});
  }
};
struct RapporteurNamed {
  static constexpr auto kType = "table.rapporteur";
  TableId table;
  std::optional<ActorId> participant;

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("participant", self.participant, {.or_null = true});
    visit("table", self.table);
  }
};
struct TableStatusSet {
  static constexpr auto kType = "table.status";
  TableId table;
  TableStatus status{};

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("status", self.status);
    visit("table", self.table);
  }
};
struct FloorAsked { // by whom the event is
  static constexpr auto kType = "floor.asked";

  template <class Self, class Visit> static void members(Self&, Visit&) {}
};
struct FloorLeft {
  static constexpr auto kType = "floor.left";

  template <class Self, class Visit> static void members(Self&, Visit&) {}
};
struct FloorGiven { // ends the speech before
  static constexpr auto kType = "floor.given";
  ActorId participant;

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("participant", self.participant);
  }
};
struct FloorEnded {
  static constexpr auto kType = "floor.ended";

  template <class Self, class Visit> static void members(Self&, Visit&) {}
};
struct FloorTakenBack { // the last giving or ending
  static constexpr auto kType = "floor.taken_back";

  template <class Self, class Visit> static void members(Self&, Visit&) {}
};
struct PersonRemoved {
  static constexpr auto kType = "person.removed";
  ActorId participant;
  Ground ground{};

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("ground", self.ground);
    visit("participant", self.participant);
  }
};
struct PersonReadmitted {
  static constexpr auto kType = "person.readmitted";
  ActorId participant;

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("participant", self.participant);
  }
};

// --- Writing together -----------------------------------------------------------------------------------

struct DraftStarted {
  static constexpr auto kType = "draft.started";
  DraftId draft;
  Kind kind{};
  std::optional<TableId> table{};
  std::vector<ContributionId> answers{};
  std::vector<ContributionId> follows_from{};
  std::optional<DraftId> result_of{};

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("answers", self.answers);
    visit("draft", self.draft);
    visit("follows_from", self.follows_from);
    visit("kind", self.kind);
    visit("result_of", self.result_of);
    visit("table", self.table);
  }
};
struct DraftChanged {
  static constexpr auto kType = "draft.changed";
  DraftId draft;
  TextEdit edit;           // of the text right before it; nothing, when others left it nothing to do
  std::int64_t revision{}; // that it makes

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("draft", self.draft);
    visit("edit", self.edit, {.items_most = limits::kEditParts});
    visit("revision", self.revision);
  }
};
struct DraftHandedIn { // becomes this contribution
  static constexpr auto kType = "draft.handed_in";
  DraftId draft;
  ContributionId contribution;
  std::string text;
  std::string receipt;
  bool veiled = false;
  bool waits = false;
  std::optional<std::int64_t> people{}; // as declared on the one phone of a table

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("contribution", self.contribution);
    visit("draft", self.draft);
    visit("people", self.people);
    visit("receipt", self.receipt);
    visit("text", self.text);
    visit("veiled", self.veiled, {.sparse = true});
    visit("waits", self.waits, {.sparse = true});
  }
};
struct DraftDiscarded {
  static constexpr auto kType = "draft.discarded";
  DraftId draft;

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("draft", self.draft);
  }
};

} // namespace change

using Change =
    std::variant<change::Opened, change::PhaseEntered, change::TimerSet, change::Added, change::Edited,
                 change::Withdrawn, change::Hidden, change::Shown, change::Supported, change::Unsupported,
                 change::Placed, change::ThemeAdded, change::ThemeRenamed, change::ThemeRemoved,
                 change::TakenOver, change::RewordAsked, change::Frozen, change::Revealed, change::Rated,
                 change::Counted, change::TalliesHidden, change::Merged, change::Unmerged, change::AgendaSet,
                 change::SettingsSet, change::ProjectorShown, change::CaptionSet, change::StaffNoted,
                 change::TableAdded, change::TableRenamed, change::TableRemoved, change::TableRestored,
                 change::TableSeated, change::RapporteurNamed, change::TableStatusSet, change::FloorAsked,
                 change::FloorLeft, change::FloorGiven, change::FloorEnded, change::FloorTakenBack,
                 change::PersonRemoved, change::PersonReadmitted, change::DraftStarted, change::DraftChanged,
                 change::DraftHandedIn, change::DraftDiscarded, change::FormSet>;

/// Type of an event on the wire and in the journal (schemas/live/events.schema.json).
[[nodiscard]] inline const char* event_type(const Change& change) {
  return std::visit([](const auto& one) -> const char* { return std::decay_t<decltype(one)>::kType; },
                    change);
}

/// The contribution that a change is about, if it is about one.
[[nodiscard]] inline std::optional<ContributionId> subject(const Change& change) {
  return std::visit(
      [](const auto& one) -> std::optional<ContributionId> {
        if constexpr (requires { one.contribution; })
          return one.contribution;
        else
          return std::nullopt;
      },
      change);
}

/// The command that caused an event, so that the same command is known again after a restart.
struct Cause {
  CommandId command;
  std::uint64_t fingerprint{};
};

struct Event {
  Seq seq{};
  TimeMs at{};
  ActorId by; // pseudonymous; all zero for the system
  std::optional<Cause> cause;
  Change change;
};

} // namespace warsha::live
