#pragma once

#include "protocol/ids.hpp"
#include "protocol/members.hpp"
#include "protocol/rejection.hpp"
#include "protocol/text_edit.hpp"
#include "protocol/words.hpp"

#include <algorithm>
#include <chrono>
#include <initializer_list>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Reads described structs (protocol/members.hpp) out of JSON documents, hostile ones too.
namespace warsha {

/// Leaves the reading; thrown by everything here and caught by who began to read.
struct Refusal {
  Rejection rejection;
};

[[noreturn]] void refuse(Code code, std::string field = {}, std::optional<std::int64_t> limit = {});

/// Refuses any member of the object that is none of these.
template <class Names> void refuse_others(const nlohmann::json& object, const Names& known) {
  for (const auto& [key, value] : object.items())
    if (std::find(std::begin(known), std::end(known), key) == std::end(known))
      refuse(Code::unknown_field, key.substr(0, 64));
}

/// The member of an object, or the refusal that it is missing.
[[nodiscard]] const nlohmann::json& member(const nlohmann::json& object, const char* name);
[[nodiscard]] const std::string& string_of(const nlohmann::json& value, const char* name);
[[nodiscard]] std::int64_t whole_of(const nlohmann::json& value, const char* name, const Bounds& bounds);
/// Cleaned, when the bounds say of what length it may be.
[[nodiscard]] std::string text_of(const nlohmann::json& value, const char* name, const Bounds& bounds);
[[nodiscard]] TextEdit edit_of(const nlohmann::json& value, const char* name, const Bounds& bounds);

class MemberReader {
public:
  explicit MemberReader(const nlohmann::json& object) : object_(object) {}

  template <class Field> void operator()(const char* name, Field& field, const Bounds& bounds = {}) const {
    const auto found = object_.find(name);
    if (found != object_.end())
      return read(*found, field, name, bounds);
    if (!may_be_missing(field, bounds))
      refuse(Code::missing_field, name);
  }

  template <class Value>
  static void read(const nlohmann::json& in, Value& value, const char* name, const Bounds& bounds) {
    if constexpr (std::same_as<Value, bool>) {
      if (!in.is_boolean())
        refuse(Code::wrong_type, name);
      value = in.get<bool>();
    } else if constexpr (std::same_as<Value, std::string>) {
      value = text_of(in, name, bounds);
    } else if constexpr (std::same_as<Value, std::int64_t>) {
      value = whole_of(in, name, bounds);
    } else if constexpr (std::same_as<Value, std::chrono::milliseconds>) {
      value = Value(whole_of(in, name, bounds));
    } else if constexpr (Worded<Value>) {
      const auto word = parse<Value>(string_of(in, name));
      if (!word)
        refuse(Code::invalid_value, name);
      value = *word;
    } else if constexpr (std::same_as<Value, TextEdit>) {
      value = edit_of(in, name, bounds);
    } else {
      read_more(in, value, name, bounds);
    }
  }

private:
  template <class Item>
  static void read_more(const nlohmann::json& in, std::optional<Item>& value, const char* name,
                        const Bounds& bounds) {
    if (bounds.or_null && in.is_null())
      return value.reset();
    read(in, value.emplace(), name, bounds);
  }
  template <class Item>
  static void read_more(const nlohmann::json& in, std::vector<Item>& values, const char* name,
                        const Bounds& bounds) {
    if (!in.is_array())
      refuse(Code::wrong_type, name);
    if (in.size() < bounds.items_least)
      refuse(Code::invalid_value, name, static_cast<std::int64_t>(bounds.items_least));
    if (in.size() > bounds.items_most)
      refuse(Code::invalid_value, name, static_cast<std::int64_t>(bounds.items_most));
    values.clear();
    for (const auto& one : in) {
      read(one, values.emplace_back(), name, bounds);
      // A list with a bound comes from a client, and names each thing once.
      if constexpr (!Described<Item>)
        if (bounds.items_most < Bounds{}.items_most &&
            std::find(values.begin(), values.end() - 1, values.back()) != values.end() - 1)
          refuse(Code::invalid_value, name);
    }
  }
  template <Worded Key>
  static void read_more(const nlohmann::json& in, std::map<Key, std::string>& values, const char* name,
                        const Bounds& bounds) {
    if (!in.is_object())
      refuse(Code::wrong_type, name);
    for (const auto& [key, text] : in.items()) {
      const auto word = parse<Key>(key);
      if (!word)
        refuse(Code::invalid_value, name);
      values[*word] = text_of(text, name, bounds);
    }
  }
  template <class Tag>
  static void read_more(const nlohmann::json& in, Id<Tag>& id, const char* name, const Bounds&) {
    const auto parsed = Id<Tag>::parse(string_of(in, name));
    if (!parsed)
      refuse(Code::invalid_value, name);
    id = *parsed;
  }
  template <Described Struct>
  static void read_more(const nlohmann::json& in, Struct& value, const char* name, const Bounds&) {
    if (!in.is_object())
      refuse(Code::wrong_type, name);
    read_object(in, value);
  }

  template <class Value> static bool may_be_missing(const Value&, const Bounds& bounds) {
    return bounds.sparse;
  }
  template <class Item> static bool may_be_missing(const std::optional<Item>&, const Bounds& bounds) {
    return !bounds.or_null;
  }

public:
  /// All members of the object; refuses others, but for those of `beside`.
  template <class Struct>
  static void read_object(const nlohmann::json& object, Struct& value,
                          std::initializer_list<const char*> beside = {});

private:
  const nlohmann::json& object_;
};

struct NameCollector {
  std::vector<std::string_view> names;
  template <class Field> void operator()(const char* name, Field&, const Bounds& = {}) {
    names.push_back(name);
  }
};

template <class Struct>
void MemberReader::read_object(const nlohmann::json& object, Struct& value,
                               std::initializer_list<const char*> beside) {
  NameCollector known;
  known.names.assign(beside.begin(), beside.end());
  Struct::members(value, known);
  refuse_others(object, known.names);
  const MemberReader reader(object);
  Struct::members(value, reader);
}

} // namespace warsha
