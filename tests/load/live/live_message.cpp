#include "tests/load/live/live_message.hpp"

#include <charconv>
#include <nlohmann/json.hpp>

namespace warsha::load {

using nlohmann::json;
using Type = LiveMessage::Type;

namespace {

constexpr std::size_t kIdLength = 36;

/// Moves over a text at its beginning.
bool skip(std::string_view& text, std::string_view what) {
  if (!text.starts_with(what))
    return false;
  text.remove_prefix(what.size());
  return true;
}

bool take_number(std::string_view& text, std::uint64_t& number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{})
    return false;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return true;
}

bool quick_events(std::string_view text, LiveMessage& message) {
  if (!skip(text, R"({"type":"events","first":)") || !take_number(text, message.first) ||
      !skip(text, R"(,"last":)") || !take_number(text, message.last) || !skip(text, R"(,"events":[)"))
    return false;
  message.type = Type::events;
  return true;
}

bool quick_ack(std::string_view text, LiveMessage& message) {
  if (!skip(text, R"({"id":")") || text.size() < kIdLength)
    return false;
  const auto id = text.substr(0, kIdLength);
  text.remove_prefix(kIdLength);
  std::string_view receipt;
  if (skip(text, R"(","receipt":")")) {
    receipt = text.substr(0, text.find('"'));
    text.remove_prefix(receipt.size());
  }
  if (!skip(text, R"(","seq":)") || !take_number(text, message.seq) || text != R"(,"type":"ack"})")
    return false;
  message.type = Type::ack;
  message.id.assign(id);
  message.receipt.assign(receipt);
  return true;
}

Type type_of(std::string_view name) {
  constexpr std::pair<std::string_view, Type> kTypes[] = {
      {"events", Type::events},   {"ack", Type::ack},       {"reject", Type::reject},
      {"welcome", Type::welcome}, {"resync", Type::resync}, {"status", Type::status},
      {"tick", Type::tick},       {"bye", Type::bye}};
  for (const auto& [known, type] : kTypes)
    if (name == known)
      return type;
  return Type::other;
}

bool parse(std::string_view text, LiveMessage& message) {
  const auto document = json::parse(text, nullptr, false);
  if (!document.is_object() || !document.contains("type"))
    return false;
  try {
    message = LiveMessage();
    message.type = type_of(document.at("type").get_ref<const std::string&>());
    message.first = document.value("first", std::uint64_t{0});
    message.last = document.value("last", std::uint64_t{0});
    message.seq = document.value("seq", std::uint64_t{0});
    message.id = document.contains("you") ? document.at("you").value("id", "") : document.value("id", "");
    message.receipt = document.value("receipt", "");
    message.code = document.value("code", "");
    message.epoch = document.value("epoch", "");
    message.snapshot = document.value("snapshot", "");
    message.reason = document.value("reason", "");
    message.retry_after_ms = document.value("retry_after_ms", std::int64_t{0});
    message.read_only = document.value("read_only", false);
    return true;
  } catch (const json::exception&) {
    return false;
  }
}

} // namespace

bool read_live_message(std::string_view text, LiveMessage& message) {
  if (quick_events(text, message) || quick_ack(text, message))
    return true;
  if (text.starts_with(R"({"type":"presence")")) {
    message.type = Type::other;
    return true;
  }
  return parse(text, message);
}

std::vector<EventText> split_events(std::string_view message) {
  constexpr std::string_view kEvents = R"("events":[)";
  constexpr std::string_view kSeq = R"("seq":)";
  std::vector<EventText> events;
  const auto key = message.find(kEvents);
  if (key == std::string_view::npos)
    return events;
  EventText event;
  std::size_t begin = 0;
  int depth = 0; // of braces, within the list
  bool in_string = false;
  for (auto i = key + kEvents.size(); i < message.size(); ++i) {
    const char c = message[i];
    if (in_string) {
      if (c == '\\')
        ++i;
      else if (c == '"')
        in_string = false;
    } else if (c == '"') {
      in_string = true;
      // The event's own, not that of a contribution inside; a value can't be followed by a colon.
      if (auto rest = message.substr(i); depth == 1 && skip(rest, kSeq))
        take_number(rest, event.seq);
    } else if (c == '{') {
      if (depth++ == 0)
        begin = i;
    } else if (c == '}') {
      if (--depth == 0) {
        event.text = message.substr(begin, i + 1 - begin);
        events.push_back(event);
        event = EventText();
      }
    } else if (c == ']' && depth == 0) {
      break;
    }
  }
  return events;
}

} // namespace warsha::load
