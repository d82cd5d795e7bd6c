#pragma once

#include "tests/load/history/history_log.hpp"
#include "tests/load/live/live_commands.hpp"
#include "tests/load/live/live_message.hpp"
#include "tests/load/live/live_room.hpp"
#include "tests/load/net/http_client.hpp"
#include "tests/load/net/websocket.hpp"

#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <random>
#include <set>
#include <string>

namespace warsha::load {

class LiveParticipant;

/// What all participants of a load share.
struct LiveSurroundings {
  EventLoop& loop;
  const Server& server;
  HttpClient* snapshots;
  Tally& tally;
  /// Whoever loses the connection comes back and sends again what was not acknowledged, as the web client
  /// does. Otherwise a lost connection is a fault.
  bool comes_back = false;
  /// Called when a participant became live or its position moved; may be empty.
  std::function<void(LiveParticipant&)> moved;
  /// Codes of rejections that the scenario brings about itself, and that are no fault.
  std::set<std::string> tolerated;
  std::size_t live = 0; // how many are, now
  /// Connections lost or not made, and snapshots not got, while they come back.
  std::uint64_t failures = 0;
  std::minstd_rand random{1};
  HistoryLog* log = nullptr; // nothing is logged
};

/// One person's page in one workshop, as the web client keeps it: hello with its resume point, the snapshot
/// when it is told to, every event in order, commands kept until they are acknowledged.
class LiveParticipant final : private WebSocket::Handler {
public:
  struct Identity {
    std::size_t number = 0;
    std::string cookie;
    bool staff = false;
    /// Whether "seen by everyone" waits for this one.
    bool counts = true;
    bool narrow = false; // see Stream::Settings
  };

  LiveParticipant(LiveSurroundings& around, LiveRoom& room, Identity identity);
  ~LiveParticipant();

  void connect();
  /// Sends as soon as it is live, and again until it is acknowledged or rejected for good.
  void send(LiveCommand command, TimePoint scheduled);
  void send_typing();
  /// Leaves the room, not to be waited for; what it has (its position) it keeps.
  enum class Leaving : std::uint8_t {
    politely,  // with a close frame
    abruptly,  // by RST
    half_open, // the socket stays as it is and nobody reads it: the server can't know. Until the end of the
               // load
  };
  void leave(Leaving how);
  /// Forgets what it has, as a page that is opened anew.
  void forget();
  /// Everything has settled, and the load ends: so it is logged.
  void log_end();
  /// From now on reads nothing; it stays connected.
  void stop_reading();
  /// Gives the connection up when nothing was heard for 35 s; to be asked now and then.
  void check_silence(TimePoint now);

  [[nodiscard]] bool is_live() const { return stage_ == Stage::live; }
  [[nodiscard]] std::uint64_t position() const { return seq_; }
  [[nodiscard]] std::size_t unacknowledged() const { return unacknowledged_.size(); }
  [[nodiscard]] LiveRoom& room() const { return room_; }
  [[nodiscard]] const Identity& identity() const { return identity_; }

  /// The contribution that it edits; empty before there is one.
  std::string contribution;

private:
  enum class Stage : std::uint8_t { away, connecting, greeting, fetching, live };
  struct Unacknowledged {
    LiveCommand command;
    TimePoint scheduled;
    bool interrupted = false; // by its author's leaving
  };

  void on_open() override;
  void on_message(std::string_view frame) override;
  void on_end(int code, const std::string& why) override;

  void on_one_message(std::string_view text, TimePoint now);
  void on_events(const LiveMessage& message, std::string_view text, TimePoint now);
  void on_ack(const LiveMessage& message, TimePoint now);
  void on_reject(const LiveMessage& message);
  void on_welcome(const LiveMessage& message);
  void hello();
  void fetch_snapshot(const std::string& target);
  void on_snapshot(const HttpReply& reply, const std::string& target);
  void move_to(std::uint64_t seq, TimePoint now);
  void set_stage(Stage stage);
  void come_back_after(std::chrono::milliseconds delay);
  void lost();
  void send_again();
  void fault(const std::string& what);
  [[nodiscard]] std::deque<Unacknowledged>::iterator find(const std::string& id);
  [[nodiscard]] std::chrono::milliseconds jitter(int least, int most);

  LiveSurroundings& around_;
  LiveRoom& room_;
  Identity identity_;
  std::size_t log_number_ = 0;
  Stage stage_ = Stage::away;
  std::shared_ptr<WebSocket> socket_;
  std::vector<std::shared_ptr<WebSocket>> half_open_;
  std::uint64_t turn_ = 0; // of the connection; what comes late belongs to an earlier one
  std::string epoch_;      // empty: it has nothing yet
  std::uint64_t seq_ = 0;
  bool reads_ = true;
  bool entered_ = false; // in the room's ledger
  std::optional<std::chrono::milliseconds> told_to_return_after_;
  TimePoint heard_{};
  std::deque<Unacknowledged> unacknowledged_;
  LiveMessage message_; // kept for its buffers
};

} // namespace warsha::load
