#include "protocol/codec.hpp"

#include "protocol/json_writer.hpp"
#include "protocol/limits.hpp"
#include "protocol/sha256.hpp"
#include "protocol/text.hpp"

#include <algorithm>
#include <initializer_list>
#include <nlohmann/json.hpp>

namespace warsha {

using nlohmann::json;

namespace {

/// Leaves the decoding of one message; caught in decode() and nowhere else.
struct Refusal {
  Rejection rejection;
};

[[noreturn]] void refuse(Code code, std::string field = {}, std::optional<std::int64_t> limit = {}) {
  throw Refusal{{code, std::move(field), limit}};
}

/// Counts brackets outside strings: parsing and freeing may recurse on what is nested.
bool too_deep(std::string_view text) {
  std::size_t depth = 0;
  bool in_string = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (in_string) {
      if (c == '\\')
        ++i;
      else if (c == '"')
        in_string = false;
    } else if (c == '"') {
      in_string = true;
    } else if (c == '{' || c == '[') {
      if (++depth > limits::kJsonDepth)
        return true;
    } else if ((c == '}' || c == ']') && depth > 0) {
      --depth;
    }
  }
  return false;
}

/// One JSON object of a message, read member by member.
class Members {
public:
  explicit Members(const json& object) : object_(object) {}

  /// Refuses any member that is not named here.
  void only(std::initializer_list<std::string_view> known) const {
    for (const auto& [key, value] : object_.items())
      if (std::find(known.begin(), known.end(), key) == known.end())
        refuse(Code::unknown_field, key.substr(0, 64));
  }

  [[nodiscard]] const json* find(const char* field) const {
    const auto found = object_.find(field);
    return found == object_.end() ? nullptr : &*found;
  }
  [[nodiscard]] const json& at(const char* field) const {
    const auto* value = find(field);
    if (!value)
      refuse(Code::missing_field, field);
    return *value;
  }
  [[nodiscard]] const std::string& string(const char* field) const { return as_string(at(field), field); }
  [[nodiscard]] bool boolean(const char* field) const {
    const auto& value = at(field);
    if (!value.is_boolean())
      refuse(Code::wrong_type, field);
    return value.get<bool>();
  }
  template <class AnyId> [[nodiscard]] AnyId id(const char* field) const {
    return as_id<AnyId>(at(field), field);
  }
  template <class AnyId> [[nodiscard]] std::vector<AnyId> ids(const char* field) const {
    std::vector<AnyId> ids;
    const auto* array = find(field);
    if (!array)
      return ids;
    if (!array->is_array())
      refuse(Code::wrong_type, field);
    if (array->size() > limits::kReferences)
      refuse(Code::invalid_value, field, limits::kReferences);
    for (const auto& value : *array) {
      ids.push_back(as_id<AnyId>(value, field));
      if (std::find(ids.begin(), ids.end() - 1, ids.back()) != ids.end() - 1)
        refuse(Code::invalid_value, field);
    }
    return ids;
  }
  [[nodiscard]] std::string text(const char* field, std::size_t most) const {
    return cleaned(clean_text(string(field), most), field, most);
  }
  [[nodiscard]] std::string line(const char* field, std::size_t most) const {
    return cleaned(clean_line(string(field), most), field, most);
  }
  [[nodiscard]] std::chrono::milliseconds duration(const char* field) const {
    const auto& value = at(field);
    if (!value.is_number_integer())
      refuse(Code::wrong_type, field);
    // A number beyond 64 bits is unsigned or a float to the parser: compare before converting.
    const bool fits = !value.is_number_unsigned() || value.get<std::uint64_t>() <= INT64_MAX;
    const std::chrono::milliseconds duration(fits ? value.get<std::int64_t>() : INT64_MAX);
    if (duration < limits::kTimerLeast)
      refuse(Code::invalid_value, field, limits::kTimerLeast.count());
    if (duration > limits::kTimerMost)
      refuse(Code::invalid_value, field, limits::kTimerMost.count());
    return duration;
  }

  [[nodiscard]] static const std::string& as_string(const json& value, const char* field) {
    if (!value.is_string())
      refuse(Code::wrong_type, field);
    return value.get_ref<const std::string&>();
  }
  template <class AnyId> [[nodiscard]] static AnyId as_id(const json& value, const char* field) {
    const auto id = AnyId::parse(as_string(value, field));
    if (!id)
      refuse(Code::invalid_value, field);
    return *id;
  }

private:
  static std::string cleaned(std::variant<std::string, Code> result, const char* field, std::size_t most) {
    if (const auto* code = std::get_if<Code>(&result)) {
      if (*code == Code::text_too_long)
        refuse(*code, field, static_cast<std::int64_t>(most));
      refuse(*code, field);
    }
    return std::move(std::get<std::string>(result));
  }

