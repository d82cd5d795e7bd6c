#pragma once

#include "protocol/messages.hpp"
#include "server/review/question_actions.hpp"

#include <map>
#include <optional>
#include <string>

namespace warsha::review {

enum class ReplyState : std::uint8_t { waiting, published, withheld };

/// An author's, of one contribution.
struct AuthorsReply {
  std::string text;
  TimeMs at{};
  ReplyState state = ReplyState::waiting; // for an organiser, who says whether it is published
  std::string note;                       // why it was withheld
  Seq changed_seq{};
};

struct OrganisersReply {
  std::string text;
  TimeMs at{};
  ActorId by;
};

struct Question {
  QuestionId id;
  ProposalId proposal;
  std::string administration; // which asks
  Asked to{};
  std::string text;
  TimeMs at{};
  ActorId by;
  std::optional<OrganisersReply> reply;           // of one to the organiser
  std::map<ContributionId, AuthorsReply> replies; // of one to the authors
  Seq changed_seq{};                              // by its organiser's reply; each author's has its own
};

} // namespace warsha::review

template <> struct warsha::Words<warsha::review::ReplyState> {
  static constexpr std::array kAll{"waiting", "published", "withheld"};
};
