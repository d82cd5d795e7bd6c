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
  /// ISO 3166-2 code of its region ("MA-01"), for a local body; empty: the whole country.
  std::string territory;
  /// Names of its places, in any language; a local body only.
  std::vector<std::string> places;
  /// By language: ar, fr, en.
  std::map<std::string, std::string> names;
  /// What it is for, in plain phrases, by language: ar, fr. A local body has those of its kind.
  std::map<std::string, std::vector<std::string>> competences;
};

/// A region, to which local bodies belong.
struct Territory {
  std::string code; // ISO 3166-2
  std::map<std::string, std::string> names;
};

struct Register {
  std::vector<Territory> territories;          // by code
  std::vector<Administration> administrations; // by id

  /// Null: there is none.
  [[nodiscard]] const Administration* find(std::string_view id) const;
  /// The code of the region with this name in any language, however it is spelled, with or without the word
  /// "region" before it; empty: no region is called so.
  [[nodiscard]] std::string territory_called(std::string_view name) const;
};

/// Reads schemas/aggregation/administrations.json. Throws std::runtime_error.
[[nodiscard]] Register parse_register(std::string_view json);

} // namespace warsha::aggregation
