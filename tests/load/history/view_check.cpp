#include "tests/load/history/view_check.hpp"

#include <algorithm>

namespace warsha::load {

using nlohmann::json;

namespace {

using Wrong = std::optional<std::string>;

std::string shown(const json& value) {
  return value.dump(-1, ' ', false, json::error_handler_t::replace).substr(0, 120);
}

Wrong differs(const std::string& what, const json& is, const json& should) {
  if (is == should)
    return std::nullopt;
  return what + " is " + shown(is) + ", and the journal says " + shown(should);
}

const json& member(const json& object, const char* name) {
  static const json kAbsent;
  const auto found = object.find(name);
  return found == object.end() ? kAbsent : *found;
}

bool may_see_text(const BoardModel::Contribution& contribution, bool staff) {
  return contribution.state == "shown" || (contribution.state == "hidden" && staff);
}

Wrong first_of(std::initializer_list<Wrong> all) {
  for (const auto& one : all)
    if (one)
      return one;
  return std::nullopt;
}

/// Whether `view` shows the contribution as `model` has it.
Wrong wrong_contribution(const json& view, const std::string& id, const BoardModel::Contribution& model,
                         bool staff) {
  const auto where = "contribution " + id + ": ";
  const bool text = may_see_text(model, staff);
  return first_of({
      differs(where + "the kind", member(view, "kind"), model.kind),
      differs(where + "the state", member(view, "state"), model.state),
      differs(where + "the number of supports", member(view, "supports"), model.supporters.size()),
      differs(where + "the number of edits", member(view, "edits"), model.edits),
      differs(where + "the seq", member(view, "seq"), model.seq),
      differs(where + "the time", member(view, "at"), model.at),
      differs(where + "the text", member(view, "text"), text ? json(model.text) : json()),
      differs(where + "the theme", member(view, "theme"), model.theme ? json(*model.theme) : json()),
      differs(where + "the author", member(view, "author"), staff ? json(model.author) : json()),
  });
}

/// One that was taken back at some time, in an event from before: its words, if any, were once its words.
Wrong wrong_taken_back(const json& view, const std::string& id, const BoardModel& whole) {
  const auto& text = member(view, "text");
  if (text.is_null())
    return std::nullopt;
  const auto& texts = whole.at(id).texts;
  if (text.is_string() && std::ranges::find(texts, text.get_ref<const std::string&>()) != texts.end())
    return std::nullopt;
  return "contribution " + id + " never had the text " + shown(text);
}

Wrong wrong_about_contribution(const std::string& type, const json& view, const json& body,
                               const ViewContext& context) {
  const auto id = body.at("contribution").get<std::string>();
  const auto& model = context.after.at(id);
  const bool whole_view = type == "contribution.added" || type == "contribution.shown";
  const auto& about = whole_view ? member(view, "contribution") : view;
  if (auto wrong = differs("the contribution", member(about, whole_view ? "id" : "contribution"), id))
    return wrong;
  if (type == "contribution.hidden")
    return differs("the reason", member(view, "reason"), body.at("reason"));
  if (type == "contribution.placed")
    return differs("the theme", member(view, "theme"), body.at("theme"));
  if (context.taken_back.contains(id))
    return wrong_taken_back(about, id, context.whole);
  if (whole_view)
    return wrong_contribution(about, id, model, context.staff);
  if (type == "contribution.edited")
    return first_of({differs("the text", member(view, "text"), body.at("text")),
                     differs("the number of edits", member(view, "edits"), model.edits)});
  if (type == "contribution.supported" || type == "contribution.unsupported")
    return differs("the number of supports", member(view, "supports"), model.supporters.size());
  return std::nullopt;
}

json themes_of(const BoardModel& board) {
  json themes = json::array();
  for (const auto& [id, title] : board.themes())
    themes.push_back({{"id", id}, {"title", title}});
  return themes;
}

} // namespace

Wrong wrong_event(const json& view, const json& body, const ViewContext& context) {
  const auto type = body.at("type").get<std::string>();
  if (auto wrong = first_of({differs("the type", member(view, "type"), type),
                             differs("the seq", member(view, "seq"), body.at("seq")),
                             differs("the time", member(view, "at"), body.at("at"))}))
    return wrong;
  if (type.starts_with("contribution."))
    return wrong_about_contribution(type, view, body, context);
  if (type == "workshop.opened")
    return differs("the title", member(view, "title"), body.at("title"));
  if (type == "phase.entered")
    return differs("the phase", member(view, "phase"), body.at("phase"));
  if (type == "timer.set")
    return differs("the timer", member(view, "timer"), body.at("timer"));
  if (type == "theme.removed")
    return differs("the theme", member(view, "theme"), body.at("theme"));
  return differs("the theme", member(view, "theme"),
                 json{{"id", body.at("theme")}, {"title", body.at("title")}});
}

Wrong wrong_snapshot(const json& snapshot, const BoardModel& board, bool staff) {
  if (auto wrong = first_of({differs("the seq", member(snapshot, "seq"), board.seq()),
                             differs("the phase", member(snapshot, "phase"), board.phase()),
                             differs("the timer", member(snapshot, "timer"), board.timer()),
                             differs("the list of themes", member(snapshot, "themes"), themes_of(board))}))
    return wrong;
  const auto& contributions = member(snapshot, "contributions");
  if (!contributions.is_array() || contributions.size() != board.contributions().size())
    return "it holds " + std::to_string(contributions.size()) + " contributions, and the journal " +
           std::to_string(board.contributions().size());
  for (const auto& view : contributions) {
    const auto id = member(view, "id").is_string() ? view.at("id").get<std::string>() : std::string{};
    const auto model = board.contributions().find(id);
    if (model == board.contributions().end())
      return "it holds contribution " + id + ", which the journal does not know by then";
    if (auto wrong = wrong_contribution(view, id, model->second, staff))
      return wrong;
  }
  return std::nullopt;
}

} // namespace warsha::load
