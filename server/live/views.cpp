#include "server/live/views.hpp"

#include "protocol/json_writer.hpp"
#include "protocol/limits.hpp"
#include "protocol/member_writer.hpp"
#include "server/live/phase_rules.hpp"

#include <map>
#include <nlohmann/json.hpp>
#include <vector>

namespace warsha::live {

using nlohmann::json;

namespace {

using json_writer::Object;

template <class Values, class Write> void list(std::string& text, const Values& values, Write write_one) {
  text += '[';
  for (const auto& value : values) {
    if (&value != values.data())
      text += ',';
    write_one(value);
  }
  text += ']';
}

/// What one audience is shown of a board, written piece by piece.
struct View {
  const Board& board;
  Audience audience;
  const Names& names;

  [[nodiscard]] bool is_staff() const { return audience == Audience::staff; }
  [[nodiscard]] bool sees_tallies() const { return is_staff() || !board.tallies_hidden; }
  /// Withdrawn words are nobody's; hidden ones, those that wait, and those written silently are the staff's.
  [[nodiscard]] bool sees_text(const Contribution& contribution) const {
    if (contribution.state == State::withdrawn)
      return false;
    return is_staff() || (contribution.state == State::shown && !contribution.veiled);
  }
  [[nodiscard]] const std::string* name_of(const ActorId& actor) const {
    const auto found = names.participants.find(actor);
    return found == names.participants.end() || board.settings.anonymous ? nullptr : &found->second;
  }
  /// What was written namelessly stays so, whatever the rules are now.
  [[nodiscard]] const std::string* author_of(const Contribution& contribution) const {
    return contribution.unnamed ? nullptr : name_of(contribution.author);
  }
  /// The pseudonym of who wrote, to staff; where others stand beside names, it would tell who wrote what has
  /// none.
  [[nodiscard]] bool sees_pseudonym(const Contribution& contribution) const {
    return is_staff() && (!contribution.unnamed || board.settings.anonymous);
  }
  /// What is written at a table is read there and by staff; the rest of the room knows that it is written.
  [[nodiscard]] bool sees_text(const Draft& draft) const {
    return is_staff() || !draft.table || draft.revision == 0;
  }
  void signature(Object& out, const ActorId& member_of_staff) const {
    if (const auto found = names.staff.find(member_of_staff); found != names.staff.end())
      out.add("name", found->second);
  }

  void rules(std::string& text) const {
    const auto rules = rules_of(board);
    std::vector<const char*> kinds;
    for (const auto kind : {Kind::problem, Kind::solution, Kind::result})
      if (rules.may_contribute(kind) && !board.settings.paused)
        kinds.push_back(name(kind));
    Object out(text);
    out.add("anonymous", board.is_anonymous());
    out.add("budget", board.plan().supports);
    out.add("contribute", kinds);
    out.add("edit", rules.edit);
    out.add("moderation", name(board.moderation()));
    out.add("paused", board.settings.paused);
    if (board.plan().rapporteurs_only)
      out.add("rapporteurs_only", true);
    out.add("rate", rules.support);
    out.add("results_required", board.results_required());
    out.add("silent", board.writes_silently());
    out.add("slow_seconds", board.settings.slow_seconds);
    out.add("support", rules.support);
    out.add("withdraw", rules.withdraw);
    out.end();
  }

  void note(std::string& text, const StaffNote& note) const {
    Object out(text);
    if (note.answers)
      out.add("answers", *note.answers);
    out.add("at", note.at);
    signature(out, note.by);
    out.add("seq", note.seq);
    out.add("text", note.text);
    out.add("who", alias_of(board, note.by));
    out.end();
  }

  void rating(Object& out, const Contribution& contribution) const {
    if (contribution.ratings.empty() || !sees_tallies())
      return;
    std::int64_t impact = 0;
    std::int64_t feasibility = 0;
    for (const auto& [person, given] : contribution.ratings) {
      impact += given.impact;
      feasibility += given.feasibility;
    }
    Object sums(out.begin("rating"));
    sums.add("count", contribution.ratings.size());
    sums.add("feasibility", feasibility);
    sums.add("impact", impact);
    sums.end();
  }
  void counted(Object& out, const Contribution& contribution) const {
    if (contribution.counted.empty() || !sees_tallies())
      return;
    Object figures(out.begin("counted"));
    for (const auto& [channel, people] : contribution.counted)
      figures.add(name(channel), people);
    figures.end();
  }
  void supports(Object& out, const Contribution& contribution) const {
    if (sees_tallies())
      out.add("supports", contribution.supporters.size());
  }
  void together(Object& out, const Contribution& head) const {
    if (!head.merged.empty() && sees_tallies())
      out.add("together", board.supporters_together(head));
  }

