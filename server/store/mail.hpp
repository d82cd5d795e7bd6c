#pragma once

#include "protocol/messages.hpp"
#include "protocol/words.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Who follows what by mail, what is to be sent, and what became of it. Addresses are personal data: nothing
/// else that is kept holds one.
namespace warsha {

using RecipientId = Id<struct RecipientTag>;
using SubscriptionId = Id<struct SubscriptionTag>;
using MailId = Id<struct MailTag>;

} // namespace warsha

namespace warsha::store {

class Connection;

enum class About : std::uint8_t { contribution, proposal, consultation };
/// How close somebody is to a contribution: the later include what the earlier may know.
enum class Relation : std::uint8_t { reader, holder, author };

} // namespace warsha::store

template <> struct warsha::Words<warsha::store::About> {
  static constexpr std::array kAll{"contribution", "proposal", "consultation"};
};
template <> struct warsha::Words<warsha::store::Relation> {
  static constexpr std::array kAll{"reader", "holder", "author"};
};

namespace warsha::store {

struct RecipientRow {
  RecipientId id;
  std::string address; // lower case
  std::string language;
  std::int64_t asked{}; // confirmations, since then
  TimeMs asked_since{};
};
[[nodiscard]] std::optional<RecipientRow> find_recipient(Connection&, std::string_view address);
/// Adds, or renews all but the address.
void put_recipient(Connection&, const RecipientRow&);

/// In which language it is written to from now on.
void set_language(Connection&, const RecipientId&, std::string_view language);

struct SubscriptionRow {
  SubscriptionId id;
  RecipientId recipient;
  ConsultationId consultation;
  About about{};
  std::string target; // an id
  Relation relation{};
  TimeMs asked_at{};
  std::optional<TimeMs> confirmed_at{};
  Seq told_seq{};
};
[[nodiscard]] std::optional<SubscriptionRow> find_subscription(Connection&, const SubscriptionId&);
[[nodiscard]] std::vector<SubscriptionRow> subscriptions_of(Connection&, const RecipientId&);
void add_subscription(Connection&, const SubscriptionRow&);
/// Asked for again: it waits for its confirmation anew.
void renew_subscription(Connection&, const SubscriptionId&, TimeMs asked_at);
void confirm_subscription(Connection&, const SubscriptionId&, TimeMs at, Seq told_seq);
void set_told(Connection&, const SubscriptionId&, Seq told_seq);
/// And what was still to be sent for it alone; and the address when nothing is left that it follows.
void end_subscription(Connection&, const SubscriptionId&);
/// Those that were asked for before and never confirmed, with the addresses that follow nothing else.
void forget_unconfirmed(Connection&, TimeMs asked_before);

/// Somebody who confirmed, with what is to be known of a contribution that they follow.
struct Follower {
  SubscriptionRow subscription;
  std::string language;
  std::optional<ContributionId> merged_into{};
  std::string receipt{};
  std::optional<std::string> text{}; // none when it may not be read
};
[[nodiscard]] std::vector<Follower> followers_of(Connection&, const ConsultationId&);
[[nodiscard]] std::vector<ConsultationId> followed_consultations(Connection&);

/// Up to which entry of a consultation's review everything is queued.
[[nodiscard]] Seq queued_up_to(Connection&, const ConsultationId&);
void set_queued_up_to(Connection&, const ConsultationId&, Seq);

/// What somebody is to be sent.
struct OutgoingRow {
  MailId id;
  std::string cause;
  TimeMs caused_at{};
  std::string recipient; // a RecipientId; of staff: an ActorId
  bool to_staff = false;
  std::string language, subject, text, html;
  TimeMs queued_at{};
  std::vector<SubscriptionRow> parts{}; // for which it is sent
};
/// Nothing when the recipient was queued the same cause before, or is gone. A part whose subscription passed
/// to a closer one meanwhile is sent for that; one that ended is left out, and with all of them the message.
void queue_message(Connection&, const OutgoingRow&);

/// A message whose turn has come.
struct DueMessage {
  MailId id;
  std::optional<std::string> address; // none: nobody is to get it any more
  std::string language, subject, text, html;
  TimeMs queued_at{};
  int attempts{};
  bool stoppable = false; // it is sent for a subscription
};
[[nodiscard]] std::optional<DueMessage> next_due(Connection&, TimeMs now);
/// When the next message is due; none when none waits.
[[nodiscard]] std::optional<TimeMs> next_due_at(Connection&);
/// It was taken over, or given up. Its words go; `answer` stays, as proof or reason.
void settle_message(Connection&, const MailId&, bool accepted, TimeMs at, std::string_view answer);
/// A link of it was used: it was taken over, whether or not the mail server's answer is on disk.
void note_arrived(Connection&, const MailId&, TimeMs at);
void postpone_message(Connection&, const MailId&, TimeMs next_at, std::string_view answer);

/// What waits to be sent for a subscription is sent for another one of the same recipient; not what asked
/// them to confirm it.
void hand_over_messages(Connection&, const SubscriptionId& from, const SubscriptionRow& to);

/// Its recipient's subscriptions to what a message was sent for: those of then, and those since.
[[nodiscard]] std::vector<SubscriptionRow> subscriptions_told_by(Connection&, const MailId&);
/// Whom it was sent to, while they still follow something.
[[nodiscard]] std::optional<RecipientId> recipient_of(Connection&, const MailId&);
/// The causes that staff were sent, by their beginning, and that do not name `without`: the time of the last.
[[nodiscard]] std::optional<TimeMs> last_queued(Connection&, const ActorId& account, std::string_view cause,
                                                std::string_view without);

/// Of each contribution of a consultation, the times of the decisions that its author was told by a mail that
/// the mail server took over.
[[nodiscard]] std::multimap<ContributionId, TimeMs> told_by_mail(Connection&, const ConsultationId&);

/// The author read the decision on the device that wrote the contribution.
void note_read(Connection&, const ContributionId&, TimeMs at);
[[nodiscard]] std::optional<TimeMs> read_by_author(Connection&, const ContributionId&);
[[nodiscard]] std::map<ContributionId, TimeMs> read_by_authors(Connection&, const ConsultationId&);

} // namespace warsha::store
