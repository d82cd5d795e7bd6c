#pragma once

#include <cstdint>
#include <string>
#include <sys/types.h>
#include <vector>

namespace warsha::load {

enum class Target : std::uint8_t { warsha, ws, bare, socketio, yjs };

/// What the command line says; each scenario reads what concerns it, and has defaults of its own for some.
struct Options {
  std::string scenario;

  // Of every scenario.
  Target target = Target::warsha;
  std::string target_name = "warsha";
  std::string url = "http://127.0.0.1:8080";
  bool tls = false;         // speak https to a URL that says http
  pid_t server_process = 0; // 0: nothing is read from the system
  std::string json_file;
  std::string log_folder;
  unsigned seed = 1;
  std::string email = "admin@example.org";
  std::string password;
  bool outages = false;
  std::size_t people = 1000;
  std::size_t rooms = 20;
  std::size_t message_bytes = 200;

  // steady, slow, idle, day.
  std::string rate = "100"; // commands per second, or "saturate"
  double seconds = 10;
  double warmup = 2;
  std::size_t staff = 1;    // in each room
  double start_rate = 0;    // where the search for the highest begins; 0: looked for
  double trial_seconds = 0; // how long a rate is held in it; 0: a part of `seconds`

  // vote.
  std::vector<std::size_t> sizes;
  double within_seconds = 2;

  // return.
  std::size_t contributions = 300; // of each room
  std::size_t meanwhile = 5;       // events of each room while everybody is away
  int jitter_ms = 0;
  bool fresh = false;
  bool half_open = false;

  // slow.
  double slow_share = 0.01;
  std::size_t pairs = 3;

  // check.
  std::string database;
  bool ask_receipts = false;

  // day.
  double factor = 60;
};

} // namespace warsha::load
