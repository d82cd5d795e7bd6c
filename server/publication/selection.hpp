#pragma once

#include "server/publication/catalogue.hpp"

#include <map>
#include <string>
#include <vector>

namespace warsha::publication {

/// The names with something in them, as a URL's query; without the question mark.
[[nodiscard]] std::string query_of(std::initializer_list<std::pair<const char*, std::string>> all);

/// What a reader asked to see of all proposals, from a URL's query; empty: everything.
struct Filter {
  std::string plan, region, consultation, workshop, theme, administration, state, answer, words;
  bool by_score = false; // else the latest first

  /// Unknown names and values select nothing wrong: they are compared, never trusted.
  [[nodiscard]] static Filter of(const std::map<std::string, std::string>& query);
  /// The same as a query: "region=…&state=…", percent-encoded (RFC 3986); empty when nothing is filtered.
  [[nodiscard]] std::string query() const;
};

/// What a reader asked to see of all that was said at a consultation; empty: everything. Unknown values
/// select nothing.
struct SaidFilter {
  /// As the balance sheet counts it.
  static constexpr const char* kPlaces[] = {"waiting", "returned", "in_review", "answered",
                                            "refused", "merged",   "withdrawn", "hidden"};
  std::string workshop, kind, theme, place;

  [[nodiscard]] static SaidFilter of(const std::map<std::string, std::string>& query);
  [[nodiscard]] std::string query() const;
  [[nodiscard]] bool fits(const Record& record, const nlohmann::json& contribution) const;
};

/// A proposal with the record that it is in.
struct Selected {
  const Record* record;
  const nlohmann::json* proposal;
};

/// In order. Words are looked for in the title, the text and what was said, whatever the spelling of Arabic
/// letters and accents.
[[nodiscard]] std::vector<Selected> select(const Records& records, const Filter& filter);

/// A contribution with the record that it is in.
struct SelectedContribution {
  const Record* record;
  const nlohmann::json* contribution;
};

/// What was set aside, of what the filter selects; none when it asks for something that only proposals have.
[[nodiscard]] std::vector<SelectedContribution> select_refused(const Records& records, const Filter& filter);

/// Confirmed commitments by the query's `plan`, `consultation`, `administration` and `status`, the latest
/// first.
[[nodiscard]] std::vector<const nlohmann::json*>
select_commitments(const Records& records, const std::map<std::string, std::string>& query);

struct Page {
  std::size_t number = 1, pages = 1, first = 0, end = 0; // of the list: [first, end)
};
/// The page that `asked` says ("3"), or the nearest there is.
[[nodiscard]] Page page_of(const std::string& asked, std::size_t total, std::size_t per_page);

[[nodiscard]] std::string percent_encoded(std::string_view text);

} // namespace warsha::publication
