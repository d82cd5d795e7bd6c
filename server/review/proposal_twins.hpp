#pragma once

#include "server/review/docket.hpp"

#include <set>
#include <span>
#include <string>
#include <vector>

/// Proposals that say nearly the same: of one consultation, to be merged; of two, to be linked. What was told
/// apart is not suggested again. Pure; a person decides.
namespace warsha::review {

struct Twins {
  ProposalId proposal;
  ProposalId other;
  double likeness = 0; // 0 to 1
};

/// Of this consultation, and not answered yet: they can be merged. The likest first.
[[nodiscard]] std::vector<Twins> twins_within(const Docket& docket);

/// A proposal that stands in another consultation.
struct Elsewhere {
  ProposalId id;
  std::string title, text;
};
/// Each with one of this consultation, the likest first. `settled`: linked or told apart there already.
[[nodiscard]] std::vector<Twins> twins_elsewhere(const Docket& docket, std::span<const Elsewhere> others,
                                                 const std::set<ProposalPair>& settled);

} // namespace warsha::review
