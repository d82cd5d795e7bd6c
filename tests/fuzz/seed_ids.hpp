#pragma once

#include "protocol/ids.hpp"

#include <array>

/// Ids that the targets and their seeds agree on: without them no event would name its workshop.
namespace warsha::fuzz {

template <class AnyId> [[nodiscard]] AnyId seed_id(std::uint8_t number) {
  return AnyId{uuid::make(1764000000000, {0, 0, 0, 0, 0, 0, 0, 0, 0, number})};
}

inline const WorkshopId kSeedWorkshop = seed_id<WorkshopId>(1);
inline const std::array<ActorId, 3> kSeedActors{seed_id<ActorId>(2), seed_id<ActorId>(3),
                                                seed_id<ActorId>(4)};

inline const ConsultationId kSeedConsultation = seed_id<ConsultationId>(5);
/// What the key that signs the seeds' bundles is made of.
inline constexpr std::array<std::uint8_t, 32> kSeedSecret{1, 2, 3};

} // namespace warsha::fuzz
