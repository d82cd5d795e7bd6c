#pragma once

#include "server/store/journal.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace warsha::live {

struct Board;

/// A command that the journal holds, and the place of its event.
struct Known {
  std::uint64_t fingerprint{};
  Seq seq{};
};

/// A board made again from its journal, event by event: at start, and to verify.
class Rebuild {
public:
  explicit Rebuild(const WorkshopId& workshop);
  ~Rebuild();
  /// Makes room for about so many events.
  void expect(Seq events);
  /// Takes the next body. None when it fits; else what is wrong with it, in one line.
  [[nodiscard]] std::optional<std::string> apply(Seq seq, std::string_view body);
  [[nodiscard]] const Board& board() const;
  [[nodiscard]] std::unique_ptr<Board> take();
  [[nodiscard]] std::unordered_map<CommandId, Known> take_commands();
  /// The projection that the store should hold.
  [[nodiscard]] std::vector<store::ContributionRow> contributions() const;

private:
  struct State;
  std::unique_ptr<State> state_;
};

} // namespace warsha::live
