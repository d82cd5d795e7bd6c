#include "server/consultation/pass_holder.hpp"

#include "server/access/passes.hpp"
#include "server/net/http.hpp"
#include "server/runtime/system.hpp"

namespace warsha::consultation {

std::optional<ActorId> pass_holder(const access::Passes& passes, const net::HttpRequest& request) {
  const auto cookie = request.cookie(kPassCookie);
  const auto pass = cookie ? passes.verify(*cookie, system::now_ms()) : std::nullopt;
  return pass ? std::optional(pass->participant) : std::nullopt;
}

} // namespace warsha::consultation
