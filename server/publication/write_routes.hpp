#pragma once

#include "server/net/http.hpp"

#include <string>

namespace warsha::access {
class Passes;
}
namespace warsha::live {
class Directory;
}
namespace warsha::store {
class Readers;
}

namespace warsha::publication {

/// What the form of a written consultation works with; all of it outlives the router.
struct WriteServices {
  store::Readers& readers; // of their own, as those of the other public pages
  live::Directory& directory;
  const access::Passes& passes;
  const std::string& public_url; // read at each request
  bool secure_cookies = false;
};

/// GET and POST /write/{workshop}: anybody reads the form of a written consultation, and writes by it. What
/// comes in is decided on like every command of a participant, and waits until staff show it.
void add_write_routes(net::Router& router, WriteServices services);

} // namespace warsha::publication
