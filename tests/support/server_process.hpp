#pragma once

#include <cstdint>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <sys/types.h>
#include <vector>

namespace warsha::test {

inline constexpr const char* kPassword = "correct-horse-7";

/// The built server as a process, with a folder of its own for the database and a client of one page.
/// Always ended by its process id.
class ServerProcess {
public:
  ServerProcess();
  ~ServerProcess();
  ServerProcess(const ServerProcess&) = delete;
  ServerProcess& operator=(const ServerProcess&) = delete;

  /// `warsha import` of the demonstration: its answer, workshops with id and join_code.
  [[nodiscard]] nlohmann::json import_demonstration();
  /// `warsha admin account add`, for ROLE@example.org and kPassword; everywhere, unless it is the admin.
  /// With `who` as name, before the @ of the e-mail, and as role unless another is given.
  void add_account(const std::string& who, const std::vector<std::string>& scope = {"--all"},
                   std::string role = {});

  /// Returns when it listens, on a free port. `options` of `warsha serve` besides its own.
  void start(const std::vector<std::string>& options = {});
  /// Its own folder; gone with it.
  [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }
  [[nodiscard]] std::uint16_t port() const { return port_; }

  void send_signal(int signal) const;
  /// Waits for the end: its exit code, 128 + signal when it was killed, nothing when it is still there.
  [[nodiscard]] std::optional<int> wait_for_end(double seconds);
  void kill();

  /// Another run of the program on the same database; what it printed on stdout. Throws when it fails.
  std::string run(std::vector<std::string> arguments, const std::string& input = {}) const;
  /// `warsha verify`; throws when it finds a fault.
  std::string verify() const;

private:
  std::filesystem::path folder_;
  pid_t process_ = 0;
  int said_ = -1;
  std::uint16_t port_ = 0;
};

} // namespace warsha::test
