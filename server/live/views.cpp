#include "server/live/views.hpp"

#include "server/live/phase_rules.hpp"

#include <nlohmann/json.hpp>

namespace warsha::live {

using nlohmann::json;

namespace {

template <class AnyId> json texts(const std::vector<AnyId>& ids) {
  json array = json::array();
  for (const auto& id : ids)
    array.push_back(id.text());
  return array;
}

json view(const PhaseRules& rules) {
  json kinds = json::array();
  for (const auto kind : {Kind::problem, Kind::solution, Kind::result})
    if (rules.may_contribute(kind))
      kinds.push_back(name(kind));
  return {
      {"contribute", kinds}, {"support", rules.support}, {"edit", rules.edit}, {"withdraw", rules.withdraw}};
}

json view(const std::optional<Timer>& timer) {
  return timer ? json{{"ends_at", timer->ends_at}, {"duration_ms", timer->duration_ms}} : json();
}

json view(const Theme& theme) {
  return {{"id", theme.id.text()}, {"title", theme.title}};
}

/// The text is for whom? Withdrawn: for nobody. Hidden: for staff.
bool sees_text(const Contribution& contribution, Audience audience) {
  return contribution.state == State::shown ||
         (contribution.state == State::hidden && audience == Audience::staff);
}

json view(const Contribution& contribution, Audience audience, const Names& names) {
  json out{{"id", contribution.id.text()},
           {"kind", name(contribution.kind)},
           {"state", name(contribution.state)},
           {"supports", contribution.supporters.size()},
           {"edits", contribution.edits},
           {"at", contribution.at},
           {"seq", contribution.seq}};
  if (sees_text(contribution, audience)) {
    out["text"] = contribution.text;
    if (const auto found = names.find(contribution.author); found != names.end())
      out["author_name"] = found->second;
  }
  if (contribution.state == State::hidden)
    out["reason"] = contribution.reason;
  if (audience == Audience::staff)
    out["author"] = contribution.author.text();
  if (contribution.theme)
    out["theme"] = contribution.theme->text();
  if (!contribution.answers.empty())
    out["answers"] = texts(contribution.answers);
  if (!contribution.follows_from.empty())
    out["follows_from"] = texts(contribution.follows_from);
  return out;
}

struct EventView {
  const Board& board;
  Audience audience;
  const Names& names;
  json& out;

  void type(const char* value) const { out["type"] = value; }
  void tally(const ContributionId& id) const {
    out["contribution"] = id.text();
    out["supports"] = board.find(id)->supporters.size();
  }

  void operator()(const change::Opened& opened) const {
    type("workshop.opened");
    out["title"] = opened.title;
  }
  void operator()(const change::PhaseEntered& entered) const {
    type("phase.entered");
    out["phase"] = name(entered.phase);
    out["rules"] = view(rules_of(entered.phase));
  }
  void operator()(const change::TimerSet& set) const {
    type("timer.set");
    out["timer"] = view(set.timer);
  }
  void operator()(const change::Added& added) const {
    type("contribution.added");
    out["contribution"] = view(*board.find(added.contribution), audience, names);
  }
  void operator()(const change::Edited& edited) const {
    type("contribution.edited");
    const auto& contribution = *board.find(edited.contribution);
    out["contribution"] = edited.contribution.text();
    out["edits"] = contribution.edits;
    if (sees_text(contribution, audience))
      out["text"] = edited.text;
  }
  void operator()(const change::Withdrawn& withdrawn) const {
    type("contribution.withdrawn");
    out["contribution"] = withdrawn.contribution.text();
  }
  void operator()(const change::Hidden& hidden) const {
    type("contribution.hidden");
    out["contribution"] = hidden.contribution.text();
    out["reason"] = hidden.reason;
  }
  void operator()(const change::Shown& shown) const {
    type("contribution.shown");
    out["contribution"] = view(*board.find(shown.contribution), audience, names);
  }
  void operator()(const change::Supported& supported) const {
    type("contribution.supported");
    tally(supported.contribution);
  }
  void operator()(const change::Unsupported& unsupported) const {
    type("contribution.unsupported");
    tally(unsupported.contribution);
  }
  void operator()(const change::Placed& placed) const {
    type("contribution.placed");
    out["contribution"] = placed.contribution.text();
    out["theme"] = placed.theme ? json(placed.theme->text()) : json();
  }
  void operator()(const change::ThemeAdded& added) const {
    type("theme.added");
    out["theme"] = view(Theme{added.theme, added.title});
  }
  void operator()(const change::ThemeRenamed& renamed) const {
    type("theme.renamed");
    out["theme"] = view(Theme{renamed.theme, renamed.title});
  }
  void operator()(const change::ThemeRemoved& removed) const {
    type("theme.removed");
    out["theme"] = removed.theme.text();
  }
};

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
  json out{{"seq", event.seq}, {"at", event.at}};
  std::visit(EventView{after, audience, names, out}, event.change);
  return out.dump();
}

std::string view_snapshot(const Board& board, const WorkshopId& workshop, const std::string& epoch,
                          Audience audience, const Names& names, TimeMs now) {
  json themes = json::array();
  for (const auto& theme : board.themes)
    themes.push_back(view(theme));
  json contributions = json::array();
  for (const auto& contribution : board.contributions)
    contributions.push_back(view(contribution, audience, names));
  json questions = json::object();
  for (const auto& [phase, question] : board.questions)
    questions[name(phase)] = question;
  return json{{"workshop", workshop.text()},
              {"audience", audience == Audience::staff ? "staff" : "room"},
              {"epoch", epoch},
              {"seq", board.seq},
              {"time", now},
              {"title", board.title},
              {"language", board.language},
              {"questions", std::move(questions)},
              {"phase", name(board.phase)},
              {"rules", view(rules_of(board.phase))},
              {"timer", view(board.timer)},
              {"themes", std::move(themes)},
              {"contributions", std::move(contributions)}}
      .dump();
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
              {"rules", view(rules_of(board.phase))},
              {"timer", view(board.timer)},
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
