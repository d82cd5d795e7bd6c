#include "server/app/admin.hpp"

#include "protocol/limits.hpp"
#include "protocol/text.hpp"
#include "server/access/secrets.hpp"
#include "server/aggregation/defaults.hpp"
#include "server/app/terminal.hpp"
#include "server/app/usage_error.hpp"
#include "server/runtime/system.hpp"
#include "server/store/connection.hpp"
#include "server/store/consultations.hpp"
#include "server/store/people.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <ostream>
#include <vector>

namespace warsha::app {

namespace {

/// NIST SP 800-63B asks for 8 at least and no rules about which; staff can reach a whole room, so a little
/// more.
constexpr std::size_t kPasswordCharacters = 10;
constexpr std::size_t kEmailBytes = 254; // RFC 5321
static_assert(kEmailBytes <= limits::kCredentialBytes);

using Mode = store::Connection::Mode;

[[nodiscard]] std::string clean_email(std::string email) {
  std::ranges::transform(email, email.begin(), [](char letter) {
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter + 32) : letter;
  });
  const std::size_t at = email.find('@');
  if (at == 0 || at == std::string::npos || at + 1 == email.size() || email.rfind('@') != at ||
      email.size() > kEmailBytes || !is_utf8(email) ||
      std::ranges::any_of(email, [](unsigned char c) { return c <= ' ' || c == 127; }))
    throw UsageError("--email: \"" + email + "\" is not an e-mail address, such as amina@example.org");
  return email;
}

[[nodiscard]] std::string clean_name(const std::string& name) {
  auto cleaned = clean_line(name, limits::kDisplayNameGraphemes);
  if (const auto* code = std::get_if<Code>(&cleaned))
    throw UsageError(std::string("--name: ") + sentence(*code));
  return std::get<std::string>(cleaned);
}

[[nodiscard]] std::string read_new_password(bool from_stdin) {
  std::string password = from_stdin ? read_line() : ask_new_password();
  // What the sign-in page would never let in: JSON carries UTF-8 only.
  if (!is_utf8(password))
    throw UsageError("the password is not UTF-8; type it in a terminal, or write the file anew, in UTF-8");
  if (password.size() > limits::kCredentialBytes)
    throw UsageError("the password has " + std::to_string(password.size()) + " bytes; give it at most " +
                     std::to_string(limits::kCredentialBytes) + " bytes");
  const auto characters =
      std::ranges::count_if(password, [](unsigned char byte) { return (byte & 0xc0) != 0x80; });
  if (static_cast<std::size_t>(characters) < kPasswordCharacters)
    throw UsageError("the password has " + std::to_string(characters) + " characters; give it at least " +
                     std::to_string(kPasswordCharacters));
  return password;
}

[[nodiscard]] store::AccountRow account_of(store::Connection& connection, const std::string& email) {
  auto account = store::find_account_by_email(connection, clean_email(email));
  if (!account)
    throw UsageError("--email: there is no account for " + email + " (see `warsha admin account list`)");
  return *account;
}

template <class AnyId> [[nodiscard]] AnyId parse_id(const char* option, const std::string& text) {
  const auto id = AnyId::parse(text);
  if (!id)
    throw UsageError(std::string(option) + ": \"" + text +
                     "\" is not an id (see `warsha admin consultation list`)");
  return *id;
}

[[nodiscard]] store::ConsultationRow consultation_of(store::Connection& connection, const std::string& id) {
  auto consultation = store::find_consultation(connection, parse_id<ConsultationId>("--consultation", id));
  if (!consultation)
    throw UsageError("--consultation: there is no consultation " + id +
                     " (see `warsha admin consultation list`)");
  return *consultation;
}

[[nodiscard]] std::string administration_of(const RoleOptions& options) {
  if (!options.administration)
    throw UsageError("--role reviewer needs --administration ID (see GET /api/administrations)");
  if (aggregation::shipped_register().find(*options.administration))
    return *options.administration;
  throw UsageError("--administration: there is no administration \"" + *options.administration +
                   "\" in the register (see GET /api/administrations)");
}

[[nodiscard]] std::vector<store::Grant> organiser_grants(store::Connection& connection,
                                                         const RoleOptions& options, Role role) {
  if (options.workshop)
    throw UsageError(
        "--workshop: an organiser or a committee has a consultation; give --consultation ID or --all");
  if (options.consultation)
    return {{role, consultation_of(connection, *options.consultation).id.text()}};
  if (!options.all)
    throw UsageError("--role " + options.role + " needs --consultation ID or --all");
  std::vector<store::Grant> grants;
  for (const auto& consultation : store::all_consultations(connection))
    grants.push_back({role, consultation.id.text()});
  return grants;
}

[[nodiscard]] std::vector<store::WorkshopRow> workshops_meant(store::Connection& connection,
                                                              const RoleOptions& options) {
  if (options.workshop) {
    auto workshop = store::find_workshop(connection, parse_id<WorkshopId>("--workshop", *options.workshop));
    if (!workshop)
      throw UsageError("--workshop: there is no workshop " + *options.workshop +
                       " (see `warsha admin consultation list`)");
    return {*workshop};
  }
  if (options.consultation)
    return store::workshops_of(connection, consultation_of(connection, *options.consultation).id);
  if (!options.all)
    throw UsageError("--role facilitator needs --workshop ID, --consultation ID or --all");
  return store::all_workshops(connection);
}

[[nodiscard]] std::vector<store::Grant> facilitator_grants(store::Connection& connection,
                                                           const RoleOptions& options) {
  std::vector<store::Grant> grants;
  for (const auto& workshop : workshops_meant(connection, options))
    grants.push_back({Role::facilitator, workshop.id.text()});
  return grants;
}

[[nodiscard]] std::vector<store::Grant> grants_meant(store::Connection& connection,
                                                     const RoleOptions& options) {
  if (static_cast<int>(options.consultation.has_value()) + static_cast<int>(options.workshop.has_value()) +
          static_cast<int>(options.all) >
      1)
    throw UsageError("--consultation, --workshop and --all exclude each other; give one");
  std::vector<store::Grant> grants;
  if (options.role == "admin") {
    if (options.consultation || options.workshop)
      throw UsageError("--role admin is in force everywhere; leave --consultation and --workshop out");
    return {{Role::admin, ""}};
  }
  if (options.administration && options.role != "reviewer")
    throw UsageError("--administration goes with --role reviewer");
  if (options.role == "reviewer")
    return {{Role::reviewer, administration_of(options)}};
  if (options.role == "organiser")
    grants = organiser_grants(connection, options, Role::organiser);
  else if (options.role == "committee")
    grants = organiser_grants(connection, options, Role::committee);
  else if (options.role == "facilitator")
    grants = facilitator_grants(connection, options);
  else
    throw UsageError("--role: \"" + options.role +
                     "\" is none of admin, organiser, facilitator, reviewer, committee");
  if (grants.empty())
    throw UsageError(
        "--all: there is nothing yet to give a role in; `warsha import FILE` makes a consultation");
  return grants;
}

void write_grants(store::Connection& connection, const ActorId& account,
                  const std::vector<store::Grant>& grants) {
  for (const auto& given : grants)
    store::grant(connection, account, given);
}

[[nodiscard]] nlohmann::json as_json(const store::Grant& grant) {
  return {{"role", name(grant.role)}, {"scope", grant.scope}};
}

} // namespace

