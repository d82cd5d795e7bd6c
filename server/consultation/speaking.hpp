#pragma once

#include "server/live/board.hpp"
#include "server/store/people.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

/// Who spoke, by kind of participant. Whoever gives the floor knows who speaks: so that nobody's gender, age
/// or organisation can be read off from how the figures change, they tell of limits::kGroupLeast people at
/// least, each by themselves and in what each adds to the one before.
namespace warsha::consultation {

enum class Aspect : std::uint8_t { gender, age, organisation, table };

struct SpeakingGroup {
  /// The word or the table's id; "unsaid" of who said nothing of it, "few" of several small groups together.
  std::string of;
  std::size_t people = 0;
  std::size_t turns = 0;
  std::int64_t ms = 0;
};
struct SpeakingAspect {
  Aspect aspect{};
  std::vector<SpeakingGroup> groups; // the largest first
};
struct SpeakingShare {
  SpeakingGroup all;
  std::vector<SpeakingAspect> aspects; // those that tell more than `all`
};

/// `people` as they joined. Empty while fewer than limits::kGroupLeast have spoken.
[[nodiscard]] SpeakingShare speaking_share(const live::Board& board,
                                           const std::vector<store::Characteristics>& people);

} // namespace warsha::consultation

template <> struct warsha::Words<warsha::consultation::Aspect> {
  static constexpr std::array kAll{"gender", "age", "organisation", "table"};
};
