#pragma once

#include "protocol/messages.hpp"
#include "server/review/commitment_actions.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// A commitment as the ledger has it, and what follows from its dates.
namespace warsha::review {

struct Report {
  action::Progress progress;
  TimeMs at{};
  ActorId by;
};

enum class CommitmentState : std::uint8_t { drafted, returned, confirmed };

struct Commitment {
  CommitmentId id;
  std::string lead; // the administration that promises
  action::Commit words;
  std::vector<ProposalId> proposals; // of its words, and those whose answers named it afterwards
  CommitmentState state = CommitmentState::drafted;
  std::string return_note;
  std::vector<Report> reports; // the earliest first
  TimeMs at{};                 // of its present words
  ActorId by;
  std::optional<TimeMs> confirmed_at;
  ActorId confirmed_by;
  std::optional<Words> despite; // why it was confirmed although the committee did not approve all of it
  Seq changed_seq{};
};

/// What the public is shown: as reported, but late when the end has passed (UTC) and it is not completed.
enum class Status : std::uint8_t { not_started, in_progress, completed, late };

/// `number` from 1, one of the commitment's activities.
[[nodiscard]] Status status_of(const Commitment& commitment, std::size_t number, TimeMs now);
/// Of the whole: late when any activity is, completed when all are, not started when none is.
[[nodiscard]] Status status_of(const Commitment& commitment, TimeMs now);

/// The last millisecond of a day that is written as 2027-03-31 (UTC); none when there is no such day.
[[nodiscard]] std::optional<TimeMs> end_of_day(std::string_view date);

} // namespace warsha::review

template <> struct warsha::Words<warsha::review::CommitmentState> {
  static constexpr std::array kAll{"drafted", "returned", "confirmed"};
};
template <> struct warsha::Words<warsha::review::Status> {
  static constexpr std::array kAll{"not_started", "in_progress", "completed", "late"};
};
