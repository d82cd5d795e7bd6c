#pragma once

#include <cstddef>
#include <filesystem>
#include <string>

namespace warsha::app {

struct ServeOptions {
  std::filesystem::path database = "warsha.db";
  std::filesystem::path client = "client-web/dist";
  std::string listen = "127.0.0.1:8080"; // address:port; port 0 picks a free one
  std::string public_url;                // what phones open; empty: http(s)://<listen>
  std::filesystem::path tls_certificate; // PEM; empty, like the key: plain HTTP
  std::filesystem::path tls_key;
  std::string mail_server;                  // smtp:// or smtps://, host and port; empty: no mail is sent
  std::string mail_from;                    // address
  std::string mail_user;                    // empty: without signing in
  std::filesystem::path mail_password_file; // its first line
  std::size_t shards = 0;                   // 0: one per core
  bool behind_proxy = false;                // believe the last X-Forwarded-For
  std::string log_level = "info";
};

/// Serves until SIGTERM or SIGINT, then drains. Prints "listening on http://ADDRESS:PORT" (https:// under
/// TLS) on standard output once ready. Gives the exit status; what is wrong goes to standard error in one
/// line.
[[nodiscard]] int serve(const ServeOptions& options);

} // namespace warsha::app
