#pragma once

#include "protocol/messages.hpp"

#include <optional>
#include <string>
#include <string_view>

/// A participant's pass: a cookie that says who it is, signed, so that a room that reconnects at once needs
/// no look-up.
namespace warsha::access {

struct Pass {
  ActorId participant;
  ConsultationId consultation;
  TimeMs issued_at{};
};

class Passes {
public:
  explicit Passes(std::string secret); // 32 bytes
  /// base64url(payload) "." base64url(HMAC-SHA-256). Thread-safe.
  [[nodiscard]] std::string issue(const Pass& pass) const;
  /// Compares in constant time; none when the signature is wrong or it is older than limits::kPassTime.
  [[nodiscard]] std::optional<Pass> verify(std::string_view token, TimeMs now) const;

private:
  std::string secret_;
};

} // namespace warsha::access
