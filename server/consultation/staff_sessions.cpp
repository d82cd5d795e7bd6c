#include "protocol/limits.hpp"
#include "server/access/attempts.hpp"
#include "server/access/secrets.hpp"
#include "server/consultation/handlers.hpp"
#include "server/runtime/system.hpp"
#include "server/store/connection.hpp"

#include <nlohmann/json.hpp>

namespace warsha::consultation {

using nlohmann::json;

namespace {

constexpr std::size_t kCredentialBytes = 256;
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
    auto value = std::get<Body>(body).text(field, kCredentialBytes);
    if (auto* wrong = std::get_if<Rejection>(&value))
      return *wrong;
    *target = std::get<std::string>(value);
  }
  for (auto& c : credentials.email)
    c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return credentials;
}

/// On a reader's thread: scrypt takes tens of milliseconds, on purpose.
std::optional<store::AccountRow> check(store::Connection& connection, const Credentials& credentials) {
  auto account = store::find_account_by_email(connection, credentials.email);
  if (!account || account->disabled_at) {
    access::waste_password_time(credentials.password);
    return std::nullopt;
  }
  if (!access::password_matches(credentials.password, account->password_hash))
    return std::nullopt;
  return account;
}

json describe_staff(const store::AccountRow& account, const std::vector<store::Grant>& grants) {
  json roles = json::array();
  for (const auto& grant : grants)
    roles.push_back({{"role", name(grant.role)}, {"scope", grant.scope}});
  return {{"name", account.name}, {"email", account.email}, {"roles", roles}};
}

void sign_in(Services& services, store::Connection& connection, const store::AccountRow& account,
             const net::Respond& respond) {
  const auto token = access::new_token();
  const auto now = system::now_ms();
  const auto description = describe_staff(account, store::grants_of(connection, account.id)).dump();
  answer_after_write(
      services, respond,
      [hash = access::token_hash(token), id = account.id, now](store::Connection& writing) {
        store::add_staff_session(writing, hash, id, now, now + kLifetimeMs);
      },
      [&services, token, description] {
        auto response = net::json_response(201, description);
        response.headers.emplace_back("Set-Cookie",
                                      set_cookie(services, kSessionCookie, token, kLifetimeMs / 1000));
        return response;
      });
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
               if (const auto wait = attempts->wait(request.remote_address, system::now_ms()))
                 return respond(net::problem(429, {Code::too_fast, {}, {}}, *wait));
               with_store(services, std::move(respond),
                          [&services, attempts, address = request.remote_address,
                           credentials = std::get<Credentials>(read)](store::Connection& connection,
                                                                      const net::Respond& answer) {
                            const auto account = check(connection, credentials);
                            if (account)
                              return sign_in(services, connection, *account, answer);
                            attempts->failed(address, system::now_ms());
                            answer(net::problem(401, {Code::sign_in_failed, {}, {}}));
                          });
             });

  router.add("DELETE", "/api/session",
             [&services](const net::HttpRequest& request, const std::vector<std::string>&, Executor&,
                         net::Respond respond) {
               const auto token = request.cookie(kSessionCookie).value_or("");
               answer_after_write(
                   services, std::move(respond),
                   [hash = access::token_hash(token)](store::Connection& connection) {
                     store::end_staff_session(connection, hash);
                   },
                   [&services] {
                     net::HttpResponse response{204, {}, nullptr};
                     response.headers.emplace_back("Set-Cookie", set_cookie(services, kSessionCookie, "", 0));
                     return response;
                   });
             });
}

} // namespace warsha::consultation
