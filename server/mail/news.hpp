#pragma once

#include "server/review/docket.hpp"
#include "server/store/mail.hpp"

#include <optional>
#include <string>
#include <vector>

/// What the entries of a review tell to those who follow something: pure, over the ledger.
namespace warsha::mail {

enum class NewsKind : std::uint8_t {
  returned,
  refused,
  reopened,
  joined,
  routed,
  declined,
  answered,
  committed,
  progressed,
  contestation_upheld,
  contestation_rejected,
  asked,
  withheld
};

/// A change of fate that is public from its entry on, with the words of the decision; or what is asked of
/// authors.
struct News {
  NewsKind kind{};
  TimeMs at{};
  std::vector<ContributionId> contributions; // whose followers are told
  std::vector<ProposalId> proposals;         // likewise
  bool own = false; // not of what stands under one of the contributions: it is between us and its author
  bool authors_only = false;                    // not of what everybody may read
  std::string title;                            // of the proposal
  std::optional<review::TitleWords> commitment; // its title
  std::optional<review::Words> words;           // the reasons, as they are published
  std::optional<review::RefusalReason> refusal;
  std::optional<review::AnswerKind> answer;
  std::optional<review::ActivityStatus> progress;
  std::string administration; // to which it is sent, or which speaks
  std::string link;
  std::optional<TimeMs> due_at;
  std::string note; // for who holds the receipt alone
};

/// What an entry tells, given the docket before it: one for each decision in it, none when nothing of it is
/// public.
[[nodiscard]] std::vector<News> news_of(const review::Docket& before, const review::Entry& entry);

/// Somebody who is told, for what they follow: one message, whatever it is sent for.
struct Told {
  RecipientId recipient;
  std::string language;
  std::vector<store::Follower> parts; // the closest first: an author's before a reader's
};

/// Who of the followers is told of it. The entry's seq must be beyond what a subscription was told.
[[nodiscard]] std::vector<Told> who_is_told(const News& news, Seq seq, const review::Docket& before,
                                            const std::vector<store::Follower>& followers);

} // namespace warsha::mail

template <> struct warsha::Words<warsha::mail::NewsKind> {
  static constexpr std::array kAll{"returned",
                                   "refused",
                                   "reopened",
                                   "joined",
                                   "routed",
                                   "declined",
                                   "answered",
                                   "committed",
                                   "progressed",
                                   "contestation_upheld",
                                   "contestation_rejected",
                                   "asked",
                                   "withheld"};
};
