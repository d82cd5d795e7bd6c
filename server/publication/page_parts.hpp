// Private to this folder: what several pages say in the same way.
#pragma once

#include "server/publication/catalogue.hpp"
#include "server/publication/names.hpp"
#include "server/publication/pages.hpp"
#include "server/publication/texts.hpp"

#include <functional>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

namespace warsha::publication {

/// The model of a whole page: its head, its links to other languages, its place in the navigation.
/// `description` is for search engines.
[[nodiscard]] nlohmann::json frame(const Visit& visit, std::string_view section, const std::string& title,
                                   const std::string& description);

/// Of the two languages in which answers are written, the reader's.
[[nodiscard]] std::string words_of(const Texts& texts, const nlohmann::json& words);

/// A consultation's title, place and day.
[[nodiscard]] nlohmann::json consultation_heading(const Texts& texts, const nlohmann::json& about);
/// A plan's title, years and address.
[[nodiscard]] nlohmann::json plan_heading(const Texts& texts, const nlohmann::json& about);

/// A commitment as a card of a list, with how far it is.
[[nodiscard]] nlohmann::json commitment_card(const Texts& texts, const nlohmann::json& commitment);
/// The class that colours a commitment's or an activity's status.
[[nodiscard]] std::string shade_of_status(const std::string& status);

/// An administration with the address of its page.
[[nodiscard]] nlohmann::json administration_link(const Texts& texts, const std::string& id);
/// A proposal as a card of a list.
[[nodiscard]] nlohmann::json proposal_card(const Texts& texts, const Record& record,
                                           const nlohmann::json& proposal);
/// A contribution as a row of a list, with where it stands and how many were merged into it.
[[nodiscard]] nlohmann::json contribution_row(const Texts& texts, const Record& record,
                                              const nlohmann::json& contribution);
/// How many contributions stand behind something: its "behind".
[[nodiscard]] std::string behind(const Texts& texts, const nlohmann::json& behind);
/// Where a contribution stands, in words; `proposal` is the one that it went into, or null.
[[nodiscard]] std::string standing(const Texts& texts, const nlohmann::json& contribution,
                                   const nlohmann::json* proposal);

/// A link to the same list at another page.
[[nodiscard]] std::string page_url(const Visit& visit, const std::string& query, std::size_t page);
[[nodiscard]] nlohmann::json pager(const Visit& visit, const std::string& query, std::size_t page,
                                   std::size_t pages);

/// A choice of a form's list.
[[nodiscard]] nlohmann::json option(const std::string& value, const std::string& label,
                                    const std::string& chosen);
/// From 0 to 1 as a whole number of 100, and with its sign.
[[nodiscard]] std::string percent(const Texts& texts, double value);
[[nodiscard]] std::string percent_sentence(const Texts& texts, double value);

/// The form to follow something by mail, where this server can send any. `about`: contribution, proposal or
/// consultation.
void offer_mail(const Visit& visit, nlohmann::json& model, const std::string& about,
                const std::string& target);
/// Which version of the grid the scores were made with.
[[nodiscard]] std::string grid_sentence(const Texts& texts, const Record& record);

/// Of the record's overrulings those that concern it, each as a sentence with its words.
[[nodiscard]] nlohmann::json overrulings_of(const Texts& texts, const Record& record,
                                            const std::function<bool(const nlohmann::json&)>& concerns);

/// The steps from a proposal to its answer, and to its commitment; null: there is no proposal yet.
void add_way_of(const Texts& texts, const Record& record, const nlohmann::json* proposal,
                nlohmann::json& steps);
/// A step of the way to an answer.
[[nodiscard]] nlohmann::json step(const Texts& texts, const std::string& key, TimeMs at, bool done);

} // namespace warsha::publication
