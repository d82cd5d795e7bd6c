#include "tests/load/measure/tally.hpp"

#include "tests/load/net/websocket.hpp"

namespace warsha::load {

namespace {

constexpr std::size_t kFaultsInWords = 20;

} // namespace

Totals operator-(const Totals& later, const Totals& earlier) {
  return {later.submitted - earlier.submitted,     later.acked - earlier.acked,
          later.seen_by_all - earlier.seen_by_all, later.deliveries - earlier.deliveries,
          later.frames - earlier.frames,           later.bytes - earlier.bytes};
}

void Tally::measure(TimePoint from, TimePoint to) {
  from_ = from;
  to_ = to;
  ack_.clear();
  seen_.clear();
  measured_submissions_ = 0;
  measured_deliveries_ = 0;
}

void Tally::submitted(TimePoint scheduled) {
  ++totals_.submitted;
  if (measured(scheduled))
    ++measured_submissions_;
}

void Tally::acked(TimePoint scheduled, TimePoint now) {
  ++totals_.acked;
  if (measured(scheduled))
    ack_.add(now - scheduled);
}

void Tally::seen_by_all(TimePoint scheduled, TimePoint last, std::uint32_t members) {
  ++totals_.seen_by_all;
  if (!measured(scheduled))
    return;
  seen_.add(last - scheduled);
  measured_deliveries_ += members;
}

void Tally::fault(const std::string& what) {
  ++fault_count_;
  if (faults_.size() < kFaultsInWords)
    faults_.push_back(what);
}

void Tally::add_faults_and_notes(const Tally& part) {
  for (const auto& what : part.faults_)
    fault(what);
  fault_count_ += part.fault_count_ - part.faults_.size();
  for (const auto& [what, times] : part.notes_)
    notes_[what] += times;
}

Totals Tally::totals() const {
  auto totals = totals_;
  totals.frames = WebSocket::frames_received();
  totals.bytes = Stream::bytes_received();
  return totals;
}

} // namespace warsha::load
