#include "protocol/limits.hpp"
#include "server/live/board.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace warsha::live {

namespace {

/// One event onto one board.
struct Applier {
  Board& board;
  const Event& event;

  Contribution& at(const ContributionId& id) const {
    auto& contribution = board.contributions[board.places.at(id)];
    contribution.changed_seq = event.seq;
    return contribution;
  }
  Table& at(const TableId& id) const {
    const auto found = std::find_if(board.tables.begin(), board.tables.end(),
                                    [&](const Table& table) { return table.id == id; });
    if (found == board.tables.end())
      throw std::out_of_range("no such table");
    return *found;
  }
  void set_state(Contribution& contribution, State state) const {
    const auto stands = [](State one) { return one == State::shown || one == State::waiting; };
    board.standing += stands(state) ? 1U : 0U;
    board.standing -= stands(contribution.state) ? 1U : 0U;
    contribution.state = state;
  }
  Contribution& add(Contribution contribution) const {
    ++board.standing;
    contribution.at = event.at;
    contribution.seq = contribution.changed_seq = event.seq;
    const auto place = board.contributions.size();
    if (!board.places.emplace(contribution.id, place).second)
      throw std::invalid_argument("the event adds a contribution that is there already");
    board.by_author[contribution.author].push_back(place);
    for (const auto& writer : contribution.writers)
      board.by_author[writer].push_back(place);
    contribution.unnamed = board.is_anonymous();
    return board.contributions.emplace_back(std::move(contribution));
  }

  void operator()(const change::Opened& opened) const {
    board.title = opened.title;
    board.language = opened.language;
    board.form = opened.form;
    for (const auto& [phase, question] : opened.questions) {
      auto& item = board.agenda[phase];
      item.phase = phase;
      item.question = question;
    }
  }

  // --- Contributions ---------------------------------------------------------------------------

  void operator()(const change::Added& added) const {
    Contribution contribution;
    contribution.id = added.contribution;
    contribution.kind = added.kind;
    contribution.state = added.waits ? State::waiting : State::shown;
    contribution.veiled = added.veiled;
    contribution.channel = added.channel.value_or(Channel::device);
    contribution.people = added.people.value_or(1);
    contribution.text = added.text;
    contribution.receipt = added.receipt;
    contribution.author = event.by;
    contribution.table = added.table;
    contribution.answers = added.answers;
    contribution.follows_from = added.follows_from;
    contribution.theme = added.theme;
    add(std::move(contribution));
  }
  void operator()(const change::Edited& edited) const {
    auto& contribution = at(edited.contribution);
    contribution.text = edited.text;
    contribution.reword_note.clear();
    ++contribution.edits;
  }
  void operator()(const change::Withdrawn& withdrawn) const {
    auto& contribution = at(withdrawn.contribution);
    set_state(contribution, State::withdrawn);
    // What others said stands on its own again: nobody takes it along.
    for (const auto& member : std::exchange(contribution.merged, {}))
      at(member).merged_into.reset();
  }
  void operator()(const change::Hidden& hidden) const {
    auto& contribution = at(hidden.contribution);
    set_state(contribution, State::hidden);
    contribution.reason = hidden.reason;
    contribution.ground = hidden.ground;
  }
  void operator()(const change::Shown& shown) const {
    auto& contribution = at(shown.contribution);
    set_state(contribution, State::shown);
    contribution.reason.clear();
    contribution.ground.reset();
  }
  void operator()(const change::RewordAsked& asked) const {
    at(asked.contribution).reword_note = asked.note.value_or("");
  }
  void operator()(const change::Frozen& frozen) const { at(frozen.contribution).frozen = frozen.on; }
  void operator()(const change::Revealed& revealed) const {
    for (const auto& id : revealed.contributions)
      at(id).veiled = false;
    board.revealed = true;
  }

  // --- Weighing -----------------------------------------------------------------------------------

  void operator()(const change::Supported& supported) const {
    at(supported.contribution).supporters.insert(event.by);
    board.supported_by[event.by].insert(supported.contribution);
  }
  void operator()(const change::Unsupported& unsupported) const {
    at(unsupported.contribution).supporters.erase(event.by);
    board.supported_by[event.by].erase(unsupported.contribution);
  }
  void operator()(const change::Rated& rated) const {
    at(rated.contribution).ratings[event.by] = {rated.impact, rated.feasibility};
  }
  void operator()(const change::Counted& counted) const {
    at(counted.contribution).counted[counted.channel] = counted.people;
  }
  void operator()(const change::TalliesHidden& hidden) const { board.tallies_hidden = hidden.on; }

  // --- Grouping -----------------------------------------------------------------------------------

