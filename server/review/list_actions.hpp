#pragma once

#include "protocol/ids.hpp"
#include "protocol/limits.hpp"
#include "protocol/members.hpp"
#include "protocol/words.hpp"
#include "server/review/words.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// Lists of proposals that the steering committee is asked about before they are taken into commitments.
namespace warsha::review {

/// Approved unless somebody objects, or by a vote.
enum class ListRule : std::uint8_t { silence, vote };
/// Of the ballots for and against: more for than against, or two thirds of them. A tie does not approve.
enum class Majority : std::uint8_t { simple, two_thirds };
enum class Ballot : std::uint8_t { approve, reject, abstain };

namespace action {

struct SubmitList {
  static constexpr auto kName = "submit_list";
  std::optional<Majority> majority{}; // of a vote
  std::vector<ProposalId> proposals;
  std::optional<std::int64_t> quorum{}; // of a vote: how many ballots it needs, abstentions among them
  ListRule rule{};
  TitleWords title;
  std::string until; // a day, as 2027-03-31; to its end, UTC
  Words words;

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("majority", self.majority);
    visit("proposals", self.proposals, {.items_least = 1, .items_most = limits::kListProposals});
    visit("quorum", self.quorum, {.least = 1, .most = limits::kQuorumMost});
    visit("rule", self.rule);
    visit("title", self.title);
    visit("until", self.until, {.line = limits::kDateGraphemes});
    visit("words", self.words);
  }
};
struct WithdrawList { // before its day, with the reason why
  static constexpr auto kName = "withdraw_list";
  ListId list;
  Words words;

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("list", self.list);
    visit("words", self.words);
  }
};
struct Object { // one member, to one proposal of a list that silence approves
  static constexpr auto kName = "object";
  ListId list;
  ProposalId proposal;
  Words words;

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("list", self.list);
    visit("proposal", self.proposal);
    visit("words", self.words);
  }
};
struct WithdrawObjection {
  static constexpr auto kName = "withdraw_objection";
  ListId list;
  ProposalId proposal;

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("list", self.list);
    visit("proposal", self.proposal);
  }
};
struct Vote { // one member, on a whole list; against it: with words
  static constexpr auto kName = "vote";
  Ballot ballot{};
  ListId list;
  std::optional<Words> words{};

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("ballot", self.ballot);
    visit("list", self.list);
    visit("words", self.words);
  }
};

} // namespace action
} // namespace warsha::review

template <> struct warsha::Words<warsha::review::ListRule> {
  static constexpr std::array kAll{"silence", "vote"};
};
template <> struct warsha::Words<warsha::review::Majority> {
  static constexpr std::array kAll{"simple", "two_thirds"};
};
template <> struct warsha::Words<warsha::review::Ballot> {
  static constexpr std::array kAll{"approve", "reject", "abstain"};
};