  const json& object_;
};

// --- Actions ------------------------------------------------------------------------------------

Action read_contribute(const Members& in) {
  in.only({"type", "id", "action", "kind", "text", "answers", "follows_from"});
  const auto kind = parse_kind(in.string("kind"));
  if (!kind)
    refuse(Code::invalid_value, "kind");
  return action::Contribute{*kind, in.text("text", limits::kContributionGraphemes),
                            in.ids<ContributionId>("answers"), in.ids<ContributionId>("follows_from")};
}

Action read_edit(const Members& in) {
  in.only({"type", "id", "action", "contribution", "text"});
  return action::Edit{in.id<ContributionId>("contribution"), in.text("text", limits::kContributionGraphemes)};
}

Action read_withdraw(const Members& in) {
  in.only({"type", "id", "action", "contribution"});
  return action::Withdraw{in.id<ContributionId>("contribution")};
}

Action read_support(const Members& in) {
  in.only({"type", "id", "action", "contribution", "on"});
  return action::Support{in.id<ContributionId>("contribution"), in.boolean("on")};
}

Action read_theme_add(const Members& in) {
  in.only({"type", "id", "action", "title"});
  return action::ThemeAdd{in.line("title", limits::kThemeTitleGraphemes)};
}

Action read_theme_rename(const Members& in) {
  in.only({"type", "id", "action", "theme", "title"});
  return action::ThemeRename{in.id<ThemeId>("theme"), in.line("title", limits::kThemeTitleGraphemes)};
}

Action read_theme_remove(const Members& in) {
  in.only({"type", "id", "action", "theme"});
  return action::ThemeRemove{in.id<ThemeId>("theme")};
}

Action read_place(const Members& in) {
  in.only({"type", "id", "action", "contribution", "theme"});
  action::Place place{in.id<ContributionId>("contribution"), std::nullopt};
  if (!in.at("theme").is_null())
    place.theme = in.id<ThemeId>("theme");
  return place;
}

Action read_moderate(const Members& in) {
  in.only({"type", "id", "action", "contribution", "hidden", "reason"});
  action::Moderate moderate{in.id<ContributionId>("contribution"), in.boolean("hidden"), std::nullopt};
  if (in.find("reason"))
    moderate.reason = in.text("reason", limits::kReasonGraphemes);
  return moderate;
}

Action read_phase_enter(const Members& in) {
  in.only({"type", "id", "action", "phase"});
  const auto phase = parse_phase(in.string("phase"));
  if (!phase)
    refuse(Code::invalid_value, "phase");
  return action::PhaseEnter{*phase};
}

Action read_timer_start(const Members& in) {
  in.only({"type", "id", "action", "duration_ms"});
  return action::TimerStart{in.duration("duration_ms")};
}

Action read_timer_extend(const Members& in) {
  in.only({"type", "id", "action", "duration_ms"});
  return action::TimerExtend{in.duration("duration_ms")};
}

Action read_timer_stop(const Members& in) {
  in.only({"type", "id", "action"});
  return action::TimerStop{};
}

using ActionReader = Action (*)(const Members&);
/// In the order of kActionNames.
constexpr ActionReader kActionReaders[] = {
    read_contribute,   read_edit,         read_withdraw,  read_support,  read_theme_add,
    read_theme_rename, read_theme_remove, read_place,     read_moderate, read_phase_enter,
    read_timer_start,  read_timer_extend, read_timer_stop};
static_assert(std::size(kActionReaders) == std::size(kActionNames));

Action read_action(const Members& in) {
  const auto& wanted = in.string("action");
  for (std::size_t i = 0; i < std::size(kActionNames); ++i)
    if (wanted == kActionNames[i])
      return kActionReaders[i](in);
  refuse(Code::unknown_action, "action");
}

/// Members of a command that stand before `id` when all are sorted.
struct BeforeId {
  json_writer::Object& out;

  void operator()(const action::Contribute& wanted) const {
    if (!wanted.answers.empty())
      out.add("answers", wanted.answers);
    if (!wanted.follows_from.empty())
      out.add("follows_from", wanted.follows_from);
  }
  void operator()(const action::Moderate& wanted) const {
    out.add("contribution", wanted.contribution);
    out.add("hidden", wanted.hidden);
  }
  template <class Other> void operator()(const Other& wanted) const {
    if constexpr (requires { wanted.contribution; })
      out.add("contribution", wanted.contribution);
    if constexpr (requires { wanted.duration; })
      out.add("duration_ms", wanted.duration.count());
  }
};

struct AfterId {
  json_writer::Object& out;

