#include "tests/load/history/command_check.hpp"

namespace warsha::load {

using nlohmann::json;

namespace {

/// The type of event that a command makes.
std::string type_for(const json& command) {
  const auto action = command.at("action").get<std::string>();
  if (action == "contribute")
    return "contribution.added";
  if (action == "edit")
    return "contribution.edited";
  if (action == "withdraw")
    return "contribution.withdrawn";
  if (action == "support")
    return command.at("on").get<bool>() ? "contribution.supported" : "contribution.unsupported";
  if (action == "moderate")
    return command.at("hidden").get<bool>() ? "contribution.hidden" : "contribution.shown";
  if (action == "place")
    return "contribution.placed";
  if (action == "theme.add")
    return "theme.added";
  if (action == "theme.rename")
    return "theme.renamed";
  if (action == "theme.remove")
    return "theme.removed";
  if (action == "phase.enter")
    return "phase.entered";
  return "timer.set";
}

std::string text(const json& object, const char* name) {
  const auto found = object.find(name);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string{};
}

} // namespace

std::optional<std::string> wrong_effect(const json& command, const json& body) {
  const auto type = type_for(command);
  if (text(body, "type") != type)
    return "it asks for " + type + ", and the journal says " + text(body, "type");
  const auto action = command.at("action").get<std::string>();
  const bool makes = action == "contribute" || action == "theme.add"; // the new thing has the command's id
  if (makes && text(body, action == "contribute" ? "contribution" : "theme") != text(command, "id"))
    return "what it made has another id than the command";
  for (const auto* name : {"text", "kind", "contribution", "theme", "title", "phase", "reason"})
    if (command.contains(name) && (!body.contains(name) || command.at(name) != body.at(name)))
      return std::string(name) + " is not what was sent";
  if (action == "timer.start" && body.at("timer").value("duration_ms", 0) != command.at("duration_ms"))
    return "the timer's time is not what was sent";
  return std::nullopt;
}

bool is_as_wanted(const json& command, const BoardModel& board, const std::string& actor) {
  const auto action = command.at("action").get<std::string>();
  if (action == "phase.enter")
    return board.phase() == text(command, "phase");
  if (action == "timer.stop")
    return board.timer().is_null();
  if (action == "theme.rename") {
    for (const auto& [id, title] : board.themes())
      if (id == text(command, "theme"))
        return title == text(command, "title");
    return false;
  }
  const auto found = board.contributions().find(text(command, "contribution"));
  if (found == board.contributions().end())
    return false;
  const auto& contribution = found->second;
  if (action == "support")
    return contribution.supporters.contains(actor) == command.at("on").get<bool>();
  if (action == "edit")
    return contribution.text == text(command, "text");
  if (action == "withdraw")
    return contribution.state == "withdrawn";
  if (action == "place")
    return contribution.theme.value_or("") == text(command, "theme");
  if (action == "moderate")
    return (contribution.state == "hidden") == command.at("hidden").get<bool>();
  return false;
}

} // namespace warsha::load
