#include "server/store/mail.hpp"

#include "server/store/statement.hpp"

namespace warsha::store {

namespace {

constexpr Sql kSubscriptionById =
    "SELECT id, recipient_id, consultation_id, about, target_id, relation, asked_at, confirmed_at, told_seq"
    " FROM mail_subscription WHERE id = ?";
constexpr Sql kSubscriptionsOfRecipient =
    "SELECT id, recipient_id, consultation_id, about, target_id, relation, asked_at, confirmed_at, told_seq"
    " FROM mail_subscription WHERE recipient_id = ? ORDER BY asked_at, id";
constexpr Sql kSubscriptionsToldBy =
    "SELECT DISTINCT s.id, s.recipient_id, s.consultation_id, s.about, s.target_id, s.relation, s.asked_at,"
    " s.confirmed_at, s.told_seq FROM mail_message_part p"
    " JOIN mail_message m ON m.id = p.message_id AND m.to_staff = 0"
    " JOIN mail_subscription s ON s.recipient_id = m.recipient AND s.about = p.about"
    " AND s.target_id = p.target_id WHERE p.message_id = ? ORDER BY s.asked_at, s.id";
constexpr Sql kFollowers =
    "SELECT s.id, s.recipient_id, s.consultation_id, s.about, s.target_id, s.relation, s.asked_at,"
    " s.confirmed_at, s.told_seq, r.language, CASE WHEN c.state = 'shown' THEN head.id END, c.receipt,"
    " CASE WHEN c.state = 'shown' AND c.veiled = 0 THEN c.text END"
    " FROM mail_subscription s JOIN mail_recipient r ON r.id = s.recipient_id"
    " LEFT JOIN contribution c ON s.about = 'contribution' AND c.id = s.target_id"
    " LEFT JOIN contribution head ON head.id = c.merged_into AND head.state <> 'hidden'"
    " WHERE s.consultation_id = ? AND s.confirmed_at IS NOT NULL ORDER BY s.confirmed_at, s.id";

SubscriptionRow read_subscription(const Statement& row) {
  return {row.id<SubscriptionId>(0),
          row.id<RecipientId>(1),
          row.id<ConsultationId>(2),
          parse<About>(row.view(3)).value_or(About::consultation),
          row.text(4),
          parse<Relation>(row.view(5)).value_or(Relation::reader),
          row.integer(6),
          row.optional_integer(7),
          static_cast<Seq>(row.integer(8))};
}

std::vector<SubscriptionRow> all_subscriptions(Statement&& row) {
  std::vector<SubscriptionRow> all;
  while (row.row())
    all.push_back(read_subscription(row));
  return all;
}

/// What waits for nothing that is still followed, and addresses that follow nothing.
void drop_what_is_left(Connection& connection) {
  execute(connection,
          "DELETE FROM mail_message_part WHERE message_id IN (SELECT m.id FROM mail_message m"
          " WHERE m.next_at IS NOT NULL AND m.to_staff = 0 AND NOT EXISTS (SELECT 1 FROM mail_message_part p"
          " JOIN mail_subscription s ON s.id = p.subscription_id WHERE p.message_id = m.id))");
  execute(connection, "DELETE FROM mail_message WHERE next_at IS NOT NULL AND to_staff = 0 AND NOT EXISTS"
                      " (SELECT 1 FROM mail_message_part p WHERE p.message_id = mail_message.id)");
  execute(connection, "DELETE FROM mail_recipient WHERE NOT EXISTS"
                      " (SELECT 1 FROM mail_subscription s WHERE s.recipient_id = mail_recipient.id)");
}

} // namespace

// --- Who follows what ------------------------------------------------------------------------------

std::optional<RecipientRow> find_recipient(Connection& connection, std::string_view address) {
  Statement row(connection,
                "SELECT id, address, language, asked, asked_since FROM mail_recipient WHERE address = ?",
                address);
  if (!row.row())
    return std::nullopt;
  return RecipientRow{row.id<RecipientId>(0), row.text(1), row.text(2), row.integer(3), row.integer(4)};
}

void put_recipient(Connection& connection, const RecipientRow& recipient) {
  execute(connection,
          "INSERT INTO mail_recipient (id, address, language, asked, asked_since) VALUES (?, ?, ?, ?, ?)"
          " ON CONFLICT (id) DO UPDATE SET language = excluded.language, asked = excluded.asked,"
          " asked_since = excluded.asked_since",
          recipient.id, recipient.address, recipient.language, recipient.asked, recipient.asked_since);
}

void set_language(Connection& connection, const RecipientId& id, std::string_view language) {
  execute(connection, "UPDATE mail_recipient SET language = ? WHERE id = ?", language, id);
}

std::optional<SubscriptionRow> find_subscription(Connection& connection, const SubscriptionId& id) {
  Statement row(connection, kSubscriptionById, id);
  if (!row.row())
    return std::nullopt;
  return read_subscription(row);
}

std::vector<SubscriptionRow> subscriptions_of(Connection& connection, const RecipientId& recipient) {
  return all_subscriptions({connection, kSubscriptionsOfRecipient, recipient});
}

void add_subscription(Connection& connection, const SubscriptionRow& row) {
  execute(connection,
          "INSERT INTO mail_subscription (id, recipient_id, consultation_id, about, target_id, relation,"
          " asked_at, confirmed_at, told_seq) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
          row.id, row.recipient, row.consultation, name(row.about), row.target, name(row.relation),
          row.asked_at, row.confirmed_at, row.told_seq);
}

void renew_subscription(Connection& connection, const SubscriptionId& id, TimeMs asked_at) {
  execute(connection, "UPDATE mail_subscription SET asked_at = ? WHERE id = ?", asked_at, id);
}

void confirm_subscription(Connection& connection, const SubscriptionId& id, TimeMs at, Seq told_seq) {
  execute(connection, "UPDATE mail_subscription SET confirmed_at = ?, told_seq = ? WHERE id = ?", at,
          told_seq, id);
}

void set_told(Connection& connection, const SubscriptionId& id, Seq told_seq) {
  execute(connection, "UPDATE mail_subscription SET told_seq = ? WHERE id = ?", told_seq, id);
}

void end_subscription(Connection& connection, const SubscriptionId& id) {
  execute(connection, "DELETE FROM mail_subscription WHERE id = ?", id);
  drop_what_is_left(connection);
}

void forget_unconfirmed(Connection& connection, TimeMs asked_before) {
  if (execute(connection, "DELETE FROM mail_subscription WHERE confirmed_at IS NULL AND asked_at < ?",
              asked_before) > 0)
    drop_what_is_left(connection);
}

std::vector<Follower> followers_of(Connection& connection, const ConsultationId& consultation) {
  Statement row(connection, kFollowers, consultation);
  std::vector<Follower> followers;
  while (row.row()) {
    Follower follower{read_subscription(row), row.text(9)};
    if (!row.is_null(10))
      follower.merged_into = row.id<ContributionId>(10);
    follower.receipt = row.optional_text(11).value_or("");
    follower.text = row.optional_text(12);
    followers.push_back(std::move(follower));
  }
  return followers;
}

std::vector<ConsultationId> followed_consultations(Connection& connection) {
  Statement row(connection, "SELECT DISTINCT consultation_id FROM mail_subscription"
                            " WHERE confirmed_at IS NOT NULL ORDER BY consultation_id");
  std::vector<ConsultationId> all;
  while (row.row())
    all.push_back(row.id<ConsultationId>(0));
  return all;
}

Seq queued_up_to(Connection& connection, const ConsultationId& consultation) {
  Statement row(connection, "SELECT seq FROM mail_progress WHERE consultation_id = ?", consultation);
  return row.row() ? static_cast<Seq>(row.integer(0)) : 0;
}

void set_queued_up_to(Connection& connection, const ConsultationId& consultation, Seq seq) {
  execute(connection,
          "INSERT INTO mail_progress (consultation_id, seq) VALUES (?, ?)"
          " ON CONFLICT (consultation_id) DO UPDATE SET seq = excluded.seq",
          consultation, seq);
}

// --- What is sent ----------------------------------------------------------------------------------

void queue_message(Connection& connection, const OutgoingRow& row) {
  if (!row.to_staff) {
    Statement still(connection, "SELECT 1 FROM mail_recipient WHERE id = ?", row.recipient);
    if (!still.row())
      return;
  }
  const auto added = execute(
      connection,
      "INSERT INTO mail_message (id, cause, caused_at, recipient, to_staff, language, subject, text, html,"
      " queued_at, next_at, attempts, accepted) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0)"
      " ON CONFLICT (cause, recipient) DO NOTHING",
      row.id, row.cause, row.caused_at, row.recipient, row.to_staff, row.language, row.subject, row.text,
      row.html, row.queued_at, row.queued_at);
  if (added == 0)
    return;
  std::int64_t parts = 0;
  for (const auto& part : row.parts)
    parts += execute(connection,
                     "INSERT OR IGNORE INTO mail_message_part"
                     " (message_id, subscription_id, about, target_id, relation)"
                     " SELECT ?, id, about, target_id, relation FROM mail_subscription WHERE id = ?"
                     " OR (recipient_id = ? AND about = ? AND target_id = ? AND confirmed_at IS NOT NULL)"
                     " ORDER BY id = ? DESC, relation = 'author' DESC, relation = 'holder' DESC LIMIT 1",
                     row.id, part.id, row.recipient, name(part.about), part.target, part.id);
  if (parts == 0 && !row.parts.empty())
    execute(connection, "DELETE FROM mail_message WHERE id = ?", row.id);
}

std::optional<DueMessage> next_due(Connection& connection, TimeMs now) {
  Statement row(connection,
                "SELECT m.id, CASE WHEN m.to_staff = 1 THEN"
                "  (SELECT email FROM account WHERE id = m.recipient AND disabled_at IS NULL)"
                " ELSE (SELECT address FROM mail_recipient WHERE id = m.recipient) END,"
                " m.language, m.subject, m.text, m.html, m.queued_at, m.attempts,"
                " m.to_staff = 0 AND m.cause NOT LIKE 'confirm:%'"
                " FROM mail_message m WHERE m.next_at <= ? ORDER BY m.next_at, m.id LIMIT 1",
                now);
  if (!row.row())
    return std::nullopt;
  return DueMessage{
      row.id<MailId>(0),  row.optional_text(1), row.text(2),    row.text(3),
      row.text(4),        row.text(5),          row.integer(6), static_cast<int>(row.integer(7)),
      row.integer(8) != 0};
}

std::optional<TimeMs> next_due_at(Connection& connection) {
  Statement row(connection, "SELECT MIN(next_at) FROM mail_message WHERE next_at IS NOT NULL");
  return row.row() ? row.optional_integer(0) : std::nullopt;
}

void settle_message(Connection& connection, const MailId& id, bool accepted, TimeMs at,
                    std::string_view answer) {
  execute(connection,
          "UPDATE mail_message SET next_at = NULL, settled_at = ?, accepted = ?, answer = ?,"
          " attempts = attempts + 1, subject = NULL, text = NULL, html = NULL WHERE id = ?",
          at, accepted, answer, id);
}

void note_arrived(Connection& connection, const MailId& id, TimeMs at) {
  execute(
      connection,
      "UPDATE mail_message SET next_at = NULL, settled_at = ?, accepted = 1, answer = 'its link was used',"
      " subject = NULL, text = NULL, html = NULL WHERE id = ? AND next_at IS NOT NULL",
      at, id);
}

void postpone_message(Connection& connection, const MailId& id, TimeMs next_at, std::string_view answer) {
  execute(connection,
          "UPDATE mail_message SET next_at = ?, answer = ?, attempts = attempts + 1 WHERE id = ?"
          " AND next_at IS NOT NULL",
          next_at, answer, id);
}

void hand_over_messages(Connection& connection, const SubscriptionId& from, const SubscriptionRow& to) {
  execute(connection,
          "UPDATE OR IGNORE mail_message_part SET subscription_id = ?, relation = ? WHERE subscription_id = ?"
          " AND message_id IN (SELECT id FROM mail_message WHERE next_at IS NOT NULL"
          " AND cause NOT LIKE 'confirm:%')",
          to.id, name(to.relation), from);
}

std::vector<SubscriptionRow> subscriptions_told_by(Connection& connection, const MailId& message) {
  return all_subscriptions({connection, kSubscriptionsToldBy, message});
}

std::optional<RecipientId> recipient_of(Connection& connection, const MailId& message) {
  Statement row(connection,
                "SELECT r.id FROM mail_message m JOIN mail_recipient r ON r.id = m.recipient"
                " WHERE m.id = ? AND m.to_staff = 0",
                message);
  return row.row() ? std::optional(row.id<RecipientId>(0)) : std::nullopt;
}

std::optional<TimeMs> last_queued(Connection& connection, const ActorId& account, std::string_view cause,
                                  std::string_view without) {
  Statement row(connection,
                "SELECT MAX(queued_at) FROM mail_message WHERE recipient = ? AND to_staff = 1"
                " AND substr(cause, 1, length(?)) = ? AND instr(cause, ?) = 0",
                account, cause, cause, without);
  return row.row() ? row.optional_integer(0) : std::nullopt;
}

// --- Proof -----------------------------------------------------------------------------------------

std::multimap<ContributionId, TimeMs> told_by_mail(Connection& connection,
                                                   const ConsultationId& consultation) {
  Statement row(connection,
                "SELECT p.target_id, m.caused_at FROM mail_message_part p"
                " JOIN mail_message m ON m.id = p.message_id AND m.accepted = 1 AND m.cause LIKE 'review:%'"
                " JOIN contribution c ON c.id = p.target_id JOIN workshop w ON w.id = c.workshop_id"
                " WHERE p.about = 'contribution' AND p.relation = 'author' AND w.consultation_id = ?",
                consultation);
  std::multimap<ContributionId, TimeMs> told;
  while (row.row())
    told.emplace(row.id<ContributionId>(0), row.integer(1));
  return told;
}

void note_read(Connection& connection, const ContributionId& contribution, TimeMs at) {
  execute(connection,
          "INSERT INTO read_by_author (contribution_id, at) VALUES (?, ?)"
          " ON CONFLICT (contribution_id) DO UPDATE SET at = excluded.at",
          contribution, at);
}

std::optional<TimeMs> read_by_author(Connection& connection, const ContributionId& contribution) {
  Statement row(connection, "SELECT at FROM read_by_author WHERE contribution_id = ?", contribution);
  return row.row() ? row.optional_integer(0) : std::nullopt;
}

std::map<ContributionId, TimeMs> read_by_authors(Connection& connection, const ConsultationId& consultation) {
  Statement row(connection,
                "SELECT a.contribution_id, a.at FROM read_by_author a"
                " JOIN contribution c ON c.id = a.contribution_id JOIN workshop w ON w.id = c.workshop_id"
                " WHERE w.consultation_id = ?",
                consultation);
  std::map<ContributionId, TimeMs> read;
  while (row.row())
    read.emplace(row.id<ContributionId>(0), row.integer(1));
  return read;
}

} // namespace warsha::store
