#pragma once

#include "protocol/messages.hpp"
#include "server/store/journal.hpp"

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>

namespace warsha::live {
struct Board;

/// Boards for who only reads, rebuilt from their journals and kept while these don't go on: what was said in
/// a meeting is read for months. The limits::kBoardsKept that were read last; thread-safe.
class Boards {
public:
  /// As the connection's snapshot of the database has it; null when there is no such workshop. Throws
  /// StoreError when its journal can't be read or doesn't fit together.
  [[nodiscard]] std::shared_ptr<const Board> read(store::Connection& connection, const WorkshopId& workshop);

private:
  struct Kept {
    store::Hash head{};
    std::shared_ptr<const Board> board;
    std::uint64_t read = 0; // the highest was read last
  };
  void keep(const WorkshopId& workshop, Kept kept);

  std::mutex mutex_;
  std::map<WorkshopId, Kept> kept_;
  std::uint64_t reads_ = 0;
};

} // namespace warsha::live
