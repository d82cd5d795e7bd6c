#pragma once

#include "protocol/codes.hpp"
#include "server/publication/catalogue.hpp"
#include "server/publication/texts.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

/// The public pages, as whole HTML documents that need no script: what became of everything that was said.
namespace warsha::publication {

/// Who looks at what.
struct Visit {
  const Texts& texts;
  std::string path;                         // "/proposals"
  std::map<std::string, std::string> query; // decoded
  std::string public_url;                   // without a slash at its end
  bool mail = false;                        // can this server tell people by mail?

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
/// One plan: the balance sheet of all its consultations, what was proposed there, what was promised.
[[nodiscard]] std::optional<std::string> plan_page(const Visit& visit, const Records& records,
                                                   const std::string& id);
/// A meeting's proposals in rank by the published grid, or by weights that the reader tries
/// (`weight_CRITERION`): nothing is saved.
[[nodiscard]] std::optional<std::string> scores_page(const Visit& visit, const Records& records,
                                                     const std::string& id);
/// The lists that the committee was asked about, what came of them, and where somebody decided otherwise.
[[nodiscard]] std::optional<std::string> committee_page(const Visit& visit, const Records& records,
                                                        const std::string& id);
/// What was promised and how far it is; narrowed by `plan`, `status` and `administration`.
[[nodiscard]] std::string commitments_page(const Visit& visit, const Records& records);
/// One promise: its words, its activities, what was reported of them.
[[nodiscard]] std::optional<std::string> commitment_page(const Visit& visit, const Records& records,
                                                         const std::string& id);
/// How many proposals each administration got, answered, answered in time, and took; and the whole register.
[[nodiscard]] std::string administrations_page(const Visit& visit, const Records& records);
/// One of the register: what it is for, what it was sent and what became of that; none when it is not there.
[[nodiscard]] std::optional<std::string> administration_page(const Visit& visit, const Records& records,
                                                             const std::string& id);
/// The form to follow a contribution by its receipt where there is no script; `typed`: in vain. Not for
/// search engines.
[[nodiscard]] std::string receipt_page(const Visit& visit, const std::string& typed = {});
/// What a page that is about one matter only says of something that is followed.
struct FollowedThing {
  std::string what;  // "A proposal"
  std::string words; // its title, or what was said; may be empty
  std::string url;   // may be empty
};
/// A page that says one thing, and lets somebody choose.
struct Notice {
  std::string heading, lead; // keys of sentences
  std::vector<FollowedThing> things{};
  struct Choice {
    std::string action, label, value; // where it is posted; a sentence's key; what "what" says
  };
  std::vector<Choice> choices{};
};
/// Not for search engines: it is between this server and one reader.
[[nodiscard]] std::string notice_page(const Visit& visit, const Notice& notice);
/// The form to follow something by mail, with what was typed and what is wrong with it: a code.
[[nodiscard]] std::string follow_page(const Visit& visit, const std::string& about, const std::string& target,
                                      const std::string& address, Code wrong);
/// For an address that leads nowhere.
[[nodiscard]] std::string missing_page(const Visit& visit);

} // namespace warsha::publication
