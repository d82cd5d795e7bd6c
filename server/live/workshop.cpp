#include "server/live/workshop.hpp"

#include "protocol/limits.hpp"
#include "server/access/secrets.hpp"
#include "server/live/event_codec.hpp"
#include "server/live/gzip.hpp"
#include "server/live/projection.hpp"
#include "server/runtime/executor.hpp"
#include "server/runtime/system.hpp"
#include "server/store/connection.hpp"
#include "server/store/journal.hpp"
#include "server/store/people.hpp"
#include "server/store/readers.hpp"
#include "server/store/review.hpp"
#include "server/store/writer.hpp"

#include <algorithm>
#include <numeric>
#include <spdlog/spdlog.h>
#include <unordered_set>
#include <utility>

namespace warsha::live {

namespace {

constexpr auto kRetryJournal = std::chrono::seconds(1);
/// Events of one publication from which on a room counts as crowded; two come together by chance alone.
constexpr Seq kCrowd = 3;
constexpr auto kSnapshotDistance = std::chrono::milliseconds(50); // between two encodings of one board
/// After so many snapshots that were out of date before they were compressed, the next goes as it is: where
/// much is hidden, nobody would ever be answered.
constexpr int kDiscardedMost = 2;

net::SharedBytes share(std::string bytes) {
  return std::make_shared<const std::string>(std::move(bytes));
}

std::string resync(const WorkshopId& workshop, Audience audience, const char* reason) {
  return R"({"type":"resync","snapshot":"/api/workshops/)" + workshop.text() +
         "/snapshot?audience=" + (audience == Audience::staff ? "staff" : "room") + R"(","reason":")" +
         reason + "\"}";
}

Audience audience_of(const Visitor& visitor) {
  return access::sees_staff_view(visitor.actor.role) ? Audience::staff : Audience::room;
}

Fresh fresh_for(const Command& command) {
  const auto* said = std::get_if<action::Contribute>(&command.action);
  const auto* handed_in = std::get_if<action::DraftHandIn>(&command.action);
  Fresh fresh;
  if (said || handed_in)
    fresh.receipt = access::new_receipt();
  if ((said && said->result) || handed_in) { // what is handed in may have its result in a draft
    fresh.result = system::new_id<ContributionId>();
    fresh.result_receipt = access::new_receipt();
  }
  return fresh;
}

bool takes_words_back(const Change& change) {
  return std::holds_alternative<change::Hidden>(change) || std::holds_alternative<change::Withdrawn>(change);
}

bool takes_names_figures_or_drafts_back(const Change& change) {
  return std::holds_alternative<change::DraftHandedIn>(change) ||
         std::holds_alternative<change::DraftDiscarded>(change) ||
         std::holds_alternative<change::TalliesHidden>(change) ||
         std::holds_alternative<change::PhaseEntered>(change) ||
         std::holds_alternative<change::SettingsSet>(change);
}

KeptDrafts kept_drafts_of(const Board& board) {
  KeptDrafts kept;
  for (const auto& [id, draft] : board.drafts)
    kept[id] = {draft.table, draft.revision, draft.text};
  return kept;
}

/// Contributions other than one subject, which have its seq as the last that changed them.
bool changes_several(const Change& change) {
  return std::holds_alternative<change::ThemeRemoved>(change) ||
         std::holds_alternative<change::Withdrawn>(change) ||
         std::holds_alternative<change::Merged>(change) || std::holds_alternative<change::Unmerged>(change) ||
         std::holds_alternative<change::Revealed>(change);
}

} // namespace

std::optional<Loaded> load(store::Connection& connection, const WorkshopId& workshop) {
  const auto head = store::read_head(connection, workshop);
  if (!head)
    return std::nullopt;
  Rebuild rebuild(workshop);
  rebuild.expect(head->seq);
  std::optional<std::string> wrong;
  store::read_events(connection, workshop, 0, [&](Seq seq, std::string_view body) {
    if (!wrong)
      if (auto fault = rebuild.apply(seq, body))
        wrong = "workshop " + workshop.text() + ", event " + std::to_string(seq) + ": " + *fault;
  });
  if (wrong)
    throw store::StoreError(*wrong);
  Loaded loaded;
  loaded.board = rebuild.take();
  loaded.commands = rebuild.take_commands();
  loaded.names.participants = store::names_of(connection, workshop);
  for (const auto& note : loaded.board->notes)
    if (const auto account = store::find_account(connection, note.by))
      loaded.names.staff[note.by] = account->name;
  loaded.epoch = head->epoch;
  return loaded;
}

