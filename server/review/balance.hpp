#pragma once

#include "server/review/docket.hpp"

#include <map>
#include <span>

namespace warsha::review {

/// How far the review came with contributions.
struct Fates {
  std::size_t waiting = 0;
  std::size_t returned = 0;
  std::size_t in_review = 0; // in a proposal that is not answered
  std::map<AnswerKind, std::size_t> answered;
  std::map<RefusalReason, std::size_t> refused;

  [[nodiscard]] std::size_t sum() const;
};

/// Where everything that was said stands. It always closes: received is the sum of its own fates, what was
/// merged, withdrawn and hidden.
struct Balance {
  std::size_t received = 0;
  Fates fates;
  Fates merged; // stands under another: by the fate that it shares
  std::size_t withdrawn = 0;
  std::size_t hidden = 0; // in the meeting, with its published ground

  [[nodiscard]] std::size_t sum() const;
};

/// Over contributions as the store has them; every one is counted in exactly one place.
[[nodiscard]] Balance balance_of(const Docket& docket, std::span<const store::ContributionRow> contributions);

} // namespace warsha::review
