#pragma once

#include <filesystem>
#include <functional>
#include <iosfwd>
#include <string>

namespace warsha::app {

struct VerifyOptions {
  std::filesystem::path database = "warsha.db";
  /// Told what is being read, several times a second; for a line on a terminal. May be empty.
  std::function<void(const std::string& line)> progress;
};

/// Reads the whole journal and recomputes everything that follows from it: each event's hash, each workshop's
/// head, the board, and the projection that the board should have; and each review's ledger. One line per
/// workshop and per review goes to `out`, and one for each fault, with the place and what differs. Works
/// beside a running server. Gives 0 when all is whole, else 1.
///
/// What it cannot see: a journal that somebody rewrote from some event to its end, with every hash after it.
/// Only a head hash that was published or printed before shows that.
[[nodiscard]] int verify(const VerifyOptions& options, std::ostream& out);

} // namespace warsha::app
