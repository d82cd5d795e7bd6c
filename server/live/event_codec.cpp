#include "server/live/event_codec.hpp"

#include "protocol/json_writer.hpp"
#include "server/live/canonical_event.hpp"

#include <array>
#include <charconv>
#include <map>
#include <nlohmann/json.hpp>
#include <stdexcept>

namespace warsha::live {

using nlohmann::json;

namespace {

/// Members of an event that stand before `seq` when all are sorted, but for `answers`, which stands before
/// `at`.
struct BeforeSeq {
  json_writer::Object& out;

  void operator()(const change::Opened& opened) const {
    out.add("language", opened.language);
    std::map<std::string_view, std::string_view> sorted;
    for (const auto& [phase, question] : opened.questions)
      sorted.emplace(name(phase), question);
    json_writer::Object questions(out.begin("questions"));
    for (const auto& [phase, question] : sorted)
      questions.add(phase, question);
    questions.end();
  }
  void operator()(const change::PhaseEntered& entered) const { out.add("phase", name(entered.phase)); }
  void operator()(const change::Added& added) const {
    out.add("contribution", added.contribution);
    out.add("follows_from", added.follows_from);
    out.add("kind", name(added.kind));
    out.add("receipt", added.receipt);
  }
  void operator()(const change::Hidden& hidden) const {
    out.add("contribution", hidden.contribution);
    out.add("reason", hidden.reason);
  }
  template <class Other> void operator()(const Other& other) const {
    if constexpr (requires { other.contribution; })
      out.add("contribution", other.contribution);
  }
};

struct AfterSeq {
  json_writer::Object& out;

  void operator()(const change::Opened& opened) const { out.add("title", opened.title); }
  void operator()(const change::TimerSet& set) const {
    if (!set.timer)
      return out.add("timer", nullptr);
    json_writer::Object timer(out.begin("timer"));
    timer.add("duration_ms", set.timer->duration_ms);
    timer.add("ends_at", set.timer->ends_at);
    timer.end();
  }
  void operator()(const change::Added& added) const { out.add("text", added.text); }
  void operator()(const change::Edited& edited) const { out.add("text", edited.text); }
  void operator()(const change::Placed& placed) const {
    if (placed.theme)
      out.add("theme", *placed.theme);
    else
      out.add("theme", nullptr);
  }
  void operator()(const change::ThemeAdded& added) const {
    out.add("theme", added.theme);
    out.add("title", added.title);
  }
  void operator()(const change::ThemeRenamed& renamed) const {
    out.add("theme", renamed.theme);
    out.add("title", renamed.title);
  }
  void operator()(const change::ThemeRemoved& removed) const { out.add("theme", removed.theme); }
  /// Those that have no other members.
  template <class Other> void operator()(const Other&) const {}
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

/// Any JSON that says the same, and why it does not.
std::variant<Event, std::string> decode_document(const WorkshopId& workshop, Seq seq, std::string_view text) {
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

} // namespace

std::string encode_body(const WorkshopId& workshop, const Event& event) {
  std::string body;
  body.reserve(1024);
  json_writer::Object out(body);
  if (const auto* added = std::get_if<change::Added>(&event.change))
    out.add("answers", added->answers);
  out.add("at", event.at);
  if (event.cause) {
    out.add("by", event.by);
    json_writer::Object command(out.begin("command"));
    command.add("fingerprint", hex(event.cause->fingerprint));
    command.add("id", event.cause->command);
    command.end();
  }
  std::visit(BeforeSeq{out}, event.change);
  out.add("seq", event.seq);
  std::visit(AfterSeq{out}, event.change);
  out.add("type", event_type(event.change));
  out.add("workshop", workshop);
  out.end();
  return body;
}

std::variant<Event, std::string> decode_body(const WorkshopId& workshop, Seq seq, std::string_view text) {
  if (auto event = read_canonical(workshop, seq, text))
    return std::move(*event);
  return decode_document(workshop, seq, text);
}

} // namespace warsha::live
