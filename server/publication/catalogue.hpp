#pragma once

#include "protocol/messages.hpp"

#include <chrono>
#include <map>
#include <memory>
#include <mutex>
#include <nlohmann/json.hpp>
#include <string>
#include <unordered_map>
#include <vector>

namespace warsha::live {
class Boards;
}
namespace warsha::review {
class Ledger;
}
namespace warsha::store {
class Connection;
struct Progress;
} // namespace warsha::store

namespace warsha::publication {

/// A consultation's record, and where in it things are. Immutable.
struct Record {
  ConsultationId consultation;
  std::string version; // changes with the document
  nlohmann::json document;
  std::unordered_map<std::string, std::size_t> proposals, contributions, workshops, commitments; // by id

  [[nodiscard]] const nlohmann::json& about() const { return document.at("consultation"); }
  /// The id of the plan that it is of; empty: of none.
  [[nodiscard]] std::string plan() const;
  /// Null when there is none.
  [[nodiscard]] const nlohmann::json* proposal(const std::string& id) const;
  /// One that was dissolved, or merged into another.
  [[nodiscard]] const nlohmann::json* ended_proposal(const std::string& id) const;
  [[nodiscard]] const nlohmann::json* contribution(const std::string& id) const;
  [[nodiscard]] const nlohmann::json* workshop(const std::string& id) const;
  [[nodiscard]] const nlohmann::json* commitment(const std::string& id) const;
};
using Records = std::vector<std::shared_ptr<const Record>>;

/// The records of all consultations, kept in memory and made again when something changed: at once after a
/// step of the review, some seconds after what was said in a meeting. Thread-safe; readers wait only for the
/// record that they ask for.
class Catalogue {
public:
  Catalogue(review::Ledger& ledger, live::Boards& boards) : ledger_(ledger), boards_(boards) {}

  /// All, the latest meeting first.
  [[nodiscard]] Records all(store::Connection& connection);

private:
  struct Slot {
    std::mutex mutex;
    std::shared_ptr<const Record> record;
    std::int64_t entries = 0;
    std::int64_t day = 0;
    std::chrono::steady_clock::time_point made_at;
  };

  [[nodiscard]] std::shared_ptr<const Record> current(store::Connection& connection,
                                                      const store::Progress& progress);
  [[nodiscard]] std::shared_ptr<const Record> make(store::Connection& connection, const ConsultationId& id,
                                                   std::string version, TimeMs now);

  review::Ledger& ledger_;
  live::Boards& boards_;
  std::mutex mutex_;
  std::map<ConsultationId, std::unique_ptr<Slot>> slots_;
};

} // namespace warsha::publication
