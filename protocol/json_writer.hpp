#pragma once

#include "protocol/ids.hpp"

#include <charconv>
#include <concepts>
#include <string>
#include <string_view>
#include <vector>

/// JSON straight into a string, without a document in between: for what is written for every event. Compact,
/// and byte for byte as nlohmann's dump() would write it, when the caller gives the keys in sorted order.
/// Texts are valid UTF-8, as those of protocol/messages.hpp are.
namespace warsha::json_writer {

void append(std::string& out, std::string_view text);
inline void append(std::string& out, const char* text) {
  append(out, std::string_view(text));
}
inline void append(std::string& out, const std::string& text) {
  append(out, std::string_view(text));
}
void append(std::string& out, const uuid::Bytes& id);
template <class Tag> void append(std::string& out, const Id<Tag>& id) {
  append(out, id.bytes);
}
template <std::integral Integer> void append(std::string& out, Integer value) {
  if constexpr (std::same_as<Integer, bool>) {
    out += value ? "true" : "false";
  } else {
    char digits[24];
    out.append(digits, std::to_chars(digits, digits + sizeof digits, value).ptr);
  }
}
inline void append(std::string& out, std::nullptr_t) {
  out += "null";
}
template <class Value> void append(std::string& out, const std::vector<Value>& values) {
  out += '[';
  for (const auto& value : values) {
    if (&value != values.data())
      out += ',';
    append(out, value);
  }
  out += ']';
}

/// One object, member by member, in the order of the calls; complete when end() was called.
class Object {
public:
  explicit Object(std::string& out) : out_(out) { out_ += '{'; }

  template <class Value> void add(std::string_view key, const Value& value) { append(begin(key), value); }
  /// For a value that is written in pieces: what is appended to the result is the member's value.
  std::string& begin(std::string_view key) {
    if (!first_)
      out_ += ',';
    first_ = false;
    out_ += '"';
    out_ += key;
    out_ += "\":";
    return out_;
  }
  void end() { out_ += '}'; }

private:
  std::string& out_;
  bool first_ = true;
};

} // namespace warsha::json_writer
