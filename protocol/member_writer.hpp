#pragma once

#include "protocol/json_writer.hpp"
#include "protocol/members.hpp"
#include "protocol/text_edit.hpp"
#include "protocol/words.hpp"

#include <array>
#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Writes described structs (protocol/members.hpp) as canonical JSON: compact, keys sorted.
namespace warsha {

/// Nothing beside the members.
struct NoEnvelope {
  static constexpr std::array<const char*, 0> kNames{};
  void write(std::size_t, json_writer::Object&) const {}
};

template <class Value> inline constexpr bool kIsVector = false;
template <class Item> inline constexpr bool kIsVector<std::vector<Item>> = true;
template <class Value> inline constexpr bool kIsOptional = false;
template <class Item> inline constexpr bool kIsOptional<std::optional<Item>> = true;

/// As JSON: words, numbers, texts, ids, lists, described structs.
template <class Value> void write_value(std::string& out, const Value& value);
/// From words to texts, sorted by the words.
template <Worded Key> void write_value(std::string& out, const std::map<Key, std::string>& values);
void write_edit(std::string& out, const TextEdit& edit);

template <class Value> [[nodiscard]] bool is_left_out(const Value& value, const Bounds& bounds) {
  if constexpr (kIsOptional<Value>)
    return !value && !bounds.or_null;
  else if constexpr (kIsVector<Value>)
    return bounds.sparse && value.empty();
  else if constexpr (std::integral<Value>)
    return bounds.sparse && value == Value{};
  else
    return false;
}

/// Writes members, and those of an envelope where their names stand among them. An envelope has kNames,
/// sorted, and write(i, object), which writes the member of that name or leaves it out.
template <class Envelope = NoEnvelope> class MemberWriter {
public:
  explicit MemberWriter(std::string& out, const Envelope& envelope = {})
      : object_(out), envelope_(envelope) {}

  template <class Field> void operator()(const char* name, const Field& field, const Bounds& bounds = {}) {
    if (is_left_out(field, bounds))
      return;
    write_envelope_before(name);
    write_value(object_.begin(name), field);
  }
  void end() {
    while (next_ < Envelope::kNames.size())
      envelope_.write(next_++, object_);
    object_.end();
  }

private:
  void write_envelope_before(std::string_view name) {
    while (next_ < Envelope::kNames.size() && Envelope::kNames[next_] < name)
      envelope_.write(next_++, object_);
  }

  json_writer::Object object_;
  const Envelope& envelope_;
  std::size_t next_ = 0;
};

template <class Value> void write_value(std::string& out, const Value& value) {
  if constexpr (Worded<Value>) {
    json_writer::append(out, name(value));
  } else if constexpr (std::same_as<Value, std::chrono::milliseconds>) {
    json_writer::append(out, value.count());
  } else if constexpr (std::same_as<Value, TextEdit>) {
    write_edit(out, value);
  } else if constexpr (Described<const Value>) {
    MemberWriter<> members(out);
    Value::members(value, members);
    members.end();
  } else if constexpr (kIsVector<Value>) {
    out += '[';
    for (const auto& item : value) {
      if (&item != value.data())
        out += ',';
      write_value(out, item);
    }
    out += ']';
  } else if constexpr (kIsOptional<Value>) {
    if (value)
      write_value(out, *value);
    else
      json_writer::append(out, nullptr);
  } else {
    json_writer::append(out, value);
  }
}

template <Worded Key> void write_value(std::string& out, const std::map<Key, std::string>& values) {
  std::map<std::string_view, std::string_view> sorted;
  for (const auto& [key, value] : values)
    sorted.emplace(name(key), value);
  json_writer::Object object(out);
  for (const auto& [key, value] : sorted)
    object.add(key, value);
  object.end();
}

} // namespace warsha