Workshop::Workshop(const WorkshopId& id, Loaded loaded, Surroundings surroundings)
    : id_(id), around_(std::move(surroundings)), board_(std::move(loaded.board)),
      commands_(std::move(loaded.commands)), names_(std::move(loaded.names)), epoch_(std::move(loaded.epoch)),
      feed_(board_->seq), kept_drafts_(kept_drafts_of(*board_)), subscribers_(around_.shards),
      presences_(around_.shards) {}

// --- Commands ----------------------------------------------------------------------------------

void Workshop::submit(Command command, const access::Actor& actor, std::function<void(Outcome)> reply) {
  used_at_ = std::chrono::steady_clock::now();
  if (read_only_)
    return reply(Rejection{Code::read_only, {}, {}});
  Submission submission{std::move(command), actor, std::move(reply)};
  if (reading_again_)
    return held_.push_back(std::move(submission));
  decide_on(std::move(submission));
}

void Workshop::decide_on(Submission submission) {
  const auto& [command, actor, reply] = submission;
  if (const auto known = commands_.find(command.id); known != commands_.end()) {
    if (known->second.fingerprint != command.fingerprint)
      return reply(Rejection{Code::id_reused, "id", {}});
    const auto seq = known->second.seq;
    auto ack = ack_of(command.id, seq, actor.id);
    return answer_when_committed(seq, std::move(ack), std::move(submission));
  }
  auto decision = decide(*board_, command, actor, system::now_ms(), fresh_for(command));
  if (auto* rejection = std::get_if<Rejection>(&decision))
    return reply(std::move(*rejection));
  if (std::holds_alternative<NothingToChange>(decision))
    return answer_when_committed(board_->seq, Ack{board_->seq, {}, {}}, std::move(submission));
  or_reload([&] { accept(changes_of(std::move(decision)), std::move(submission)); });
}

/// What the board says of a command that it took: a receipt is its author's alone, even from somebody who
/// learnt the command's id.
Workshop::Ack Workshop::ack_of(const CommandId& command, Seq seq, const ActorId& actor) const {
  Ack ack{seq, {}, {}};
  const auto* made = board_->find(id_cast<ContributionId>(command));
  if (!made || !made->is_by(actor))
    return ack;
  ack.receipt = made->receipt;
  // The expected result of a solution comes right after it, with the last event of the command.
  if (made->seq < seq)
    if (const auto* result = board_->added_by(seq))
      ack.result = {result->id, result->receipt};
  return ack;
}

/// What throws half way (no memory, above all) leaves a board that is not its journal's: it is read again,
/// nothing of it is acknowledged, and clients send again what they have no answer to.
void Workshop::or_reload(const std::function<void()>& work) {
  try {
    work();
  } catch (const std::exception& error) {
    spdlog::error("workshop {}: {}", id_.text(), error.what());
    if (!read_only_)
      turn_read_only();
  }
}

void Workshop::accept(std::vector<Change> changes, Submission submission) {
  const auto& [command, actor, reply] = submission;
  const auto at = system::now_ms();
  for (auto& change : changes) {
    Feed::Entry entry{
        {board_->seq + 1, at, actor.id, Cause{command.id, command.fingerprint}, std::move(change)}, {}, {}};
    commands_[command.id] = {command.fingerprint, entry.event.seq};
    apply(*board_, entry.event);
    entry.room = view_event(*board_, entry.event, Audience::room, names_);
    entry.staff = view_event(*board_, entry.event, Audience::staff, names_);
    entry.table = table_of_edit(*board_, entry.event.change);
    if (entry.table)
      entry.at_table = view_event_at_table(*board_, entry.event);
    pending_.push_back(std::move(entry));
  }
  auto ack = ack_of(command.id, board_->seq, actor.id);
  answer_when_committed(board_->seq, std::move(ack), std::move(submission));
  append_pending();
}

