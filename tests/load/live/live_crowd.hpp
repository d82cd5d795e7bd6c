#pragma once

#include "tests/load/crowd.hpp"
#include "tests/load/live/live_participant.hpp"
#include "tests/load/live/words.hpp"
#include "tests/load/options.hpp"

#include <memory>
#include <string>
#include <vector>

namespace warsha::load {

/// Makes workshops, joins people and connects them, by the protocol that phones speak.
class LiveCrowd final : public Crowd {
public:
  LiveCrowd(EventLoop& loop, const Server& server, Tally& tally, const Options& options);
  ~LiveCrowd() override;

  /// From person `first` on, nobody is waited for, and their sockets are `narrow`. Before prepare().
  void set_apart(std::size_t first, bool narrow) {
    apart_from_ = first;
    apart_narrow_ = narrow;
  }

  /// Creates the workshops, opens the phase of the problems in each, and joins the people over HTTP.
  void prepare() override;
  void connect() override;
  /// Everybody writes one contribution, as far as a workshop takes them.
  void get_ready() override;
  /// The people; when the highest rate is wanted, also their staff, who are permitted more.
  [[nodiscard]] std::vector<std::size_t> turns() const override;
  /// An edit of one's own contribution; the first time, the contribution. Staff count on after the people.
  void submit(std::size_t person, TimePoint scheduled) override;
  [[nodiscard]] double most_commands_per_second() const override;
  [[nodiscard]] bool has_acks() const override { return true; }
  void finish() override;

  /// Staff of the workshop say it, and it has been acknowledged when it returns.
  void enter_phase(Phase phase);
  /// Staff write so many contributions in each room, as fast as they are permitted.
  void fill_boards(std::size_t contributions);
  /// Runs the loop until everything is acknowledged and everybody live has the latest event, or the time is
  /// over. True: it is so.
  [[nodiscard]] bool settle(Duration patience);
  [[nodiscard]] bool is_settled() const;

  [[nodiscard]] std::vector<std::unique_ptr<LiveParticipant>>& people() { return people_; }
  [[nodiscard]] std::vector<std::unique_ptr<LiveParticipant>>& staff() { return staff_; }
  [[nodiscard]] std::vector<std::unique_ptr<LiveRoom>>& rooms() { return rooms_; }
  [[nodiscard]] LiveSurroundings& surroundings() { return around_; }
  [[nodiscard]] CommandMaker& commands() { return commands_; }
  [[nodiscard]] HttpClient& http() { return http_; }
  [[nodiscard]] Words& words() { return words_; }

private:
  void sign_in();
  void create_workshops();
  void join_people();
  void watch_silence();
  /// Connects all of them, some hundred at a time, and returns when all are live.
  void connect_all(std::vector<std::unique_ptr<LiveParticipant>>& all, const std::string& what);
  void wait_for(const std::string& what, Duration patience, const std::function<bool()>& done);

  EventLoop& loop_;
  const Server& server_;
  Tally& tally_;
  const Options& options_;
  HttpClient http_;
  LiveSurroundings around_;
  CommandMaker commands_;
  Words words_;
  std::size_t apart_from_ = SIZE_MAX;
  bool apart_narrow_ = false;
  std::unique_ptr<HistoryLog> log_;
  std::string staff_cookie_;
  std::vector<std::unique_ptr<LiveRoom>> rooms_;
  std::vector<std::unique_ptr<LiveParticipant>> people_; // person i is in room i modulo the rooms
  std::vector<std::unique_ptr<LiveParticipant>> staff_;  // in room i modulo the rooms; the first ones lead
};

} // namespace warsha::load
