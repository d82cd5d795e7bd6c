#include "server/review/entry_codec.hpp"

#include "protocol/codec.hpp"
#include "protocol/member_reader.hpp"
#include "protocol/member_writer.hpp"
#include "server/store/connection.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace warsha::review {

using nlohmann::json;

namespace {

struct EntryEnvelope {
  static constexpr std::array<std::string_view, 6> kNames{"action", "at", "by", "consultation", "id", "seq"};
  const ConsultationId& consultation;
  const Entry& entry;

  void write(std::size_t i, json_writer::Object& out) const {
    switch (i) {
    case 0:
      return out.add(kNames[i], kActionNames[entry.action.index()]);
    case 1:
      return out.add(kNames[i], entry.at);
    case 2:
      if (entry.by != ActorId{})
        out.add(kNames[i], entry.by);
      return;
    case 3:
      return out.add(kNames[i], consultation);
    case 4:
      return out.add(kNames[i], entry.id);
    default:
      return out.add(kNames[i], entry.seq);
    }
  }
};

Action read_action(const json& in, std::initializer_list<const char*> beside) {
  const auto& wanted = string_of(member(in, "action"), "action");
  const auto* known = std::find(kActionNames.begin(), kActionNames.end(), wanted);
  if (known == kActionNames.end())
    refuse(Code::unknown_action, "action");
  auto action = empty_alternative<Action>(static_cast<std::size_t>(known - kActionNames.begin()));
  std::visit([&](auto& one) { MemberReader::read_object(in, one, beside); }, action);
  return action;
}

} // namespace

std::string encode_entry(const ConsultationId& consultation, const Entry& entry) {
  std::string body;
  const EntryEnvelope envelope{consultation, entry};
  MemberWriter out(body, envelope);
  std::visit([&](const auto& one) { std::decay_t<decltype(one)>::members(one, out); }, entry.action);
  out.end();
  return body;
}

std::variant<Entry, std::string> decode_entry(const ConsultationId& consultation, Seq seq,
                                              std::string_view body) {
  const auto document = parse_json(body);
  if (!document || !document->is_object())
    return std::string("the entry is not a JSON object");
  try {
    ConsultationId named;
    MemberReader::read(member(*document, "consultation"), named, "consultation", {});
    if (named != consultation)
      return std::string("the entry names another consultation");
    if (static_cast<Seq>(whole_of(member(*document, "seq"), "seq", {})) != seq)
      return std::string("the entry names another seq");
    Entry entry;
    entry.seq = seq;
    entry.at = whole_of(member(*document, "at"), "at", {});
    MemberReader::read(member(*document, "id"), entry.id, "id", {});
    if (document->contains("by"))
      MemberReader::read(document->at("by"), entry.by, "by", {});
    entry.action = read_action(*document, {"action", "at", "by", "consultation", "id", "seq"});
    return entry;
  } catch (const Refusal& refusal) {
    return "the entry can't be read: " + refusal.rejection.field + ": " + name(refusal.rejection.code);
  }
}

Entry read_entry(const ConsultationId& consultation, Seq seq, std::string_view body) {
  auto entry = decode_entry(consultation, seq, body);
  if (const auto* wrong = std::get_if<std::string>(&entry))
    throw store::StoreError("review of consultation " + consultation.text() + ", entry " +
                            std::to_string(seq) + ": " + *wrong);
  return std::get<Entry>(std::move(entry));
}

std::variant<Command, Rejection> decode_command(std::string_view body) {
  const auto document = parse_json(body);
  if (!document || !document->is_object())
    return Rejection{Code::malformed, {}, {}};
  try {
    Command command;
    MemberReader::read(member(*document, "id"), command.id, "id", {});
    if (document->contains("expected_seq"))
      command.expected_seq = static_cast<Seq>(whole_of(document->at("expected_seq"), "expected_seq", {}));
    command.action = read_action(*document, {"action", "expected_seq", "id"});
    return command;
  } catch (const Refusal& refusal) {
    return refusal.rejection;
  }
}

} // namespace warsha::review
