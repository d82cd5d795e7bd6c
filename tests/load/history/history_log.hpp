#pragma once

#include <cstdint>
#include <fstream>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace warsha::load {

/// What every client sent, what was acknowledged, and what it saw, as it happened: one file of lines for each
/// run of a load. history.hpp reads it. Texts that many clients see are written once.
///
///   client C WORKSHOP participant|staff   a client of this run, by number
///   actor C ID                            who it is, as the server says
///   sent C MESSAGE                        a command, the first time that it is sent
///   ack C COMMAND SEQ RECEIPT|-
///   reject C COMMAND CODE                 for good
///   fresh C                               it forgot its position
///   hello C SEQ|-                         it (re)joins with this position
///   snapshot C SEQ EPOCH                  from now on it has the board of SEQ
///   board C SEQ TEXT                      a snapshot that none was the like of; C got it first
///   event C SEQ VARIANT TEXT              an event as C was sent it first; variants of one seq count from 0
///   saw C FIRST LAST [VARIANT|-...]       the events as they came; without variants, 0 for all; -: left out
///   broken C FIRST LAST                   an events message that holds others, or these in disorder
///   end C SEQ                             the run ended, everything had settled, and it had this position
class HistoryLog {
public:
  /// A new file in the folder, which is made when it is missing. Throws std::runtime_error.
  explicit HistoryLog(const std::string& folder);
  ~HistoryLog();

  [[nodiscard]] std::size_t add_client(const std::string& workshop, bool staff);
  void actor(std::size_t client, const std::string& id);
  void sent(std::size_t client, std::string_view message);
  void acked(std::size_t client, const std::string& command, std::uint64_t seq, const std::string& receipt);
  void rejected(std::size_t client, const std::string& command, const std::string& code);
  void forgot(std::size_t client);
  void hello(std::size_t client, bool has_position, std::uint64_t seq);
  void snapshot(std::size_t client, std::uint64_t seq, const std::string& epoch, const std::string& text);
  /// An `events` message.
  void saw(std::size_t client, std::uint64_t first, std::uint64_t last, std::string_view message);
  void ended(std::size_t client, std::uint64_t seq);

private:
  struct Client {
    std::size_t audience; // a workshop and who is in it: the same events have the same texts
    bool actor_known = false;
  };
  struct Audience {
    std::unordered_map<std::uint64_t, std::vector<std::size_t>>
        event_hashes; // by seq; the index is the variant
    std::unordered_set<std::size_t> boards;
  };
  void line(std::string_view kind, std::size_t client);
  void broken(std::size_t client, std::uint64_t first, std::uint64_t last);
  [[nodiscard]] std::size_t variant_of(std::size_t client, std::uint64_t seq, std::string_view text);
  void flush();

  std::ofstream file_;
  std::string buffer_;
  std::vector<Client> clients_;
  std::vector<Audience> audiences_;
  std::unordered_map<std::string, std::size_t> audience_numbers_;
};

} // namespace warsha::load
