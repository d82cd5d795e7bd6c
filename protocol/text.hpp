#pragma once

#include "protocol/codes.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace warsha {

/// Takes what a person typed and gives it trimmed and in NFC, or the code of what is wrong:
/// text_empty (nothing in it can be seen), text_too_long (more than `most_graphemes` grapheme clusters, UAX
/// #29, or more than limits::kTextCodePoints), text_forbidden_character (not UTF-8, a control other than line
/// feed, a bidirectional embedding, override or isolate, U+FEFF or a noncharacter). Carriage returns are
/// dropped. Thread-safe.
[[nodiscard]] std::variant<std::string, Code> clean_text(std::string_view typed, std::size_t most_graphemes);

/// The same for one line: line feeds are forbidden too.
[[nodiscard]] std::variant<std::string, Code> clean_line(std::string_view typed, std::size_t most_graphemes);

/// A piece of a text that is being written: taken as it is, or the code of what is wrong (as above, with
/// limits::kDraftCodePoints).
[[nodiscard]] std::optional<Code> check_piece(std::string_view typed);

/// Thread-safe.
[[nodiscard]] bool is_utf8(std::string_view bytes);

} // namespace warsha
