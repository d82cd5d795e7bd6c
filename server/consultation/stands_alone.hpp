#pragma once

#include "server/live/board.hpp"

namespace warsha::consultation {

/// It was merged into none, or into one that was hidden since, as review::read_rows() has it of the store's
/// rows.
[[nodiscard]] inline bool stands_alone(const live::Board& board, const live::Contribution& contribution) {
  return !contribution.merged_into || board.find(*contribution.merged_into)->state == live::State::hidden;
}

} // namespace warsha::consultation
