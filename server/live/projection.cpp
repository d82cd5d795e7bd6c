#include "server/live/projection.hpp"

#include "protocol/limits.hpp"

#include <algorithm>

namespace warsha::live {

namespace {

/// The words of who hid it, and behind them the published ground.
std::string reason_of(const Contribution& contribution) {
  if (!contribution.reason.empty() || !contribution.ground)
    return contribution.reason;
  return name(*contribution.ground);
}

} // namespace

store::ContributionRow row_of(const Contribution& contribution) {
  store::ContributionRow row;
  row.id = contribution.id;
  row.receipt = contribution.receipt;
  row.kind = contribution.kind;
  row.state = name(contribution.state);
  row.text = contribution.text;
  if (contribution.state == State::hidden) {
    row.reason = reason_of(contribution);
    if (contribution.ground)
      row.ground = name(*contribution.ground);
  }
  row.theme = contribution.theme;
  row.author = contribution.author;
  row.merged_into = contribution.merged_into;
  row.veiled = contribution.veiled;
  row.supports = static_cast<std::int64_t>(contribution.supporters.size());
  const auto together = static_cast<std::int64_t>(contribution.writers.size()) + 1;
  row.people = std::clamp<std::int64_t>(std::max(contribution.people, together), 1, limits::kPeopleTogether);
  row.added_seq = contribution.seq;
  row.changed_seq = contribution.changed_seq;
  row.added_at = contribution.at;
  return row;
}

} // namespace warsha::live
