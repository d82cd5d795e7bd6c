#pragma once

#include <string>
#include <string_view>

namespace warsha::consultation {

/// Before the first line: spreadsheets read what follows as UTF-8.
inline constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

/// A field of a comma-separated line (RFC 4180), after a comma unless it is the first. One that a spreadsheet
/// would take for a formula (OWASP, CSV injection) gets an apostrophe before it.
void add_csv_field(std::string& line, std::string_view value, bool first = false);

} // namespace warsha::consultation
