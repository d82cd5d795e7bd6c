#pragma once

#include "protocol/messages.hpp"
#include "server/store/digest.hpp"
#include "server/store/journal.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// The ledger of a consultation's review.
namespace warsha::store {

class Connection;

/// The next entry, with its place in the hash chain. Throws StoreError when there is one with this seq, or
/// with this command anywhere.
void append_review(Connection&, const ConsultationId&, Seq seq, const CommandId& command,
                   std::string_view body);
/// Entries after `after`, in order, as bodies.
void read_review(Connection&, const ConsultationId&, Seq after,
                 const std::function<void(Seq, std::string_view body)>& each);

/// Of the last entry; 0 when there is none.
[[nodiscard]] Seq last_review_seq(Connection&, const ConsultationId&);

/// An entry by its command's id, in whatever consultation.
struct PlacedEntry {
  ConsultationId consultation;
  Seq seq{};
  std::string body;
};
[[nodiscard]] std::optional<PlacedEntry> find_review_entry(Connection&, const CommandId&);

/// How far a consultation has come: nothing changes without one of these.
struct Progress {
  ConsultationId consultation;
  std::int64_t workshops{};
  std::int64_t events{};  // of all its workshops
  std::int64_t entries{}; // of its review
  std::string plan;       // that it is of, with the plan's revision; empty: of none
};
/// Of all consultations, the latest meeting first.
[[nodiscard]] std::vector<Progress> progress_of_all(Connection&);

/// A contribution of any workshop, with the workshop that it is of.
struct PlacedContribution {
  WorkshopId workshop;
  ContributionRow contribution;
};
[[nodiscard]] std::optional<PlacedContribution> find_contribution(Connection&, const ContributionId&);

} // namespace warsha::store
