#pragma once

#include "protocol/messages.hpp"
#include "server/review/list_actions.hpp"

#include <map>
#include <optional>

/// A list as the ledger has it, and the result that follows from its entries and the clock alone. Who sits on
/// the committee counts when somebody speaks, never afterwards: a quorum is a number of ballots.
namespace warsha::review {

struct Objection {
  Words words;
  TimeMs at{};
};
struct CastBallot {
  Ballot ballot{};
  std::optional<Words> words;
  TimeMs at{};
};
struct Withdrawal {
  Words words;
  TimeMs at{};
};

struct CommitteeList {
  ListId id;
  action::SubmitList words;
  TimeMs at{};
  ActorId by;
  TimeMs ends{};                                                 // the last millisecond of its day
  std::map<ProposalId, std::map<ActorId, Objection>> objections; // one of each member to each proposal
  std::map<ActorId, CastBallot> ballots;                         // one of each member
  std::optional<Withdrawal> withdrawn;
  bool over = false; // an entry rested on its result: it has one, whatever the clock says
  Seq changed_seq{};
};

enum class ListResult : std::uint8_t {
  open,
  approved,
  approved_in_part, // by silence: there were objections to some of it
  rejected,
  no_quorum,
  withdrawn
};

struct Count {
  std::size_t approve = 0, reject = 0, abstain = 0;
  [[nodiscard]] std::size_t cast() const { return approve + reject + abstain; }
};

[[nodiscard]] Count count(const CommitteeList& list);
[[nodiscard]] bool is_objected(const CommitteeList& list, const ProposalId& proposal);
[[nodiscard]] ListResult result_of(const CommitteeList& list, TimeMs now);

/// What the committee made of one proposal.
enum class Standing : std::uint8_t { not_asked, open, approved, objected, rejected, no_quorum };
/// In a list that was not withdrawn.
[[nodiscard]] Standing standing_in(const CommitteeList& list, const ProposalId& proposal, TimeMs now);
/// Asked, and did not approve.
[[nodiscard]] bool is_against(Standing standing);

} // namespace warsha::review

template <> struct warsha::Words<warsha::review::ListResult> {
  static constexpr std::array kAll{"open",     "approved",  "approved_in_part",
                                   "rejected", "no_quorum", "withdrawn"};
};
template <> struct warsha::Words<warsha::review::Standing> {
  static constexpr std::array kAll{"not_asked", "open", "approved", "objected", "rejected", "no_quorum"};
};