  void contribution(std::string& text, const Contribution& contribution) const {
    const bool words = sees_text(contribution);
    Object out(text);
    if (!contribution.answers.empty())
      out.add("answers", contribution.answers);
    out.add("at", contribution.at);
    if (sees_pseudonym(contribution))
      out.add("author", contribution.author);
    if (words)
      if (const auto* author = author_of(contribution))
        out.add("author_name", *author);
    if (contribution.channel != Channel::device)
      out.add("channel", name(contribution.channel));
    counted(out, contribution);
    out.add("edits", contribution.edits);
    if (!contribution.follows_from.empty())
      out.add("follows_from", contribution.follows_from);
    if (contribution.frozen)
      out.add("frozen", true);
    if (contribution.state == State::hidden && contribution.ground)
      out.add("ground", name(*contribution.ground));
    out.add("id", contribution.id);
    out.add("kind", name(contribution.kind));
    if (contribution.merged_into)
      out.add("merged_into", *contribution.merged_into);
    if (contribution.people > 1)
      out.add("people", contribution.people);
    rating(out, contribution);
    if (contribution.state == State::hidden && !contribution.reason.empty())
      out.add("reason", contribution.reason);
    if (!contribution.reword_note.empty()) {
      out.add("reword", true);
      if (is_staff())
        out.add("reword_note", contribution.reword_note);
    }
    out.add("seq", contribution.seq);
    out.add("state", name(contribution.state));
    supports(out, contribution);
    if (contribution.table)
      out.add("table", *contribution.table);
    if (words)
      out.add("text", contribution.text);
    if (contribution.theme)
      out.add("theme", *contribution.theme);
    together(out, contribution);
    if (contribution.veiled)
      out.add("veiled", true);
    if (!contribution.writers.empty())
      out.add("writers", contribution.writers.size() + 1);
    out.end();
  }

  void theme(std::string& text, const ThemeId& id, const std::string& title) const {
    Object out(text);
    out.add("id", id);
    out.add("title", title);
    out.end();
  }

  void person(Object& out, const ActorId& actor) const {
    if (const auto* shown = name_of(actor))
      out.add("name", *shown);
    if (is_staff())
      out.add("participant", actor);
    out.add("who", alias_of(board, actor));
  }

  void table(std::string& text, const Table& table) const {
    Object out(text);
    out.add("id", table.id);
    out.add("people", board.people_at(table.id));
    if (table.rapporteur) {
      out.add("rapporteur", alias_of(board, *table.rapporteur));
      if (const auto* shown = name_of(*table.rapporteur))
        out.add("rapporteur_name", *shown);
    }
    out.add("status", name(table.status));
    out.add("title", table.title);
    out.end();
  }

  void floor(std::string& text) const {
    Object out(text);
    list(out.begin("queue"), board.floor.in_turn(), [&](const Floor::Asked& asked) {
      Object entry(text);
      person(entry, asked.participant);
      entry.end();
    });
    if (board.floor.speaking) {
      Object speaking(out.begin("speaking"));
      person(speaking, board.floor.speaking->participant);
      speaking.add("since", board.floor.speaking->at);
      speaking.end();
    }
    out.end();
  }

  void draft(std::string& text, const Draft& draft) const {
    Object out(text);
    if (!draft.answers.empty())
      out.add("answers", draft.answers);
    if (!draft.follows_from.empty())
      out.add("follows_from", draft.follows_from);
    out.add("id", draft.id);
    out.add("kind", name(draft.kind));
    if (draft.result_of)
      out.add("result_of", *draft.result_of);
    out.add("revision", draft.revision);
    if (draft.table)
      out.add("table", *draft.table);
    if (sees_text(draft))
      out.add("text", draft.text);
    out.add("writers", draft.writers.size());
    out.end();
  }

