#include "tests/load/live/live_room.hpp"

#include "tests/load/net/http_client.hpp"

#include <nlohmann/json.hpp>
#include <stdexcept>

namespace warsha::load {

LiveRoom::LiveRoom(std::size_t its_number, std::string its_workshop, std::string its_code, Tally& tally)
    : number(its_number), workshop(std::move(its_workshop)), join_code(std::move(its_code)),
      ledger([&tally](TimePoint scheduled, TimePoint last, std::uint32_t members) {
        tally.seen_by_all(scheduled, last, members);
      }) {}

const SnapshotPoint& LiveRoom::read_snapshot(const std::string& body, bool gzip) {
  if (!last_body_.empty() && body == last_body_)
    return last_point_;
  const auto document = nlohmann::json::parse(gzip ? gunzip(body) : body, nullptr, false);
  if (!document.is_object() || !document.contains("epoch") || !document.contains("seq") ||
      !document.contains("contributions"))
    throw std::runtime_error("a snapshot can't be read");
  last_body_ = body;
  last_point_ = {document.at("epoch").get<std::string>(), document.at("seq").get<std::uint64_t>(),
                 document.at("contributions").size()};
  return last_point_;
}

} // namespace warsha::load
