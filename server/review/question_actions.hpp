#pragma once

#include "protocol/ids.hpp"
#include "protocol/limits.hpp"
#include "protocol/members.hpp"
#include "protocol/words.hpp"

#include <array>
#include <cstdint>
#include <string>

/// What an administration asks about a proposal before it answers, and the replies. The time for the answer
/// goes on. What is asked of the organiser stays between the two. What an author replies may tell who they
/// are: nobody but organisers reads it before one of them publishes it.
namespace warsha::review {

/// Who is asked.
enum class Asked : std::uint8_t { organiser, authors };

namespace action {

struct Ask { // its id is the question's
  static constexpr auto kName = "ask";
  ProposalId proposal;
  std::string text;
  Asked to{};

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("proposal", self.proposal);
    visit("text", self.text, {.text = limits::kAskedGraphemes});
    visit("to", self.to);
  }
};
struct Reply { // an organiser's
  static constexpr auto kName = "reply";
  QuestionId question;
  std::string text;

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("question", self.question);
    visit("text", self.text, {.text = limits::kReplyGraphemes});
  }
};
struct ReplyAsAuthor { // one for each contribution; another one after one that was withheld
  static constexpr auto kName = "reply_as_author";
  ContributionId contribution;
  QuestionId question;
  std::string text;

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("contribution", self.contribution);
    visit("question", self.question);
    visit("text", self.text, {.text = limits::kReplyGraphemes});
  }
};
struct PublishReply { // an author's, to the administration and to everybody, with the question
  static constexpr auto kName = "publish_reply";
  ContributionId contribution;
  QuestionId question;

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("contribution", self.contribution);
    visit("question", self.question);
  }
};
struct WithholdReply { // gives it back to its author, with the reason
  static constexpr auto kName = "withhold_reply";
  ContributionId contribution;
  std::string note;
  QuestionId question;

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("contribution", self.contribution);
    visit("note", self.note, {.text = limits::kReasonGraphemes});
    visit("question", self.question);
  }
};

} // namespace action

} // namespace warsha::review

template <> struct warsha::Words<warsha::review::Asked> {
  static constexpr std::array kAll{"organiser", "authors"};
};
