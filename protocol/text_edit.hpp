#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace warsha {

/// One change to a text, from its beginning: keep so many code points, put these in, delete so many. As the
/// npm package ot-text-unicode writes it: [3, "words", {"d": 2}]; the rest is kept without saying so.
struct TextEdit {
  struct Keep {
    std::uint32_t code_points{};
    bool operator==(const Keep&) const = default;
  };
  struct Insert {
    std::string text;
    bool operator==(const Insert&) const = default;
  };
  struct Delete {
    std::uint32_t code_points{};
    bool operator==(const Delete&) const = default;
  };
  std::vector<std::variant<Keep, Insert, Delete>> parts;
  bool operator==(const TextEdit&) const = default;
};

/// The text after the edit; none when the edit reaches beyond its end. Both are valid UTF-8.
[[nodiscard]] std::optional<std::string> apply_edit(std::string_view text, const TextEdit& edit);

/// `late`, made on the same text as `earlier`, as an edit of the text after `earlier`: what ot-text-unicode's
/// transform(late, earlier, 'left') gives, part for part. What both put in at one place: `late`'s stands
/// before. The parts of both are of at least one code point, as they come from the wire.
[[nodiscard]] TextEdit fit_in(const TextEdit& late, const TextEdit& earlier);

/// Bytes, more or less, that keeping the edit takes.
[[nodiscard]] std::size_t size_in_memory(const TextEdit& edit);

/// Of valid UTF-8.
[[nodiscard]] std::size_t count_code_points(std::string_view text);

} // namespace warsha
