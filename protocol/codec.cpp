#include "protocol/codec.hpp"

#include "protocol/json_writer.hpp"
#include "protocol/limits.hpp"
#include "protocol/member_reader.hpp"
#include "protocol/member_writer.hpp"
#include "protocol/sha256.hpp"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

namespace warsha {

using nlohmann::json;

namespace {

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

Action read_action(const json& in) {
  const auto& wanted = string_of(member(in, "action"), "action");
  for (std::size_t i = 0; i < kActionNames.size(); ++i)
    if (wanted == kActionNames[i]) {
      auto action = empty_alternative<Action>(i);
      std::visit([&](auto& one) { MemberReader::read_object(in, one, {"type", "id", "action"}); }, action);
      return action;
    }
  refuse(Code::unknown_action, "action");
}

/// What stands around an action's members; without an id: its canonical content.
struct CommandEnvelope {
  static constexpr std::array kNames{"action", "id", "type"};
  const char* action;
  const CommandId* id;

  void write(std::size_t i, json_writer::Object& out) const {
    if (i == 0)
      out.add(kNames[i], action);
    else if (i == 1 && id)
      out.add(kNames[i], *id);
    else if (i == 2 && id)
      out.add(kNames[i], "command");
  }
};

std::string action_json(const Action& action, const CommandId* id) {
  std::string text;
  text.reserve(1024);
  const CommandEnvelope envelope{kActionNames[action.index()], id};
  MemberWriter out(text, envelope);
  std::visit([&](const auto& one) { std::decay_t<decltype(one)>::members(one, out); }, action);
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

Hello read_hello(const json& in) {
  refuse_others(in, std::array{"type", "client", "resume"});
  Hello hello;
  if (in.contains("client")) {
    hello.client = string_of(in.at("client"), "client");
    if (hello.client.size() > 64)
      refuse(Code::invalid_value, "client", 64);
  }
  if (const auto resume = in.find("resume"); resume != in.end()) {
    if (!resume->is_object())
      refuse(Code::wrong_type, "resume");
    refuse_others(*resume, std::array{"epoch", "seq"});
    const auto& seq = member(*resume, "seq");
    if (!seq.is_number_integer())
      refuse(Code::wrong_type, "seq");
    if (!seq.is_number_unsigned() && seq.get<std::int64_t>() < 0)
      refuse(Code::invalid_value, "seq");
    hello.resume = ResumePoint{string_of(member(*resume, "epoch"), "epoch"), seq.get<Seq>()};
  }
  return hello;
}

template <class Message> Message read_described(const json& in) {
  Message message;
  MemberReader::read_object(in, message, {"type"});
  return message;
}

ClientMessage read_message(const json& in, const std::optional<CommandId>& id) {
  const auto& type = string_of(member(in, "type"), "type");
  if (type == "command") {
    if (!id)
      refuse(in.contains("id") ? (in.at("id").is_string() ? Code::invalid_value : Code::wrong_type)
                               : Code::missing_field,
             "id");
    Command command{*id, read_action(in), 0};
    command.fingerprint = fingerprint_of(command.action);
    return command;
  }
  if (type == "hello")
    return read_hello(in);
  if (type == "typing") {
    refuse_others(in, std::array{"type"});
    return Typing{};
  }
  if (type == "signal")
    return read_described<Signal>(in);
  if (type == "seen")
    return read_described<Seen>(in);
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
    return read_message(*document, id);
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

std::string encode_ack(const CommandId& id, Seq seq, std::string_view receipt,
                       const std::optional<Receipted>& result) {
  std::string text;
  text.reserve(128);
  json_writer::Object out(text);
  out.add("id", id);
  if (!receipt.empty())
    out.add("receipt", receipt);
  if (result) {
    json_writer::Object with(out.begin("result"));
    with.add("contribution", result->contribution);
    with.add("receipt", result->receipt);
    with.end();
  }
  out.add("seq", seq);
  out.add("type", "ack");
  out.end();
  return text;
}

} // namespace warsha
