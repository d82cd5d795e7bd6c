#pragma once

#include "protocol/ids.hpp"

#include <optional>
#include <string_view>

namespace warsha::net {
struct HttpRequest;
}
namespace warsha::access {
class Passes;
}

namespace warsha::consultation {

inline constexpr std::string_view kPassCookie = "warsha_pass";

/// The participant whose pass a request carries, if it carries a good one. A receipt may be shown to others;
/// a pass is not.
[[nodiscard]] std::optional<ActorId> pass_holder(const access::Passes& passes,
                                                 const net::HttpRequest& request);

} // namespace warsha::consultation
