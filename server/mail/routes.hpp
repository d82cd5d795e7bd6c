#pragma once

#include "server/mail/links.hpp"

#include <functional>

namespace warsha::net {
class Router;
}
namespace warsha::store {
class Readers;
class Writer;
} // namespace warsha::store
namespace warsha::access {
class Passes;
}
namespace warsha::publication {
class Catalogue;
}

namespace warsha::mail {

/// What the handlers work with; all of it outlives the router.
struct Services {
  store::Writer& writer;
  store::Readers& readers; // the public's
  publication::Catalogue& catalogue;
  const access::Passes& passes;
  const Links& links;
  std::function<void()> wake; // there is something to send; empty: this server sends no mail
};

/// Following by mail: the forms of the public pages, the receipt page's request, and the links in messages,
/// which lead somewhere also while nothing can be sent.
void add_routes(net::Router& router, Services& services);

} // namespace warsha::mail
