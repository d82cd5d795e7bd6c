#pragma once

#include "server/net/http.hpp"

#include <string>

namespace warsha::store {
class Readers;
}
namespace warsha::publication {

class Catalogue;

/// Adds what anybody may read without signing in: pages, feed, open data. `public_url` is read at each
/// request; everything outlives the router. `mail`: pages offer to be told by it. The readers are of their
/// own, so that a crowd of readers holds up no meeting; who comes when limits::kPublicPagesWaiting wait gets
/// `busy`.
void add_routes(net::Router& router, store::Readers& readers, Catalogue& catalogue,
                const std::string& public_url, bool mail);

/// 404, as a page in the reader's language: for an address that leads nowhere.
[[nodiscard]] net::HttpResponse nothing_here(const net::HttpRequest& request, const std::string& public_url);

} // namespace warsha::publication
