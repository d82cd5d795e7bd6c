#include "server/review/overrulings.hpp"

#include <algorithm>

namespace warsha::review {

namespace {

/// A proposal that its administration takes and the committee, asked, did not approve.
void add_not_approved(const Docket& docket, const Proposal& proposal, TimeMs now,
                      std::vector<Overruling>& out) {
  if (!is_against(docket.standing_of(proposal, now)))
    return;
  const auto& list = *docket.last_list_of(proposal);
  const auto* commitment = proposal.commitment ? docket.find(*proposal.commitment) : nullptr;
  if (commitment && commitment->confirmed_at)
    out.push_back({OverrulingKind::committee_not_followed, proposal.id, commitment->lead,
                   *commitment->confirmed_at, commitment->despite, commitment->id, list.id});
  else
    out.push_back({OverrulingKind::not_approved, proposal.id, proposal.lead, list.ends, {}, {}, list.id});
}

void add_sent_back(const Proposal& proposal, std::vector<Overruling>& out) {
  std::map<std::string, Words> declined;
  for (const auto& hop : proposal.hops) {
    if (hop.why) {
      declined.insert_or_assign(hop.from, *hop.why);
      continue;
    }
    if (const auto found = declined.find(hop.to); found != declined.end())
      out.push_back({OverrulingKind::sent_back, proposal.id, hop.to, hop.at, found->second, {}, {}});
  }
}

} // namespace

std::vector<Overruling> overrulings(const Docket& docket, TimeMs now) {
  std::vector<Overruling> out;
  for (const auto& [id, proposal] : docket.proposals) {
    add_not_approved(docket, proposal, now, out);
    add_sent_back(proposal, out);
  }
  std::ranges::stable_sort(out, {}, &Overruling::at);
  return out;
}

} // namespace warsha::review
