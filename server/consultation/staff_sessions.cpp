#include "protocol/limits.hpp"
#include "server/access/attempts.hpp"
#include "server/access/secrets.hpp"
#include "server/consultation/handlers.hpp"
#include "server/runtime/system.hpp"
#include "server/runtime/worker.hpp"
#include "server/store/connection.hpp"

#include <nlohmann/json.hpp>
#include <spdlog/spdlog.h>

namespace warsha::consultation {

using nlohmann::json;

namespace {

constexpr std::int64_t kRetryMs = 1000; // by then the passwords that waited are compared
constexpr auto kLifetimeMs =
    std::chrono::duration_cast<std::chrono::milliseconds>(limits::kStaffSessionTime).count();

struct Credentials {
  std::string email;
  std::string password;
};

std::variant<Credentials, Rejection> read_credentials(const net::HttpRequest& request) {
  auto body = Body::read(request, {"email", "password"});
  if (auto* wrong = std::get_if<Rejection>(&body))
    return *wrong;
  Credentials credentials;
  for (const auto& [field, target] :
       {std::pair{"email", &credentials.email}, std::pair{"password", &credentials.password}}) {
    auto value = std::get<Body>(body).text(field, limits::kCredentialBytes);
    if (auto* wrong = std::get_if<Rejection>(&value))
      return *wrong;
    *target = std::get<std::string>(value);
  }
  credentials.email = kept_email(std::move(credentials.email));
  return credentials;
}

json describe_staff(const store::AccountRow& account, const std::vector<store::Grant>& grants) {
  json roles = json::array();
  for (const auto& grant : grants)
    roles.push_back({{"role", name(grant.role)}, {"scope", grant.scope}});
  return {{"name", account.name}, {"email", account.email}, {"roles", roles}};
}

/// Whom a sign-in is about, as read before the password is compared.
struct Claim {
  std::optional<store::AccountRow> account; // none: nobody who may sign in
  std::string description;
};

Claim find_claim(store::Connection& connection, const Credentials& credentials) {
  auto account = store::find_account_by_email(connection, credentials.email);
  if (!account || account->disabled_at)
    return {};
  auto description = describe_staff(*account, store::grants_of(connection, account->id)).dump();
  return {std::move(account), std::move(description)};
}

/// scrypt takes tens of milliseconds, on purpose: for whoever may sign in and for whoever may not.
bool is_right(const Claim& claim, const std::string& password) {
  if (claim.account)
    return access::password_matches(password, claim.account->password_hash);
  access::waste_password_time(password);
  return false;
}

net::HttpResponse sign_in_failed() {
  return net::problem(401, {Code::sign_in_failed, {}, {}});
}

void sign_in(Services& services, const Claim& claim, const net::Respond& respond) {
  const auto token = access::new_token();
  const auto now = system::now_ms();
  const auto kept = std::make_shared<bool>(false);
  answer_after_write(
      services, respond,
      [hash = access::token_hash(token), account = *claim.account, now, kept](store::Connection& writing) {
        // The account may have been shut, or its password changed, while the password was compared.
        const auto present = store::find_account(writing, account.id);
        *kept = present && !present->disabled_at && present->password_hash == account.password_hash;
        if (*kept)
          store::add_staff_session(writing, hash, account.id, now, now + kLifetimeMs);
      },
      [&services, token, description = claim.description, kept] {
        if (!*kept)
          return sign_in_failed();
        auto response = net::json_response(201, description);
        response.headers.emplace_back(
            "Set-Cookie", set_cookie(kSessionCookie, token, kLifetimeMs / 1000, services.secure_cookies));
        return response;
      });
}

/// Compares off the shards and the readers: it must hold up nothing else.
void compare_and_sign_in(Services& services, const std::shared_ptr<access::Attempts>& attempts,
                         const std::string& address, Claim claim, std::string password,
                         const net::Respond& respond) {
  const bool waits = services.passwords.try_run(
      [&services, attempts, address, claim = std::move(claim), password = std::move(password), respond] {
        try {
          if (!is_right(claim, password))
            return respond(sign_in_failed());
          attempts->give_back(address);
          sign_in(services, claim, respond);
        } catch (const std::exception& error) {
          spdlog::error("a password could not be compared: {}", error.what());
          respond(net::problem(500, {Code::internal, {}, {}}));
        }
      });
  if (waits)
    return;
  attempts->give_back(address);
  respond(net::problem(503, {Code::busy, {}, {}}, kRetryMs));
}

} // namespace

void add_session_routes(net::Router& router, Services& services) {
  const auto attempts = std::make_shared<access::Attempts>(
      access::Attempts::Limits{limits::kSignInFailuresPerAddress, limits::kSignInFailuresPerAddressPerSecond,
                               limits::kSignInFailures, limits::kSignInFailuresPerSecond});

  router.add("POST", "/api/session",
             [&services, attempts](const net::HttpRequest& request, const std::vector<std::string>&,
                                   Executor&, net::Respond respond) {
               auto read = read_credentials(request);
               if (const auto* wrong = std::get_if<Rejection>(&read))
                 return respond(net::problem(422, *wrong));
               // Before any scrypt: guessing must not cost us more than the guesser.
               if (const auto wait = attempts->take(request.remote_address, system::now_ms()))
                 return respond(net::problem(429, {Code::too_fast, {}, {}}, *wait));
               with_store(services, std::move(respond),
                          [&services, attempts, address = request.remote_address,
                           credentials = std::get<Credentials>(read)](store::Connection& connection,
                                                                      const net::Respond& answer) {
                            compare_and_sign_in(services, attempts, address,
                                                find_claim(connection, credentials), credentials.password,
                                                answer);
                          });
             });

  router.add("DELETE", "/api/session",
             [&services](const net::HttpRequest& request, const std::vector<std::string>&, Executor&,
                         net::Respond respond) {
               const auto token = request.cookie(kSessionCookie).value_or("");
               const auto ended = std::make_shared<bool>(false);
               answer_after_write(
                   services, std::move(respond),
                   [hash = access::token_hash(token), ended](store::Connection& connection) {
                     *ended = store::end_staff_session(connection, hash);
                   },
                   [&services, ended] {
                     if (*ended) // a cookie that was made up must not make work
                       services.directory.check_rights();
                     net::HttpResponse response{204, {}, nullptr};
                     response.headers.emplace_back(
                         "Set-Cookie", set_cookie(kSessionCookie, "", 0, services.secure_cookies));
                     return response;
                   });
             });
}

} // namespace warsha::consultation
