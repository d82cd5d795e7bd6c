#pragma once

#include "server/live/directory.hpp"
#include "server/net/http.hpp"
#include "server/net/socket.hpp"

#include <functional>
#include <optional>
#include <variant>

namespace warsha::store {
class Connection;
class Readers;
} // namespace warsha::store
namespace warsha::access {
class Passes;
}

namespace warsha::consultation {

/// As whom a request wants to enter a workshop.
enum class As : std::uint8_t { participant, staff, screen };

/// Who is at the door of a workshop. Denied unless a pass with attendance, or a session with a role there,
/// says otherwise.
class Entrance {
public:
  Entrance(const access::Passes& passes, store::Readers& readers);

  /// The visitor, or 401 pass_required / sign_in_required, 403 not_permitted, or 404 not_found. On a reader's
  /// thread, with its connection.
  [[nodiscard]] std::variant<live::Visitor, net::HttpResponse> find(store::Connection& connection,
                                                                    const net::HttpRequest& request,
                                                                    const WorkshopId& workshop, As as) const;
  /// The same from a shard: answers on a reader's thread.
  void enter(const net::HttpRequest& request, const WorkshopId& workshop, As as,
             std::function<void(std::variant<live::Visitor, net::HttpResponse>)> answer) const;

private:
  [[nodiscard]] std::optional<live::Visitor> participant(store::Connection&, const net::HttpRequest&,
                                                         const WorkshopId&) const;
  [[nodiscard]] static std::optional<live::Visitor> staff(store::Connection&, const net::HttpRequest&,
                                                          const WorkshopId&);

  const access::Passes& passes_;
  store::Readers& readers_;
};

/// Answers the upgrade request GET /live/{workshop}?as=…
void enter_live(const Entrance& entrance, live::Directory& directory, const net::HttpRequest& request,
                Executor& executor, std::function<void(net::Upgrade)> answer);

} // namespace warsha::consultation
