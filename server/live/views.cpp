#include "server/live/views.hpp"

#include "protocol/json_writer.hpp"
#include "server/live/canonical_event.hpp"
#include "server/live/phase_rules.hpp"

#include <map>
#include <nlohmann/json.hpp>
#include <vector>

namespace warsha::live {

using nlohmann::json;

namespace {

using json_writer::Object;

void write(std::string& text, const PhaseRules& rules) {
  std::vector<const char*> kinds;
  for (const auto kind : {Kind::problem, Kind::solution, Kind::result})
    if (rules.may_contribute(kind))
      kinds.push_back(name(kind));
  Object out(text);
  out.add("contribute", kinds);
  out.add("edit", rules.edit);
  out.add("support", rules.support);
  out.add("withdraw", rules.withdraw);
  out.end();
}

void write(std::string& text, const std::optional<Timer>& timer) {
  if (!timer)
    return json_writer::append(text, nullptr);
  Object out(text);
  out.add("duration_ms", timer->duration_ms);
  out.add("ends_at", timer->ends_at);
  out.end();
}

void write_theme(std::string& text, const ThemeId& id, const std::string& title) {
  Object out(text);
  out.add("id", id);
  out.add("title", title);
  out.end();
}

/// The text is for whom? Withdrawn: for nobody. Hidden: for staff.
bool sees_text(const Contribution& contribution, Audience audience) {
  return contribution.state == State::shown ||
         (contribution.state == State::hidden && audience == Audience::staff);
}

void write(std::string& text, const Contribution& contribution, Audience audience, const Names& names) {
  const bool words = sees_text(contribution, audience);
  Object out(text);
  if (!contribution.answers.empty())
    out.add("answers", contribution.answers);
  out.add("at", contribution.at);
  if (audience == Audience::staff)
    out.add("author", contribution.author);
  if (words)
    if (const auto found = names.find(contribution.author); found != names.end())
      out.add("author_name", found->second);
  out.add("edits", contribution.edits);
  if (!contribution.follows_from.empty())
    out.add("follows_from", contribution.follows_from);
  out.add("id", contribution.id);
  out.add("kind", name(contribution.kind));
  if (contribution.state == State::hidden)
    out.add("reason", contribution.reason);
  out.add("seq", contribution.seq);
  out.add("state", name(contribution.state));
  out.add("supports", contribution.supporters.size());
  if (words)
    out.add("text", contribution.text);
  if (contribution.theme)
    out.add("theme", *contribution.theme);
  out.end();
}

/// The members of an event between `at` and `type`, sorted.
struct EventView {
  const Board& board;
  const Event& event;
  Audience audience;
  const Names& names;
  std::string& text;
  Object& out;

  void seq() const { out.add("seq", event.seq); }
  void whole(const ContributionId& id) const {
    write(out.begin("contribution"), *board.find(id), audience, names);
    seq();
  }
  void tally(const ContributionId& id) const {
    out.add("contribution", id);
    seq();
    out.add("supports", board.find(id)->supporters.size());
  }
  void theme(const ThemeId& id, const std::string& title) const {
    seq();
    write_theme(out.begin("theme"), id, title);
  }

