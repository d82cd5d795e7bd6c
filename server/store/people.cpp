#include "server/store/people.hpp"

#include "server/store/statement.hpp"

namespace warsha::store {

namespace {

[[nodiscard]] AccountRow read_account(const Statement& row) {
  return {row.id<ActorId>(0), row.text(1), row.text(2), row.text(3), row.integer(4), row.optional_integer(5)};
}

[[nodiscard]] std::optional<AccountRow> first_account(Statement&& row) {
  if (!row.row())
    return std::nullopt;
  return read_account(row);
}

void require_account(std::int64_t changed, const ActorId& account) {
  if (changed == 0)
    throw StoreError("there is no account " + account.text());
}

void end_sessions_of(Connection& connection, const ActorId& account) {
  execute(connection, "DELETE FROM staff_session WHERE account_id = ?", account);
}

} // namespace

void put_participant(Connection& connection, const ParticipantRow& participant) {
  // A person belongs to one consultation for good; only what they may choose again is renewed.
  const auto changed = execute(
      connection,
      "INSERT INTO participant (id, consultation_id, display_name, language, notice_version, created_at,"
      " gender, age, organisation)"
      " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
      " ON CONFLICT (id) DO UPDATE SET display_name = excluded.display_name,"
      " language = excluded.language, notice_version = excluded.notice_version, gender = excluded.gender,"
      " age = excluded.age, organisation = excluded.organisation"
      " WHERE consultation_id = excluded.consultation_id",
      participant.id, participant.consultation, participant.display_name, participant.language,
      participant.notice_version, participant.created_at, participant.gender, participant.age,
      participant.organisation);
  if (changed != 1)
    throw StoreError("participant " + participant.id.text() + " belongs to another consultation");
}

void put_attendance(Connection& connection, const WorkshopId& workshop, const ActorId& participant,
                    TimeMs joined_at) {
  execute(connection,
          "INSERT INTO attendance (participant_id, workshop_id, joined_at) VALUES (?, ?, ?)"
          " ON CONFLICT DO NOTHING",
          participant, workshop, joined_at);
}

std::optional<ParticipantRow> find_participant(Connection& connection, const ActorId& id) {
  Statement row(
      connection,
      "SELECT id, consultation_id, display_name, language, notice_version, created_at FROM participant"
      " WHERE id = ?",
      id);
  if (!row.row())
    return std::nullopt;
  return ParticipantRow{row.id<ActorId>(0), row.id<ConsultationId>(1),        row.optional_text(2),
                        row.text(3),        static_cast<int>(row.integer(4)), row.integer(5)};
}

bool attends(Connection& connection, const WorkshopId& workshop, const ActorId& participant) {
  return Statement(connection, "SELECT 1 FROM attendance WHERE workshop_id = ? AND participant_id = ?",
                   workshop, participant)
      .row();
}

std::vector<WorkshopId> workshops_attended(Connection& connection, const ActorId& participant) {
  Statement row(connection,
                "SELECT w.id FROM participant p JOIN workshop w ON w.consultation_id = p.consultation_id"
                " JOIN attendance a ON a.workshop_id = w.id AND a.participant_id = p.id"
                " WHERE p.id = ? ORDER BY w.position",
                participant);
  std::vector<WorkshopId> workshops;
  while (row.row())
    workshops.push_back(row.id<WorkshopId>(0));
  return workshops;
}

std::unordered_map<ActorId, std::string> names_of(Connection& connection, const WorkshopId& workshop) {
  Statement row(connection,
                "SELECT p.id, p.display_name FROM attendance a JOIN participant p ON p.id = a.participant_id"
                " WHERE a.workshop_id = ? AND p.display_name IS NOT NULL",
                workshop);
  std::unordered_map<ActorId, std::string> names;
  while (row.row())
    names.emplace(row.id<ActorId>(0), row.text(1));
  return names;
}

std::vector<ActorId> attending(Connection& connection, const WorkshopId& workshop) {
  Statement row(
      connection,
      "SELECT participant_id FROM attendance WHERE workshop_id = ? ORDER BY joined_at, participant_id",
      workshop);
  std::vector<ActorId> people;
  while (row.row())
    people.push_back(row.id<ActorId>(0));
  return people;
}

std::vector<Characteristics> characteristics_of(Connection& connection, const WorkshopId& workshop) {
  Statement row(connection,
                "SELECT p.id, p.gender, p.age, p.organisation, a.joined_at FROM attendance a"
                " JOIN participant p ON p.id = a.participant_id WHERE a.workshop_id = ?"
                " ORDER BY a.joined_at, p.id",
                workshop);
  std::vector<Characteristics> people;
  while (row.row())
    people.push_back({row.id<ActorId>(0), row.optional_text(1), row.optional_text(2), row.optional_text(3),
                      row.integer(4)});
  return people;
}

void add_account(Connection& connection, const AccountRow& account) {
  if (find_account_by_email(connection, account.email))
    throw StoreError("there is an account for " + account.email + " already");
  execute(connection,
          "INSERT INTO account (id, email, name, password_hash, created_at, disabled_at) VALUES (?, ?, ?, ?, "
          "?, ?)",
          account.id, account.email, account.name, account.password_hash, account.created_at,
          account.disabled_at);
}

void set_password_hash(Connection& connection, const ActorId& account, std::string_view hash) {
  require_account(execute(connection, "UPDATE account SET password_hash = ? WHERE id = ?", hash, account),
                  account);
  end_sessions_of(connection, account);
}

void disable_account(Connection& connection, const ActorId& account, TimeMs at) {
  require_account(execute(connection, "UPDATE account SET disabled_at = ? WHERE id = ?", at, account),
                  account);
  end_sessions_of(connection, account);
}

void grant(Connection& connection, const ActorId& account, const Grant& given) {
  execute(connection,
          "INSERT INTO account_role (account_id, role, scope_id) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
          account, name(given.role), given.scope);
}

bool revoke(Connection& connection, const ActorId& account, const Grant& given) {
  return execute(connection, "DELETE FROM account_role WHERE account_id = ? AND role = ? AND scope_id = ?",
                 account, name(given.role), given.scope) > 0;
}

std::optional<AccountRow> find_account(Connection& connection, const ActorId& id) {
  return first_account(
      {connection, "SELECT id, email, name, password_hash, created_at, disabled_at FROM account WHERE id = ?",
       id});
}

std::optional<AccountRow> find_account_by_email(Connection& connection, std::string_view email) {
  return first_account({connection,
                        "SELECT id, email, name, password_hash, created_at, disabled_at FROM account"
                        " WHERE email = ?",
                        email});
}

std::vector<AccountRow> all_accounts(Connection& connection) {
  Statement row(connection,
                "SELECT id, email, name, password_hash, created_at, disabled_at FROM account ORDER BY email");
  std::vector<AccountRow> accounts;
  while (row.row())
    accounts.push_back(read_account(row));
  return accounts;
}

std::vector<Grant> grants_of(Connection& connection, const ActorId& account) {
  Statement row(connection,
                "SELECT role, scope_id FROM account_role WHERE account_id = ? ORDER BY role, scope_id",
                account);
  std::vector<Grant> grants;
  while (row.row())
    if (const auto role = parse<Role>(row.view(0))) // an unknown role gives nothing
      grants.push_back({*role, row.text(1)});
  return grants;
}

std::size_t count_granted(Connection& connection, const Grant& grant) {
  Statement row(connection,
                "SELECT count(*) FROM account_role JOIN account ON account.id = account_id "
                "WHERE role = ? AND scope_id = ? AND disabled_at IS NULL",
                name(grant.role), grant.scope);
  return row.row() ? static_cast<std::size_t>(row.integer(0)) : 0;
}

void add_staff_session(Connection& connection, const Hash& token_hash, const ActorId& account,
                       TimeMs created_at, TimeMs expires_at) {
  execute(connection, "DELETE FROM staff_session WHERE expires_at <= ?", created_at);
  execute(connection,
          "INSERT INTO staff_session (token_hash, account_id, created_at, expires_at) VALUES (?, ?, ?, ?)",
          token_hash, account, created_at, expires_at);
}

bool end_staff_session(Connection& connection, const Hash& token_hash) {
  return execute(connection, "DELETE FROM staff_session WHERE token_hash = ?", token_hash) > 0;
}

std::optional<ActorId> find_staff_session(Connection& connection, const Hash& token_hash, TimeMs now) {
  Statement row(connection,
                "SELECT a.id FROM staff_session s JOIN account a ON a.id = s.account_id"
                " WHERE s.token_hash = ? AND s.expires_at > ? AND a.disabled_at IS NULL",
                token_hash, now);
  if (!row.row())
    return std::nullopt;
  return row.id<ActorId>(0);
}

std::string secret(Connection& connection, std::string_view name, std::string_view fresh) {
  execute(connection, "INSERT INTO secret (name, value) VALUES (?, ?) ON CONFLICT DO NOTHING", name,
          Blob{fresh});
  Statement row(connection, "SELECT value FROM secret WHERE name = ?", name);
  if (!row.row())
    throw StoreError("the secret " + std::string(name) + " was not kept");
  return row.text(0);
}

} // namespace warsha::store
