#include "protocol/member_reader.hpp"

#include "protocol/limits.hpp"
#include "protocol/text.hpp"

namespace warsha {

using nlohmann::json;

namespace {

std::string cleaned(std::variant<std::string, Code> result, const char* name, std::size_t most) {
  if (const auto* code = std::get_if<Code>(&result)) {
    if (*code == Code::text_too_long)
      refuse(*code, name, static_cast<std::int64_t>(most));
    refuse(*code, name);
  }
  return std::move(std::get<std::string>(result));
}

std::uint32_t code_points_of(const json& value, const char* name) {
  return static_cast<std::uint32_t>(
      whole_of(value, name, {.least = 1, .most = static_cast<std::int64_t>(limits::kDraftCodePoints)}));
}

} // namespace

void refuse(Code code, std::string field, std::optional<std::int64_t> limit) {
  throw Refusal{{code, std::move(field), limit}};
}

const json& member(const json& object, const char* name) {
  const auto found = object.find(name);
  if (found == object.end())
    refuse(Code::missing_field, name);
  return *found;
}

const std::string& string_of(const json& value, const char* name) {
  if (!value.is_string())
    refuse(Code::wrong_type, name);
  return value.get_ref<const std::string&>();
}

std::int64_t whole_of(const json& value, const char* name, const Bounds& bounds) {
  if (!value.is_number_integer())
    refuse(Code::wrong_type, name);
  // A number beyond 64 bits is unsigned or a float to the parser: compare before converting.
  const bool fits = !value.is_number_unsigned() || value.get<std::uint64_t>() <= INT64_MAX;
  const auto whole = fits ? value.get<std::int64_t>() : INT64_MAX;
  if (whole < bounds.least)
    refuse(Code::invalid_value, name, bounds.least);
  if (whole > bounds.most)
    refuse(Code::invalid_value, name, bounds.most);
  return whole;
}

std::string text_of(const json& value, const char* name, const Bounds& bounds) {
  const auto& text = string_of(value, name);
  if (bounds.text > 0)
    return cleaned(clean_text(text, bounds.text), name, bounds.text);
  if (bounds.line > 0)
    return cleaned(clean_line(text, bounds.line), name, bounds.line);
  return text;
}

TextEdit edit_of(const json& value, const char* name, const Bounds& bounds) {
  if (!value.is_array())
    refuse(Code::wrong_type, name);
  if (value.size() < bounds.items_least || value.size() > bounds.items_most)
    refuse(Code::invalid_value, name, static_cast<std::int64_t>(bounds.items_most));
  TextEdit edit;
  for (const auto& part : value) {
    if (part.is_string()) {
      const auto& text = part.get_ref<const std::string&>();
      if (const auto wrong = check_piece(text))
        refuse(*wrong, name, static_cast<std::int64_t>(limits::kDraftCodePoints));
      edit.parts.emplace_back(TextEdit::Insert{text});
    } else if (part.is_object() && part.size() == 1) {
      edit.parts.emplace_back(TextEdit::Delete{code_points_of(member(part, "d"), name)});
    } else {
      edit.parts.emplace_back(TextEdit::Keep{code_points_of(part, name)});
    }
  }
  return edit;
}

} // namespace warsha
