#include "server/mail/dispatch.hpp"

#include "server/mail/letters.hpp"
#include "server/mail/writing.hpp"
#include "server/review/entry_codec.hpp"
#include "server/review/ledger.hpp"
#include "server/runtime/system.hpp"
#include "server/store/connection.hpp"
#include "server/store/consultations.hpp"
#include "server/store/people.hpp"
#include "server/store/review.hpp"
#include "server/store/writer.hpp"

#include <algorithm>
#include <iterator>
#include <spdlog/spdlog.h>

namespace warsha::mail {

namespace {

std::vector<review::Entry> entries_after(store::Connection& reading, const ConsultationId& consultation,
                                         Seq seq) {
  std::vector<review::Entry> entries;
  store::read_review(reading, consultation, seq, [&](Seq at, std::string_view body) {
    entries.push_back(review::read_entry(consultation, at, body));
  });
  return entries;
}

std::string title_of(store::Connection& reading, const ConsultationId& consultation) {
  const auto row = store::find_consultation(reading, consultation);
  return row ? row->title : std::string();
}

/// What somebody follows is named by its title; a contribution by its own words.
std::string title_of(const store::SubscriptionRow& row, const review::Docket& docket,
                     const std::string& consultation_title) {
  if (row.about == store::About::consultation)
    return consultation_title;
  const auto id = ProposalId::parse(row.target);
  const auto* proposal = row.about == store::About::proposal && id ? docket.find(*id) : nullptr;
  return proposal ? proposal->title : std::string();
}

/// Answers and commitments that were published by these entries, as the docket after them has them.
std::vector<Published> published_by(const std::vector<review::Entry>& entries, Seq after,
                                    const review::Docket& docket, const publication::Texts& texts,
                                    const std::string& public_url) {
  std::vector<Published> all;
  const auto page = [&](const char* path, const auto& id) {
    return public_url + path + id.text() + "?language=" + texts.language();
  };
  const auto add_answer = [&](const ProposalId& id) {
    const auto& proposal = docket.proposals.at(id);
    if (proposal.answer)
      all.push_back({proposal.title, proposal.answer->answer.kind, page("/proposals/", id)});
  };
  for (const auto& entry : entries) {
    if (entry.seq <= after || entry.seq > docket.seq)
      continue;
    if (const auto* approved = std::get_if<review::action::Approve>(&entry.action)) {
      add_answer(approved->proposal);
    } else if (const auto* together = std::get_if<review::action::ApproveTogether>(&entry.action)) {
      std::ranges::for_each(together->proposals, add_answer);
    } else if (const auto* confirmed = std::get_if<review::action::ConfirmCommitment>(&entry.action)) {
      const auto& commitment = docket.commitments.at(confirmed->commitment);
      const auto& title = commitment.words.title;
      all.push_back({texts.language() == "ar" ? title.ar : title.fr, std::nullopt,
                     page("/commitments/", commitment.id)});
    }
  }
  return all;
}

Members members_of(store::Connection& reading, const std::vector<store::AccountRow>& accounts) {
  Members members;
  for (const auto& account : accounts)
    if (!account.disabled_at)
      for (const auto& grant : store::grants_of(reading, account.id))
        if (grant.role == Role::reviewer)
          members[account.id].insert(grant.scope);
  return members;
}

/// Runs what only reads; false when it failed, which is logged: what can't be read holds up nothing else.
template <class Read> bool could(const char* what, const std::string& whose, Read&& read) {
  try {
    read();
    return true;
  } catch (const std::exception& error) {
    spdlog::error("mail: {} {}: {}", what, whose, error.what());
    return false;
  }
}

constexpr const char* kReminder = "reminder:";

/// What its author says now; empty when it may not be read.
std::string words_of(store::Connection& reading, const review::Docket& docket, const ContributionId& id) {
  const auto row = store::find_contribution(reading, id);
  if (!row || row->contribution.state != "shown" || row->contribution.veiled)
    return {};
  return docket.contributions.at(id).revised.value_or(row->contribution.text);
}

} // namespace

// --- As it happens -----------------------------------------------------------------------------------

void Dispatch::queue_news(store::Connection& reading, TimeMs now) {
  for (const auto& consultation : store::followed_consultations(reading)) {
    try {
      while (const auto batch = next_batch(reading, consultation, now))
        write_now(writer_, [&consultation, &batch](store::Connection& writing) {
          if (store::queued_up_to(writing, consultation) != batch->from)
            throw store::StoreError("mail of consultation " + consultation.text() + " was queued by another");
          for (const auto& message : batch->messages)
            store::queue_message(writing, message);
          store::set_queued_up_to(writing, consultation, batch->to);
        });
    } catch (const std::exception& error) {
      dockets_.erase(consultation); // it may be ahead of what was written
      spdlog::error("mail: nothing is told of consultation {} for now: {}", consultation.text(),
                    error.what());
    }
  }
}

review::Docket& Dispatch::docket_up_to(store::Connection& reading, const ConsultationId& consultation,
                                       Seq seq) {
  auto& docket = dockets_[consultation];
  docket.consultation = consultation;
  if (docket.seq > seq)
    throw store::StoreError("mail knows entries that the database lacks");
  store::read_review(reading, consultation, docket.seq, [&](Seq at, std::string_view body) {
    if (at <= seq)
      review::apply(docket, review::read_entry(consultation, at, body));
  });
  return docket;
}

/// What comes next, up to the first entry that somebody is told of; none when all is queued. Everything it
/// reads is of the same moment: who confirmed before an entry is there when the entry is.
std::optional<Dispatch::Batch> Dispatch::next_batch(store::Connection& reading,
                                                    const ConsultationId& consultation, TimeMs now) {
  std::optional<Batch> batch;
  store::at_one_moment(reading, [&] {
    const auto from = store::queued_up_to(reading, consultation);
    if (store::last_review_seq(reading, consultation) <= from)
      return;
    auto& docket = docket_up_to(reading, consultation, from);
    const auto followers = store::followers_of(reading, consultation);
    const auto title = title_of(reading, consultation);
    batch = Batch{from, from, {}};
    for (const auto& entry : entries_after(reading, consultation, from)) {
      for (const auto& news : news_of(docket, entry))
        std::ranges::move(messages_of(news, entry.seq, docket, followers, title, now),
                          std::back_inserter(batch->messages));
      review::apply(docket, entry);
      batch->to = entry.seq;
      if (!batch->messages.empty())
        break;
    }
  });
  return batch;
}

std::vector<store::OutgoingRow> Dispatch::messages_of(const News& news, Seq seq, const review::Docket& before,
                                                      const std::vector<store::Follower>& followers,
                                                      const std::string& consultation_title,
                                                      TimeMs now) const {
  std::vector<store::OutgoingRow> messages;
  for (const auto& told : who_is_told(news, seq, before, followers)) {
    const auto& texts = publication::Texts::of(told.language);
    const auto id = system::new_id<MailId>();
    std::vector<Followed> parts;
    std::vector<store::SubscriptionRow> rows;
    for (const auto& part : told.parts) {
      parts.push_back(followed(part, title_of(part.subscription, before, consultation_title), texts,
                               links_.public_url()));
      rows.push_back(part.subscription);
    }
    const auto letter = tell(news, told, parts, links_.stop(id, told.language), texts);
    auto cause = "review:" + before.consultation.text() + ":" + std::to_string(seq);
    if (!news.proposals.empty()) // of several that are answered by one entry
      cause += ":" + news.proposals.front().text();
    messages.push_back({id, std::move(cause), news.at, told.recipient.text(), false, told.language,
                        letter.subject, letter.text(), letter.html(), now, std::move(rows)});
  }
  return messages;
}

// --- Once a day --------------------------------------------------------------------------------------

void Dispatch::queue_daily(store::Connection& reading, TimeMs now) {
  if (!is_time_to_remind(now) || daily_of_ == day_of(now))
    return;
  for (const auto& consultation : store::followed_consultations(reading)) {
    std::vector<Outcome> outcomes;
    could("nothing is told today of the outcome of consultation", consultation.text(),
          [&] { outcomes = outcomes_of(reading, consultation, now); });
    for (const auto& outcome : outcomes)
      write_now(writer_, [&outcome](store::Connection& writing) {
        store::queue_message(writing, outcome.message);
        store::set_told(writing, outcome.message.parts.front().id, outcome.told);
      });
  }
  queue_reminders(reading, now);
  daily_of_ = day_of(now);
}

std::vector<Dispatch::Outcome> Dispatch::outcomes_of(store::Connection& reading,
                                                     const ConsultationId& consultation, TimeMs now) {
  std::vector<Outcome> outcomes;
  auto followers = store::followers_of(reading, consultation);
  std::erase_if(followers, [](const store::Follower& one) {
    return one.subscription.about != store::About::consultation;
  });
  if (followers.empty())
    return outcomes;
  const auto first = std::ranges::min(followers, {}, [](const store::Follower& one) {
                       return one.subscription.told_seq;
                     }).subscription.told_seq;
  const auto entries = entries_after(reading, consultation, first);
  if (entries.empty())
    return outcomes;
  // The docket may be ahead of the entries: what came between is told the next time.
  const auto told = entries.back().seq;
  const auto title = title_of(reading, consultation);
  review::Docket docket;
  ledger_.look(reading, consultation, [&](const review::Docket& present) { docket = present; });
  for (const auto& follower : followers) {
    const auto& subscription = follower.subscription;
    const auto& texts = publication::Texts::of(follower.language);
    const auto published = published_by(entries, subscription.told_seq, docket, texts, links_.public_url());
    if (published.empty())
      continue;
    const auto id = system::new_id<MailId>();
    const auto letter = tell_outcome(title, published, followed(follower, title, texts, links_.public_url()),
                                     links_.stop(id, follower.language), texts);
    outcomes.push_back({{id,
                         "outcome:" + consultation.text() + ":" + std::to_string(told),
                         now,
                         subscription.recipient.text(),
                         false,
                         follower.language,
                         letter.subject,
                         letter.text(),
                         letter.html(),
                         now,
                         {subscription}},
                        told});
  }
  return outcomes;
}

void Dispatch::queue_reminders(store::Connection& reading, TimeMs now) {
  std::vector<ConsultationId> consultations;
  std::string cause = kReminder + day_of(now);
  for (const auto& consultation : store::all_consultations(reading)) {
    if (could("nobody is reminded today of consultation", consultation.id.text(),
              [&] { ledger_.look(reading, consultation.id, [](const review::Docket&) {}); }))
      consultations.push_back(consultation.id);
    else
      cause += ":without:" + consultation.id.text(); // it is as new the next time
  }
  const auto accounts = store::all_accounts(reading);
  const auto members = members_of(reading, accounts);
  for (const auto& one : accounts) {
    if (one.disabled_at)
      continue;
    const auto& account = one.id;
    Reminder reminder;
    could("nobody reminds today account", account.text(),
          [&] { reminder = reminder_of(reading, consultations, account, members, now); });
    if (!reminder.is_worth_a_letter())
      continue;
    sort_by_urgency(reminder.waiting);
    std::ranges::stable_sort(reminder.duties, {}, &Duty::kind);
    // In which language somebody of the staff reads is not known.
    const auto letter =
        remind(reminder.waiting, reminder.duties, links_.public_url() + "/review", {"ar", "fr"});
    const store::OutgoingRow message{system::new_id<MailId>(),
                                     cause,
                                     now,
                                     account.text(),
                                     true,
                                     "ar",
                                     letter.subject,
                                     letter.text(),
                                     letter.html(),
                                     now,
                                     {}};
    write_now(writer_, [&message](store::Connection& writing) { store::queue_message(writing, message); });
  }
}

bool Dispatch::Reminder::is_worth_a_letter() const {
  return !duties.empty() || std::ranges::any_of(waiting, &Waiting::worth_a_letter);
}

Dispatch::Reminder Dispatch::reminder_of(store::Connection& reading,
                                         const std::vector<ConsultationId>& consultations,
                                         const ActorId& account, const Members& members, TimeMs now) {
  Reminder all;
  const auto grants = store::grants_of(reading, account);
  const auto is_of = [&](Role role, const ConsultationId& consultation) {
    return std::ranges::any_of(grants, [&](const store::Grant& grant) {
      return grant.role == role && grant.scope == consultation.text();
    });
  };
  for (const auto& consultation : consultations) {
    const auto told_at = store::last_queued(reading, account, kReminder, consultation.text());
    ledger_.look(reading, consultation, [&](const review::Docket& docket) {
      if (members.contains(account))
        std::ranges::move(waiting_for(docket, account, members, told_at, now),
                          std::back_inserter(all.waiting));
      if (is_of(Role::committee, consultation))
        std::ranges::move(duties_of_committee(docket, account, told_at, now), std::back_inserter(all.duties));
      if (is_of(Role::organiser, consultation))
        std::ranges::move(
            duties_of_organiser(docket, account, told_at, now,
                                [&](const ContributionId& id) { return words_of(reading, docket, id); }),
            std::back_inserter(all.duties));
    });
  }
  return all;
}

} // namespace warsha::mail
