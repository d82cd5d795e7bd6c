#pragma once

#include "server/review/docket.hpp"

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <variant>

namespace warsha::store {
class Connection;
class Writer;
} // namespace warsha::store

namespace warsha::review {

/// The dockets of all consultations, read from their ledgers when somebody first asks. Thread-safe: reads run
/// on readers' threads, commands on the writer's.
class Ledger {
public:
  explicit Ledger(store::Writer& writer) : writer_(writer) {}

  /// Called on the writer's thread after each entry that was kept: must only wake somebody. To be said before
  /// the first command.
  void on_entry(std::function<void()> kept) { kept_ = std::move(kept); }

  /// Runs `look` on the docket as the connection's snapshot of the database has it, at least.
  void look(store::Connection& connection, const ConsultationId& consultation,
            const std::function<void(const Docket&)>& look);

  using Outcome = std::variant<Seq, Rejection>;
  /// `surroundings` is called on the writer's thread with its connection. The same id again gives the same
  /// seq. `reply` gets a rejection `busy` when nothing could be written.
  void act(const ConsultationId& consultation, Command command, Reviewer reviewer,
           std::function<Surroundings(store::Connection&)> surroundings, std::function<void(Outcome)> reply);

private:
  /// A docket as one kind of connection sees it. None at first, and again after what failed.
  struct Side {
    std::mutex mutex;
    std::optional<Docket> docket;
  };
  /// The writer sees what is not committed yet, which nobody may be told: two sides.
  struct Slot {
    Side reading;
    Side writing;
  };

  [[nodiscard]] std::shared_ptr<Slot> slot_of(const ConsultationId& consultation);
  static void catch_up(store::Connection& connection, const ConsultationId& consultation, Side& side);

  store::Writer& writer_;
  std::function<void()> kept_ = [] {};
  std::mutex mutex_;
  std::map<ConsultationId, std::shared_ptr<Slot>> slots_;
};

} // namespace warsha::review
