// Private to this folder: who acts in a review, and how its answer is told.
#pragma once

#include "server/net/http.hpp"
#include "server/review/ledger.hpp"

#include <optional>

namespace warsha::store {
class Connection;
}

namespace warsha::consultation {

/// What an account's grants make of it in a consultation's review.
struct Standing {
  review::Reviewer reviewer;
  [[nodiscard]] bool may_read() const { return reviewer.organiser || reviewer.committee; }
};
/// Of the request's session; none when there is no session.
[[nodiscard]] std::optional<Standing> standing_of(store::Connection& connection,
                                                  const net::HttpRequest& request,
                                                  const ConsultationId& consultation);

/// For the ledger, on the thread of its connection, which must outlive it.
[[nodiscard]] review::Surroundings surroundings(store::Connection& connection,
                                                const ConsultationId& consultation);

/// {seq}, or the problem with its status.
void reply_to(const net::Respond& respond, const review::Ledger::Outcome& outcome);

} // namespace warsha::consultation
