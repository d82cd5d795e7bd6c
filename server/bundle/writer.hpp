#pragma once

#include "protocol/messages.hpp"
#include "server/bundle/format.hpp"
#include "server/bundle/keys.hpp"

#include <iosfwd>

namespace warsha::store {
class Connection;
}

namespace warsha::bundle {

/// Writes a consultation as it stands at one moment, beside a running server or without one. The same
/// content, key and instant give the same bytes. Gives the manifest. Throws BundleError when there is no such
/// consultation, and StoreError; what was written by then is no bundle. Whoever writes a file reads it again
/// with read(), which judges what the database held.
Manifest write(store::Connection& connection, const ConsultationId& consultation, const SigningKey& key,
               TimeMs exported_at, std::ostream& out);

} // namespace warsha::bundle
