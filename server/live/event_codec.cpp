#include "server/live/event_codec.hpp"

#include "protocol/json_writer.hpp"
#include "protocol/member_reader.hpp"
#include "protocol/member_writer.hpp"
#include "server/live/canonical_event.hpp"

#include <array>
#include <charconv>
#include <nlohmann/json.hpp>
#include <stdexcept>

namespace warsha::live {

using nlohmann::json;

namespace {

std::string hex(std::uint64_t value) {
  std::array<char, 16> digits;
  digits.fill('0');
  std::array<char, 16> raw{};
  const auto end = std::to_chars(raw.data(), raw.data() + raw.size(), value, 16).ptr;
  const auto length = static_cast<std::size_t>(end - raw.data());
  std::copy(raw.data(), end, digits.data() + digits.size() - length);
  return {digits.data(), digits.size()};
}

std::uint64_t unhex(const std::string& text) {
  std::uint64_t value = 0;
  const auto result = std::from_chars(text.data(), text.data() + text.size(), value, 16);
  if (text.size() != 16 || result.ec != std::errc{} || result.ptr != text.data() + text.size())
    throw std::invalid_argument("a fingerprint is not 16 hexadecimal digits");
  return value;
}

void write_cause(std::string& out, const Cause& cause) {
  json_writer::Object command(out);
  command.add("fingerprint", hex(cause.fingerprint));
  command.add("id", cause.command);
  command.end();
}

/// What stands around a change in an event's body.
struct EventEnvelope {
  static constexpr auto kNames = kEventEnvelope;
  const WorkshopId& workshop;
  const Event& event;

  void write(std::size_t i, json_writer::Object& out) const {
    switch (i) {
    case 0:
      return out.add(kNames[i], event.at);
    case 1:
      if (event.cause)
        out.add(kNames[i], event.by);
      return;
    case 2:
      if (event.cause)
        write_cause(out.begin(kNames[i]), *event.cause);
      return;
    case 3:
      return out.add(kNames[i], event.seq);
    case 4:
      return out.add(kNames[i], event_type(event.change));
    default:
      return out.add(kNames[i], workshop);
    }
  }
};

Change read_change(std::string_view type, const json& body) {
  for (std::size_t i = 0; i < kEventTypes.size(); ++i)
    if (type == kEventTypes[i]) {
      auto change = empty_alternative<Change>(i);
      std::visit(
          [&](auto& one) {
            const MemberReader reader(body);
            std::decay_t<decltype(one)>::members(one, reader);
          },
          change);
      return change;
    }
  throw std::invalid_argument("unknown type of event");
}

/// Any JSON that says the same, and why it does not.
std::variant<Event, std::string> decode_document(const WorkshopId& workshop, Seq seq, std::string_view text) {
  const auto body = json::parse(text, nullptr, false);
  if (!body.is_object())
    return std::string("the event is not a JSON object");
  const auto id = [](const json& object, const char* name, auto& into) {
    MemberReader::read(member(object, name), into, name, {});
  };
  try {
    if (body.at("workshop").get_ref<const std::string&>() != workshop.text())
      return std::string("the event names another workshop");
    if (body.at("seq") != seq)
      return std::string("the event names another seq");
    Event event{seq,
                whole_of(member(body, "at"), "at", {}),
                {},
                {},
                read_change(body.at("type").get<std::string>(), body)};
    if (body.contains("command")) {
      id(body, "by", event.by);
      const auto& command = body.at("command");
      Cause cause;
      id(command, "id", cause.command);
      cause.fingerprint = unhex(command.at("fingerprint").get<std::string>());
      event.cause = cause;
    }
    return event;
  } catch (const Refusal& refusal) {
    return "the event can't be read: " + refusal.rejection.field + ": " + name(refusal.rejection.code);
  } catch (const std::exception& error) {
    return std::string("the event can't be read: ") + error.what();
  }
}

} // namespace

std::string encode_body(const WorkshopId& workshop, const Event& event) {
  std::string body;
  body.reserve(1024);
  const EventEnvelope envelope{workshop, event};
  MemberWriter out(body, envelope);
  std::visit([&](const auto& one) { std::decay_t<decltype(one)>::members(one, out); }, event.change);
  out.end();
  return body;
}

std::variant<Event, std::string> decode_body(const WorkshopId& workshop, Seq seq, std::string_view text) {
  if (auto event = read_canonical(workshop, seq, text))
    return std::move(*event);
  return decode_document(workshop, seq, text);
}

} // namespace warsha::live
