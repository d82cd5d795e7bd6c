#pragma once

#include "server/publication/catalogue.hpp"
#include "server/publication/texts.hpp"

#include <map>
#include <optional>
#include <string>

/// The public pages, as whole HTML documents that need no script: what became of everything that was said.
namespace warsha::publication {

/// Who looks at what.
struct Visit {
  const Texts& texts;
  std::string path;                         // "/proposals"
  std::map<std::string, std::string> query; // decoded
  std::string public_url;                   // without a slash at its end

  [[nodiscard]] std::string asked(const char* name) const;
};

/// All proposals that the query selects (selection.hpp), a page at a time.
[[nodiscard]] std::string proposals_page(const Visit& visit, const Records& records);
/// One of them: its way, its answer, its score; none when there is no such.
[[nodiscard]] std::optional<std::string> proposal_page(const Visit& visit, const Records& records,
                                                       const std::string& id);
/// What became of one contribution; none when it is not public.
[[nodiscard]] std::optional<std::string> contribution_page(const Visit& visit, const Records& records,
                                                           const std::string& id);
/// The meetings.
[[nodiscard]] std::string consultations_page(const Visit& visit, const Records& records);
/// One meeting: its balance sheet, its workshops, everything said in it.
[[nodiscard]] std::optional<std::string> consultation_page(const Visit& visit, const Records& records,
                                                           const std::string& id);
/// Its proposals in rank by the published grid, or by weights that the reader tries (`weight_CRITERION`):
/// nothing is saved.
[[nodiscard]] std::optional<std::string> scores_page(const Visit& visit, const Records& records,
                                                     const std::string& id);
/// What was promised and how far it is; narrowed by `status` and `administration`.
[[nodiscard]] std::string commitments_page(const Visit& visit, const Records& records);
/// One promise: its words, its activities, what was reported of them.
[[nodiscard]] std::optional<std::string> commitment_page(const Visit& visit, const Records& records,
                                                         const std::string& id);
/// How many proposals each administration got, answered, answered in time, and took.
[[nodiscard]] std::string administrations_page(const Visit& visit, const Records& records);
/// For an address that leads nowhere.
[[nodiscard]] std::string missing_page(const Visit& visit);

} // namespace warsha::publication
