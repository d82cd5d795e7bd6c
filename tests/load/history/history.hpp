#pragma once

#include <cstdint>
#include <iosfwd>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace warsha::load {

/// Something that must not be, with everything that is known of where.
struct Violation {
  std::string what;
  std::string client = {}; // "client 17 of history-….log"
  std::string workshop = {};
  std::string command = {};
  std::uint64_t seq = 0;
  [[nodiscard]] std::string line() const;
};

struct LoggedClient {
  std::string name;
  std::string workshop;
  std::string actor; // empty: it was never welcomed
  bool staff = false;
  std::optional<std::uint64_t> position;
  std::optional<std::uint64_t> end;
};

struct LoggedAck {
  std::size_t client = 0;
  std::uint64_t seq = 0;
  std::string receipt;
};

struct LoggedCommand {
  std::size_t client = 0;
  std::string message;
  std::vector<LoggedAck> acks;
  std::string rejected; // the code
};

/// An event or snapshot as a client was sent it, the first that got this text.
struct LoggedText {
  std::size_t client = 0;
  std::string text;
};

/// What the logs of any number of runs say.
struct History {
  std::vector<LoggedClient> clients;
  std::unordered_map<std::string, LoggedCommand> commands;        // by id
  using Texts = std::map<std::uint64_t, std::vector<LoggedText>>; // by seq
  std::map<std::string, Texts> events;                            // by workshop
  std::map<std::string, Texts> boards;                            // by workshop
  /// Messages in which events were left out.
  struct Omission {
    std::uint64_t first = 0;
    std::vector<bool> there; // from first on
    bool operator<(const Omission& other) const {
      return first != other.first ? first < other.first : there < other.there;
    }
  };
  std::map<std::string, std::map<Omission, std::size_t>> omissions; // by workshop; with the first client
  /// Of each client's view by itself: gaps, answers to what was never asked, lines that can't be.
  std::vector<Violation> violations;
  std::uint64_t acks = 0;
  std::uint64_t deliveries = 0;
  std::uint64_t snapshots = 0;
  std::uint64_t repeated = 0; // events that a client was sent though it had them: it skips them
};

/// Adds one log. A last line that is cut off is passed over: its program was killed.
void read_history(std::istream& log, const std::string& name, History& history);

} // namespace warsha::load
