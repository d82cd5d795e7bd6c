#pragma once

#include "protocol/messages.hpp"
#include "server/store/journal.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

/// Personal data: participants and staff. Nothing of it enters an event or a log.
namespace warsha::store {

class Connection;

struct ParticipantRow {
  ActorId id;
  ConsultationId consultation;
  std::optional<std::string> display_name; // none: anonymous
  std::string language;
  int notice_version{};
  TimeMs created_at{};
  // Of their own accord, in the words of schemas/sql/0003_room.sql.
  std::optional<std::string> gender{}, age{}, organisation{};
};
/// What somebody said of themselves, for tables of mixed people and for figures.
struct Characteristics {
  ActorId id;
  std::optional<std::string> gender, age, organisation;
  TimeMs joined_at{};
};
/// In the order of joining.
[[nodiscard]] std::vector<Characteristics> characteristics_of(Connection&, const WorkshopId&);
/// Everybody who ever joined a workshop, in the order of joining.
[[nodiscard]] std::vector<ActorId> attending(Connection&, const WorkshopId&);
/// Adds, or renews name, language and notice of a participant that exists.
void put_participant(Connection&, const ParticipantRow&);
void put_attendance(Connection&, const WorkshopId&, const ActorId&, TimeMs joined_at);
[[nodiscard]] std::optional<ParticipantRow> find_participant(Connection&, const ActorId&);
[[nodiscard]] bool attends(Connection&, const WorkshopId&, const ActorId&);
[[nodiscard]] std::vector<WorkshopId> workshops_attended(Connection&, const ActorId&);
/// Display names of those who attend a workshop and chose to be named.
[[nodiscard]] std::unordered_map<ActorId, std::string> names_of(Connection&, const WorkshopId&);

struct AccountRow {
  ActorId id;
  std::string email; // lower case
  std::string name;
  std::string password_hash;
  TimeMs created_at{};
  std::optional<TimeMs> disabled_at;
};
struct Grant {
  Role role{};
  std::string scope; // workshop of a facilitator, consultation of an organiser, empty for admin
};
void add_account(Connection&, const AccountRow&); // throws StoreError when the e-mail is taken
void set_password_hash(Connection&, const ActorId&, std::string_view hash); // and ends its sessions
void disable_account(Connection&, const ActorId&, TimeMs at);               // and ends its sessions
void grant(Connection&, const ActorId&, const Grant&);
bool revoke(Connection&, const ActorId&, const Grant&); // false: it was not granted
[[nodiscard]] std::optional<AccountRow> find_account(Connection&, const ActorId&);
[[nodiscard]] std::optional<AccountRow> find_account_by_email(Connection&, std::string_view email);
[[nodiscard]] std::vector<AccountRow> all_accounts(Connection&);
[[nodiscard]] std::vector<Grant> grants_of(Connection&, const ActorId&);
/// How many enabled accounts have it.
[[nodiscard]] std::size_t count_granted(Connection&, const Grant&);

void add_staff_session(Connection&, const Hash& token_hash, const ActorId&, TimeMs created_at,
                       TimeMs expires_at);
bool end_staff_session(Connection&, const Hash& token_hash); // false: there was none
/// The enabled account of a session that has not expired.
[[nodiscard]] std::optional<ActorId> find_staff_session(Connection&, const Hash& token_hash, TimeMs now);

/// A server secret (32 bytes), made with `fresh` when it does not exist yet.
[[nodiscard]] std::string secret(Connection&, std::string_view name, std::string_view fresh);

} // namespace warsha::store
