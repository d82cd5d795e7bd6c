#pragma once

#include <string>

/// Checks of option values. Each gives an empty string when the value is good, else what is wrong and how to
/// mend it, to stand after the option's name.
namespace warsha::app {

/// A file that exists, or could be made: its folder exists.
[[nodiscard]] std::string check_database(const std::string& value);
[[nodiscard]] std::string check_existing_file(const std::string& value);
/// A folder that holds a built client.
[[nodiscard]] std::string check_client(const std::string& value);
/// IPv4:PORT or [IPv6]:PORT.
[[nodiscard]] std::string check_listen(const std::string& value);
/// http:// or https://, a host and perhaps a port; nothing after it.
[[nodiscard]] std::string check_public_url(const std::string& value);
/// smtp:// or smtps://, a host and a port; nothing after it.
[[nodiscard]] std::string check_mail_server(const std::string& value);
[[nodiscard]] std::string check_mail_from(const std::string& value);
[[nodiscard]] std::string check_shards(const std::string& value);
[[nodiscard]] std::string check_log_level(const std::string& value);
[[nodiscard]] std::string check_phase_seconds(const std::string& value);
[[nodiscard]] std::string check_seed(const std::string& value);

} // namespace warsha::app
