#pragma once

#include "server/live/allowance.hpp"
#include "server/live/directory.hpp"
#include "server/net/socket.hpp"

#include <chrono>
#include <functional>
#include <memory>
#include <unordered_map>
#include <utility>
#include <vector>

namespace warsha::live {

/// The sessions of one workshop on one shard: what is published is encoded once and handed to all of them.
/// Lives on that shard.
class Room {
public:
  class Member {
  public:
    virtual ~Member() = default;
    [[nodiscard]] virtual Audience audience() const = 0;
    [[nodiscard]] virtual const access::Actor& actor() const = 0;
    /// Queues for this client, or, when too much waits already, tells it to resynchronise and leaves the
    /// room.
    virtual void deliver(const net::SharedFrame& message) = 0;
  };

  /// Participants who are here, once each however many pages they have open, those who typed lately, and the
  /// staff who are here, once for each page.
  struct Presence {
    std::vector<ActorId> people;
    std::vector<ActorId> writing;
    std::vector<ActorId> staff;
  };

  void enter(Member& member);
  void leave(Member& member);
  /// What the people of some tables are sent in place of what the room is.
  using AtTables = std::unordered_map<ActorId, net::SharedFrame>;
  void publish(const net::SharedFrame& room, const net::SharedFrame& staff,
               const std::shared_ptr<const AtTables>& at_tables, Seq last);
  void publish_to_all(const net::SharedFrame& message);
  /// Outside the sequence, once: `frame_for` gives what a member is sent, or null.
  void publish_aside(const std::function<net::SharedFrame(const Member&)>& frame_for);
  /// The end of the sequence as the members know it.
  void set_last(Seq last) { last_ = last; }
  [[nodiscard]] Seq last() const { return last_; }
  /// Nobody here, and nothing on its way that needs the room or that it has to remember.
  [[nodiscard]] bool is_empty() const { return members_.empty() && !presence_due_ && allowances_.empty(); }

  /// One for each person, whatever number of sockets they have: also over coming back, until it is as new.
  [[nodiscard]] std::shared_ptr<Allowance> allowance_of(const ActorId& person, Rate rate,
                                                        std::chrono::steady_clock::time_point now);
  void forget_full_allowances(std::chrono::steady_clock::time_point now);

  void typed(const ActorId& actor, std::chrono::steady_clock::time_point now);
  /// Forgets those whose typing lapsed.
  [[nodiscard]] Presence presence(std::chrono::steady_clock::time_point now);
  /// Whether a report of the presence is on its way already; the caller who gets false makes one.
  [[nodiscard]] bool presence_due() { return std::exchange(presence_due_, true); }
  void presence_reported() { presence_due_ = false; }

private:
  std::vector<Member*> members_;
  std::unordered_map<ActorId, int> people_; // pages open
  std::unordered_map<ActorId, std::chrono::steady_clock::time_point> typing_;
  std::unordered_map<ActorId, std::shared_ptr<Allowance>> allowances_;
  Seq last_ = 0;
  bool presence_due_ = false;
};

} // namespace warsha::live