  void agenda(std::string& text) const {
    text += '[';
    for (const auto& [phase, item] : board.agenda) {
      if (text.back() != '[')
        text += ',';
      write_value(text, item);
    }
    text += ']';
  }

  /// Every figure, for when they are shown at last.
  void tallies(std::string& text) const {
    text += '[';
    for (const auto& contribution : board.contributions) {
      if (contribution.supporters.empty() && contribution.ratings.empty() && contribution.counted.empty() &&
          contribution.merged.empty())
        continue;
      if (text.back() != '[')
        text += ',';
      Object out(text);
      out.add("contribution", contribution.id);
      counted(out, contribution);
      rating(out, contribution);
      supports(out, contribution);
      together(out, contribution);
      out.end();
    }
    text += ']';
  }
};

template <class Value> void add_or_null(Object& out, const char* key, const std::optional<Value>& value) {
  write_value(out.begin(key), value);
}

/// The members of an event between `at` and `type`.
struct EventView : View {
  const Event& event;
  std::string& text;
  Object& out;
  bool at_its_table = false; // for who sits where it was written

  void whole(const ContributionId& id) const { contribution(out.begin("contribution"), *board.find(id)); }
  void tally(const ContributionId& id) const {
    const auto& supported = *board.find(id);
    out.add("contribution", id);
    if (supported.merged_into) {
      out.add("head", *supported.merged_into);
      together(out, *board.find(*supported.merged_into));
    } else {
      together(out, supported);
    }
    supports(out, supported);
  }
  void added_theme(const ThemeId& id, const std::string& title) const {
    theme(out.begin("theme"), id, title);
  }
  void whole_table(const TableId& id) const {
    if (const auto* there = board.find(id))
      table(out.begin("table"), *there);
  }
  void who(const std::vector<ActorId>& people) const {
    list(out.begin("who"), people,
         [&](const ActorId& id) { json_writer::append(text, alias_of(board, id)); });
  }
  void whole_floor() const { floor(out.begin("floor")); }
  void one_person(const ActorId& actor) const { person(out, actor); }
  /// A change that everybody may know as it is.
  template <class Told> void as_it_is(const Told& told) const {
    const auto add = [this](const char* key, const auto& field, const Bounds& bounds = {}) {
      if (!is_left_out(field, bounds))
        write_value(out.begin(key), field);
    };
    Told::members(told, add);
  }

  void operator()(const change::Opened& opened) const { out.add("title", opened.title); }
  void operator()(const change::Added& added) const { whole(added.contribution); }
  void operator()(const change::Edited& edited) const {
    const auto& changed = *board.find(edited.contribution);
    out.add("contribution", edited.contribution);
    out.add("edits", changed.edits);
    if (sees_text(changed))
      out.add("text", edited.text);
  }
  void operator()(const change::Withdrawn& withdrawn) const { as_it_is(withdrawn); }
  void operator()(const change::Hidden& hidden) const {
    out.add("contribution", hidden.contribution);
    if (hidden.ground)
      out.add("ground", name(*hidden.ground));
    if (!hidden.reason.empty())
      out.add("reason", hidden.reason);
  }
  void operator()(const change::Shown& shown) const { whole(shown.contribution); }
  void operator()(const change::RewordAsked& asked) const {
    out.add("contribution", asked.contribution);
    if (is_staff() || !asked.note) // null: it is asked no longer
      add_or_null(out, "note", asked.note);
  }
  void operator()(const change::Frozen& frozen) const { as_it_is(frozen); }
  void operator()(const change::Revealed& revealed) const {
    list(out.begin("contributions"), revealed.contributions,
         [&](const ContributionId& id) { contribution(text, *board.find(id)); });
  }

  void operator()(const change::Supported& supported) const { tally(supported.contribution); }
  void operator()(const change::Unsupported& unsupported) const { tally(unsupported.contribution); }
  void operator()(const change::Rated& rated) const {
    out.add("contribution", rated.contribution);
    rating(out, *board.find(rated.contribution));
  }
  void operator()(const change::Counted& changed) const {
    out.add("contribution", changed.contribution);
    counted(out, *board.find(changed.contribution));
  }
  void operator()(const change::TalliesHidden& hidden) const {
    out.add("on", hidden.on);
    if (hidden.on || board.tallies_hidden)
      out.begin("tallies") += "[]";
    else
      tallies(out.begin("tallies"));
  }