void Workshop::when_committed(Seq seq, std::function<void(bool kept)> then) {
  if (seq <= feed_.committed())
    return then(true);
  waiting_.push_back({seq, std::move(then)});
}

void Workshop::answer_when_committed(Seq seq, Ack ack, Submission submission) {
  if (seq <= feed_.committed())
    return submission.reply(std::move(ack));
  waiting_.push_back({seq, {}, std::move(submission), std::move(ack)});
}

/// One append of this workshop at a time: what arrives meanwhile forms the next group.
void Workshop::append_pending() {
  if (!in_flight_.empty() || pending_.empty() || read_only_)
    return;
  in_flight_.swap(pending_);
  store::Append append;
  append.workshop = id_;
  std::unordered_set<ContributionId> changed;
  for (const auto& entry : in_flight_) {
    append.events.push_back({entry.event.seq, encode_body(id_, entry.event)});
    if (const auto about = subject(entry.event.change))
      changed.insert(*about);
    if (changes_several(entry.event.change))
      for (const auto& contribution : board_->contributions)
        if (contribution.changed_seq == entry.event.seq)
          changed.insert(contribution.id);
  }
  for (const auto& id : changed)
    append.contributions.push_back(row_of(*board_->find(id)));
  around_.writer.append(std::move(append), [self = shared_from_this(),
                                            generation = generation_](const store::AppendOutcome& outcome) {
    self->around_.home.post(
        [self, generation, outcome] { self->or_reload([&] { self->on_commit(generation, outcome); }); });
  });
}

void Workshop::on_commit(std::uint64_t generation, const store::AppendOutcome& outcome) {
  if (generation != generation_)
    return;
  if (outcome.taken)
    return take_out(*outcome.taken);
  if (!outcome.kept)
    return turn_read_only();
  for (auto& entry : std::exchange(in_flight_, {})) {
    const auto change = entry.event.change;
    if (is_somebodys_first(change))
      presence_soon(); // fewer are left who have written nothing
    keep_draft(change);
    feed_.add(std::move(entry));
    if (takes_words_back(change)) {
      forget_snapshots();
      feed_.redact(*subject(change), *board_, names_);
    } else if (takes_names_figures_or_drafts_back(change)) {
      forget_snapshots();
      feed_.forget_before(feed_.committed());
    }
  }
  while (!waiting_.empty() && waiting_.front().seq <= feed_.committed()) {
    auto waited = std::move(waiting_.front());
    waiting_.pop_front();
    if (waited.submission)
      waited.submission->reply(std::move(waited.ack));
    else
      waited.then(true);
  }
  publish_soon();
  append_pending();
}

/// The board may be ahead of the disk: what a welcome tells of a draft is not.
void Workshop::keep_draft(const Change& change) {
  if (const auto* started = std::get_if<change::DraftStarted>(&change)) {
    kept_drafts_[started->draft].table = started->table;
  } else if (const auto* changed = std::get_if<change::DraftChanged>(&change)) {
    auto& draft = kept_drafts_.at(changed->draft);
    draft.text = apply_edit(draft.text, changed->edit).value();
    draft.revision = changed->revision;
  } else if (const auto* handed_in = std::get_if<change::DraftHandedIn>(&change)) {
    kept_drafts_.erase(handed_in->draft);
  } else if (const auto* discarded = std::get_if<change::DraftDiscarded>(&change)) {
    kept_drafts_.erase(discarded->draft);
  }
}