  void operator()(const action::Contribute& wanted) const {
    out.add("kind", name(wanted.kind));
    out.add("text", wanted.text);
  }
  void operator()(const action::Edit& wanted) const { out.add("text", wanted.text); }
  void operator()(const action::Support& wanted) const { out.add("on", wanted.on); }
  void operator()(const action::ThemeAdd& wanted) const { out.add("title", wanted.title); }
  void operator()(const action::ThemeRename& wanted) const {
    out.add("theme", wanted.theme);
    out.add("title", wanted.title);
  }
  void operator()(const action::ThemeRemove& wanted) const { out.add("theme", wanted.theme); }
  void operator()(const action::Place& wanted) const {
    if (wanted.theme)
      out.add("theme", *wanted.theme);
    else
      out.add("theme", nullptr);
  }
  void operator()(const action::Moderate& wanted) const {
    if (wanted.reason)
      out.add("reason", *wanted.reason);
  }
  void operator()(const action::PhaseEnter& wanted) const { out.add("phase", name(wanted.phase)); }
  /// Those that have no other members.
  void operator()(const action::Withdraw&) const {}
  void operator()(const action::TimerStart&) const {}
  void operator()(const action::TimerExtend&) const {}
  void operator()(const action::TimerStop&) const {}
};

/// As a client writes it; without an id: its canonical content.
std::string action_json(const Action& action, const CommandId* id) {
  std::string text;
  text.reserve(1024);
  json_writer::Object out(text);
  out.add("action", kActionNames[action.index()]);
  std::visit(BeforeId{out}, action);
  if (id)
    out.add("id", *id);
  std::visit(AfterId{out}, action);
  if (id)
    out.add("type", "command");
  out.end();
  return text;
}

std::uint64_t fingerprint_of(const Action& action) {
  const auto digest = sha256(action_json(action, nullptr));
  std::uint64_t first = 0;
  for (std::size_t i = 0; i < 8; ++i)
    first = (first << 8) | digest[i];
  return first;
}

// --- Messages -----------------------------------------------------------------------------------

Hello read_hello(const Members& in) {
  in.only({"type", "client", "resume"});
  Hello hello;
  if (in.find("client")) {
    hello.client = in.string("client");
    if (hello.client.size() > 64)
      refuse(Code::invalid_value, "client", 64);
  }
  if (const auto* resume = in.find("resume")) {
    if (!resume->is_object())
      refuse(Code::wrong_type, "resume");
    const Members point(*resume);
    point.only({"epoch", "seq"});
    const auto& seq = point.at("seq");
    if (!seq.is_number_integer())
      refuse(Code::wrong_type, "seq");
    if (!seq.is_number_unsigned() && seq.get<std::int64_t>() < 0)
      refuse(Code::invalid_value, "seq");
    hello.resume = ResumePoint{point.string("epoch"), seq.get<Seq>()};
  }
  return hello;
}

ClientMessage read_message(const Members& in, const std::optional<CommandId>& id) {
  const auto& type = in.string("type");
  if (type == "command") {
    if (!id)
      refuse(in.find("id") ? (in.at("id").is_string() ? Code::invalid_value : Code::wrong_type)
                           : Code::missing_field,
             "id");
    Command command{*id, read_action(in), 0};
    command.fingerprint = fingerprint_of(command.action);
    return command;
  }
  if (type == "hello")
    return read_hello(in);
  if (type == "typing") {
    in.only({"type"});
    return Typing{};
  }
  refuse(Code::unknown_type, "type");
}

} // namespace

std::optional<json> parse_json(std::string_view text) {
  if (too_deep(text))
    return std::nullopt;
  auto document = json::parse(text, nullptr, false);
  if (document.is_discarded())
    return std::nullopt;
  return document;
}

std::variant<ClientMessage, DecodeError> decode(std::string_view frame) {
  const auto document = parse_json(frame);
  if (!document || !document->is_object())
    return DecodeError{{Code::malformed, {}, {}}, std::nullopt};
  std::optional<CommandId> id;
  if (const auto found = document->find("id"); found != document->end() && found->is_string())
    id = CommandId::parse(found->get_ref<const std::string&>());
  try {
    return read_message(Members(*document), id);
  } catch (const Refusal& refusal) {
    return DecodeError{refusal.rejection, id};
  }
}

std::string encode(const Command& command) {
  return action_json(command.action, &command.id);
}

std::string encode(const Hello& hello) {
  json out{{"type", "hello"}};
  if (!hello.client.empty())
    out["client"] = hello.client;
  if (hello.resume)
    out["resume"] = {{"epoch", hello.resume->epoch}, {"seq", hello.resume->seq}};
  return out.dump();
}

std::string encode_reject(const std::optional<CommandId>& id, const Rejection& rejection) {
  json out{{"type", "reject"}, {"code", name(rejection.code)}};
  if (id)
    out["id"] = id->text();
  if (!rejection.field.empty())
    out["field"] = rejection.field;
  if (rejection.limit)
    out["limit"] = *rejection.limit;
  // A field's name may be the client's own bytes, cut anywhere.
  return out.dump(-1, ' ', false, json::error_handler_t::replace);
}

std::string encode_ack(const CommandId& id, Seq seq, std::string_view receipt) {
  std::string text;
  text.reserve(128);
  json_writer::Object out(text);
  out.add("id", id);
  if (!receipt.empty())
    out.add("receipt", receipt);
  out.add("seq", seq);
  out.add("type", "ack");
  out.end();
  return text;
}

} // namespace warsha
