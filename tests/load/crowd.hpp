#pragma once

#include "tests/load/measure/tally.hpp"
#include "tests/load/net/event_loop.hpp"

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

namespace warsha::load {

/// The participants of one load against one kind of server, as far as scenarios for every kind need them.
class Crowd {
public:
  virtual ~Crowd() = default;

  /// Everything before the first live connection. Throws std::runtime_error when it can't be done.
  virtual void prepare() = 0;
  /// Connects everybody, and returns when all can speak and hear. Throws std::runtime_error.
  virtual void connect() = 0;
  /// Everything that is said once, so that each submit() is like the others.
  virtual void get_ready() {}
  /// Who speaks, for Arrivals; numbers for submit().
  [[nodiscard]] virtual std::vector<std::size_t> turns() const = 0;
  /// One message of one person, to be received by everybody in the room.
  virtual void submit(std::size_t person, TimePoint scheduled) = 0;
  /// Commands a second that the server permits all who have turns; 0: any number.
  [[nodiscard]] virtual double most_commands_per_second() const { return 0; }
  /// Whether there is an acknowledgement apart from the message itself.
  [[nodiscard]] virtual bool has_acks() const { return false; }
  /// Everybody goes; what was not received by then is a fault.
  virtual void finish() = 0;
};

/// 0 to count - 1.
[[nodiscard]] std::vector<std::size_t> everybody(std::size_t count);

/// "joining: 300 of 1000", on a terminal drawn over; elsewhere now and then.
void show_progress(const std::string& what, std::size_t done, std::size_t of);
void end_progress();

} // namespace warsha::load