/// A command came with the id of a contribution of another workshop, which only the database can know. Those
/// that did are refused; the board is read again, and what ran ahead with them is decided again.
void Workshop::take_out(const ContributionId& taken) {
  spdlog::warn("workshop {}: a command brought the id of another workshop's contribution, {}", id_.text(),
               taken.text());
  publish(); // what is on disk is the room's to know
  forget_what_ran_ahead();
  reading_again_ = true;
  for (auto& waited : std::exchange(waiting_, {}))
    if (!waited.submission)
      waited.then(false);
    else
      held_.push_back(std::move(*waited.submission));
  std::vector<ContributionId> brought;
  for (const auto& submission : held_)
    brought.push_back(id_cast<ContributionId>(submission.command.id));
  read_again(std::move(brought), [self = shared_from_this(), generation = generation_](
                                     std::optional<Loaded> loaded, const TakenIds& elsewhere) {
    if (generation == self->generation_)
      self->or_reload([&] { self->go_on(std::move(loaded), elsewhere); });
  });
}

void Workshop::go_on(std::optional<Loaded> loaded, const TakenIds& elsewhere) {
  if (!loaded)
    throw store::StoreError("its journal can't be read");
  put_back(std::move(*loaded));
  reading_again_ = false;
  for (auto& submission : std::exchange(held_, {})) {
    if (read_only_) // what could not be decided again: its sender sends it again
      return;
    if (elsewhere.contains(id_cast<ContributionId>(submission.command.id)))
      submission.reply(Rejection{Code::id_reused, "id", {}});
    else
      decide_on(std::move(submission));
  }
  for (const auto audience : {Audience::room, Audience::staff})
    plan_snapshot(audience);
}

void Workshop::forget_what_ran_ahead() {
  ++generation_;
  in_flight_.clear();
  pending_.clear();
  forget_snapshots();
}

void Workshop::read_again(std::vector<ContributionId> brought,
                          std::function<void(std::optional<Loaded>, const TakenIds&)> then) {
  around_.readers.read([self = shared_from_this(), brought = std::move(brought),
                        then = std::move(then)](store::Connection& connection) {
    auto loaded = std::make_shared<std::optional<Loaded>>();
    auto elsewhere = std::make_shared<TakenIds>();
    try {
      *loaded = load(connection, self->id_);
      for (const auto& id : brought)
        if (const auto found = store::find_contribution(connection, id);
            found && found->workshop != self->id_)
          elsewhere->insert(id);
    } catch (const std::exception& error) {
      spdlog::error("{}", error.what());
      loaded->reset();
    }
    self->around_.home.post([then, loaded, elsewhere] { then(std::move(*loaded), *elsewhere); });
  });
}

// --- Publishing ----------------------------------------------------------------------------------

/// At once after a pause; while much goes on, as one message for all that a moment brought: a room of N where
/// all act costs messages in proportion to N, not to N².
void Workshop::publish_soon() {
  if (publication_planned_ || feed_.published() == feed_.committed())
    return;
  const auto since = std::chrono::steady_clock::now() - published_at_;
  const auto distance = publication_distance();
  if (since >= distance)
    return publish();
  publication_planned_ = true;
  around_.home.after(std::chrono::ceil<std::chrono::milliseconds>(distance - since),
                     [self = shared_from_this()] {
                       self->publication_planned_ = false;
                       self->publish();
                     });
}

/// Grows with the square of the people, so that a small room waits for nothing and a big one costs no more
/// than its size; where several events came within one distance there will be more, and they are gathered for
/// longer.
std::chrono::nanoseconds Workshop::publication_distance() const {
  const auto count = static_cast<std::int64_t>(people());
  const auto square = limits::kPublicationDistancePerPair * count * count;
  const std::chrono::nanoseconds gathering = limits::kPublicationDistancePerPerson * count;
  return std::min<std::chrono::nanoseconds>(limits::kPublicationDistanceMost,
                                            busy_ ? std::max<std::chrono::nanoseconds>(square, gathering)
                                                  : square);
}

