#pragma once

#include "protocol/messages.hpp"
#include "server/review/docket.hpp"

#include <optional>
#include <span>
#include <string>
#include <vector>

/// What may become a proposal: solutions that say nearly the same, with the problems that they answer and the
/// results that are expected of them. Pure; the order of what was said does not matter. A person decides.
namespace warsha::review {

/// Something said that stands, is shown and is no part of another.
struct Said {
  ContributionId id;
  Kind kind{};
  std::string text; // the author's clearer words, where there are any
  std::vector<ContributionId> answers;
  std::vector<ContributionId> follows_from;
};

/// A problem or a result that may belong to a proposal.
struct Beside {
  ContributionId id;
  bool linked = false; // said so by whoever wrote the solution or the result
  double likeness = 0; // 0 to 1
};

struct ProposalSuggestion {
  std::vector<ContributionId> solutions; // one: nobody says the same
  double likeness = 1;                   // of the least alike of them
  std::vector<Beside> beside;            // what is linked first, then the likest
};

/// What is free and says nearly what a proposal says that is not answered yet.
struct JoinSuggestion {
  ProposalId proposal;
  std::vector<Beside> contributions; // the likest first
};

struct Suggestions {
  std::vector<ProposalSuggestion> proposals; // the largest first
  std::vector<JoinSuggestion> joins;
};

/// Of what is neither in a proposal nor refused nor with its author.
[[nodiscard]] Suggestions suggest_proposals(const Docket& docket, std::span<const Said> said);

} // namespace warsha::review