  void operator()(const change::Placed& placed) const { as_it_is(placed); }
  void operator()(const change::Merged& merged) const {
    out.add("contributions", merged.contributions);
    out.add("into", merged.into);
    together(out, *board.find(merged.into));
  }
  void operator()(const change::Unmerged& unmerged) const {
    out.add("contributions", unmerged.contributions);
    out.begin("heads") += '[';
    for (const auto& contribution : board.contributions) {
      if (contribution.changed_seq != event.seq || contribution.merged_into)
        continue;
      if (text.back() != '[')
        text += ',';
      Object head(text);
      head.add("contribution", contribution.id);
      together(head, contribution);
      head.end();
    }
    text += ']';
  }
  void operator()(const change::TakenOver& taken) const {
    if (!is_staff())
      return;
    out.add("contribution", taken.contribution);
    out.add("from", taken.from);
    out.add("who", alias_of(board, event.by));
  }
  void operator()(const change::ThemeAdded& added) const { added_theme(added.theme, added.title); }
  void operator()(const change::ThemeRenamed& renamed) const { added_theme(renamed.theme, renamed.title); }
  void operator()(const change::ThemeRemoved& removed) const { as_it_is(removed); }

  void operator()(const change::PhaseEntered& entered) const {
    out.add("phase", name(entered.phase));
    rules(out.begin("rules"));
    out.add("tallies_hidden", board.tallies_hidden);
  }
  void operator()(const change::TimerSet& set) const { as_it_is(set); }
  void operator()(const change::AgendaSet& set) const {
    as_it_is(set);
    rules(out.begin("rules"));
  }
  void operator()(const change::SettingsSet& set) const {
    as_it_is(set);
    rules(out.begin("rules"));
  }
  void operator()(const change::FormSet& set) const { as_it_is(set); }
  void operator()(const change::ProjectorShown& shown) const { write_value(out.begin("projector"), shown); }
  void operator()(const change::CaptionSet& set) const { as_it_is(set); }
  void operator()(const change::StaffNoted& noted) const {
    if (!is_staff())
      return;
    if (noted.answers)
      out.add("answers", *noted.answers);
    signature(out, event.by);
    out.add("text", noted.text);
    out.add("who", alias_of(board, event.by));
  }

  void operator()(const change::TableAdded& added) const { whole_table(added.table); }
  void operator()(const change::TableRenamed& renamed) const { as_it_is(renamed); }
  void operator()(const change::TableRemoved& removed) const { as_it_is(removed); }
  void operator()(const change::TableRestored& restored) const {
    if (is_staff())
      out.add("participants", restored.participants);
    whole_table(restored.table);
    who(restored.participants);
  }
  void operator()(const change::TableSeated& seated) const {
    list(out.begin("people"), board.tables, [&](const Table& one) {
      Object entry(text);
      entry.add("people", board.people_at(one.id));
      entry.add("table", one.id);
      entry.end();
    });
    if (is_staff())
      out.add("participants", seated.participants);
    add_or_null(out, "table", seated.table);
    who(seated.participants);
  }
  void operator()(const change::RapporteurNamed& named) const {
    out.add("table", named.table);
    if (named.participant)
      one_person(*named.participant);
    else
      out.add("who", nullptr);
  }
  void operator()(const change::TableStatusSet& set) const { as_it_is(set); }
  void operator()(const change::FloorAsked&) const { whole_floor(); }
  void operator()(const change::FloorLeft&) const { whole_floor(); }
  void operator()(const change::FloorGiven&) const { whole_floor(); }
  void operator()(const change::FloorEnded&) const { whole_floor(); }
  void operator()(const change::FloorTakenBack&) const { whole_floor(); }
  void operator()(const change::PersonRemoved& removed) const {
    if (!is_staff())
      return out.add("who", alias_of(board, removed.participant));
    out.add("ground", name(removed.ground));
    one_person(removed.participant);
  }
  void operator()(const change::PersonReadmitted& readmitted) const {
    if (!is_staff())
      return out.add("who", alias_of(board, readmitted.participant));
    one_person(readmitted.participant);
  }

