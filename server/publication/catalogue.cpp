#include "server/publication/catalogue.hpp"

#include "protocol/limits.hpp"
#include "server/publication/record.hpp"
#include "server/review/dossier.hpp"
#include "server/review/ledger.hpp"
#include "server/runtime/system.hpp"
#include "server/store/connection.hpp"
#include "server/store/review.hpp"

#include <spdlog/spdlog.h>

namespace warsha::publication {

using nlohmann::json;

namespace {

constexpr TimeMs kDayMs = 24LL * 60 * 60 * 1000;

const json* find(const json& list, const std::unordered_map<std::string, std::size_t>& places,
                 const std::string& id) {
  const auto found = places.find(id);
  return found == places.end() ? nullptr : &list.at(found->second);
}

std::unordered_map<std::string, std::size_t> places(const json& list) {
  std::unordered_map<std::string, std::size_t> out;
  for (std::size_t i = 0; i < list.size(); ++i)
    out.emplace(list[i].at("id").get<std::string>(), i);
  return out;
}

/// Lateness is counted in days, and the committee's lists end with one: a record is of one day.
std::string version_of(const store::Progress& progress, TimeMs now) {
  return std::to_string(progress.workshops) + "." + std::to_string(progress.events) + "." +
         std::to_string(progress.entries) + "." + progress.plan + "." + std::to_string(now / kDayMs);
}

} // namespace

std::string Record::plan() const {
  const auto found = about().find("plan");
  return found == about().end() ? std::string() : found->at("id").get<std::string>();
}
const json* Record::proposal(const std::string& id) const {
  return find(document.at("proposals"), proposals, id);
}
const json* Record::ended_proposal(const std::string& id) const {
  for (const auto& one : document.at("ended_proposals"))
    if (one.at("id") == id)
      return &one;
  return nullptr;
}
const json* Record::contribution(const std::string& id) const {
  return find(document.at("contributions"), contributions, id);
}
const json* Record::workshop(const std::string& id) const {
  return find(document.at("workshops"), workshops, id);
}
const json* Record::commitment(const std::string& id) const {
  return find(document.at("commitments"), commitments, id);
}

Records Catalogue::all(store::Connection& connection) {
  Records records;
  for (const auto& progress : store::progress_of_all(connection))
    if (auto record = current(connection, progress))
      records.push_back(std::move(record));
  return records;
}

std::shared_ptr<const Record> Catalogue::current(store::Connection& connection,
                                                 const store::Progress& progress) {
  Slot* slot = nullptr;
  {
    const std::lock_guard lock(mutex_);
    auto& kept = slots_[progress.consultation];
    if (!kept)
      kept = std::make_unique<Slot>();
    slot = kept.get();
  }
  const std::lock_guard lock(slot->mutex);
  const auto now = system::now_ms();
  auto version = version_of(progress, now);
  const auto since = std::chrono::steady_clock::now() - slot->made_at;
  const bool same_review = slot->entries == progress.entries && slot->day == now / kDayMs;
  if (slot->record && (slot->record->version == version || (same_review && since < limits::kRecordAge)))
    return slot->record;
  try {
    slot->record = make(connection, progress.consultation, std::move(version), now);
  } catch (const std::exception& error) {
    // One journal that can't be read takes no other consultation's pages away: the record of before stays.
    spdlog::error("the public record of consultation {} can't be made: {}", progress.consultation.text(),
                  error.what());
  }
  slot->entries = progress.entries;
  slot->day = now / kDayMs;
  slot->made_at = std::chrono::steady_clock::now();
  return slot->record;
}

std::shared_ptr<const Record> Catalogue::make(store::Connection& connection, const ConsultationId& id,
                                              std::string version, TimeMs now) {
  const auto dossier = review::read_dossier(connection, boards_, id);
  if (!dossier)
    return nullptr;
  auto record = std::make_shared<Record>();
  record->consultation = id;
  record->version = std::move(version);
  ledger_.look(connection, id,
               [&](const review::Docket& docket) { record->document = make_record(docket, *dossier, now); });
  record->proposals = places(record->document.at("proposals"));
  record->contributions = places(record->document.at("contributions"));
  record->workshops = places(record->document.at("workshops"));
  record->commitments = places(record->document.at("commitments"));
  return record;
}

} // namespace warsha::publication