void Workshop::publish() {
  const auto last = feed_.committed();
  if (feed_.published() == last)
    return;
  const auto room = net::text_frame(feed_.message(feed_.published(), last, {Audience::room}));
  const auto staff = net::text_frame(feed_.message(feed_.published(), last, {Audience::staff}));
  const auto at_tables = frames_at_tables(last);
  busy_ = last >= feed_.published() + kCrowd;
  feed_.set_published();
  published_at_ = std::chrono::steady_clock::now();
  for (std::size_t shard = 0; shard < around_.shards; ++shard)
    if (subscribers_[shard] > 0)
      around_.on_room(
          shard, [room, staff, at_tables, last](Room& part) { part.publish(room, staff, at_tables, last); });
}

/// One message for all who sit at a table where something was written, as they sit now; null: nowhere was.
std::shared_ptr<const Room::AtTables> Workshop::frames_at_tables(Seq last) const {
  const auto tables = feed_.tables_told(feed_.published());
  if (tables.empty())
    return nullptr;
  std::map<TableId, net::SharedFrame> frames;
  for (const auto& table : tables)
    frames[table] = net::text_frame(feed_.message(feed_.published(), last, {Audience::room, table}));
  auto told = std::make_shared<Room::AtTables>();
  for (const auto& [person, table] : board_->seats)
    if (const auto frame = frames.find(table); frame != frames.end() && !board_->removed.contains(person))
      told->emplace(person, frame->second);
  return told;
}

// --- When the journal can't be written ------------------------------------------------------------

void Workshop::turn_read_only() {
  spdlog::error("workshop {}: its journal can't be written; it is read-only until that works again",
                id_.text());
  publish(); // what is on disk is the room's to know
  read_only_ = true;
  kept_only_ = false;
  forget_what_ran_ahead();
  for (auto& waited : std::exchange(waiting_, {}))
    if (!waited.submission) // a command's sender sends it again
      waited.then(false);
  held_.clear();
  reading_again_ = false;
  for (const auto audience : {Audience::room, Audience::staff})
    plan_snapshot(audience);
  broadcast(R"({"type":"status","read_only":true})");
  read_kept();
  try_reload();
}

/// The board ran ahead of the disk: as the disk has it, it can be shown to who comes meanwhile.
void Workshop::read_kept() {
  read_again({}, [self = shared_from_this(), generation = generation_](std::optional<Loaded> loaded,
                                                                       const TakenIds&) {
    if (!loaded || !self->read_only_ || generation != self->generation_)
      return;
    self->put_back(std::move(*loaded));
    self->kept_only_ = true;
  });
}

void Workshop::put_back(Loaded loaded) {
  board_ = std::move(loaded.board);
  kept_drafts_ = kept_drafts_of(*board_);
  commands_ = std::move(loaded.commands);
  loaded.names.staff.merge(names_.staff); // who is here and left no note is in no journal
  names_ = std::move(loaded.names);
  if (feed_.committed() == board_->seq)
    return;
  // What was kept without our knowing was told to nobody: whoever is here takes the board as it is now.
  feed_ = Feed(board_->seq);
  const auto room = net::text_frame(resync(id_, Audience::room, "too_far_behind"));
  const auto staff = net::text_frame(resync(id_, Audience::staff, "too_far_behind"));
  publish_aside([room, staff](const Room::Member& member) {
    return member.audience() == Audience::staff ? staff : room;
  });
}

void Workshop::try_reload() {
  around_.home.after(kRetryJournal, [self = shared_from_this()] {
    // Writing proves that there is space again; reading proves what was kept.
    self->around_.writer.run(
        [id = self->id_](store::Connection& connection) { store::touch_head(connection, id); },
        [self](std::exception_ptr failed) {
          if (failed)
            return self->around_.home.post([self] { self->try_reload(); });
          self->read_again({}, [self](std::optional<Loaded> loaded, const TakenIds&) {
            self->reloaded(std::move(loaded));
          });
        });
  });
}

void Workshop::reloaded(std::optional<Loaded> loaded) {
  if (!loaded)
    return try_reload();
  put_back(std::move(*loaded));
  read_only_ = false;
  spdlog::info("workshop {}: its journal can be written again", id_.text());
  broadcast(R"({"type":"status","read_only":false})");
}

