#include "server/consultation/pass_holder.hpp"

#include "protocol/limits.hpp"
#include "server/access/passes.hpp"
#include "server/net/http.hpp"
#include "server/runtime/system.hpp"

namespace warsha::consultation {

std::optional<ActorId> pass_holder(const access::Passes& passes, const net::HttpRequest& request) {
  const auto cookie = request.cookie(kPassCookie);
  const auto pass = cookie ? passes.verify(*cookie, system::now_ms()) : std::nullopt;
  return pass ? std::optional(pass->participant) : std::nullopt;
}

std::string pass_cookie(std::string_view pass, bool secure) {
  return set_cookie(kPassCookie, pass,
                    std::chrono::duration_cast<std::chrono::seconds>(limits::kPassTime).count(), secure);
}

std::string set_cookie(std::string_view name, std::string_view value, std::int64_t max_age_s, bool secure) {
  std::string cookie(name);
  cookie += '=';
  cookie += value;
  // Lax: the link on a poster or in a message must find the person's pass.
  cookie += "; Path=/; HttpOnly; SameSite=Lax; Max-Age=" + std::to_string(max_age_s);
  if (secure)
    cookie += "; Secure";
  return cookie;
}

} // namespace warsha::consultation
