#pragma once

#include "tests/load/history/history.hpp"
#include "tests/load/history/journal_source.hpp"

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace warsha::load {

struct HistoryReport {
  std::vector<Violation> violations;
  std::uint64_t workshops = 0;
  std::uint64_t events = 0; // in the journals
  std::uint64_t texts = 0;  // different texts of events that clients saw, each compared with the journal
  std::uint64_t boards = 0; // different snapshots, each compared with the journal
  std::uint64_t acked = 0;  // commands
  std::uint64_t without_effect = 0; // of them: the board was already as they wanted
  std::uint64_t unanswered = 0;     // commands without an answer; each is in the journal or not
  std::uint64_t receipts = 0;
};

/// Compares what clients sent, were told and saw with what the server kept:
/// each acknowledged command is in its workshop's journal exactly once, at the acknowledged place, by its
/// author, and with the content that was sent; no rejected one is; no event is there that nobody asked for;
/// every event and snapshot that a client was sent says what the journal says; no client's view has a gap;
/// whoever was there at the end has everything; receipts lead to their contributions; the chain of hashes
/// holds. `progress` is told each workshop; may be empty.
[[nodiscard]] HistoryReport check_history(const History& history, JournalSource& source,
                                          const std::function<void(const std::string&)>& progress = {});

} // namespace warsha::load