  void operator()(const change::Opened& opened) const {
    seq();
    out.add("title", opened.title);
  }
  void operator()(const change::PhaseEntered& entered) const {
    out.add("phase", name(entered.phase));
    write(out.begin("rules"), rules_of(entered.phase));
    seq();
  }
  void operator()(const change::TimerSet& set) const {
    seq();
    write(out.begin("timer"), set.timer);
  }
  void operator()(const change::Added& added) const { whole(added.contribution); }
  void operator()(const change::Edited& edited) const {
    const auto& contribution = *board.find(edited.contribution);
    out.add("contribution", edited.contribution);
    out.add("edits", contribution.edits);
    seq();
    if (sees_text(contribution, audience))
      out.add("text", edited.text);
  }
  void operator()(const change::Withdrawn& withdrawn) const {
    out.add("contribution", withdrawn.contribution);
    seq();
  }
  void operator()(const change::Hidden& hidden) const {
    out.add("contribution", hidden.contribution);
    out.add("reason", hidden.reason);
    seq();
  }
  void operator()(const change::Shown& shown) const { whole(shown.contribution); }
  void operator()(const change::Supported& supported) const { tally(supported.contribution); }
  void operator()(const change::Unsupported& unsupported) const { tally(unsupported.contribution); }
  void operator()(const change::Placed& placed) const {
    out.add("contribution", placed.contribution);
    seq();
    if (placed.theme)
      out.add("theme", *placed.theme);
    else
      out.add("theme", nullptr);
  }
  void operator()(const change::ThemeAdded& added) const { theme(added.theme, added.title); }
  void operator()(const change::ThemeRenamed& renamed) const { theme(renamed.theme, renamed.title); }
  void operator()(const change::ThemeRemoved& removed) const {
    seq();
    out.add("theme", removed.theme);
  }
};

template <class Values, class Write> void list(std::string& text, const Values& values, Write write_one) {
  text += '[';
  for (const auto& value : values) {
    if (&value != values.data())
      text += ',';
    write_one(value);
  }
  text += ']';
}

/// For what is written once in a while: as a document.
json document(const PhaseRules& rules) {
  std::string text;
  write(text, rules);
  return json::parse(text);
}
json document(const std::optional<Timer>& timer) {
  std::string text;
  write(text, timer);
  return json::parse(text);
}

json view_mine(const Board& board, const ActorId& actor, Seq committed) {
  json contributions = json::array();
  if (const auto own = board.by_author.find(actor); own != board.by_author.end())
    for (const auto place : own->second) {
      const auto& contribution = board.contributions[place];
      if (contribution.seq > committed)
        continue;
      json entry{{"id", contribution.id.text()},
                 {"receipt", contribution.receipt},
                 {"kind", name(contribution.kind)},
                 {"state", name(contribution.state)}};
      if (contribution.state != State::withdrawn)
        entry["text"] = contribution.text;
      if (contribution.state == State::hidden)
        entry["reason"] = contribution.reason;
      contributions.push_back(std::move(entry));
    }
  json supports = json::array();
  if (const auto given = board.supported_by.find(actor); given != board.supported_by.end())
    for (const auto& id : given->second)
      supports.push_back(id.text());
  return {{"contributions", std::move(contributions)}, {"supports", std::move(supports)}};
}

} // namespace

std::string view_event(const Board& after, const Event& event, Audience audience, const Names& names) {
  std::string text;
  text.reserve(1024);
  Object out(text);
  out.add("at", event.at);
  std::visit(EventView{after, event, audience, names, text, out}, event.change);
  out.add("type", event_type(event.change));
  out.end();
  return text;
}

std::string view_snapshot(const Board& board, const WorkshopId& workshop, const std::string& epoch,
                          Audience audience, const Names& names, TimeMs now) {
  std::string text;
  text.reserve(1024 + board.contributions.size() * 512);
  Object out(text);
  out.add("audience", audience == Audience::staff ? "staff" : "room");
  list(out.begin("contributions"), board.contributions,
       [&](const Contribution& contribution) { write(text, contribution, audience, names); });
  out.add("epoch", epoch);
  out.add("language", board.language);
  out.add("phase", name(board.phase));
  std::map<std::string_view, std::string_view> sorted;
  for (const auto& [phase, question] : board.questions)
    sorted.emplace(name(phase), question);
  Object questions(out.begin("questions"));
  for (const auto& [phase, question] : sorted)
    questions.add(phase, question);
  questions.end();
  write(out.begin("rules"), rules_of(board.phase));
  out.add("seq", board.seq);
  list(out.begin("themes"), board.themes,
       [&](const Theme& theme) { write_theme(text, theme.id, theme.title); });
  out.add("time", now);
  write(out.begin("timer"), board.timer);
  out.add("title", board.title);
  out.add("workshop", workshop);
  out.end();
  return text;
}

std::string view_welcome(const Board& board, const WelcomeFacts& facts, const Visitor& visitor) {
  json you{{"role", name(visitor.actor.role)}};
  if (visitor.actor.role != Role::screen)
    you["id"] = visitor.actor.id.text();
  if (visitor.name)
    you["name"] = *visitor.name;
  return json{{"type", "welcome"},
              {"you", std::move(you)},
              {"workshop", facts.workshop.text()},
              {"epoch", facts.epoch},
              {"seq", facts.published},
              {"time", facts.now},
              {"phase", name(board.phase)},
              {"rules", document(rules_of(board.phase))},
              {"timer", document(board.timer)},
              {"read_only", facts.read_only},
              {"mine", view_mine(board, visitor.actor.id, facts.committed)}}
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
