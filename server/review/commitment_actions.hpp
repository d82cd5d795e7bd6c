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

/// What is done with commitments: the promises of the plan, in the template of the Open Government
/// Partnership. A member of the lead administration writes one, an organiser of the consultation confirms it,
/// and from then on its words stay and only its progress is told.
namespace warsha::review {

/// What an administration reports of an activity. That it is late follows from its dates.
enum class ActivityStatus : std::uint8_t { not_started, in_progress, completed };

struct Activity {
  TitleWords title;
  std::string starts; // days, as 2027-03-31
  std::string ends;

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("ends", self.ends, {.line = limits::kDateGraphemes});
    visit("starts", self.starts, {.line = limits::kDateGraphemes});
    visit("title", self.title);
  }
};

namespace action {

struct Commit { // writes a commitment, or writes anew one that is not confirmed yet
  static constexpr auto kName = "commit";
  std::optional<CommitmentId> commitment{};
  std::vector<ProposalId> proposals; // that this administration answered as taken
  TitleWords title;
  Words problem; // what it addresses
  Words description;
  Words openness; // how it serves transparency, participation, accountability
  Words indicator;
  std::vector<Activity> activities;

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("activities", self.activities, {.items_least = 1, .items_most = limits::kActivities});
    visit("commitment", self.commitment);
    visit("description", self.description);
    visit("indicator", self.indicator);
    visit("openness", self.openness);
    visit("problem", self.problem);
    visit("proposals", self.proposals, {.items_least = 1, .items_most = limits::kCommitmentProposals});
    visit("title", self.title);
  }
};
struct ConfirmCommitment { // publishes it, for good
  static constexpr auto kName = "confirm_commitment";
  CommitmentId commitment;
  std::optional<Words> words{}; // why, when the committee was asked and did not approve all of it

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("commitment", self.commitment);
    visit("words", self.words);
  }
};
struct ReturnCommitment { // asks its writers for other words
  static constexpr auto kName = "return_commitment";
  CommitmentId commitment;
  std::string text;

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("commitment", self.commitment);
    visit("text", self.text, {.text = limits::kProposalGraphemes});
  }
};
struct Progress { // a report on one activity: public, dated, never taken back
  static constexpr auto kName = "progress";
  CommitmentId commitment;
  std::int64_t activity{}; // from 1, in the commitment's order
  ActivityStatus status{};
  Words words;
  std::optional<std::string> link{};

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("activity", self.activity, {.least = 1, .most = limits::kActivities});
    visit("commitment", self.commitment);
    visit("link", self.link, {.line = limits::kLinkGraphemes});
    visit("status", self.status);
    visit("words", self.words);
  }
};

} // namespace action
} // namespace warsha::review

template <> struct warsha::Words<warsha::review::ActivityStatus> {
  static constexpr std::array kAll{"not_started", "in_progress", "completed"};
};
