#pragma once

#include "protocol/rejection.hpp"
#include "server/access/rights.hpp"
#include "server/live/changes.hpp"
#include "server/live/id_set.hpp"

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <variant>
#include <vector>

/// The workshop's rules: a pure state machine. No I/O, no clock, no random.
///   decide(board, command, actor, now, fresh) -> what would change, or why not
///   apply(board, event)                       -> the board after it
/// Replaying a journal's events from an empty board gives the board back.
namespace warsha::live {

enum class State : std::uint8_t { shown, hidden, withdrawn, waiting };

/// What people think of a solution, one vote each.
struct Rating {
  std::int64_t impact{};
  std::int64_t feasibility{};
};

struct Contribution {
  ContributionId id;
  Kind kind{};
  State state{};
  bool veiled = false;  // written silently, and not revealed yet
  bool frozen = false;  // its author may not edit it
  bool unnamed = false; // written where nobody stands beside their words by name
  Channel channel = Channel::device;
  std::int64_t people = 1; // behind it, as declared
  std::string text;
  std::string reason;           // of hiding
  std::optional<Ground> ground; // of hiding
  std::string reword_note;      // what its author was asked; empty: nothing
  std::string receipt;
  ActorId author;
  std::vector<ActorId> writers; // who wrote it together with the author
  std::optional<TableId> table;
  std::optional<ThemeId> theme;
  std::optional<ContributionId> merged_into;
  std::vector<ContributionId> merged; // into this one
  std::vector<ContributionId> answers;
  std::vector<ContributionId> follows_from;
  IdSet<ActorId> supporters;
  std::unordered_map<ActorId, Rating> ratings;
  std::map<CountChannel, std::int64_t> counted;
  std::uint32_t edits = 0;
  TimeMs at{};
  Seq seq{};         // of the event that added it
  Seq changed_seq{}; // of the last event that changed it

  [[nodiscard]] bool is_by(const ActorId& actor) const;
};

struct Theme {
  ThemeId id;
  std::string title;
};

struct Table {
  TableId id;
  std::string title;
  TableStatus status = TableStatus::working;
  std::optional<ActorId> rapporteur;
};

/// A table that was removed, as it was: it can be put back.
struct RemovedTable {
  Table table;
  std::vector<ActorId> people;
};

/// A text that is being written together.
struct Draft {
  DraftId id;
  Kind kind{};
  ActorId by;
  std::optional<TableId> table;
  std::vector<ContributionId> answers;
  std::vector<ContributionId> follows_from;
  /// The draft of the solution of which this one says the expected result, as long as that one is a draft.
  std::optional<DraftId> result_of;
  std::string text;
  std::int64_t revision = 0;
  std::vector<ActorId> writers; // in the order of their first edit
  /// The last edits, up to the one that made `revision`: limits::kDraftEdits and kDraftEditBytes of them.
  std::deque<TextEdit> edits{};
  std::size_t edit_bytes = 0;

  /// An edit that was made on an earlier revision as one of the present text; none when too much was done
  /// since.
  [[nodiscard]] std::optional<TextEdit> brought_up(const TextEdit& edit, std::int64_t made_on) const;
  /// Takes an edit of the present text. Throws std::out_of_range when it reaches beyond the end.
  void change(const TextEdit& edit);
};

/// What those who steer told each other.
struct StaffNote {
  Seq seq{};
  TimeMs at{};
  ActorId by;
  std::string text;
  std::optional<Seq> answers; // another note
};

/// Who speaks, who wants to, and how long each has spoken.
struct Floor {
  struct Asked {
    ActorId participant;
    TimeMs at{};
  };
  std::optional<Asked> speaking;
  std::vector<Asked> queue; // in the order of asking
  struct Speech {
    ActorId participant;
    TimeMs ended_at{};
    std::int64_t ms{};
  };
  std::vector<Speech> speeches; // that are over
  std::unordered_map<ActorId, std::int64_t> spoken_ms;
  /// What the last giving or ending of the floor found, as long as it can be taken back.
  struct Turn {
    ActorId of; // who was given it, or whose speech was ended
    std::optional<Asked> speaking;
    std::optional<Asked> asked; // where who was given it stood in the queue
  };
  std::optional<Turn> last_turn;