void Workshop::publish_aside(const std::function<net::SharedFrame(const Room::Member&)>& frame_for) {
  for (std::size_t shard = 0; shard < around_.shards; ++shard)
    if (subscribers_[shard] > 0)
      around_.on_room(shard, [frame_for](Room& part) { part.publish_aside(frame_for); });
}

void Workshop::broadcast(std::string_view message) {
  const auto frame = net::text_frame(message);
  for (std::size_t shard = 0; shard < around_.shards; ++shard)
    if (subscribers_[shard] > 0)
      around_.on_room(shard, [frame](Room& part) { part.publish_to_all(frame); });
}

// --- Coming and going ---------------------------------------------------------------------------------

Workshop::Joined Workshop::join(std::size_t shard, const std::optional<ResumePoint>& resume,
                                const Visitor& visitor) {
  if (visitor.actor.role == Role::participant) {
    if (visitor.name)
      names_.participants[visitor.actor.id] = *visitor.name;
    else
      names_.participants.erase(visitor.actor.id);
  } else if (access::sees_staff_view(visitor.actor.role) && visitor.name) {
    names_.staff[visitor.actor.id] = *visitor.name;
  }
  // Somebody with a snapshot may be ahead of the room, which would then be told again what they have.
  if (resume && resume->seq > feed_.published())
    publish();
  const auto published = feed_.published();
  Joined joined;
  joined.published = published;
  joined.welcome = net::text_frame(view_welcome(
      *board_, {id_, epoch_, published, feed_.committed(), kept_drafts_, read_only_, system::now_ms()},
      visitor));
  const auto audience = audience_of(visitor);
  Feed::Reader reader{audience};
  if (!board_->removed.contains(visitor.actor.id))
    reader.seat = board_->seat_of(visitor.actor.id);
  const char* reason = nullptr;
  if (!resume)
    reason = "no_resume_point";
  else if (resume->epoch != epoch_ || resume->seq > published)
    reason = "epoch_changed";
  else if (!feed_.reaches_back_to(resume->seq) || feed_.bytes(resume->seq, reader) > limits::kResumeBytes)
    reason = "too_far_behind";
  if (reason) {
    joined.then = net::text_frame(resync(id_, audience, reason));
    return joined;
  }
  if (resume->seq < published)
    joined.then = net::text_frame(feed_.message(resume->seq, published, reader));
  // Signals are told when they change: who comes later must hear of a card that is held.
  // As they were told: what changed since then is told to them with the others.
  auto told = signals_told_->find({visitor.actor.id, audience});
  if (told == signals_told_->end())
    told = signals_told_->find({{}, audience});
  if (told != signals_told_->end())
    joined.signals = told->second;
  joined.subscribed = true;
  ++subscribers_[shard];
  return joined;
}

void Workshop::leave(std::size_t shard) {
  --subscribers_[shard];
  used_at_ = std::chrono::steady_clock::now();
}

std::size_t Workshop::people() const {
  return std::accumulate(subscribers_.begin(), subscribers_.end(), std::size_t{0});
}

bool Workshop::is_at_rest(std::chrono::steady_clock::time_point now) const {
  const auto awaited = [](const CachedSnapshot& cache) { return cache.planned || !cache.waiting.empty(); };
  return people() == 0 && pending_.empty() && in_flight_.empty() && waiting_.empty() && held_.empty() &&
         !read_only_ && !publication_planned_ && !presence_due_ && !signals_due_ &&
         std::none_of(std::begin(snapshots_), std::end(snapshots_), awaited) &&
         now - used_at_ > limits::kWorkshopRest;
}

void Workshop::presence(std::size_t shard, Room::Presence presence) {
  presences_[shard] = std::move(presence);
  presence_soon();
}

void Workshop::presence_soon() {
  if (presence_due_)
    return;
  presence_due_ = true;
  around_.home.after(limits::kPresenceInterval / 2,
                     [self = shared_from_this()] { self->publish_presence(); });
}

Inspection Workshop::inspect() const {
  Inspection found{*board_, names_.participants, names_.staff, seen_, {}, {}, read_only_};
  for (const auto& part : presences_) { // somebody with two pages may be on two shards
    found.participants.insert(part.people.begin(), part.people.end());
    found.staff.insert(part.staff.begin(), part.staff.end());
  }
  return found;
}

