#include "server/live/boards.hpp"

#include "protocol/limits.hpp"
#include "server/live/board.hpp"
#include "server/live/workshop.hpp"

#include <algorithm>

namespace warsha::live {

std::shared_ptr<const Board> Boards::read(store::Connection& connection, const WorkshopId& workshop) {
  const auto head = store::read_head(connection, workshop);
  if (!head)
    return nullptr;
  {
    const std::lock_guard lock(mutex_);
    const auto found = kept_.find(workshop);
    if (found != kept_.end() && found->second.head == head->hash) {
      found->second.read = ++reads_;
      return found->second.board;
    }
  }
  // Nobody waits while a journal is read; two who ask at once both read it.
  std::shared_ptr<const Board> board = std::move(load(connection, workshop)->board);
  keep(workshop, {head->hash, board});
  return board;
}

void Boards::keep(const WorkshopId& workshop, Kept kept) {
  const std::lock_guard lock(mutex_);
  kept.read = ++reads_;
  kept_[workshop] = std::move(kept);
  if (kept_.size() > limits::kBoardsKept)
    kept_.erase(std::ranges::min_element(kept_, {}, [](const auto& one) { return one.second.read; }));
}

} // namespace warsha::live
