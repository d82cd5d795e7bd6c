#include "server/mail/letter.hpp"

namespace warsha::mail {

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
    case '\n':
      out += "<br>";
      break;
    default:
      out += c;
    }
  }
  return out;
}

/// Each line as quoted in mail.
std::string quoted(const std::string& words) {
  std::string out = "> ";
  for (const char c : words) {
    out += c;
    if (c == '\n')
      out += "> ";
  }
  return out;
}

std::string anchor(const std::string& words, const std::string& url) {
  return "<a href=\"" + escaped(url) + "\" style=\"color:#0b5563\">" + escaped(words) + "</a>";
}

constexpr std::string_view kFont =
    "font-family:'Segoe UI',Tahoma,Arial,sans-serif;font-size:16px;line-height:1.7;"
    "color:#1b2426";

} // namespace

void Letter::in(const std::string& language) {
  paragraphs_.push_back({Kind::language, language, {}, {}});
}
void Letter::say(const std::string& text) {
  paragraphs_.push_back({Kind::plain, text, {}, {}});
}
void Letter::head(const std::string& text) {
  paragraphs_.push_back({Kind::heading, text, {}, {}});
}
void Letter::quote(const std::string& words) {
  paragraphs_.push_back({Kind::quotation, words, {}, {}});
}
void Letter::link(const std::string& text, const std::string& url) {
  paragraphs_.push_back({Kind::link, text, {}, url});
}
void Letter::item(const std::string& words, const std::string& detail, const std::string& url) {
  paragraphs_.push_back({Kind::item, words, detail, url});
}

std::string Letter::text() const {
  std::string out;
  bool first = true;
  for (const auto& [kind, words, detail, url] : paragraphs_) {
    switch (kind) {
    case Kind::language:
      if (!first)
        out += "----------------------------------------\n\n";
      first = false;
      break;
    case Kind::plain:
      out += words + "\n\n";
      break;
    case Kind::heading:
      out += "# " + words + "\n\n";
      break;
    case Kind::quotation:
      out += quoted(words) + "\n\n";
      break;
    case Kind::link:
      out += words + "\n" + url + "\n\n";
      break;
    case Kind::item:
      out +=
          "- " + words + (detail.empty() ? "" : "\n  " + detail) + (url.empty() ? "" : "\n  " + url) + "\n\n";
      break;
    }
  }
  return out;
}

std::string Letter::html() const {
  std::string out =
      "<!doctype html><html><head><meta charset=\"utf-8\"></head><body style=\"margin:0;padding:16px;"
      "background:#ffffff\">";
  bool open = false;
  for (const auto& [kind, words, detail, url] : paragraphs_) {
    switch (kind) {
    case Kind::language:
      out += std::string(open ? "</div><hr>" : "") + "<div lang=\"" + words + "\" dir=\"" +
             (words == "ar" ? "rtl" : "ltr") + "\" style=\"max-width:36em;margin:0 auto;" +
             std::string(kFont) + "\">";
      open = true;
      break;
    case Kind::plain:
      out += "<p>" + escaped(words) + "</p>";
      break;
    case Kind::heading:
      out += "<h2 style=\"font-size:18px;margin:24px 0 8px\">" + escaped(words) + "</h2>";
      break;
    case Kind::quotation:
      out += "<blockquote dir=\"auto\" style=\"margin:16px 0;padding:8px 16px;background:#eef5f5\">" +
             escaped(words) + "</blockquote>";
      break;
    case Kind::link:
      out += "<p>" + escaped(words) + "<br><span dir=\"ltr\" style=\"word-break:break-all\">" +
             anchor(url, url) + "</span></p>";
      break;
    case Kind::item:
      out += "<p style=\"margin:8px 0\" dir=\"auto\">" + (url.empty() ? escaped(words) : anchor(words, url)) +
             (detail.empty() ? "" : "<br>" + escaped(detail)) + "</p>";
      break;
    }
  }
  return out + (open ? "</div>" : "") + "</body></html>\n";
}

std::string cut(std::string_view text, std::size_t code_points) {
  std::size_t end = 0;
  std::size_t space = std::string_view::npos;
  for (std::size_t count = 0; end < text.size(); ++count) {
    if (count == code_points)
      return std::string(text.substr(0, space == std::string_view::npos || space < end / 2 ? end : space)) +
             "…";
    if (text[end] == ' ' || text[end] == '\n')
      space = end;
    ++end;
    while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80)
      ++end;
  }
  return std::string(text);
}

} // namespace warsha::mail