void Workshop::publish_presence() {
  presence_due_ = false;
  // Somebody with two pages may be on two shards.
  std::unordered_set<ActorId> people;
  std::unordered_set<ActorId> writing;
  for (const auto& part : presences_) {
    people.insert(part.people.begin(), part.people.end());
    writing.insert(part.writing.begin(), part.writing.end());
  }
  const auto unwritten = std::count_if(people.begin(), people.end(), [&](const ActorId& one) {
    return !has_written(one) && !board_->removed.contains(one);
  });
  // Also when the numbers are as before: somebody may have come in the meantime who doesn't know them.
  broadcast(R"({"type":"presence","people":)" + std::to_string(people.size()) + R"(,"unwritten":)" +
            std::to_string(unwritten) + R"(,"writing":)" + std::to_string(writing.size()) + "}");
}

/// Does it add what is the first thing that one of its authors wrote?
bool Workshop::is_somebodys_first(const Change& change) const {
  if (!std::holds_alternative<change::Added>(change) &&
      !std::holds_alternative<change::DraftHandedIn>(change))
    return false;
  const auto place = board_->places.at(*subject(change));
  const auto& added = board_->contributions[place];
  const auto begins = [&](const ActorId& one) { return board_->by_author.at(one).front() == place; };
  return begins(added.author) || std::any_of(added.writers.begin(), added.writers.end(), begins);
}

/// As the disk has it: the board may have run ahead.
bool Workshop::has_written(const ActorId& person) const {
  const auto own = board_->by_author.find(person);
  return own != board_->by_author.end() &&
         board_->contributions[own->second.front()].seq <= feed_.committed();
}

// --- Signals ---------------------------------------------------------------------------------------------

void Workshop::signal(const Visitor& visitor, const Signal& signal) {
  const bool by_staff = access::sees_staff_view(visitor.actor.role);
  if ((signal.kind == SignalKind::hold && !by_staff) || board_->removed.contains(visitor.actor.id))
    return;
  if (signal.target && signal.kind == SignalKind::cursor && !board_->find(id_cast<DraftId>(*signal.target)))
    return;
  signals_.set(visitor.actor, visitor.name, signal, std::chrono::steady_clock::now());
  publish_signals_soon();
}

void Workshop::publish_signals_soon() {
  if (signals_due_)
    return;
  signals_due_ = true;
  around_.home.after(limits::kSignalInterval, [self = shared_from_this()] { self->publish_signals(); });
}

void Workshop::publish_signals() {
  signals_due_ = false;
  signals_.forget_old(std::chrono::steady_clock::now());
  auto news = std::make_shared<SignalsToldTo>();
  auto told = std::make_shared<SignalsToldTo>();
  std::map<Signals::Place, net::SharedFrame> said;
  const auto tell = [&](const SignalsReader& reader, const Signals::Place& place) {
    auto& frame = said[place];
    if (!frame)
      frame = net::text_frame(signals_.message(*board_, place));
    told->emplace(reader, frame);
    const auto before = signals_told_->find(reader);
    if (before == signals_told_->end() || before->second->bytes != frame->bytes)
      news->emplace(reader, frame);
  };
  for (const auto audience : {Audience::room, Audience::staff})
    tell({{}, audience}, {audience, {}, {}});
  for (const auto& [actor, audience] : signals_.readers(*board_))
    tell({actor, audience}, signals_.place_of(*board_, actor, audience));
  // Whoever left a table or put their cursor away sees what everybody sees.
  for (const auto& [reader, frame] : *signals_told_)
    if (!told->contains(reader))
      news->emplace(reader, told->at({{}, reader.second}));
  signals_told_ = told;
  if (!news->empty())
    publish_aside([news, told](const Room::Member& member) {
      SignalsReader reader{member.actor().id, member.audience()};
      if (!news->contains(reader) && !told->contains(reader))
        reader.first = {}; // one of all the others
      const auto found = news->find(reader);
      return found == news->end() ? nullptr : found->second;
    });
  // Once more, so that what is not renewed lapses by itself.
  if (!signals_.empty())
    publish_signals_soon();
}