void add_account(const AccountOptions& options, std::ostream& out) {
  store::AccountRow account;
  account.email = clean_email(options.email);
  account.name = clean_name(options.name);
  store::Connection connection(options.database, Mode::read_write);
  // Before the password is asked for, so that a mistyped id is told at once.
  const auto grants = grants_meant(connection, options.role);
  if (store::find_account_by_email(connection, account.email))
    throw UsageError("--email: there is an account for " + account.email +
                     " already; `warsha admin account grant` gives it another role");
  account.password_hash = access::hash_password(read_new_password(options.password_from_stdin));
  account.id = system::new_id<ActorId>();
  account.created_at = system::now_ms();
  store::in_transaction(connection, [&] {
    store::add_account(connection, account);
    write_grants(connection, account.id, grants);
  });
  out << "added " << account.email << " (" << account.id.text() << "), " << options.role.role << '\n';
}

void grant_role(const AccountOptions& options, std::ostream& out) {
  store::Connection connection(options.database, Mode::read_write);
  const auto account = account_of(connection, options.email);
  const auto grants = grants_meant(connection, options.role);
  store::in_transaction(connection, [&] { write_grants(connection, account.id, grants); });
  out << account.email << " is now " << options.role.role << '\n';
}

void revoke_role(const AccountOptions& options, std::ostream& out) {
  store::Connection connection(options.database, Mode::read_write);
  const auto account = account_of(connection, options.email);
  std::size_t revoked = 0;
  store::in_transaction(connection, [&] {
    for (const auto& given : grants_meant(connection, options.role))
      revoked += store::revoke(connection, account.id, given) ? 1 : 0;
  });
  if (revoked == 0)
    throw UsageError("--role: " + account.email + " is not " + options.role.role +
                     " there (see `warsha admin account list`)");
  out << account.email << " is no longer " << options.role.role << "; taken back: " << revoked << '\n';
}

