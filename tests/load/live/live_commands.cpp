#include "tests/load/live/live_commands.hpp"

#include "protocol/ids.hpp"

#include <array>
#include <chrono>

namespace warsha::load {

namespace {

/// {"at":1764000000000,"contribution":"…","edits":12,"seq":345,"text":"…","type":"contribution.edited"}
constexpr std::size_t kEventAroundText = 135;
constexpr std::size_t kShortestText = 24;

std::int64_t now_ms() {
  using namespace std::chrono;
  return duration_cast<std::chrono::milliseconds>(system_clock::now().time_since_epoch()).count();
}

std::string quoted(std::string_view name, std::string_view value) {
  std::string out = ",\"";
  out.append(name).append("\":\"").append(value).append("\"");
  return out;
}

} // namespace

std::size_t text_bytes_for(std::size_t event_bytes) {
  return event_bytes > kEventAroundText + kShortestText ? event_bytes - kEventAroundText : kShortestText;
}

LiveCommand CommandMaker::make(std::string_view action, std::string_view members) {
  std::array<std::uint8_t, 10> bytes{};
  auto random = random_();
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    if (i == 8)
      random = random_();
    bytes[i] = static_cast<std::uint8_t>(random >> (8 * (i & 7)));
  }
  LiveCommand command;
  command.id = uuid::text(uuid::make(now_ms(), bytes));
  command.message.reserve(members.size() + 112);
  command.message.append(R"({"type":"command","id":")").append(command.id).append(R"(","action":")");
  command.message.append(action).append("\"").append(members).append("}");
  return command;
}

LiveCommand CommandMaker::contribute(Kind kind, std::string_view text) {
  return make("contribute", quoted("kind", name(kind)) + quoted("text", text));
}
LiveCommand CommandMaker::edit(std::string_view contribution, std::string_view text) {
  return make("edit", quoted("contribution", contribution) + quoted("text", text));
}
LiveCommand CommandMaker::withdraw(std::string_view contribution) {
  return make("withdraw", quoted("contribution", contribution));
}
LiveCommand CommandMaker::support(std::string_view contribution, bool on) {
  return make("support", quoted("contribution", contribution) + (on ? R"(,"on":true)" : R"(,"on":false)"));
}
LiveCommand CommandMaker::add_theme(std::string_view title) {
  return make("theme.add", quoted("title", title));
}
LiveCommand CommandMaker::place(std::string_view contribution, std::string_view theme) {
  return make("place", quoted("contribution", contribution) + quoted("theme", theme));
}
LiveCommand CommandMaker::enter(Phase phase) {
  return make("phase.enter", quoted("phase", name(phase)));
}
LiveCommand CommandMaker::start_timer(int duration_ms) {
  return make("timer.start", R"(,"duration_ms":)" + std::to_string(duration_ms));
}

} // namespace warsha::load