void Workshop::seen(const ActorId& actor, const std::vector<ContributionId>& contributions) {
  for (const auto& id : contributions)
    if (board_->find(id))
      seen_[id].insert(actor);
}

// --- Snapshots ---------------------------------------------------------------------------------------------

void Workshop::snapshot(Audience audience, std::function<void(std::optional<Snapshot>)> answer) {
  used_at_ = std::chrono::steady_clock::now();
  auto& cache = snapshots_[static_cast<std::size_t>(audience)];
  if (cache.last && cache.last->seq == board_->seq)
    return answer(cache.last);
  cache.waiting.push_back(std::move(answer));
  plan_snapshot(audience);
}

/// One build serves all who asked before it began; builds keep their distance, so that a whole room that
/// returns while others write costs a bounded part of the shard.
void Workshop::plan_snapshot(Audience audience) {
  auto& cache = snapshots_[static_cast<std::size_t>(audience)];
  if (cache.planned || cache.waiting.empty())
    return;
  cache.planned = true;
  const auto since = std::chrono::milliseconds(system::now_ms() - cache.made_at);
  if (since >= kSnapshotDistance || since < std::chrono::milliseconds(0))
    return build_snapshot(audience);
  around_.home.after(kSnapshotDistance - since,
                     [self = shared_from_this(), audience] { self->build_snapshot(audience); });
}

void Workshop::build_snapshot(Audience audience) {
  auto& cache = snapshots_[static_cast<std::size_t>(audience)];
  if (reading_again_) { // go_on() plans it
    cache.planned = false;
    return;
  }
  if (read_only_ && !kept_only_) { // the board may hold what the disk does not
    cache.planned = false;
    for (auto& answer : std::exchange(cache.waiting, {}))
      answer(std::nullopt);
    return;
  }
  cache.made_at = system::now_ms();
  auto made = std::make_shared<Snapshot>();
  made->epoch = epoch_;
  made->seq = board_->seq;
  made->json = share(view_snapshot(*board_, id_, epoch_, audience, names_, cache.made_at));
  auto answers =
      std::make_shared<std::vector<std::function<void(std::optional<Snapshot>)>>>(std::move(cache.waiting));
  cache.waiting.clear();
  const auto finish = [self = shared_from_this(), audience, made, answers,
                       generation = snapshot_generation_](bool kept) {
    auto& target = self->snapshots_[static_cast<std::size_t>(audience)];
    target.planned = false;
    if (generation != self->snapshot_generation_) {
      // Something was hidden or lost since: nobody may have this one. The next build answers.
      ++target.discarded;
      for (auto& answer : *answers)
        target.waiting.push_back(std::move(answer));
    } else {
      target.discarded = 0;
      if (kept)
        target.last = *made;
      for (auto& answer : *answers)
        answer(kept ? std::optional(*made) : std::nullopt);
    }
    self->plan_snapshot(audience);
  };
  // Compressing takes milliseconds: not on a shard. The commit comes first: nothing leaves that is not on
  // disk.
  const bool in_haste = cache.discarded >= kDiscardedMost;
  when_committed(made->seq, [self = shared_from_this(), made, finish, in_haste](bool kept) {
    if (!kept || in_haste)
      return self->around_.home.post([finish, kept] { finish(kept); });
    self->around_.readers.read([self, made, finish](store::Connection&) {
      try {
        made->gzip = share(gzip(*made->json));
      } catch (const std::exception& error) {
        spdlog::error("a board could not be compressed and goes as it is: {}", error.what());
      }
      self->around_.home.post([finish] { finish(true); });
    });
  });
}

/// After something was hidden, withdrawn or lost: what was encoded before must not go out any more.
void Workshop::forget_snapshots() {
  ++snapshot_generation_;
  for (auto& cache : snapshots_)
    cache.last.reset();
}

} // namespace warsha::live