void change_password(const AccountOptions& options, std::ostream& out) {
  store::Connection connection(options.database, Mode::read_write);
  const auto account = account_of(connection, options.email);
  const std::string hash = access::hash_password(read_new_password(options.password_from_stdin));
  store::in_transaction(connection, [&] { store::set_password_hash(connection, account.id, hash); });
  out << "changed the password of " << account.email << '\n';
}

void disable_account(const AccountOptions& options, std::ostream& out) {
  store::Connection connection(options.database, Mode::read_write);
  const auto account = account_of(connection, options.email);
  store::in_transaction(connection,
                        [&] { store::disable_account(connection, account.id, system::now_ms()); });
  out << "disabled " << account.email << " and ended its sessions\n";
}

void list_accounts(const AccountOptions& options, std::ostream& out) {
  store::Connection connection(options.database, Mode::read_only);
  auto accounts = nlohmann::json::array();
  for (const auto& account : store::all_accounts(connection)) {
    auto roles = nlohmann::json::array();
    std::string words;
    for (const auto& grant : store::grants_of(connection, account.id)) {
      roles.push_back(as_json(grant));
      words += std::string("  ") + name(grant.role) + (grant.scope.empty() ? "" : " " + grant.scope) + '\n';
    }
    if (options.json)
      accounts.push_back({{"id", account.id.text()},
                          {"email", account.email},
                          {"name", account.name},
                          {"disabled", account.disabled_at.has_value()},
                          {"roles", roles}});
    else
      out << account.email << "  " << account.name << (account.disabled_at ? "  (disabled)" : "") << '\n'
          << words;
  }
  if (options.json)
    out << nlohmann::json{{"accounts", accounts}}.dump(2) << '\n';
}

void list_consultations(const ConsultationOptions& options, std::ostream& out) {
  store::Connection connection(options.database, Mode::read_only);
  auto consultations = nlohmann::json::array();
  for (const auto& consultation : store::all_consultations(connection)) {
    auto workshops = nlohmann::json::array();
    std::string words;
    for (const auto& workshop : store::workshops_of(connection, consultation.id)) {
      workshops.push_back(
          {{"id", workshop.id.text()}, {"title", workshop.title}, {"join_code", workshop.join_code}});
      words += "  " + workshop.id.text() + "  " + workshop.join_code + "  " + workshop.title + '\n';
    }
    if (options.json)
      consultations.push_back({{"id", consultation.id.text()},
                               {"title", consultation.title},
                               {"city", consultation.city},
                               {"date", consultation.date},
                               {"language", consultation.language},
                               {"workshops", workshops}});
    else
      out << consultation.id.text() << "  " << consultation.date << "  " << consultation.title << '\n'
          << words;
  }
  if (options.json)
    out << nlohmann::json{{"consultations", consultations}}.dump(2) << '\n';
}

} // namespace warsha::app
