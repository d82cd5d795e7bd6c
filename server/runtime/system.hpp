#pragma once

#include "protocol/ids.hpp"
#include "protocol/messages.hpp"

#include <cstddef>
#include <cstdint>
#include <span>

/// The two impure things that the rules never touch, in one place.
namespace warsha::system {

/// UTC in milliseconds.
[[nodiscard]] TimeMs now_ms();

/// Cryptographic random (OpenSSL); throws when the system gives none. Thread-safe.
void random(std::span<std::uint8_t> out);

/// A fresh UUIDv7.
template <class AnyId> [[nodiscard]] AnyId new_id() {
  std::array<std::uint8_t, 10> bytes{};
  random(bytes);
  return AnyId{uuid::make(now_ms(), bytes)};
}

} // namespace warsha::system
