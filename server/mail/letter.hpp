#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace warsha::mail {

/// A letter as its paragraphs, from which both forms of a message are made.
class Letter {
public:
  std::string subject;

  /// From here on in another language, "ar", "fr" or "en"; to be said before the first paragraph.
  void in(const std::string& language);
  void say(const std::string& text);
  void head(const std::string& text);
  /// Somebody's own words, in whatever language.
  void quote(const std::string& words);
  void link(const std::string& text, const std::string& url);
  /// Of a list.
  void item(const std::string& words, const std::string& detail, const std::string& url);

  /// Readable as it is: each address on a line of its own.
  [[nodiscard]] std::string text() const;
  /// A small document without pictures or scripts, from right to left where the language is.
  [[nodiscard]] std::string html() const;

private:
  enum class Kind { language, plain, heading, quotation, link, item };
  struct Paragraph {
    Kind kind;
    std::string words, detail, url;
  };
  std::vector<Paragraph> paragraphs_;
};

/// At most so many code points, cut at a space when there is one near, with an ellipsis.
[[nodiscard]] std::string cut(std::string_view text, std::size_t code_points);

} // namespace warsha::mail
