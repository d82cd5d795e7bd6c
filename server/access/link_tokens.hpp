#pragma once

#include "protocol/ids.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace warsha::access {

/// What stands in a link that was sent to somebody: it names one thing, for one purpose, and nobody else can
/// make one. Thread-safe.
class LinkTokens {
public:
  explicit LinkTokens(std::string secret); // 32 bytes
  /// base64url(id, the first half of an HMAC-SHA-256 over purpose and id): 43 characters.
  [[nodiscard]] std::string issue(std::string_view purpose, const uuid::Bytes& id) const;
  /// Compares in constant time; none when it was not issued here for this purpose.
  [[nodiscard]] std::optional<uuid::Bytes> verify(std::string_view purpose, std::string_view token) const;

private:
  std::string secret_;
};

} // namespace warsha::access
