#include "server/bundle/format.hpp"

#include "protocol/codec.hpp"
#include "protocol/member_reader.hpp"
#include "protocol/member_writer.hpp"

#include <nlohmann/json.hpp>

namespace warsha::bundle {

using nlohmann::json;

namespace {

/// An empty line of the kind that has these members.
std::optional<Line> kind_of(const json& document) {
  if (document.contains("bundle"))
    return Manifest{};
  if (document.contains("body") && document.contains("workshop"))
    return EventLine{};
  if (document.contains("body"))
    return ReviewLine{};
  if (document.contains("present"))
    return PresentLine{};
  if (document.contains("signature"))
    return SignatureLine{};
  return std::nullopt;
}

struct Describe {
  std::string operator()(const Manifest&) const { return "a manifest"; }
  std::string operator()(const EventLine& line) const {
    return "event " + std::to_string(line.seq) + " of workshop " + line.workshop.text();
  }
  std::string operator()(const PresentLine& line) const {
    return "somebody present in workshop " + line.workshop.text();
  }
  std::string operator()(const ReviewLine& line) const {
    return "entry " + std::to_string(line.seq) + " of the review";
  }
  std::string operator()(const SignatureLine&) const { return "the signature"; }
};

/// For a terminal: the name of a member that nobody asked for can be anything.
std::string printable(std::string text) {
  for (auto& byte : text)
    if (byte < ' ' || byte > '~')
      byte = '?';
  return text;
}

} // namespace

std::string encode(const Line& line) {
  std::string text;
  std::visit([&](const auto& one) { write_value(text, one); }, line);
  return text;
}

std::variant<Line, std::string> decode(std::string_view text) {
  const auto document = parse_json(text);
  if (!document || !document->is_object())
    return std::string("the line is not a JSON object, or is nested too deeply");
  auto line = kind_of(*document);
  if (!line)
    return std::string("the line is of no kind that a bundle has");
  try {
    std::visit([&](auto& one) { MemberReader::read_object(*document, one); }, *line);
  } catch (const Refusal& refusal) {
    return "the line can't be read: " + printable(refusal.rejection.field) + ": " +
           name(refusal.rejection.code);
  }
  if (encode(*line) != text)
    return std::string("the line is not in its one canonical form");
  return std::move(*line);
}

std::string describe(const Line& line) {
  return std::visit(Describe{}, line);
}

} // namespace warsha::bundle
