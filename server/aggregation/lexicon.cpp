#include "server/aggregation/lexicon.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <stdexcept>

namespace warsha::aggregation {

namespace {

/// Arabic words of one root and pattern class meet in the skeleton, Darija in either alphabet too.
const std::string& base(const Word& word) {
  return word.skeleton.empty() ? word.stem : word.skeleton;
}

Key phrase_key(const Word* first, std::size_t count, bool by_skeleton) {
  Key key = key_of("phrase");
  for (std::size_t i = 0; i < count; ++i)
    key = key_of(" ", key_of(by_skeleton ? base(first[i]) : first[i].stem, key));
  return key;
}

/// Amounts, years and article numbers say little of what a text is about, and mislead when few texts are
/// known.
bool is_number(std::string_view form) {
  return std::all_of(form.begin(), form.end(),
                     [](char c) { return (c >= '0' && c <= '9') || c == '.' || c == ','; });
}

Language language_of(std::string_view tagged) {
  for (const Language language :
       {Language::arabic, Language::french, Language::english, Language::darija_latin})
    if (tagged == tag(language))
      return language;
  throw std::runtime_error("a lexicon has no words in \"" + std::string(tagged) + '"');
}

} // namespace

Lexicon Lexicon::parse(std::string_view json) try {
  const auto document = nlohmann::json::parse(json);
  Lexicon lexicon;
  lexicon.version_ = document.at("version").get<std::string>();
  for (const auto& [field, role] :
       {std::pair("frame_words", Role::frame), std::pair("lack_words", Role::lack),
        std::pair("function_words", Role::function)})
    for (const auto& [language, words] : document.at(field).items())
      for (const Word& word : read(words.get<std::string>(), language_of(language)).words)
        lexicon.roles_[key_of(role == Role::function ? word.form : word.stem)] = role;
  for (const auto& entry : document.at("concepts")) {
    const auto index = static_cast<std::int32_t>(lexicon.concepts_.size());
    lexicon.concepts_.push_back(entry.at("id").get<std::string>());
    for (const auto& [language, words] : entry.items())
      if (language != "id")
        for (const auto& word : words)
          lexicon.add_concept_words(read(word.get<std::string>(), language_of(language)), index);
  }
  return lexicon;
} catch (const nlohmann::json::exception& error) {
  throw std::runtime_error(std::string("not a lexicon: ") + error.what());
}

void Lexicon::add_concept_words(const Text& text, std::int32_t index) {
  if (text.words.empty())
    return;
  longest_phrase_ = std::max(longest_phrase_, text.words.size());
  phrases_.emplace(phrase_key(text.words.data(), text.words.size(), false), index);
}

std::vector<Term> Lexicon::terms(const Text& text) const {
  std::vector<Term> out;
  const auto& words = text.words;
  for (std::size_t i = 0; i < words.size();) {
    Term term;
    std::size_t taken = 1;
    for (std::size_t length = std::min(longest_phrase_, words.size() - i); length >= 1; --length) {
      const auto found = phrases_.find(phrase_key(&words[i], length, false));
      if (found == phrases_.end())
        continue;
      term.concept_index = found->second;
      taken = length;
      break;
    }
    if (term.concept_index >= 0) {
      term.key = key_of(concepts_[static_cast<std::size_t>(term.concept_index)], key_of("concept "));
    } else {
      term.key = key_of(base(words[i]));
      if (const auto role = roles_.find(key_of(words[i].form)); role != roles_.end())
        term.role = role->second;
      else if (is_number(words[i].form))
        term.role = Role::function;
      else if (const auto by_stem = roles_.find(key_of(words[i].stem));
               by_stem != roles_.end() && by_stem->second != Role::function)
        term.role = by_stem->second;
    }
    term.surface = phrase_key(&words[i], taken, false);
    term.span = {words[i].span.begin, words[i + taken - 1].span.end};
    out.push_back(term);
    i += taken;
  }
  return out;
}

} // namespace warsha::aggregation
