#pragma once

#include <string>

namespace warsha {
class Worker;
}
namespace warsha::store {
class Readers;
class Writer;
} // namespace warsha::store
namespace warsha::access {
class Passes;
}
namespace warsha::live {
class Boards;
class Directory;
} // namespace warsha::live
namespace warsha::review {
class Ledger;
}

namespace warsha::consultation {

/// What the HTTP handlers work with; all of it outlives the router.
struct Services {
  store::Writer& writer;
  store::Readers& readers;
  Worker& passwords; // compares them
  const access::Passes& passes;
  live::Directory& directory;
  live::Boards& boards;
  review::Ledger& ledger;
  std::string public_url;      // without a slash at its end
  bool secure_cookies = false; // when the public address is https
  bool mail = false;           // can people be told by it?
};

} // namespace warsha::consultation
