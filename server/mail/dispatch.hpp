#pragma once

#include "server/mail/links.hpp"
#include "server/mail/news.hpp"
#include "server/mail/reminders.hpp"

#include <map>
#include <optional>
#include <string>

namespace warsha::store {
class Connection;
class Writer;
} // namespace warsha::store
namespace warsha::review {
class Ledger;
}

namespace warsha::mail {

/// Makes messages of what reviews decided. What is queued and how far it got are written together, so that a
/// server that is killed at any moment neither forgets a message nor queues it twice. For one thread; returns
/// when what it wrote is on disk, and throws when it could not be written.
class Dispatch {
public:
  Dispatch(store::Writer& writer, review::Ledger& ledger, const Links& links)
      : writer_(writer), ledger_(ledger), links_(links) {}

  /// Everything that followers are to be told of each entry of the reviews since the last time.
  void queue_news(store::Connection& reading, TimeMs now);
  /// Once a day, when it is time to write to people: what was published of consultations to who follows
  /// their outcome, and what waits to the members of administrations. What can't be read is left out.
  void queue_daily(store::Connection& reading, TimeMs now);

private:
  struct Batch {
    Seq from{}, to{};
    std::vector<store::OutgoingRow> messages;
  };
  [[nodiscard]] std::optional<Batch> next_batch(store::Connection& reading,
                                                const ConsultationId& consultation, TimeMs now);
  [[nodiscard]] review::Docket& docket_up_to(store::Connection& reading, const ConsultationId& consultation,
                                             Seq seq);
  [[nodiscard]] std::vector<store::OutgoingRow> messages_of(const News& news, Seq seq,
                                                            const review::Docket& before,
                                                            const std::vector<store::Follower>& followers,
                                                            const std::string& consultation_title,
                                                            TimeMs now) const;
  struct Outcome {
    store::OutgoingRow message;
    Seq told{}; // then
  };
  [[nodiscard]] std::vector<Outcome> outcomes_of(store::Connection& reading,
                                                 const ConsultationId& consultation, TimeMs now);
  void queue_reminders(store::Connection& reading, TimeMs now);
  /// All that somebody of the staff is told today.
  struct Reminder {
    std::vector<Waiting> waiting;
    std::vector<Duty> duties;

    [[nodiscard]] bool is_worth_a_letter() const;
  };
  [[nodiscard]] Reminder reminder_of(store::Connection& reading,
                                     const std::vector<ConsultationId>& consultations, const ActorId& account,
                                     const Members& members, TimeMs now);

  store::Writer& writer_;
  review::Ledger& ledger_;
  const Links& links_;
  std::map<ConsultationId, review::Docket> dockets_; // as far as everything is queued
  std::string daily_of_;                             // the day that is done
};

} // namespace warsha::mail
