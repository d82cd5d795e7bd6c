#pragma once

#include "protocol/messages.hpp"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

/// The database as it stands, unjudged: what `warsha verify` compares with what it should be.
namespace warsha::store {

class Connection;

/// What SQLite itself finds wrong, one line each: damaged pages, indexes that disagree with their table, rows
/// that point nowhere. Reads the whole file.
[[nodiscard]] std::vector<std::string> file_faults(Connection& connection);

/// Every row of a workshop's journal in order, with the hash that is stored beside it (32 bytes, or whatever
/// is there).
void read_journal(Connection& connection, const WorkshopId& workshop,
                  const std::function<void(Seq, std::string_view body, std::string_view hash)>& each);

/// Contributions that do not stand at the place of the event that they name: read_contributions does not give
/// them.
[[nodiscard]] std::vector<ContributionId> misplaced_contributions(Connection& connection);

} // namespace warsha::store
