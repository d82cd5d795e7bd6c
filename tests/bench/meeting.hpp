#pragma once

#include "server/live/board.hpp"
#include "server/store/journal.hpp"

#include <cstddef>
#include <random>
#include <string>
#include <vector>

namespace warsha::bench {

/// What a meeting of this size does.
struct MeetingSize {
  std::size_t people = 50;
  std::size_t contributions = 300; // beyond: people support, edit and group what is there
};

/// A workshop with people who speak Arabic in it. The same seed gives the same meeting, event for event. All
/// that it does is decided by the board's own rules.
class Meeting {
public:
  explicit Meeting(unsigned seed, MeetingSize size = {});

  [[nodiscard]] const WorkshopId& id() const { return id_; }
  [[nodiscard]] const live::Board& board() const { return board_; }
  [[nodiscard]] live::Board& board() { return board_; }
  [[nodiscard]] std::string title() const { return "ورشة " + id_.text().substr(28); }

  /// The next event, applied: the opening, some problems, then a contribution in two of five, a support (or
  /// its withdrawal) in two, and edits, themes and groupings for the rest, until the board is full; then
  /// supports mostly.
  [[nodiscard]] live::Event next();
  /// Adds until the board has this many contributions, then goes on to the solutions, in which everything can
  /// be tried.
  void contribute_until(std::size_t contributions);

  struct Attempt {
    access::Actor actor;
    Command command;
  };
  [[nodiscard]] Attempt contribute();
  [[nodiscard]] Attempt edit();
  [[nodiscard]] Attempt support();

  /// Decides and applies; none when the rules refuse it or nothing changes.
  std::optional<live::Event> act(Attempt attempt);

private:
  [[nodiscard]] std::size_t pick(std::size_t most) { return random_() % most; }
  template <class AnyId> [[nodiscard]] AnyId fresh_id();
  [[nodiscard]] Attempt attempt(const access::Actor& actor, Action action);
  [[nodiscard]] Attempt group();
  [[nodiscard]] Attempt next_attempt();
  [[nodiscard]] const live::Contribution& some_contribution();

  std::mt19937 random_;
  MeetingSize size_;
  TimeMs now_ = 1'760'000'000'000;
  WorkshopId id_;
  access::Actor facilitator_;
  std::vector<access::Actor> people_;
  live::Board board_;
};

/// Two to five sentences' worth of Arabic words, about 110 letters.
[[nodiscard]] std::string arabic_words(std::mt19937& random);
/// In the form of access::new_receipt.
[[nodiscard]] std::string receipt(std::mt19937& random);

/// What the workshop writes for these events, which were just applied to this board.
[[nodiscard]] store::Append append_of(const Meeting& meeting, const std::vector<live::Event>& events);

} // namespace warsha::bench