  void operator()(const change::DraftStarted& started) const {
    if (const auto* there = board.find(started.draft))
      draft(out.begin("draft"), *there);
  }
  void operator()(const change::DraftChanged& changed) const {
    const auto* draft = board.find(changed.draft);
    if (!is_staff() && !at_its_table && (!draft || draft->table)) {
      out.add("draft", changed.draft);
      return out.add("revision", changed.revision);
    }
    as_it_is(changed);
    out.add("who", alias_of(board, event.by));
  }
  void operator()(const change::DraftHandedIn& handed_in) const {
    whole(handed_in.contribution);
    out.add("draft", handed_in.draft);
  }
  void operator()(const change::DraftDiscarded& discarded) const { as_it_is(discarded); }
};

/// Participants have few; staff may have typed in thousands of cards, whose words they see on the board.
json view_mine(const Board& board, const access::Actor& self, Seq committed) {
  const auto& actor = self.id;
  const bool staff = access::sees_staff_view(self.role);
  json contributions = json::array();
  json ratings = json::object();
  if (const auto own = board.by_author.find(actor); own != board.by_author.end())
    for (auto i = own->second.size() - std::min(own->second.size(), limits::kOwnTold); i < own->second.size();
         ++i) {
      const auto& contribution = board.contributions[own->second[i]];
      if (contribution.seq > committed)
        continue;
      json entry{{"id", contribution.id.text()},
                 {"receipt", contribution.receipt},
                 {"kind", name(contribution.kind)},
                 {"state", name(contribution.state)}};
      if (contribution.state != State::withdrawn && !staff)
        entry["text"] = contribution.text;
      if (contribution.state == State::hidden) {
        if (!contribution.reason.empty())
          entry["reason"] = contribution.reason;
        if (contribution.ground)
          entry["ground"] = name(*contribution.ground);
      }
      if (!contribution.reword_note.empty())
        entry["reword_note"] = contribution.reword_note;
      if (contribution.frozen)
        entry["frozen"] = true;
      contributions.push_back(std::move(entry));
    }
  for (const auto& contribution : board.contributions)
    if (const auto given = contribution.ratings.find(actor); given != contribution.ratings.end())
      ratings[contribution.id.text()] = {{"impact", given->second.impact},
                                         {"feasibility", given->second.feasibility}};
  json supports = json::array();
  if (const auto given = board.supported_by.find(actor); given != board.supported_by.end())
    for (const auto& id : given->second)
      supports.push_back(id.text());
  json mine{{"contributions", std::move(contributions)},
            {"ratings", std::move(ratings)},
            {"supports", std::move(supports)}};
  if (const auto table = board.seat_of(actor))
    mine["table"] = table->text();
  if (const auto found = board.removed.find(actor); found != board.removed.end())
    mine["removed"] = name(found->second);
  return mine;
}

std::string told(const Board& after, const Event& event, Audience audience, const Names& names,
                 bool at_its_table) {
  std::string text;
  text.reserve(1024);
  Object out(text);
  out.add("at", event.at);
  std::visit(EventView{{after, audience, names}, event, text, out, at_its_table}, event.change);
  out.add("seq", event.seq);
  out.add("type", event_type(event.change));
  out.end();
  return text;
}

/// Of the texts that are written where they sit, as many as a welcome has room for.
json drafts_of(const Board& board, const ActorId& actor, const KeptDrafts& kept) {
  json drafts = json::array();
  const auto table = board.seat_of(actor);
  if (!table || board.removed.contains(actor))
    return drafts;
  std::size_t bytes = 0;
  for (const auto& [id, draft] : kept) {
    if (draft.table != table)
      continue;
    bytes += draft.text.size();
    if (bytes <= limits::kDraftsToldBytes)
      drafts.push_back({{"id", id.text()}, {"revision", draft.revision}, {"text", draft.text}});
  }
  return drafts;
}

template <class Write> json document(Write write) {
  std::string text;
  write(text);
  return json::parse(text);
}

} // namespace

std::string view_event(const Board& after, const Event& event, Audience audience, const Names& names) {
  return told(after, event, audience, names, false);
}

std::optional<TableId> table_of_edit(const Board& after, const Change& change) {
  const auto* changed = std::get_if<change::DraftChanged>(&change);
  const auto* draft = changed ? after.find(changed->draft) : nullptr;
  return draft ? draft->table : std::nullopt;
}

std::string view_event_at_table(const Board& after, const Event& event) {
  return told(after, event, Audience::room, {}, true);
}

std::string view_snapshot(const Board& board, const WorkshopId& workshop, const std::string& epoch,
                          Audience audience, const Names& names, TimeMs now) {
  const View view{board, audience, names};
  std::string text;
  text.reserve(2048 + board.contributions.size() * 512);
  Object out(text);
  view.agenda(out.begin("agenda"));
  out.add("audience", audience == Audience::staff ? "staff" : "room");
  add_or_null(out, "caption", board.caption);
  list(out.begin("contributions"), board.contributions,
       [&](const Contribution& contribution) { view.contribution(text, contribution); });
  out.begin("drafts") += '[';
  for (const auto& [id, draft] : board.drafts) {
    if (text.back() != '[')
      text += ',';
    view.draft(text, draft);
  }
  text += ']';
  out.add("epoch", epoch);
  view.floor(out.begin("floor"));
  if (board.form)
    write_value(out.begin("form"), *board.form);
  out.add("language", board.language);
  if (view.is_staff())
    list(out.begin("notes"), board.notes, [&](const StaffNote& note) { view.note(text, note); });
  out.add("phase", name(board.phase));
  write_value(out.begin("projector"), board.projector);
  std::map<Phase, std::string> questions;
  for (const auto& [phase, item] : board.agenda)
    if (item.question)
      questions.emplace(phase, *item.question);
  write_value(out.begin("questions"), questions);
  if (view.is_staff()) {
    std::vector<ActorId> removed;
    for (const auto& [id, ground] : board.removed)
      removed.push_back(id);
    out.add("removed", removed);
  }
  view.rules(out.begin("rules"));
  if (view.is_staff()) {
    Object seats(out.begin("seats"));
    for (const auto& [participant, table] : board.seats)
      seats.add(participant.text(), table);
    seats.end();
  }
  out.add("seq", board.seq);
  write_value(out.begin("settings"), board.settings);
  list(out.begin("tables"), board.tables, [&](const Table& table) { view.table(text, table); });
  out.add("tallies_hidden", board.tallies_hidden);
  list(out.begin("themes"), board.themes,
       [&](const Theme& theme) { view.theme(text, theme.id, theme.title); });
  out.add("time", now);
  write_value(out.begin("timer"), board.timer);
  out.add("title", board.title);
  out.add("workshop", workshop);
  out.end();
  return text;
}

std::string view_welcome(const Board& board, const WelcomeFacts& facts, const Visitor& visitor) {
  const Names nobody;
  const View view{board, Audience::room, nobody};
  json you{{"role", name(visitor.actor.role)}};
  if (visitor.actor.role != Role::screen) {
    you["id"] = visitor.actor.id.text();
    you["alias"] = alias_of(board, visitor.actor.id);
  }
  if (visitor.name)
    you["name"] = *visitor.name;
  auto mine = view_mine(board, visitor.actor, facts.committed);
  if (auto drafts = drafts_of(board, visitor.actor.id, facts.drafts); !drafts.empty())
    mine["drafts"] = std::move(drafts);
  return json{{"type", "welcome"},
              {"you", std::move(you)},
              {"workshop", facts.workshop.text()},
              {"epoch", facts.epoch},
              {"seq", facts.published},
              {"time", facts.now},
              {"phase", name(board.phase)},
              {"rules", document([&](std::string& text) { view.rules(text); })},
              {"timer", document([&](std::string& text) { write_value(text, board.timer); })},
              {"read_only", facts.read_only},
              {"mine", std::move(mine)}}
      .dump();
}

std::string wrap_events(Seq first, Seq last, std::string_view joined) {
  std::string out;
  out.reserve(joined.size() + 80);
  out += R"({"type":"events","first":)";
  out += std::to_string(first);
  out += R"(,"last":)";
  out += std::to_string(last);
  out += R"(,"events":[)";
  out += joined;
  out += "]}";
  return out;
}

} // namespace warsha::live
