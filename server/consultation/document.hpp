#pragma once

#include "protocol/messages.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

/// A consultation as one file (schemas/exports/consultation.schema.json).
namespace warsha::consultation {

struct FileContribution {
  std::string key;
  Kind kind{};
  std::string text;
  std::optional<std::string> theme;
  std::vector<std::string> answers;
  std::vector<std::string> follows_from;
  std::size_t supports = 0;
};
struct FileTheme {
  std::string key;
  std::string title;
};
struct FileWorkshop {
  std::string key;
  std::string title;
  std::map<Phase, std::string> questions;
  Moderation moderation = Moderation::after;
  std::vector<FileTheme> themes;
  std::vector<FileContribution> contributions;
};
struct ConsultationFile {
  std::string title, language, region, city, venue, date;
  std::vector<std::string> organisers;
  std::size_t participants = 1;
  std::vector<FileWorkshop> workshops;
};

/// What is wrong with a file, and where: "/workshops/1/contributions/4/theme: no theme has the key \"t9\"".
struct DocumentError {
  std::string where; // JSON pointer (RFC 6901)
  std::string what;
  [[nodiscard]] std::string line() const { return (where.empty() ? "the document" : where) + ": " + what; }
};

/// Parses hostile text: its schema first, then what a schema can't say (references, order, permitted
/// characters). All texts come out clean.
[[nodiscard]] std::variant<ConsultationFile, DocumentError> parse_document(std::string_view text);
/// The same document again, the prepared part only when `prepared_only`: what `POST /api/consultations`
/// takes.
[[nodiscard]] std::string encode_document(const ConsultationFile& file, bool prepared_only);

} // namespace warsha::consultation
