#pragma once

#include <cstddef>
#include <filesystem>
#include <string>

/// Plays a consultation file through real sockets, as separate participants.
namespace warsha::replay {

struct Options {
  std::filesystem::path file;
  std::string server; // http://host:port
  std::string email;  // an account that may create consultations (admin)
  std::string password;
  double phase_seconds =
      60;            // how long people think and write in a phase; 0: as fast as the server acknowledges
  unsigned seed = 1; // of who says what, and when
};

/// Creates the file's consultation on the server, joins its people, plays its workshops in parallel through
/// all phases, and compares every board and every receipt with the file. Clients that lose their connection
/// come back by themselves and send again what was not acknowledged, also while the server is killed and
/// started. Progress goes to standard error, the report to standard output. Gives 0 when everything is equal,
/// 1 when something differs or could not be played.
[[nodiscard]] int run(const Options& options);

} // namespace warsha::replay
