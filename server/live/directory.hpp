#pragma once

#include "protocol/messages.hpp"
#include "protocol/rejection.hpp"
#include "server/access/rights.hpp"
#include "server/net/socket.hpp"
#include "server/store/journal.hpp"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <variant>
#include <vector>

namespace warsha::store {
class Connection;
class Readers;
class Writer;
} // namespace warsha::store

namespace warsha::live {

/// Who sees what: the room sees no hidden text and no pseudonym.
enum class Audience : std::uint8_t { room, staff };

/// A board at one seq, encoded and compressed once for everybody who asks.
struct Snapshot {
  std::string epoch;
  Seq seq{};
  net::SharedBytes json;
  net::SharedBytes gzip; // null when there was no time for it
};

struct Board;

/// Who had which contribution on their screen, as far as their pages told; kept in memory only.
using SeenBy = std::unordered_map<ContributionId, std::unordered_set<ActorId>>;

/// A live workshop as it stands, lent to who looks at it on its home shard.
struct Inspection {
  const Board& board;
  const std::unordered_map<ActorId, std::string>& names; // of participants
  const std::unordered_map<ActorId, std::string>& staff_names;
  const SeenBy& seen;
  std::unordered_set<ActorId> participants; // connected now
  std::unordered_set<ActorId> staff;        // likewise
  bool read_only;
};

/// What a command came to, once it is on disk.
struct Ack {
  Seq seq{};
  std::string receipt; // of a contribution; else empty
  std::optional<Receipted> result;
};
using Outcome = std::variant<Ack, Rejection>;

/// Somebody who may enter a workshop, as access found them.
struct Visitor {
  access::Actor actor;
  std::optional<std::string> name; // display name; none: anonymous, or not a participant
  std::string language;
  /// Of somebody whose right may end before the connection does: the role in force now, or none any more. On
  /// a reader's thread. Empty: the right stays.
  std::function<std::optional<Role>(store::Connection&)> role_now = {};
  /// Of a screen: the participant who opened it, if one did.
  std::optional<ActorId> opened_by = {};
};

/// All live workshops. Each lives on its home shard, and is read from the journal when somebody first asks
/// for it. Every function is callable from any thread.
class Directory {
public:
  Directory(std::vector<Executor*> shards, store::Writer& writer, store::Readers& readers);
  ~Directory();

  /// The handler of one live socket, which will run on `executor`.
  [[nodiscard]] std::unique_ptr<net::SocketHandler> session(const WorkshopId& workshop, Visitor visitor,
                                                            Executor& executor);

  /// Answers on `executor`: none when there is no such workshop or it can't be read. The board is never ahead
  /// of the disk.
  void snapshot(const WorkshopId& workshop, Audience audience, Executor& executor,
                std::function<void(std::optional<Snapshot>)> answer);

  /// Decides on a command of somebody who is on no live socket. `answer` is called once, on no particular
  /// thread, when it is on disk or refused; without an outcome when it could not be kept, or there is no such
  /// workshop: whoever sends the same command again doubles nothing.
  void submit(const WorkshopId& workshop, Command command, const access::Actor& actor,
              std::function<void(std::optional<Outcome>)> answer);

  /// Runs `look`, which must be short, where the workshop lives, and gives what it made to `answer` there;
  /// none when there is no such workshop or it can't be read.
  template <class Look, class Answer> void inspect(const WorkshopId& workshop, Look look, Answer answer) {
    inspect_then(workshop, [look = std::move(look), answer = std::move(answer)](const Inspection* found) {
      using Made = decltype(look(*found));
      answer(found ? std::optional<Made>(look(*found)) : std::optional<Made>());
    });
  }

  /// Closes, in a moment, whatever is connected without a right to it any more. It happens by itself within
  /// limits::kRightsInterval.
  void check_rights();

  /// Tells everybody connected to come back later, and closes. `done` is called on no particular thread when
  /// all sockets are told.
  void drain(const std::function<void()>& done);

private:
  void inspect_then(const WorkshopId& workshop, std::function<void(const Inspection*)> then);

  struct State;
  std::shared_ptr<State> state_;
};

/// The first event of a workshop, to be appended right after its row was added. `form`: of a written
/// consultation.
[[nodiscard]] store::Append opening(const WorkshopId& workshop, const std::string& title,
                                    const std::string& language,
                                    const std::map<Phase, std::string>& questions, TimeMs now,
                                    const std::optional<FormDays>& form = std::nullopt);

/// Is this workshop a written consultation? By its first event alone, which says so for good.
[[nodiscard]] bool is_written(store::Connection& connection, const WorkshopId& workshop);

} // namespace warsha::live
