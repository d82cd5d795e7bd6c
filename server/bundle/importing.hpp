#pragma once

#include "protocol/messages.hpp"
#include "server/bundle/keys.hpp"

#include <iosfwd>
#include <span>
#include <string>
#include <vector>

namespace warsha::store {
class Connection;
}

namespace warsha::bundle {

struct ImportedWorkshop {
  WorkshopId id;
  std::string title;
  std::string join_code; // of this database: those of the hall do not travel
  Seq events{};          // in the bundle
  Seq added{};           // of them: were not here before
};
struct Imported {
  ConsultationId consultation;
  std::string title, date;
  bool was_there = false; // some of it, from an earlier bundle or because it is of this database
  Seq added = 0;          // events, entries and people present that were not here
  std::vector<ImportedWorkshop> workshops;
};

/// Reads the bundle twice: first it is verified as a whole and nothing is written; then it is written in one
/// transaction, verified again, with its boards rebuilt, its contributions and its people without a name. All
/// of it is kept or, when this throws (BundleError, StoreError), nothing.
/// A bundle that is here already changes nothing; one that goes on from what is here adds the rest; one that
/// differs from what is here is refused.
Imported import(store::Connection& connection, std::istream& stream, std::span<const PublicKey> trusted);

} // namespace warsha::bundle
