#pragma once

#include "protocol/ids.hpp"

#include <cstdint>
#include <optional>
#include <string>
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

/// The header that leaves a pass with a browser. `secure`: for https alone.
[[nodiscard]] std::string pass_cookie(std::string_view pass, bool secure);
[[nodiscard]] std::string set_cookie(std::string_view name, std::string_view value, std::int64_t max_age_s,
                                     bool secure);

} // namespace warsha::consultation
