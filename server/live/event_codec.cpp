#include "server/live/event_codec.hpp"

#include <array>
#include <charconv>
#include <nlohmann/json.hpp>
#include <stdexcept>

namespace warsha::live {

using nlohmann::json;

namespace {

/// Names of the alternatives of Change, in their order; the same on the wire
/// (schemas/live/events.schema.json).
constexpr std::array kTypes{"workshop.opened",
                            "phase.entered",
                            "timer.set",
                            "contribution.added",
                            "contribution.edited",
                            "contribution.withdrawn",
                            "contribution.hidden",
                            "contribution.shown",
                            "contribution.supported",
                            "contribution.unsupported",
                            "contribution.placed",
                            "theme.added",
                            "theme.renamed",
                            "theme.removed"};
static_assert(kTypes.size() == std::variant_size_v<Change>);

template <class AnyId> json texts(const std::vector<AnyId>& ids) {
  json array = json::array();
  for (const auto& id : ids)
    array.push_back(id.text());
  return array;
}

struct FieldWriter {
  json& body;

  void operator()(const change::Opened& opened) const {
    body["title"] = opened.title;
    body["language"] = opened.language;
    body["questions"] = json::object();
    for (const auto& [phase, question] : opened.questions)
      body["questions"][name(phase)] = question;
  }
  void operator()(const change::PhaseEntered& entered) const { body["phase"] = name(entered.phase); }
  void operator()(const change::TimerSet& set) const {
    body["timer"] =
        set.timer ? json{{"ends_at", set.timer->ends_at}, {"duration_ms", set.timer->duration_ms}} : json();
  }
  void operator()(const change::Added& added) const {
    body["contribution"] = added.contribution.text();
    body["kind"] = name(added.kind);
    body["text"] = added.text;
    body["receipt"] = added.receipt;
    body["answers"] = texts(added.answers);
    body["follows_from"] = texts(added.follows_from);
  }
  void operator()(const change::Edited& edited) const {
    body["contribution"] = edited.contribution.text();
    body["text"] = edited.text;
  }
  void operator()(const change::Hidden& hidden) const {
    body["contribution"] = hidden.contribution.text();
    body["reason"] = hidden.reason;
  }
  void operator()(const change::Placed& placed) const {
    body["contribution"] = placed.contribution.text();
    body["theme"] = placed.theme ? json(placed.theme->text()) : json();
  }
  void operator()(const change::ThemeAdded& added) const {
    body["theme"] = added.theme.text();
    body["title"] = added.title;
  }
  void operator()(const change::ThemeRenamed& renamed) const {
    body["theme"] = renamed.theme.text();
    body["title"] = renamed.title;
  }
  void operator()(const change::ThemeRemoved& removed) const { body["theme"] = removed.theme.text(); }
  /// Those that name a contribution and nothing else.
  template <class Other> void operator()(const Other& other) const {
    body["contribution"] = other.contribution.text();
  }
};

template <class AnyId> AnyId id_of(const json& value) {
  const auto id = AnyId::parse(value.get_ref<const std::string&>());
  if (!id)
    throw std::invalid_argument("an id is not a UUIDv7");
  return *id;
}

template <class AnyId> std::vector<AnyId> ids_of(const json& array) {
  std::vector<AnyId> ids;
  for (const auto& value : array)
    ids.push_back(id_of<AnyId>(value));
  return ids;
}

template <class Value> Value known(std::optional<Value> value, const char* what) {
  if (!value)
    throw std::invalid_argument(std::string("unknown ") + what);
  return *value;
}

/// A time or a length of time. A fraction, or what no client's number holds (RFC 8259, 6), was not written
/// here.
std::int64_t milliseconds(const json& value) {
  constexpr std::int64_t kMost = (std::int64_t{1} << 53) - 1;
  if (!value.is_number_unsigned() || value.get<std::uint64_t>() > kMost)
    throw std::invalid_argument("a time is not a whole number of milliseconds");
  return value.get<std::int64_t>();
}

Change read_change(std::string_view type, const json& body) {
  const auto contribution = [&] { return id_of<ContributionId>(body.at("contribution")); };
  const auto theme = [&] { return id_of<ThemeId>(body.at("theme")); };
  const auto text = [&](const char* field) { return body.at(field).get<std::string>(); };
  if (type == "workshop.opened") {
    change::Opened opened{text("title"), text("language"), {}};
    for (const auto& [phase, question] : body.at("questions").items())
      opened.questions[known(parse_phase(phase), "phase")] = question.get<std::string>();
    return opened;
  }
  if (type == "phase.entered")
    return change::PhaseEntered{known(parse_phase(text("phase")), "phase")};
  if (type == "timer.set") {
    const auto& timer = body.at("timer");
    if (timer.is_null())
      return change::TimerSet{};
    return change::TimerSet{Timer{milliseconds(timer.at("ends_at")), milliseconds(timer.at("duration_ms"))}};
  }
  if (type == "contribution.added")
    return change::Added{contribution(),
                         known(parse_kind(text("kind")), "kind"),
                         text("text"),
                         text("receipt"),
                         ids_of<ContributionId>(body.at("answers")),
                         ids_of<ContributionId>(body.at("follows_from"))};
  if (type == "contribution.edited")
    return change::Edited{contribution(), text("text")};
  if (type == "contribution.withdrawn")
    return change::Withdrawn{contribution()};
  if (type == "contribution.hidden")
    return change::Hidden{contribution(), text("reason")};
  if (type == "contribution.shown")
    return change::Shown{contribution()};
  if (type == "contribution.supported")
    return change::Supported{contribution()};
  if (type == "contribution.unsupported")
    return change::Unsupported{contribution()};
  if (type == "contribution.placed") {
    std::optional<ThemeId> under;
    if (!body.at("theme").is_null())
      under = theme();
    return change::Placed{contribution(), under};
  }
  if (type == "theme.added")
    return change::ThemeAdded{theme(), text("title")};
  if (type == "theme.renamed")
    return change::ThemeRenamed{theme(), text("title")};
  if (type == "theme.removed")
    return change::ThemeRemoved{theme()};
  throw std::invalid_argument("unknown type of event");
}

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

} // namespace

std::string encode_body(const WorkshopId& workshop, const Event& event) {
  json body{{"workshop", workshop.text()},
            {"seq", event.seq},
            {"at", event.at},
            {"type", kTypes[event.change.index()]}};
  if (event.cause) {
    body["by"] = event.by.text();
    body["command"] = {{"id", event.cause->command.text()}, {"fingerprint", hex(event.cause->fingerprint)}};
  }
  std::visit(FieldWriter{body}, event.change);
  return body.dump();
}

std::variant<Event, std::string> decode_body(const WorkshopId& workshop, Seq seq, std::string_view text) {
  const auto body = json::parse(text, nullptr, false);
  if (!body.is_object())
    return std::string("the event is not a JSON object");
  try {
    if (body.at("workshop").get_ref<const std::string&>() != workshop.text())
      return std::string("the event names another workshop");
    if (body.at("seq") != seq)
      return std::string("the event names another seq");
    Event event{
        seq, milliseconds(body.at("at")), {}, {}, read_change(body.at("type").get<std::string>(), body)};
    if (body.contains("command")) {
      event.by = id_of<ActorId>(body.at("by"));
      const auto& command = body.at("command");
      event.cause =
          Cause{id_of<CommandId>(command.at("id")), unhex(command.at("fingerprint").get<std::string>())};
    }
    return event;
  } catch (const std::exception& error) {
    return std::string("the event can't be read: ") + error.what();
  }
}

} // namespace warsha::live
