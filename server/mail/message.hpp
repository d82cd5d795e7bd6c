#pragma once

#include "protocol/messages.hpp"

#include <string>

namespace warsha::mail {

/// A message of its own words in two forms. Texts are UTF-8 with line feeds; addresses are as clean_address
/// gives them.
struct Message {
  std::string from;      // address
  std::string from_name; // in the message's language
  std::string to;
  std::string subject;
  std::string text;
  std::string html;
  std::string language;
  std::string id; // unique, of letters, digits and hyphens
  TimeMs at{};
  std::string stop_url{}; // where one click ends it; empty: it is not sent for a subscription
};

/// The message as it goes over SMTP (RFC 5322, MIME of RFC 2045 to 2047, one-click unsubscribing of RFC
/// 8058), lines ended by CR LF, all of it ASCII in short lines. Whatever the fields hold, each stays in its
/// header.
[[nodiscard]] std::string written(const Message& message);

/// A header's value in encoded words of RFC 2047, folded, where it needs it; no control survives.
/// `column`: where in its line it begins.
[[nodiscard]] std::string encoded_header(const std::string& text, std::size_t column);

/// "Mon, 30 Nov 2026 08:25:00 +0000".
[[nodiscard]] std::string written_date(TimeMs at);

} // namespace warsha::mail
