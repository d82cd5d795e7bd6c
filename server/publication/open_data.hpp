#pragma once

#include "server/publication/catalogue.hpp"
#include "server/publication/selection.hpp"

#include <optional>
#include <string>

/// The same as the pages say, for programs and spreadsheets. Personal data is absent by construction: all of
/// it comes from the public records.
namespace warsha::publication {

/// A page of the selected proposals: schemas/http/openapi.yaml, ProposalList.
[[nodiscard]] nlohmann::json proposals_json(const Records& records, const Filter& filter,
                                            const std::string& page);
/// One proposal; none when there is no such.
[[nodiscard]] std::optional<nlohmann::json> proposal_json(const Records& records, const std::string& id);
/// The plans with their consultations and the sum of the balances: schemas/http/openapi.yaml, Plan.
[[nodiscard]] nlohmann::json plans_json(const Records& records);
/// One of them; none when there is no such.
[[nodiscard]] std::optional<nlohmann::json> plan_json(const Records& records, const std::string& id);
/// The balance of each of a plan's consultations, a line each; none when there is no such plan.
[[nodiscard]] std::optional<std::string> plan_balance_csv(const Records& records, const std::string& id);
/// A page of the selected commitments: commitments, total, page, pages.
[[nodiscard]] nlohmann::json commitments_json(const Records& records,
                                              const std::map<std::string, std::string>& query,
                                              const std::string& page);
/// All selected proposals, a line each (RFC 4180, UTF-8 with a byte order mark, for spreadsheets).
[[nodiscard]] std::string proposals_csv(const Records& records, const Filter& filter);
/// All selected commitments, a line each.
[[nodiscard]] std::string commitments_csv(const Records& records,
                                          const std::map<std::string, std::string>& query);
/// One of the register, with what became of what it was sent; none when it is not there.
[[nodiscard]] std::optional<nlohmann::json> administration_json(const Records& records,
                                                                const std::string& id);
/// What became of what each administration was sent, a line each.
[[nodiscard]] std::string administrations_csv(const Records& records);
/// All public contributions of a consultation, a line each.
[[nodiscard]] std::string contributions_csv(const Record& record);

} // namespace warsha::publication
