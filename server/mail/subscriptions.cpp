#include "server/mail/subscriptions.hpp"

#include "protocol/limits.hpp"
#include "server/mail/letters.hpp"
#include "server/runtime/system.hpp"
#include "server/store/connection.hpp"
#include "server/store/consultations.hpp"
#include "server/store/review.hpp"

#include <algorithm>

namespace warsha::mail {

namespace {

using store::SubscriptionRow;

/// The address as it is kept, with this request counted. In which language it is written to says who
/// confirms: anybody may ask with anybody's address.
store::RecipientRow counted(store::Connection& writing, const Wish& wish, TimeMs now) {
  auto recipient =
      store::find_recipient(writing, wish.address)
          .value_or(store::RecipientRow{system::new_id<RecipientId>(), wish.address, wish.language, 0, now});
  if (now - recipient.asked_since >= limits::kConfirmationTime.count()) {
    recipient.asked = 0;
    recipient.asked_since = now;
  }
  ++recipient.asked;
  return recipient;
}

bool is_same(const SubscriptionRow& row, const Wish& wish) {
  return row.about == wish.about && row.target == wish.target;
}

/// As it is named to an address of which nothing is known yet: without a receipt, and without what somebody
/// said, which may have been written to be sent to strangers.
Followed wanted_by(store::Connection& writing, const Wish& wish, const SubscriptionRow& asked,
                   const publication::Texts& texts, const std::string& public_url) {
  if (wish.about != store::About::contribution)
    return followed({asked, wish.language}, wish.title, texts, public_url);
  auto wanted = followed({asked, wish.language}, {}, texts, public_url);
  if (const auto consultation = store::find_consultation(writing, wish.consultation))
    wanted.words = consultation->title;
  wanted.url.clear();
  return wanted;
}

void queue_confirmation(store::Connection& writing, const Wish& wish, const SubscriptionRow& asked,
                        const store::RecipientRow& recipient, const Links& links, TimeMs now) {
  const auto& texts = publication::Texts::of(wish.language);
  const auto wanted = wanted_by(writing, wish, asked, texts, links.public_url());
  const auto letter = ask_to_confirm(wanted, links.confirm(asked.id, wish.language), texts);
  store::queue_message(writing, {system::new_id<MailId>(),
                                 "confirm:" + asked.id.text() + ":" + std::to_string(now),
                                 now,
                                 recipient.id.text(),
                                 false,
                                 wish.language,
                                 letter.subject,
                                 letter.text(),
                                 letter.html(),
                                 now,
                                 {asked}});
}

} // namespace

void ask(store::Connection& writing, const Wish& wish, const Links& links, TimeMs now) {
  const auto recipient = counted(writing, wish, now);
  store::put_recipient(writing, recipient);
  const auto all = store::subscriptions_of(writing, recipient.id);
  const bool answered =
      std::ranges::any_of(all, [](const auto& row) { return row.confirmed_at.has_value(); });
  const bool follows = std::ranges::any_of(all, [&](const auto& row) {
    return is_same(row, wish) && row.confirmed_at && row.relation >= wish.relation;
  });
  const auto most = answered ? limits::kConfirmationsAnswered : limits::kConfirmationsUnanswered;
  if (follows || recipient.asked > most)
    return;
  const auto waiting = std::ranges::find_if(
      all, [&](const auto& row) { return is_same(row, wish) && row.relation == wish.relation; });
  SubscriptionRow asked{system::new_id<SubscriptionId>(),
                        recipient.id,
                        wish.consultation,
                        wish.about,
                        wish.target,
                        wish.relation,
                        now,
                        {},
                        0};
  if (waiting != all.end()) {
    asked.id = waiting->id;
    store::renew_subscription(writing, asked.id, now);
  } else {
    store::add_subscription(writing, asked);
  }
  queue_confirmation(writing, wish, asked, recipient, links, now);
}

std::optional<SubscriptionRow> confirm(store::Connection& writing, const SubscriptionId& id,
                                       const std::string& language, TimeMs now) {
  const auto row = store::find_subscription(writing, id);
  if (!row || row->confirmed_at)
    return row;
  if (!language.empty())
    store::set_language(writing, row->recipient, language);
  // A closer relation takes the place of a looser one, with what of that was not told yet.
  auto told = store::last_review_seq(writing, row->consultation);
  auto looser = store::subscriptions_of(writing, row->recipient);
  std::erase_if(looser, [&](const SubscriptionRow& other) {
    return other.about != row->about || other.target != row->target || other.relation >= row->relation;
  });
  for (const auto& other : looser)
    if (other.confirmed_at) {
      told = std::min(told, other.told_seq);
      store::hand_over_messages(writing, other.id, *row);
    }
  store::confirm_subscription(writing, id, now, told);
  for (const auto& other : looser)
    store::end_subscription(writing, other.id);
  return store::find_subscription(writing, id);
}

std::size_t stop(store::Connection& writing, const MailId& message, bool everything, TimeMs now) {
  store::note_arrived(writing, message, now); // else it would go with what still waits for nobody
  const auto recipient = store::recipient_of(writing, message);
  const auto ended = everything && recipient ? store::subscriptions_of(writing, *recipient)
                                             : store::subscriptions_told_by(writing, message);
  for (const auto& row : ended)
    store::end_subscription(writing, row.id);
  return ended.size();
}

} // namespace warsha::mail
