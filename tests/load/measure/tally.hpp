#pragma once

#include "tests/load/measure/histogram.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace warsha::load {

/// Sums since the beginning; what happened in a time is the difference of two.
struct Totals {
  std::uint64_t submitted = 0;
  std::uint64_t acked = 0;
  std::uint64_t seen_by_all = 0;
  std::uint64_t deliveries = 0; // one command's event at one member
  std::uint64_t frames = 0;
  std::uint64_t bytes = 0;
};
[[nodiscard]] Totals operator-(const Totals& later, const Totals& earlier);

/// What a load counts. Latencies count for what was scheduled in the measured time, however late they end.
class Tally {
public:
  /// Until it is called, no latency counts.
  void measure(TimePoint from, TimePoint to);

  /// Each with the time at which the command was to be submitted: what waits in front of a slow server, or in
  /// this program, waits at the cost of whoever is measured.
  void submitted(TimePoint scheduled);
  void acked(TimePoint scheduled, TimePoint now);
  void seen_by_all(TimePoint scheduled, TimePoint last, std::uint32_t members);
  void delivered(std::uint64_t events) { totals_.deliveries += events; }

  /// What must not happen. Only the first ones are kept in words; all are counted.
  void fault(const std::string& what);
  /// What may happen and is worth telling: "resync: too_slow", "reject: too_fast".
  void note(const std::string& what) { ++notes_[what]; }

  /// A command that came to nothing, permitted by the scenario: nobody waits for it any more.
  void given_up() { --totals_.submitted; }
  /// Of a part of the whole.
  void add_faults_and_notes(const Tally& part);

  [[nodiscard]] Totals totals() const;
  [[nodiscard]] const Histogram& ack_times() const { return ack_; }
  [[nodiscard]] const Histogram& seen_times() const { return seen_; }
  /// Of what was scheduled in the measured time, however late it came: submissions, and the deliveries of
  /// those that everybody has.
  [[nodiscard]] std::uint64_t measured_submissions() const { return measured_submissions_; }
  [[nodiscard]] std::uint64_t measured_deliveries() const { return measured_deliveries_; }
  [[nodiscard]] std::uint64_t fault_count() const { return fault_count_; }
  [[nodiscard]] const std::vector<std::string>& faults() const { return faults_; }
  [[nodiscard]] const std::map<std::string, std::uint64_t>& notes() const { return notes_; }
  /// Submitted, and not yet seen by everybody.
  [[nodiscard]] std::uint64_t unseen() const { return totals_.submitted - totals_.seen_by_all; }

private:
  [[nodiscard]] bool measured(TimePoint scheduled) const { return scheduled >= from_ && scheduled < to_; }

  TimePoint from_ = TimePoint::max();
  TimePoint to_ = TimePoint::max();
  Totals totals_;
  Histogram ack_;
  Histogram seen_;
  std::uint64_t measured_submissions_ = 0;
  std::uint64_t measured_deliveries_ = 0;
  std::uint64_t fault_count_ = 0;
  std::vector<std::string> faults_;
  std::map<std::string, std::uint64_t> notes_;
};

} // namespace warsha::load
