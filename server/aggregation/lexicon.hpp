#pragma once

#include "server/aggregation/hash.hpp"
#include "server/aggregation/text.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace warsha::aggregation {

/// matter: what a text is about; frame: how it is put (a wish, a doing); lack: that something is wrong or
/// missing, which tells a problem from its remedy; function: grammar.
enum class Role : std::uint8_t { matter, frame, lack, function };

/// A word or phrase of a text, as far as it counts: one to a few words that lie together.
struct Term {
  /// Of the concept when the lexicon has one, so that Arabic, French, English and Darija meet; else of the
  /// stem.
  Key key = 0;
  /// Of the words themselves: tells the same word from another word for the same thing.
  Key surface = 0;
  /// Index in the lexicon's concepts, or -1.
  std::int32_t concept_index = -1;
  Role role = Role::matter;
  Span span;
};

/// Words of civic life in four languages, from schemas/aggregation/lexicon.json. Immutable; thread-safe.
class Lexicon {
public:
  /// Throws std::runtime_error when the text isn't a lexicon.
  [[nodiscard]] static Lexicon parse(std::string_view json);

  /// The terms in the order of the text, function words included; the longest phrase wins.
  [[nodiscard]] std::vector<Term> terms(const Text& text) const;

  [[nodiscard]] const std::string& version() const { return version_; }
  [[nodiscard]] const std::string& concept_id(std::int32_t index) const {
    return concepts_[static_cast<std::size_t>(index)];
  }

private:
  void add_concept_words(const Text& words, std::int32_t index);

  std::string version_;
  std::vector<std::string> concepts_;
  std::unordered_map<Key, Role> roles_;
  /// Key of a phrase's stems in a row.
  std::unordered_map<Key, std::int32_t> phrases_;
  std::size_t longest_phrase_ = 1;
};

} // namespace warsha::aggregation
