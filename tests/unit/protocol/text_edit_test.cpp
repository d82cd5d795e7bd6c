#include "protocol/limits.hpp"
#include "protocol/member_reader.hpp"
#include "protocol/member_writer.hpp"
#include "protocol/text_edit.hpp"

#include <fstream>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace warsha {
namespace {

using Keep = TextEdit::Keep;
using Insert = TextEdit::Insert;
using Delete = TextEdit::Delete;

TextEdit edit_from(const nlohmann::json& parts) {
  return edit_of(parts, "edit", {.items_most = limits::kEditParts});
}

std::string shown(const TextEdit& edit) {
  std::string text;
  write_value(text, edit);
  return text;
}

/// The vectors are what ot-text-unicode says; fitted-edits.mjs makes them.
TEST(FitIn, is_what_the_clients_library_makes_of_ten_thousand_pairs) {
  std::ifstream vectors(WARSHA_SOURCE_DIR "/tests/unit/protocol/fitted-edits.jsonl");
  std::size_t count = 0;
  for (std::string line; std::getline(vectors, line); ++count) {
    const auto vector = nlohmann::json::parse(line);
    ASSERT_EQ(fit_in(edit_from(vector[0]), edit_from(vector[1])), edit_from(vector[2]))
        << line << " gave " << shown(fit_in(edit_from(vector[0]), edit_from(vector[1])));
  }
  EXPECT_EQ(count, 10'000U);
}

TEST(FitIn, puts_the_late_words_before_those_of_the_same_place) {
  EXPECT_EQ(fit_in({{Keep{2}, Insert{"late"}}}, {{Keep{2}, Insert{"early"}}}),
            (TextEdit{{Keep{2}, Insert{"late"}}}));
}

TEST(FitIn, leaves_nothing_of_a_deletion_that_was_done_already) {
  EXPECT_EQ(fit_in({{Keep{1}, Delete{2}}}, {{Delete{4}}}), TextEdit{});
}

TEST(FitIn, after_nothing_writes_an_edit_as_everybody_expects_it) {
  const TextEdit loose{{Keep{1}, Keep{2}, Insert{"a"}, Insert{"b"}, Delete{1}, Delete{1}, Keep{9}}};
  EXPECT_EQ(fit_in(loose, {}), (TextEdit{{Keep{3}, Insert{"ab"}, Delete{2}}}));
}

TEST(FitIn, keeps_an_edit_that_reaches_beyond_the_text_as_long_as_it_was) {
  EXPECT_EQ(apply_edit("", fit_in({{Keep{5}, Insert{"x"}}}, {{Delete{3}}})), std::nullopt);
}

} // namespace
} // namespace warsha
