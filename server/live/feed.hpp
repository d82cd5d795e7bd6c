#pragma once

#include "server/live/board.hpp"
#include "server/live/directory.hpp"
#include "server/live/views.hpp"

#include <deque>
#include <optional>
#include <set>
#include <string>

/// The committed events of one workshop as its room is told them. Pure: no clock, no sockets.
///
/// Invariants: entries are consecutive and end at committed(); those after published() wait for the next
/// publication and are never let go before it; of the others, limits::kResumeEvents are kept for people who
/// resume.
namespace warsha::live {

class Feed {
public:
  struct Reader {
    Audience audience{};
    std::optional<TableId> seat{};
  };
  /// An event with what each audience is shown of it.
  struct Entry {
    Event event;
    std::string room;
    std::string staff;
    std::optional<TableId> table{}; // whose people are told more than the room
    std::string at_table{};         // and what
    [[nodiscard]] const std::string& of(const Reader& reader) const {
      if (reader.audience == Audience::staff)
        return staff;
      return table && table == reader.seat ? at_table : room;
    }
  };

  explicit Feed(Seq committed) : committed_(committed), published_(committed) {}

  [[nodiscard]] Seq committed() const { return committed_; }
  [[nodiscard]] Seq published() const { return published_; }
  /// The next event, now on disk.
  void add(Entry entry);
  /// Encodes again what was kept of a contribution: whoever resumes must not be sent words that were hidden
  /// or withdrawn since.
  void redact(const ContributionId& contribution, const Board& board, const Names& names);
  /// What came before `seq` told names, figures or drafts that may not be told any more: whoever has not seen
  /// all of it is out of reach.
  void forget_before(Seq seq) { forgotten_ = seq - 1; }

  /// Is everything after `seq` up to published() still here, and may be told?
  [[nodiscard]] bool reaches_back_to(Seq seq) const {
    return seq + entries_.size() >= committed_ && seq >= forgotten_;
  }
  /// What a message of everything after `after` (within reach) up to published() has to carry.
  [[nodiscard]] std::size_t bytes(Seq after, const Reader& reader) const;
  /// One `events` message of all after `after` up to `last`, both within reach, after < last. Tallies that a
  /// later one among them supersedes are left out.
  [[nodiscard]] std::string message(Seq after, Seq last, const Reader& reader) const;
  /// Tables whose people are told more than the room of what comes after `after`, within reach.
  [[nodiscard]] std::set<TableId> tables_told(Seq after) const;
  /// Everything is told now.
  void set_published();

private:
  [[nodiscard]] const Entry& at(Seq seq) const { return entries_[entries_.size() - 1 - (committed_ - seq)]; }

  std::deque<Entry> entries_;
  Seq committed_;
  Seq published_;
  Seq forgotten_ = 0;
};

} // namespace warsha::live
