#include "server/publication/templates.hpp"

#include "publication/embedded.hpp"
#include "server/store/digest.hpp"

#include <ctemplate/template.h>
#include <ctemplate/template_cache.h>
#include <ctemplate/template_dictionary.h>
#include <nlohmann/json.hpp>
#include <stdexcept>

namespace warsha::publication {

using nlohmann::json;

namespace {

std::string escaped(const std::string& text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
    case '&':
      out += "&amp;";
      break;
    case '<':
      out += "&lt;";
      break;
    case '>':
      out += "&gt;";
      break;
    case '"':
      out += "&quot;";
      break;
    case '{': // would begin something of the template
      out += "&#123;";
      break;
    default:
      out += c;
    }
  }
  return out;
}

std::string_view content_of(std::string_view name) {
  for (const auto& file : embedded::kFiles)
    if (file.name == name)
      return file.content;
  throw std::runtime_error("there is no template " + std::string(name));
}

/// [[key]] by the sentence, [[>part.html]] by the part.
std::string in_language(std::string_view source, const Texts& texts) {
  std::string out;
  std::size_t done = 0;
  for (auto begin = source.find("[["); begin != std::string_view::npos; begin = source.find("[[", done)) {
    const auto end = source.find("]]", begin);
    if (end == std::string_view::npos)
      break;
    out += source.substr(done, begin - done);
    const auto key = source.substr(begin + 2, end - begin - 2);
    out += key.starts_with('>') ? in_language(content_of(key.substr(1)), texts)
                                : escaped(texts(std::string(key)));
    done = end + 2;
  }
  out += source.substr(done);
  return out;
}

/// What is filled in is escaped for the place where it stands, unasked.
std::string_view escaping(std::string_view name) {
  return name.ends_with(".xml") ? R"({{%AUTOESCAPE context="XML"}})" : R"({{%AUTOESCAPE context="HTML"}})";
}

/// All templates in one language.
class Templates {
public:
  explicit Templates(const Texts& texts) {
    for (const auto& file : embedded::kFiles) {
      if (!file.name.ends_with(".html") && !file.name.ends_with(".xml"))
        continue;
      const auto source = std::string(escaping(file.name)) + in_language(file.content, texts);
      if (!cache_.StringToTemplateCache(std::string(file.name), source, ctemplate::STRIP_BLANK_LINES))
        throw std::runtime_error("the template " + std::string(file.name) + " is malformed");
    }
    cache_.Freeze();
  }

  [[nodiscard]] std::string fill(std::string_view name, const ctemplate::TemplateDictionary& model) const {
    std::string out;
    if (!cache_.ExpandNoLoad(std::string(name), ctemplate::STRIP_BLANK_LINES, &model, nullptr, &out))
      throw std::runtime_error("the template " + std::string(name) + " can't be filled");
    return out;
  }

  static const Templates& of(const Texts& texts) {
    static const Templates kArabic(Texts::of("ar"));
    static const Templates kFrench(Texts::of("fr"));
    static const Templates kEnglish(Texts::of("en"));
    return texts.language() == "fr" ? kFrench : texts.language() == "en" ? kEnglish : kArabic;
  }

private:
  ctemplate::TemplateCache cache_;
};

void add(ctemplate::TemplateDictionary& dictionary, const std::string& key, const json& value);

void add_members(ctemplate::TemplateDictionary& dictionary, const json& object) {
  for (const auto& [key, value] : object.items())
    add(dictionary, key, value);
}

void add(ctemplate::TemplateDictionary& dictionary, const std::string& key, const json& value) {
  if (value.is_string())
    dictionary.SetValue(key, value.get_ref<const std::string&>());
  else if (value.is_number_integer())
    dictionary.SetIntValue(key, value.get<long>());
  else if (value.is_boolean() && value.get<bool>())
    dictionary.ShowSection(key);
  else if (value.is_object())
    add_members(*dictionary.AddSectionDictionary(key), value);
  else if (value.is_array())
    for (const auto& one : value)
      add_members(*dictionary.AddSectionDictionary(key), one);
}

std::string all_styles() {
  std::string out;
  for (const auto* name : {"tokens.css", "base.css", "publication.css"})
    out += content_of(name);
  return out;
}

} // namespace

std::string fill(std::string_view name, const Texts& texts, const json& model) {
  ctemplate::TemplateDictionary dictionary("model");
  add_members(dictionary, model);
  return Templates::of(texts).fill(name, dictionary);
}

std::string_view contract(std::string_view name) {
  return content_of(name);
}

const std::string& stylesheet() {
  static const std::string kStyles = all_styles();
  return kStyles;
}

const std::string& stylesheet_path() {
  static const std::string kPath =
      "/publication-" + store::hex(store::sha256(stylesheet())).substr(0, 16) + ".css";
  return kPath;
}

} // namespace warsha::publication
