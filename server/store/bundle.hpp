#pragma once

#include "protocol/messages.hpp"
#include "server/store/digest.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>

/// What only the export and the import of a consultation ask of the database.
namespace warsha::store {

class Connection;

/// The end of a review's ledger; seq 0 and the chain's start when there is no entry.
struct ReviewHead {
  Seq seq{};
  Hash hash{};
};
[[nodiscard]] ReviewHead read_review_head(Connection& connection, const ConsultationId& consultation);
/// Every entry in order, with the hash that is stored beside it.
void read_review_with_hashes(
    Connection& connection, const ConsultationId& consultation,
    const std::function<void(Seq, std::string_view body, std::string_view hash)>& each);

/// The public key that a consultation came with; none: it was made here.
[[nodiscard]] std::optional<std::string> find_origin(Connection& connection,
                                                     const ConsultationId& consultation);
void add_origin(Connection& connection, const ConsultationId& consultation, std::string_view public_key);

/// None: there is no such event, no such entry.
[[nodiscard]] std::optional<Hash> find_event_hash(Connection& connection, const WorkshopId& workshop,
                                                  Seq seq);
[[nodiscard]] std::optional<Hash> find_review_hash(Connection& connection, const ConsultationId& consultation,
                                                   Seq seq);

} // namespace warsha::store