  /// In the order in which to speak: who has spoken least, then who asked first.
  [[nodiscard]] std::vector<Asked> in_turn() const;
};

struct Board {
  WorkshopId workshop;
  Seq seq = 0;           // of the last event applied
  TimeMs changed_at = 0; // by it
  std::string title;
  std::string language;
  std::map<Phase, AgendaItem> agenda;
  Settings settings;
  /// Of a written consultation: it has no room, and everybody writes by its public form.
  std::optional<FormDays> form;
  Phase phase = Phase::introduction;
  TimeMs phase_since = 0;
  std::optional<Timer> timer;
  bool revealed = false; // what is written silently in this phase
  bool tallies_hidden = false;
  change::ProjectorShown projector;
  std::optional<std::string> caption;
  std::vector<Theme> themes;
  std::vector<Table> tables;
  std::vector<RemovedTable> removed_tables; // the last limits::kTables, and not put back
  std::unordered_map<ActorId, TableId> seats;
  std::map<ActorId, Ground> removed; // and why
  Floor floor;
  std::vector<StaffNote> notes; // the last limits::kStaffNotes
  std::map<DraftId, Draft> drafts;
  std::vector<Contribution> contributions; // in the order they were added
  std::size_t standing = 0;                // of them: neither hidden nor withdrawn
  std::unordered_map<ContributionId, std::size_t> places;
  std::unordered_map<ActorId, std::vector<std::size_t>> by_author; // and by those who wrote along
  std::unordered_map<ActorId, IdSet<ContributionId>> supported_by;

  [[nodiscard]] const Contribution* find(const ContributionId& id) const;
  /// It was merged into none, or into one that was hidden since.
  [[nodiscard]] bool stands_alone(const Contribution& contribution) const;
  /// The contribution that this event added, if it did.
  [[nodiscard]] const Contribution* added_by(Seq seq) const;
  [[nodiscard]] const Theme* find(const ThemeId& id) const;
  [[nodiscard]] const Table* find(const TableId& id) const;
  [[nodiscard]] const Draft* find(const DraftId& id) const;
  /// The draft in which the expected result of this draft's solution is written.
  [[nodiscard]] const Draft* result_draft_of(const DraftId& solution) const;
  [[nodiscard]] std::optional<TableId> seat_of(const ActorId& actor) const;
  [[nodiscard]] std::size_t people_at(const TableId& table) const;
  /// What is planned for the present phase; a default where nothing is.
  [[nodiscard]] const AgendaItem& plan() const;
  [[nodiscard]] bool is_anonymous() const { return settings.anonymous || plan().anonymous; }
  /// Whether a facilitator reads before or after the room.
  [[nodiscard]] Moderation moderation() const { return plan().moderation.value_or(settings.moderation); }
  [[nodiscard]] bool results_required() const {
    return plan().results_required.value_or(settings.results_required);
  }
  /// Is what participants write now kept from the room until it is revealed?
  [[nodiscard]] bool writes_silently() const { return plan().silent && !revealed; }
  /// Supports that a person gave to what is weighed together: problems, or solutions and results.
  [[nodiscard]] std::int64_t supports_given(const ActorId& actor, Kind alike) const;
  /// Who supports a contribution or anything that was merged into it, each once.
  [[nodiscard]] std::size_t supporters_together(const Contribution& head) const;
};

/// Nothing to change (support that is given already) is no rejection: the command is done.
struct NothingToChange {};
/// A solution and what becomes of the result that is expected of it: journaled together or not at all.
struct Pair {
  Change solution;
  Change result;
};
using Decision = std::variant<Change, NothingToChange, Rejection, Pair>;
/// In their order; none when nothing changes.
[[nodiscard]] std::vector<Change> changes_of(Decision decision);

/// What rules without chance can't make: for the contribution that a command may add, and for the expected
/// result that may come with it.
struct Fresh {
  std::string receipt;
  ContributionId result{};
  std::string result_receipt{};
};

/// Checks the role's rights, then the phase's rules, then the command's own.
[[nodiscard]] Decision decide(const Board& board, const Command& command, const access::Actor& actor,
                              TimeMs now, const Fresh& fresh);

/// Takes the next event (seq = board.seq + 1), which was decided on this very board. Throws std::out_of_range
/// when it names what the board does not have, std::invalid_argument when it adds what is there.
void apply(Board& board, const Event& event);

/// A person's name inside one workshop, for those who must know each other on the screen: eight hexadecimal
/// digits that lead back to nobody.
[[nodiscard]] std::string alias_of(const Board& board, const ActorId& actor);

} // namespace warsha::live

template <> struct warsha::Words<warsha::live::State> {
  static constexpr std::array kAll{"shown", "hidden", "withdrawn", "waiting"};
};
