#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace warsha::mail {

/// An e-mail address as somebody typed it, in lower case; none when mail can't be sent to it. Plain ASCII
/// only (RFC 5322, 3.4.1, without quoted local parts, comments and address literals): nothing of it can end a
/// header or an SMTP command.
[[nodiscard]] std::optional<std::string> clean_address(std::string_view typed);

/// What stands after the @.
[[nodiscard]] std::string domain_of(const std::string& address);

} // namespace warsha::mail
