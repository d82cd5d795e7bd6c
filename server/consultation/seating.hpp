#pragma once

#include "protocol/ids.hpp"
#include "protocol/words.hpp"
#include "server/store/people.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace warsha::consultation {

enum class SeatBy : std::uint8_t { random, balanced };

/// Divides people over tables of about `size`, none of which has two more than another. By chance alone, or
/// so that each kind of organisation, gender and age is spread over the tables as evenly as it goes. Whoever
/// said nothing of themselves counts as a kind of their own. The same seed and people give the same tables.
[[nodiscard]] std::vector<std::vector<ActorId>> seat_at_random(std::vector<ActorId> people, std::size_t size,
                                                               std::uint64_t seed);
[[nodiscard]] std::vector<std::vector<ActorId>> seat_balanced(std::vector<store::Characteristics> people,
                                                              std::size_t size, std::uint64_t seed);

} // namespace warsha::consultation

template <> struct warsha::Words<warsha::consultation::SeatBy> {
  static constexpr std::array kAll{"random", "balanced"};
};
