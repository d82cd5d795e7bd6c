#pragma once

#include "server/live/board.hpp"
#include "server/live/directory.hpp"
#include "server/live/feed.hpp"
#include "server/live/rebuild.hpp"
#include "server/live/room.hpp"
#include "server/live/signals.hpp"
#include "server/live/views.hpp"

#include <chrono>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <variant>
#include <vector>

namespace warsha::store {
class Connection;
struct AppendOutcome;
} // namespace warsha::store

namespace warsha::live {

/// A workshop as read from the journal.
struct Loaded {
  std::unique_ptr<Board> board;
  std::unordered_map<CommandId, Known> commands;
  Names names;
  std::string epoch;
};
/// None when there is no such workshop; throws StoreError when its journal can't be read or doesn't fit
/// together.
[[nodiscard]] std::optional<Loaded> load(store::Connection& connection, const WorkshopId& workshop);

/// One workshop, alive on its home shard: commands come in, are decided on the board, journaled, and only
/// then acknowledged and published. The board runs ahead of the disk by what is being committed; nothing
/// leaves before it is there.
class Workshop final : public std::enable_shared_from_this<Workshop> {
public:
  using Ack = live::Ack;
  using Outcome = live::Outcome;

  /// What a workshop needs of the rest.
  struct Surroundings {
    Executor& home;
    store::Writer& writer;
    store::Readers& readers;
    std::size_t shards = 1;
    /// Runs `work` on the part of this workshop's room that is on a shard, on that shard, in the order of the
    /// calls.
    std::function<void(std::size_t shard, std::function<void(Room&)> work)> on_room;
  };

  Workshop(const WorkshopId& id, Loaded loaded, Surroundings surroundings);

  /// `reply` is called once, on the home shard; not at all when the journal failed: the client sends again.
  void submit(Command command, const access::Actor& actor, std::function<void(Outcome)> reply);

  /// What a client that says hello is told, and whether it now receives events (then leave() must follow).
  struct Joined {
    net::SharedFrame welcome;
    net::SharedFrame then;    // events that were missed, or the resync; null: nothing missed
    net::SharedFrame signals; // that stand; null: none were told
    bool subscribed = false;
    Seq published = 0;
  };
  [[nodiscard]] Joined join(std::size_t shard, const std::optional<ResumePoint>& resume,
                            const Visitor& visitor);
  void leave(std::size_t shard);

  /// Nobody in it and nothing under way for limits::kWorkshopRest: it may be let go, and read again when
  /// needed.
  [[nodiscard]] bool is_at_rest(std::chrono::steady_clock::time_point now) const;

  void presence(std::size_t shard, Room::Presence presence);
  void signal(const Visitor& visitor, const Signal& signal);
  void seen(const ActorId& actor, const std::vector<ContributionId>& contributions);

  /// Everything there is to know now, for who asks over HTTP; on the home shard.
  [[nodiscard]] Inspection inspect() const;
  /// Answers on the home shard.
  void snapshot(Audience audience, std::function<void(std::optional<Snapshot>)> answer);

private:
  /// A command with who sent it and awaits the answer.
  struct Submission {
    Command command;
    access::Actor actor;
    std::function<void(Outcome)> reply;
  };
  /// What waits for a commit; with a submission, it can be decided again if another takes the commit down.
  struct Waiting {
    Seq seq{};
    std::function<void(bool kept)> then;
    std::optional<Submission> submission{};
    Ack ack{}; // its answer, when it was kept
  };
  using TakenIds = std::unordered_set<ContributionId>;
  /// A person, or, without an id, all the others of an audience.
  using SignalsReader = std::pair<ActorId, Audience>;
  using SignalsToldTo = std::map<SignalsReader, net::SharedFrame>;
  struct CachedSnapshot {
    std::optional<Snapshot> last;
    TimeMs made_at = 0;
    bool planned = false; // a build is under way or about to begin
    int discarded = 0;    // builds in a row
    std::vector<std::function<void(std::optional<Snapshot>)>> waiting;
  };

  void decide_on(Submission submission);
  [[nodiscard]] Ack ack_of(const CommandId& command, Seq seq, const ActorId& actor) const;
  void accept(std::vector<Change> changes, Submission submission);
  void when_committed(Seq seq, std::function<void(bool kept)> then);
  void answer_when_committed(Seq seq, Ack ack, Submission submission);
  void or_reload(const std::function<void()>& work);
  void append_pending();
  void on_commit(std::uint64_t generation, const store::AppendOutcome& outcome);
  void take_out(const ContributionId& taken);
  void go_on(std::optional<Loaded> loaded, const TakenIds& elsewhere);
  void forget_what_ran_ahead();
  /// Gives on the home shard the board of the journal, and which of these ids are of other workshops'
  /// contributions.
  void read_again(std::vector<ContributionId> brought,
                  std::function<void(std::optional<Loaded>, const TakenIds&)> then);
  [[nodiscard]] std::size_t people() const;
  void keep_draft(const Change& change);
  void publish_soon();
  void publish();
  [[nodiscard]] std::shared_ptr<const Room::AtTables> frames_at_tables(Seq last) const;
  [[nodiscard]] std::chrono::nanoseconds publication_distance() const;
  void turn_read_only();
  void read_kept();
  void put_back(Loaded loaded);
  void try_reload();
  void reloaded(std::optional<Loaded> loaded);
  void broadcast(std::string_view message);
  void publish_aside(const std::function<net::SharedFrame(const Room::Member&)>& frame_for);
  void presence_soon();
  void publish_presence();
  [[nodiscard]] bool is_somebodys_first(const Change& change) const;
  [[nodiscard]] bool has_written(const ActorId& person) const;
  void publish_signals_soon();
  void publish_signals();
  void plan_snapshot(Audience audience);
  void build_snapshot(Audience audience);
  void forget_snapshots();

  WorkshopId id_;
  Surroundings around_;
  std::unique_ptr<Board> board_;
  std::unordered_map<CommandId, Known> commands_;
  Names names_;
  std::string epoch_;
  Feed feed_;
  KeptDrafts kept_drafts_;
  bool read_only_ = false;
  bool kept_only_ = false;       // while read-only: the board is what the disk has
  std::uint64_t generation_ = 0; // of the board: what was asked of an older one is void

  std::vector<Feed::Entry> pending_;   // applied, waiting for the append under way
  std::vector<Feed::Entry> in_flight_; // being committed
  std::deque<Waiting> waiting_;
  bool reading_again_ = false;   // the board ran ahead with what was not kept
  std::vector<Submission> held_; // meanwhile

  std::vector<std::size_t> subscribers_; // by shard
  std::chrono::steady_clock::time_point used_at_ = std::chrono::steady_clock::now();
  std::chrono::steady_clock::time_point published_at_{};
  bool publication_planned_ = false;
  bool busy_ = false; // the last publication told more than one event
  std::vector<Room::Presence> presences_;
  bool presence_due_ = false;
  Signals signals_;
  std::shared_ptr<const SignalsToldTo> signals_told_ = std::make_shared<SignalsToldTo>();
  bool signals_due_ = false;
  SeenBy seen_;
  CachedSnapshot snapshots_[2]; // by Audience
  std::uint64_t snapshot_generation_ = 0;
};

} // namespace warsha::live
