#include "server/consultation/log.hpp"

#include "protocol/member_writer.hpp"
#include "server/consultation/csv.hpp"
#include "server/live/board.hpp"
#include "server/live/rebuild.hpp"
#include "server/runtime/instant.hpp"
#include "server/store/connection.hpp"
#include "server/store/journal.hpp"

#include <nlohmann/json.hpp>
#include <unordered_set>

namespace warsha::consultation {

using nlohmann::json;

namespace {

void add_part(std::string& text, const char* separator, const std::string& part) {
  text += (text.empty() ? "" : separator) + part;
}

std::string value_of(const json& value) {
  return value.is_string() ? value.get<std::string>() : value.dump();
}

std::string words_of(const json& event) {
  std::string words;
  for (const auto* member : {"text", "title", "ground", "reason", "note", "phase", "status", "view"})
    if (const auto found = event.find(member); found != event.end() && found->is_string())
      add_part(words, " | ", found->get<std::string>());
  return words;
}

/// The people whom an event names.
std::string people_of(const live::Board& board, const json& event) {
  std::string people;
  const auto add = [&](const json& id) {
    if (const auto actor = id.is_string() ? ActorId::parse(id.get<std::string>()) : std::nullopt)
      add_part(people, " ", live::alias_of(board, *actor));
  };
  if (const auto one = event.find("participant"); one != event.end())
    add(*one);
  if (const auto several = event.find("participants"); several != event.end() && several->is_array())
    for (const auto& id : *several)
      add(id);
  if (const auto from = event.find("from"); from != event.end()) // an alias already
    add_part(people, " ", value_of(*from));
  return people;
}

/// What two documents of one kind say differently.
std::string differences(const json& before, const json& after) {
  std::string said;
  for (const auto& [name, value] : after.items())
    if (!before.contains(name) || before.at(name) != value)
      add_part(said, "; ",
               name + ": " + (before.contains(name) ? value_of(before.at(name)) : "") + " > " +
                   value_of(value));
  for (const auto& [name, value] : before.items())
    if (!after.contains(name))
      add_part(said, "; ", name + ": " + value_of(value) + " >");
  return said;
}

template <class Value> json json_of(const Value& value) {
  std::string text;
  write_value(text, value);
  return json::parse(text);
}

json agenda_of(const live::Board& board) {
  json agenda = json::object();
  for (const auto& [phase, item] : board.agenda) {
    agenda[name(phase)] = json_of(item);
    agenda[name(phase)].erase("phase");
  }
  return agenda;
}

/// Figures and references, by the names that they have in the journal.
std::string figures_of(const json& event) {
  std::string figures;
  for (const auto* member : {"kind", "channel", "people", "on", "veiled", "waits", "answers", "follows_from",
                             "into", "contributions", "theme", "table", "target", "timer", "draft"})
    if (const auto found = event.find(member); found != event.end())
      add_part(figures, "; ", member + ("=" + value_of(*found)));
  return figures;
}

/// An author's own act on words that stand without a name: elsewhere, or later, an alias may stand beside
/// one.
bool is_nameless(const live::Board& board, const std::string& type, const std::string& contribution) {
  if (type == "draft.started" || type == "draft.discarded")
    return board.is_anonymous();
  if (type != "contribution.added" && type != "contribution.edited" && type != "contribution.withdrawn" &&
      type != "draft.handed_in")
    return false;
  const auto id = ContributionId::parse(contribution);
  const auto* found = id ? board.find(*id) : nullptr;
  return found && found->unnamed;
}

} // namespace

std::string log_of(store::Connection& connection, const WorkshopId& workshop) {
  std::unordered_set<std::string> withdrawn; // whose words are nobody's
  for (const auto& row : store::read_contributions(connection, workshop))
    if (row.state == name(live::State::withdrawn))
      withdrawn.insert(row.id.text());
  live::Rebuild rebuild(workshop);
  const auto& board = rebuild.board();
  std::string csv(kByteOrderMark);
  csv += "seq,time,type,by,contribution,people,words,figures\r\n";
  store::read_events(connection, workshop, 0, [&](Seq seq, std::string_view body) {
    const auto event = json::parse(body, nullptr, false);
    if (!event.is_object())
      return;
    const auto text_of = [&](const char* member) { return event.value(member, std::string()); };
    const auto type = text_of("type");
    auto figures = figures_of(event);
    const auto settings = type == "settings.set" ? json_of(board.settings) : json();
    const auto agenda = type == "agenda.set" ? agenda_of(board) : json();
    if (rebuild.apply(seq, body))
      return; // what does not fit is said where the journal is verified
    if (type == "draft.changed")
      return;
    if (type == "settings.set")
      figures = differences(settings, json_of(board.settings));
    if (type == "agenda.set")
      figures = differences(agenda, agenda_of(board));
    const auto by = ActorId::parse(text_of("by"));
    const auto contribution = text_of("contribution");
    add_csv_field(csv, std::to_string(seq), true);
    add_csv_field(csv, instant(event.value("at", TimeMs{0})));
    add_csv_field(csv, type);
    add_csv_field(csv, by && !is_nameless(board, type, contribution) ? live::alias_of(board, *by) : "");
    add_csv_field(csv, contribution);
    add_csv_field(csv, people_of(board, event));
    add_csv_field(csv, withdrawn.contains(contribution) ? "" : words_of(event));
    add_csv_field(csv, figures);
    csv += "\r\n";
  });
  return csv;
}

} // namespace warsha::consultation
