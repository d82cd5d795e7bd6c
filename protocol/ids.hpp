#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace warsha {

/// A UUIDv7 (RFC 9562). `Tag` keeps the ids of different things apart at compile time.
template <class Tag> struct Id {
  std::array<std::uint8_t, 16> bytes{};

  auto operator<=>(const Id&) const = default;
  // Sixteen bytes known as such compare in two instructions; an array's own comparison is a call.
  bool operator==(const Id& other) const { return std::memcmp(bytes.data(), other.bytes.data(), 16) == 0; }
  [[nodiscard]] std::string text() const;
  /// Takes lower-case canonical text of a version 7 UUID only; nothing else.
  [[nodiscard]] static std::optional<Id> parse(std::string_view text);
};

namespace uuid {
using Bytes = std::array<std::uint8_t, 16>;
[[nodiscard]] std::string text(const Bytes& bytes);
/// The same without a string around it.
[[nodiscard]] std::array<char, 36> characters(const Bytes& bytes);
[[nodiscard]] std::optional<Bytes> parse(std::string_view text);
/// `unix_ms` in the first 48 bits, `random` (10 bytes) in the rest.
[[nodiscard]] Bytes make(std::int64_t unix_ms, const std::array<std::uint8_t, 10>& random);

/// Of this process alone: clients choose ids, and knew they how these fall into tables, they would choose
/// those that fall into one place, where every look-up goes through all of them.
using HashKey = std::array<std::uint64_t, 3>;
[[nodiscard]] HashKey draw_hash_key();
inline const HashKey kHashKey = draw_hash_key();

/// Both halves of the product: each bit of the result hangs on all bits of both factors.
[[nodiscard]] inline std::uint64_t multiply_and_fold(std::uint64_t a, std::uint64_t b) {
  __extension__ using Wide = unsigned __int128;
  const auto product = static_cast<Wide>(a) * b;
  return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
}
} // namespace uuid

template <class Tag> std::string Id<Tag>::text() const {
  return uuid::text(bytes);
}
template <class Tag> std::optional<Id<Tag>> Id<Tag>::parse(std::string_view text) {
  auto parsed = uuid::parse(text);
  if (!parsed)
    return std::nullopt;
  return Id{*parsed};
}

using CommandId = Id<struct CommandTag>;
using ConsultationId = Id<struct ConsultationTag>;
using WorkshopId = Id<struct WorkshopTag>;
using ContributionId = Id<struct ContributionTag>;
using ThemeId = Id<struct ThemeTag>;
using TableId = Id<struct TableTag>;
using DraftId = Id<struct DraftTag>;
/// A theme or a contribution.
using TargetId = Id<struct TargetTag>;
using TemplateId = Id<struct TemplateTag>;
using AnswerTemplateId = Id<struct AnswerTemplateTag>;
using ProposalId = Id<struct ProposalTag>;
using CommitmentId = Id<struct CommitmentTag>;
using ListId = Id<struct ListTag>;
using QuestionId = Id<struct QuestionTag>;
/// A participant or an account: whoever acts in a workshop.
using ActorId = Id<struct ActorTag>;

/// What a command makes (a contribution, a theme, a table, a draft) takes the command's id, so that a
/// repeated command cannot make two.
template <class To, class From> [[nodiscard]] To id_cast(const From& from) {
  return To{from.bytes};
}

} // namespace warsha

template <class Tag> struct std::hash<warsha::Id<Tag>> {
  std::size_t operator()(const warsha::Id<Tag>& id) const noexcept {
    std::uint64_t first = 0;
    std::uint64_t second = 0;
    std::memcpy(&first, id.bytes.data(), 8);
    std::memcpy(&second, id.bytes.data() + 8, 8);
    const auto& key = warsha::uuid::kHashKey;
    using warsha::uuid::multiply_and_fold;
    return multiply_and_fold(multiply_and_fold(first ^ key[0], key[1]) ^ second, key[2]);
  }
};
