#include "server/consultation/csv.hpp"

namespace warsha::consultation {

void add_csv_field(std::string& line, std::string_view value, bool first) {
  if (!first)
    line += ',';
  line += '"';
  if (!value.empty() && std::string_view("=+-@\t\r").find(value.front()) != std::string_view::npos)
    line += '\'';
  for (const char c : value) {
    if (c == '"')
      line += '"';
    line += c;
  }
  line += '"';
}

} // namespace warsha::consultation
