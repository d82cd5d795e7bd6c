#pragma once

#include <cstdint>
#include <string>
#include <sys/types.h>

namespace warsha::load {

enum class Target : std::uint8_t { warsha, ws, bare, socketio, yjs };

/// What the command line says; every scenario reads what concerns it.
struct Options {
  std::string scenario;

  Target target = Target::warsha;
  std::string target_name = "warsha";
  std::string url = "http://127.0.0.1:8080";
  pid_t server_process = 0; // 0: nothing is read from the system
  std::string json_file;
  std::string log_folder;
  unsigned seed = 1;
  std::string email = "admin@example.org";
  std::string password;
  bool outages = false;

  std::size_t people = 1000;
  std::size_t rooms = 20;
  std::string rate = "100"; // commands per second, or "saturate"
  double seconds = 10;
  double warmup = 2;
  std::size_t message_bytes = 200;
};

} // namespace warsha::load