  void operator()(const change::Placed& placed) const { at(placed.contribution).theme = placed.theme; }
  void operator()(const change::Merged& merged) const {
    for (const auto& id : merged.contributions) {
      auto& contribution = at(id);
      contribution.merged_into = merged.into;
      at(merged.into).merged.push_back(id);
      for (const auto& member : std::exchange(contribution.merged, {})) {
        at(member).merged_into = merged.into;
        at(merged.into).merged.push_back(member);
      }
    }
  }
  void operator()(const change::Unmerged& unmerged) const {
    for (const auto& id : unmerged.contributions) {
      auto& contribution = at(id);
      if (const auto head = std::exchange(contribution.merged_into, std::nullopt))
        std::erase(at(*head).merged, id);
    }
  }
  void operator()(const change::TakenOver&) const {} // who holds what is told aside: this is for the record
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

  // --- Steering -----------------------------------------------------------------------------------

  void operator()(const change::PhaseEntered& entered) const {
    board.phase_since = event.at;
    board.phase = entered.phase;
    board.timer.reset();
    if (entered.phase == Phase::closed) { // nobody speaks in a room that has left
      end_speech();
      board.floor.queue.clear();
      board.floor.last_turn.reset();
    }
    board.revealed = false;
    // Entering may hide what was shown; it never shows what was hidden.
    board.tallies_hidden = board.tallies_hidden || board.plan().hide_tallies;
  }
  void operator()(const change::TimerSet& set) const { board.timer = set.timer; }
  void operator()(const change::AgendaSet& set) const {
    board.agenda.clear();
    for (const auto& item : set.agenda)
      board.agenda[item.phase] = item;
  }
  void operator()(const change::FormSet& set) const { board.form = set.days; }
  void operator()(const change::SettingsSet& set) const { board.settings = set.settings; }
  void operator()(const change::ProjectorShown& shown) const { board.projector = shown; }
  void operator()(const change::CaptionSet& set) const { board.caption = set.text; }
  void operator()(const change::StaffNoted& noted) const {
    if (board.notes.size() == limits::kStaffNotes)
      board.notes.erase(board.notes.begin());
    const auto answers = noted.answers ? std::optional(static_cast<Seq>(*noted.answers)) : std::nullopt;
    board.notes.push_back({event.seq, event.at, event.by, noted.text, answers});
  }

  // --- People -------------------------------------------------------------------------------------

  void operator()(const change::TableAdded& added) const {
    board.tables.push_back({added.table, added.title, TableStatus::working, std::nullopt});
  }
  void operator()(const change::TableRenamed& renamed) const { at(renamed.table).title = renamed.title; }
  void operator()(const change::TableRemoved& removed) const {
    const auto found = std::find_if(board.tables.begin(), board.tables.end(),
                                    [&](const Table& table) { return table.id == removed.table; });
    if (found == board.tables.end())
      return;
    RemovedTable kept{std::move(*found), {}};
    board.tables.erase(found);
    for (const auto& [person, table] : board.seats)
      if (table == removed.table)
        kept.people.push_back(person);
    std::sort(kept.people.begin(), kept.people.end()); // seats have no order
    std::erase_if(board.seats, [&](const auto& seat) { return seat.second == removed.table; });
    if (board.removed_tables.size() == limits::kTables)
      board.removed_tables.erase(board.removed_tables.begin());
    board.removed_tables.push_back(std::move(kept));
  }
  void operator()(const change::TableRestored& restored) const {
    const auto found = std::find_if(board.removed_tables.begin(), board.removed_tables.end(),
                                    [&](const RemovedTable& one) { return one.table.id == restored.table; });
    if (found == board.removed_tables.end())
      throw std::out_of_range("no such table was removed");
    auto table = std::move(found->table);
    board.removed_tables.erase(found);
    const auto& back = restored.participants;
    if (table.rapporteur && std::find(back.begin(), back.end(), *table.rapporteur) == back.end())
      table.rapporteur.reset();
    board.tables.push_back(std::move(table));
    for (const auto& participant : back)
      board.seats[participant] = restored.table;
  }
  void operator()(const change::TableSeated& seated) const {
    for (const auto& participant : seated.participants) {
      for (auto& table : board.tables)
        if (table.rapporteur == participant && table.id != seated.table)
          table.rapporteur.reset();
      if (seated.table)
        board.seats[participant] = at(*seated.table).id;
      else
        board.seats.erase(participant);
    }
  }
  void operator()(const change::RapporteurNamed& named) const {
    at(named.table).rapporteur = named.participant;
  }
  void operator()(const change::TableStatusSet& set) const { at(set.table).status = set.status; }

