// Private to this folder.
#pragma once

#include <functional>

namespace warsha::store {
class Connection;
class Writer;
} // namespace warsha::store

namespace warsha::mail {

/// Returns when what the task wrote is on disk; throws what it threw, or that it was not kept.
void write_now(store::Writer& writer, std::function<void(store::Connection&)> task);

} // namespace warsha::mail
