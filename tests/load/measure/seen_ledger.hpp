#pragma once

#include "tests/load/measure/clock.hpp"

#include <cstdint>
#include <deque>
#include <functional>

namespace warsha::load {

/// Counts, for each message of one room, the members that have it. Messages have consecutive numbers: a
/// workshop's seq, or the order of submission where a server has no sequence.
class SeenLedger {
public:
  /// Called once for each message of ours that the last member has: when it was scheduled, when that member
  /// got it, and how many got it.
  using Complete = std::function<void(TimePoint scheduled, TimePoint last, std::uint32_t members)>;
  explicit SeenLedger(Complete complete) : complete_(std::move(complete)) {}

  /// A member that has everything up to `position`, and from now on is waited for.
  void enter(std::uint64_t position);
  /// A member that is not waited for any more.
  void leave(std::uint64_t position);
  /// A member has got `first` to `last`.
  void pass(std::uint64_t first, std::uint64_t last, TimePoint now);
  /// The number is that of a message of ours. False when that was known: a command without an effect is
  /// acknowledged with the number of the latest event.
  [[nodiscard]] bool know(std::uint64_t number, TimePoint scheduled);

  [[nodiscard]] std::uint32_t members() const { return members_; }

private:
  struct Entry {
    TimePoint scheduled;
    TimePoint last;
    std::uint32_t waited_for = 0;
    std::uint32_t got = 0;
    bool ours = false;
    bool complete = false;
  };
  void extend(std::uint64_t to);
  void settle(Entry& entry);

  Complete complete_;
  std::deque<Entry> entries_; // never shrinks: 40 bytes for each message
  std::uint64_t first_ = 0;   // the number of the first entry
  bool begun_ = false;
  std::uint32_t members_ = 0;
};

} // namespace warsha::load