  void operator()(const change::FloorAsked&) const { board.floor.queue.push_back({event.by, event.at}); }
  void operator()(const change::FloorLeft&) const { leave_queue(event.by); }
  void operator()(const change::FloorGiven& given) const {
    auto& floor = board.floor;
    Floor::Turn turn{given.participant, floor.speaking, {}};
    for (const auto& asked : floor.queue)
      if (asked.participant == given.participant)
        turn.asked = asked;
    end_speech();
    leave_queue(given.participant);
    floor.speaking = Floor::Asked{given.participant, event.at};
    floor.last_turn = turn;
  }
  void operator()(const change::FloorEnded&) const {
    auto& floor = board.floor;
    if (floor.speaking)
      floor.last_turn = Floor::Turn{floor.speaking->participant, floor.speaking, {}};
    end_speech();
  }
  void operator()(const change::FloorTakenBack&) const {
    auto& floor = board.floor;
    if (!floor.last_turn)
      throw std::out_of_range("the floor has nothing to take back");
    const auto turn = *std::exchange(floor.last_turn, std::nullopt);
    if (turn.speaking) { // the speech goes on, as if it had not been ended
      floor.spoken_ms[turn.speaking->participant] -= floor.speeches.back().ms;
      floor.speeches.pop_back();
      leave_queue(turn.speaking->participant);
    }
    floor.speaking = turn.speaking;
    if (!turn.asked)
      return;
    leave_queue(turn.asked->participant);
    const auto place = std::find_if(floor.queue.begin(), floor.queue.end(),
                                    [&](const Floor::Asked& other) { return other.at > turn.asked->at; });
    floor.queue.insert(place, *turn.asked);
  }
  void operator()(const change::PersonRemoved& removed) const {
    board.removed[removed.participant] = removed.ground;
    leave_queue(removed.participant);
    if (board.floor.speaking && board.floor.speaking->participant == removed.participant)
      end_speech();
    // Nobody is put back into a room that they were put out of.
    if (const auto& turn = board.floor.last_turn;
        turn && (turn->of == removed.participant ||
                 (turn->speaking && turn->speaking->participant == removed.participant)))
      board.floor.last_turn.reset();
  }
  void operator()(const change::PersonReadmitted& readmitted) const {
    board.removed.erase(readmitted.participant);
  }

  // --- Writing together ---------------------------------------------------------------------------

  void operator()(const change::DraftStarted& started) const {
    board.drafts[started.draft] = {started.draft,
                                   started.kind,
                                   event.by,
                                   started.table,
                                   started.answers,
                                   started.follows_from,
                                   started.result_of,
                                   {},
                                   0,
                                   {}};
  }
  void operator()(const change::DraftChanged& changed) const {
    auto& draft = board.drafts.at(changed.draft);
    if (changed.revision != draft.revision + 1)
      throw std::out_of_range("an edit of another revision of its draft");
    draft.change(changed.edit);
    if (std::find(draft.writers.begin(), draft.writers.end(), event.by) == draft.writers.end())
      draft.writers.push_back(event.by);
  }
  void operator()(const change::DraftHandedIn& handed_in) const {
    const auto& draft = board.drafts.at(handed_in.draft);
    Contribution contribution;
    contribution.id = handed_in.contribution;
    contribution.kind = draft.kind;
    contribution.state = handed_in.waits ? State::waiting : State::shown;
    contribution.veiled = handed_in.veiled;
    if (handed_in.people) {
      contribution.channel = Channel::table;
      contribution.people = *handed_in.people;
    }
    contribution.text = handed_in.text;
    contribution.receipt = handed_in.receipt;
    contribution.author = event.by;
    for (const auto& writer : draft.writers)
      if (writer != event.by)
        contribution.writers.push_back(writer);
    contribution.table = draft.table;
    contribution.answers = draft.answers;
    contribution.follows_from = draft.follows_from;
    end_draft(handed_in.draft, {handed_in.contribution});
    add(std::move(contribution));
  }
  void operator()(const change::DraftDiscarded& discarded) const { end_draft(discarded.draft, {}); }

private:
  /// The expected result that is written beside it goes on, as one of what it became.
  void end_draft(const DraftId& id, std::vector<ContributionId> became) const {
    for (auto& [other, draft] : board.drafts)
      if (draft.result_of == id) {
        draft.result_of.reset();
        draft.follows_from = became;
      }
    board.drafts.erase(id);
  }
  void leave_queue(const ActorId& actor) const {
    std::erase_if(board.floor.queue, [&](const Floor::Asked& asked) { return asked.participant == actor; });
  }
  void end_speech() const {
    const auto speech = std::exchange(board.floor.speaking, std::nullopt);
    if (!speech)
      return;
    const auto spoken = std::max<TimeMs>(event.at - speech->at, 0); // a clock may have been set back
    board.floor.spoken_ms[speech->participant] += spoken;
    board.floor.speeches.push_back({speech->participant, event.at, spoken});
  }
};

} // namespace

void apply(Board& board, const Event& event) {
  std::visit(Applier{board, event}, event.change);
  board.seq = event.seq;
  board.changed_at = event.at;
}

} // namespace warsha::live
