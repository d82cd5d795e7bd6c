#pragma once

#include "server/review/docket.hpp"

#include <map>
#include <optional>
#include <span>
#include <vector>

namespace warsha::review {

/// How the authors of decided contributions were told. It always closes: decided is the sum of the others.
struct ToldAuthors {
  std::size_t decided = 0;               // contributions with an answer or a refusal
  std::size_t by_mail = 0;               // the mail server took the decision over for their address
  std::size_t on_device = 0;             // else: they read it on the device that wrote the contribution
  std::vector<ContributionId> unreached; // neither; in the order given
};

/// When the decision that stands on a contribution was taken; none when there is none, or its author withdrew
/// it. What stands under another shares its fate.
[[nodiscard]] std::optional<TimeMs> decided_at(const Docket& docket, const store::ContributionRow& row);

/// `mails`: the times of decisions that authors were sent; `reads`: when they last read one on their device.
[[nodiscard]] ToldAuthors told_authors(const Docket& docket,
                                       std::span<const store::ContributionRow> contributions,
                                       const std::multimap<ContributionId, TimeMs>& mails,
                                       const std::map<ContributionId, TimeMs>& reads);

} // namespace warsha::review
