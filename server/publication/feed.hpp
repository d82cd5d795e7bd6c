#pragma once

#include "server/publication/catalogue.hpp"
#include "server/publication/pages.hpp"

#include <string>

namespace warsha::publication {

/// What happened last to the proposals that the query selects, or to the one that it names (`proposal`), to
/// the commitments that they went into, and what was set aside, as an Atom feed (RFC 4287). Anybody may
/// subscribe, and nobody has to say who they are.
[[nodiscard]] std::string feed(const Visit& visit, const Records& records);

} // namespace warsha::publication
