#pragma once

#include "protocol/ids.hpp"
#include "protocol/members.hpp"

/// What organisers say of a proposal of their consultation and another one. Neither is changed by it.
namespace warsha::review::action {

struct TellApart { // not the same: the two are not suggested again, and a link between them is gone
  static constexpr auto kName = "tell_apart";
  ProposalId other; // of this consultation, or of another one of the plan
  ProposalId proposal;

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("other", self.other);
    visit("proposal", self.proposal);
  }
};
struct CompareAgain { // takes that back
  static constexpr auto kName = "compare_again";
  ProposalId other;
  ProposalId proposal;

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("other", self.other);
    visit("proposal", self.proposal);
  }
};
struct LinkProposals { // the same is asked for in another consultation of the plan
  static constexpr auto kName = "link_proposals";
  ProposalId other; // there
  ProposalId proposal;

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("other", self.other);
    visit("proposal", self.proposal);
  }
};
struct UnlinkProposals { // takes that back
  static constexpr auto kName = "unlink_proposals";
  ProposalId other;
  ProposalId proposal;

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("other", self.other);
    visit("proposal", self.proposal);
  }
};

} // namespace warsha::review::action
