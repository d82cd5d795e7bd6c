#pragma once

#include "protocol/messages.hpp"
#include "server/store/chain.hpp"
#include "server/store/connection.hpp"
#include "server/store/digest.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// The journal's rows and the projection that is written with them.
namespace warsha::store {

/// An event as the journal keeps it. body: compact JSON with sorted keys; workshop and seq inside.
struct JournalEvent {
  Seq seq{};
  std::string body;
};

/// Where a contribution stands after an append; the whole row of table contribution.
struct ContributionRow {
  ContributionId id;
  std::string receipt;
  Kind kind{};
  std::string state;   // shown, hidden, withdrawn, waiting
  bool veiled = false; // written silently, not revealed yet
  std::string text;
  std::optional<std::string> reason;
  std::optional<std::string> ground; // of hiding
  std::optional<ThemeId> theme;
  std::optional<ContributionId> merged_into;
  ActorId author;
  std::int64_t supports{};
  std::int64_t people = 1; // behind it: as declared, or who wrote it together
  Seq added_seq{};
  Seq changed_seq{};
  TimeMs added_at{};
};

struct Append {
  WorkshopId workshop;
  std::vector<JournalEvent> events;           // consecutive; the first follows the workshop's head
  std::vector<ContributionRow> contributions; // added by one of these events, or there already
};

/// How an append ended.
struct AppendOutcome {
  bool kept = false;
  /// Not kept because a contribution with this id is in the database already, of whatever workshop.
  std::optional<ContributionId> taken;
};

struct Head {
  Seq seq{};
  Hash hash{};
  std::string epoch;
};
[[nodiscard]] std::optional<Head> read_head(Connection& connection, const WorkshopId& workshop);
/// The body of one event.
[[nodiscard]] std::optional<std::string> find_event(Connection& connection, const WorkshopId& workshop,
                                                    Seq seq);
/// Events after `after`, in order, as bodies.
void read_events(Connection& connection, const WorkshopId& workshop, Seq after,
                 const std::function<void(Seq, std::string_view body)>& each);
[[nodiscard]] std::vector<ContributionRow> read_contributions(Connection& connection,
                                                              const WorkshopId& workshop);

/// Is the last phase that the workshop entered the one in which it is over?
[[nodiscard]] bool is_closed(Connection& connection, const WorkshopId& workshop);

/// Writes a workshop's head as it is: shows whether the database can be written at all.
void touch_head(Connection& connection, const WorkshopId& workshop);

/// A contribution as its receipt finds it; not as merged when what it was merged into is hidden.
struct ReceiptRow {
  ContributionRow contribution;
  std::optional<std::string> merged_text{}; // of what it was merged into, when it may be read
  WorkshopId workshop;
  std::string workshop_title, consultation_title, city, date;
  Hash added_hash{}; // of the event that added it: its place in the chain
};
[[nodiscard]] std::optional<ReceiptRow> find_receipt(Connection& connection, std::string_view receipt);

/// What keeps an append out: its contribution's id is another's.
struct ContributionTaken : StoreError {
  explicit ContributionTaken(const ContributionId& contribution)
      : StoreError("there is a contribution " + contribution.text() + " already"), id(contribution) {}
  ContributionId id;
};

/// Writes rows, hashes, head and projection. Inside the caller's transaction (Writer's). `head` is moved on.
/// Throws ContributionTaken, and StoreError when the events don't follow the head.
void write_append(Connection& connection, const Append& append, Head& head);

} // namespace warsha::store
