#include "server/live/projection.hpp"

namespace warsha::live {

store::ContributionRow row_of(const Contribution& contribution) {
  store::ContributionRow row;
  row.id = contribution.id;
  row.receipt = contribution.receipt;
  row.kind = contribution.kind;
  row.state = name(contribution.state);
  row.text = contribution.text;
  if (contribution.state == State::hidden)
    row.reason = contribution.reason;
  row.theme = contribution.theme;
  row.author = contribution.author;
  row.supports = static_cast<std::int64_t>(contribution.supporters.size());
  row.added_seq = contribution.seq;
  row.changed_seq = contribution.changed_seq;
  row.added_at = contribution.at;
  return row;
}

} // namespace warsha::live
