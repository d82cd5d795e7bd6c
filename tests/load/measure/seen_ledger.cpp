#include "tests/load/measure/seen_ledger.hpp"

#include <algorithm>

namespace warsha::load {

void SeenLedger::extend(std::uint64_t to) {
  while (first_ + entries_.size() <= to) {
    Entry entry;
    entry.waited_for = members_;
    entries_.push_back(entry);
  }
}

void SeenLedger::settle(Entry& entry) {
  if (entry.complete || !entry.ours || entry.waited_for > 0)
    return;
  entry.complete = true;
  complete_(entry.scheduled, entry.last, entry.got);
}

void SeenLedger::enter(std::uint64_t position) {
  if (!begun_) {
    begun_ = true;
    first_ = position + 1;
  }
  extend(position);
  for (auto number = std::max(position + 1, first_); number < first_ + entries_.size(); ++number)
    ++entries_[number - first_].waited_for;
  ++members_;
}

void SeenLedger::leave(std::uint64_t position) {
  --members_;
  for (auto number = std::max(position + 1, first_); number < first_ + entries_.size(); ++number) {
    auto& entry = entries_[number - first_];
    --entry.waited_for;
    settle(entry);
  }
}

void SeenLedger::pass(std::uint64_t first, std::uint64_t last, TimePoint now) {
  extend(last);
  for (auto number = std::max(first, first_); number <= last; ++number) {
    auto& entry = entries_[number - first_];
    --entry.waited_for;
    entry.last = now;
    ++entry.got;
    settle(entry);
  }
}

bool SeenLedger::know(std::uint64_t number, TimePoint scheduled) {
  if (!begun_ || number < first_) { // whoever entered had it already
    complete_(scheduled, scheduled, 0);
    return true;
  }
  extend(number);
  auto& entry = entries_[number - first_];
  if (entry.ours)
    return false;
  entry.ours = true;
  entry.scheduled = scheduled;
  settle(entry);
  return true;
}

} // namespace warsha::load
