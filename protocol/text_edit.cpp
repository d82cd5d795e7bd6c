#include "protocol/text_edit.hpp"

#include <algorithm>
#include <limits>

namespace warsha {

namespace {

/// Bytes of the first so many code points; none when there are fewer.
std::optional<std::size_t> bytes_of(std::string_view text, std::uint32_t code_points) {
  std::size_t at = 0;
  for (; code_points > 0; --code_points) {
    if (at == text.size())
      return std::nullopt;
    do
      ++at;
    while (at < text.size() && (text[at] & 0xc0) == 0x80);
  }
  return at;
}

using Part = std::variant<TextEdit::Keep, TextEdit::Insert, TextEdit::Delete>;

/// Parts one after the other, those alike as one.
class Writer {
public:
  void keep(std::uint32_t code_points) { count<TextEdit::Keep>(code_points); }
  void erase(std::uint32_t code_points) { count<TextEdit::Delete>(code_points); }
  void insert(const std::string& text) {
    if (auto* last = last_as<TextEdit::Insert>())
      last->text += text;
    else
      edit_.parts.emplace_back(TextEdit::Insert{text});
  }
  /// What is kept at the end goes without saying.
  TextEdit take() {
    if (last_as<TextEdit::Keep>())
      edit_.parts.pop_back();
    return std::move(edit_);
  }

private:
  template <class Kind> Kind* last_as() {
    return edit_.parts.empty() ? nullptr : std::get_if<Kind>(&edit_.parts.back());
  }
  template <class Kind> void count(std::uint32_t code_points) {
    if (code_points == 0)
      return;
    if (auto* last = last_as<Kind>())
      last->code_points += code_points;
    else
      edit_.parts.emplace_back(Kind{code_points});
  }

  TextEdit edit_;
};

/// An edit read from its beginning; after its last part it keeps for ever.
class Reader {
public:
  explicit Reader(const TextEdit& edit) : parts_(edit.parts) {}

  [[nodiscard]] bool at_end() const { return place_ == parts_.size(); }
  [[nodiscard]] bool at_insert() const {
    return !at_end() && std::holds_alternative<TextEdit::Insert>(parts_[place_]);
  }
  /// The next part, of a kept or deleted one at most so many code points.
  Part take(std::uint32_t most) {
    if (at_end())
      return TextEdit::Keep{most};
    if (const auto* insert = std::get_if<TextEdit::Insert>(&parts_[place_])) {
      ++place_;
      return *insert;
    }
    const auto* keep = std::get_if<TextEdit::Keep>(&parts_[place_]);
    const auto whole = keep ? keep->code_points : std::get<TextEdit::Delete>(parts_[place_]).code_points;
    const auto taken = std::min(most, whole - offset_);
    offset_ += taken;
    if (offset_ == whole) {
      ++place_;
      offset_ = 0;
    }
    return keep ? Part(TextEdit::Keep{taken}) : Part(TextEdit::Delete{taken});
  }

private:
  const std::vector<Part>& parts_;
  std::size_t place_ = 0;
  std::uint32_t offset_ = 0;
};

/// Writes what an edit does to the next `code_points` of the text it was made on: of all of them, or, where
/// another edit deleted them meanwhile, only what it puts in between.
void pass(Reader& from, Writer& to, std::uint32_t code_points, bool deleted) {
  while (code_points > 0) {
    const auto part = from.take(code_points);
    if (const auto* insert = std::get_if<TextEdit::Insert>(&part)) {
      to.insert(insert->text);
    } else if (const auto* keep = std::get_if<TextEdit::Keep>(&part)) {
      code_points -= keep->code_points;
      if (!deleted)
        to.keep(keep->code_points);
    } else {
      const auto erased = std::get<TextEdit::Delete>(part).code_points;
      code_points -= erased;
      if (!deleted)
        to.erase(erased);
    }
  }
}

} // namespace

TextEdit fit_in(const TextEdit& late, const TextEdit& earlier) {
  Reader from(late);
  Writer to;
  for (const auto& part : earlier.parts) {
    if (const auto* insert = std::get_if<TextEdit::Insert>(&part)) {
      if (from.at_insert())
        to.insert(std::get<TextEdit::Insert>(from.take(0)).text);
      to.keep(static_cast<std::uint32_t>(count_code_points(insert->text)));
    } else if (const auto* keep = std::get_if<TextEdit::Keep>(&part)) {
      pass(from, to, keep->code_points, false);
    } else {
      pass(from, to, std::get<TextEdit::Delete>(part).code_points, true);
    }
  }
  constexpr auto kAll = std::numeric_limits<std::uint32_t>::max();
  while (!from.at_end()) {
    const auto part = from.take(kAll);
    if (const auto* insert = std::get_if<TextEdit::Insert>(&part))
      to.insert(insert->text);
    else if (const auto* keep = std::get_if<TextEdit::Keep>(&part))
      to.keep(keep->code_points);
    else
      to.erase(std::get<TextEdit::Delete>(part).code_points);
  }
  return to.take();
}

std::size_t size_in_memory(const TextEdit& edit) {
  std::size_t bytes = sizeof edit;
  for (const auto& part : edit.parts) {
    bytes += sizeof part;
    if (const auto* insert = std::get_if<TextEdit::Insert>(&part))
      bytes += insert->text.size();
  }
  return bytes;
}

std::optional<std::string> apply_edit(std::string_view text, const TextEdit& edit) {
  std::string out;
  out.reserve(text.size() + 64);
  for (const auto& part : edit.parts) {
    if (const auto* insert = std::get_if<TextEdit::Insert>(&part)) {
      out += insert->text;
      continue;
    }
    const auto* keep = std::get_if<TextEdit::Keep>(&part);
    const auto bytes =
        bytes_of(text, keep ? keep->code_points : std::get<TextEdit::Delete>(part).code_points);
    if (!bytes)
      return std::nullopt;
    if (keep)
      out.append(text, 0, *bytes);
    text.remove_prefix(*bytes);
  }
  out += text;
  return out;
}

std::size_t count_code_points(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xc0) != 0x80; }));
}

} // namespace warsha
