#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace warsha::aggregation {

/// A public body that answers.
struct Administration {
  std::string id;
  std::string kind;
  /// The id of the body it belongs to, or empty.
  std::string parent;
  /// ISO 3166-2 code of its region ("MA-01"); empty: the whole country.
  std::string territory;
  /// Names of its places, in any language; a local body only.
  std::vector<std::string> places;
  /// By language: ar, fr, en.
  std::map<std::string, std::string> names;
  /// What it is for, in plain phrases in Arabic and French.
  std::vector<std::string> competences;
};

/// Reads schemas/aggregation/administrations.json, ordered by id. Throws std::runtime_error.
[[nodiscard]] std::vector<Administration> parse_administrations(std::string_view json);

} // namespace warsha::aggregation
