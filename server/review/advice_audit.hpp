#pragma once

#include "server/review/docket.hpp"

#include <span>
#include <string>
#include <vector>

/// How good the routing advice was, by what people decided. Pure; only what the ledger holds.
namespace warsha::review {

/// A decision to send a proposal to an administration, with what was advised then, and whose it is by now.
struct AuditedDecision {
  RoutingDecision decision;
  std::string title; // of the proposal
  /// Who has it or answered it, or whom its answer names as the owner; followed through merges. Empty:
  /// nobody has it (declined and not accepted yet, dissolved), so that nothing is known of the advice.
  std::string now;

  /// Among the first `count` that were advised?
  [[nodiscard]] bool advised(std::size_t count) const;
};
/// In the order in which they were taken.
[[nodiscard]] std::vector<AuditedDecision> audited_decisions(const Docket& docket);

/// Decisions whose first advice was about as sure.
struct ConfidenceBin {
  std::int64_t from{}; // per mille, to 100 above it
  std::size_t count = 0;
  std::size_t right = 0;
  double confidence = 0; // the mean, 0 to 1
};
/// What came of the advice for one administration in one month.
struct MonthlyAdvice {
  std::string month; // "2026-11", of UTC
  std::string administration;
  std::size_t first = 0;          // it was advised first
  std::size_t kept = 0;           // of these: it is its by now
  std::size_t sent_elsewhere = 0; // of these: the organiser sent it to another
  std::size_t declined = 0;       // of these: it was sent there, and is another's or nobody's by now
  std::size_t missed = 0;         // it is its by now, and another was advised first
};
struct AdviceAudit {
  std::size_t decisions = 0;
  std::size_t unadvised = 0;       // taken when nothing was advised
  std::size_t open = 0;            // advised, and nobody's by now
  std::size_t judged = 0;          // the others; of these:
  std::size_t first = 0;           // the first advised has it
  std::size_t three = 0;           // one of the first three has it
  std::vector<ConfidenceBin> bins; // those with something in them, the least sure first
  /// Between confidence and share of right ones, the mean over the bins by their size (expected calibration
  /// error); 0 when nothing is judged.
  double calibration_error = 0;
  std::vector<MonthlyAdvice> months; // the latest first, then by administration
};
[[nodiscard]] AdviceAudit audit(std::span<const AuditedDecision> decisions);

} // namespace warsha::review
