#include "server/live/session.hpp"

#include "protocol/codec.hpp"
#include "protocol/limits.hpp"
#include "server/store/readers.hpp"

#include <algorithm>
#include <random>
#include <spdlog/spdlog.h>
#include <utility>

namespace warsha::live {

using Clock = std::chrono::steady_clock;

namespace {

constexpr auto kHelloPause = std::chrono::milliseconds(250); // for one that comes too fast

Rate rate_of(Role role) {
  if (access::sees_staff_view(role))
    return {limits::kStaffCommandBurst, limits::kStaffCommandsPerSecond};
  return {limits::kCommandBurst, limits::kCommandsPerSecond};
}

/// What a broken program sends; people write too much, or nothing.
bool is_malformed(Code code) {
  switch (code) {
  case Code::malformed:
  case Code::unknown_type:
  case Code::unknown_action:
  case Code::unknown_field:
  case Code::missing_field:
  case Code::wrong_type:
    return true;
  default:
    return false;
  }
}

/// Spreads a room's return over time; quality of randomness doesn't matter here.
std::int64_t jittered_return_ms() {
  thread_local std::minstd_rand random{std::random_device{}()};
  using std::chrono::milliseconds;
  return std::uniform_int_distribution<std::int64_t>(
      500, std::chrono::duration_cast<milliseconds>(limits::kReconnectSpread).count())(random);
}

/// A pass opens any number of sockets, and they share what its holder may send. Staff are counted by the
/// socket: one account drives the whole of a workshop, in a replay several.
std::shared_ptr<Allowance> allowance_of(const Visitor& visitor, Room& room) {
  const auto rate = rate_of(visitor.actor.role);
  const auto now = Clock::now();
  if (visitor.actor.role == Role::participant)
    return room.allowance_of(visitor.actor.id, rate, now);
  if (visitor.opened_by)
    return room.allowance_of(*visitor.opened_by, rate, now);
  return std::make_shared<Allowance>(rate, now);
}

} // namespace

Session::Session(std::shared_ptr<Workshops> workshops, const WorkshopId& workshop, Visitor visitor,
                 Executor& executor)
    : workshops_(std::move(workshops)), workshop_(workshop), visitor_(std::move(visitor)),
      shard_(workshops_->shard_of(executor)) {}

Session::~Session() = default;

void Session::on_open(net::Socket& socket) {
  socket_ = &socket;
  auto& part = workshops_->part(shard_);
  part.sessions.insert(this);
  allowance_ = allowance_of(visitor_, part.rooms[workshop_]);
  if (workshops_->draining())
    return say_bye();
  part.executor->after(limits::kHelloTime, [weak = std::weak_ptr(alive_)] {
    if (const auto self = weak.lock(); self && (*self)->stage_ == Stage::awaiting_hello)
      (*self)->socket_->close(CloseCode::hello_timeout);
  });
  if (visitor_.role_now)
    check_rights_later();
}

void Session::on_close() {
  workshops_->part(shard_).sessions.erase(this);
  alive_.reset();
  leave_room();
}

void Session::on_message(std::string_view message) {
  auto decoded = decode(message);
  if (const auto* error = std::get_if<DecodeError>(&decoded))
    return refuse(*error);
  auto& known = std::get<ClientMessage>(decoded);
  if (const auto* said = std::get_if<Hello>(&known))
    return hello(*said);
  if (auto* wanted = std::get_if<Command>(&known))
    return command(std::move(*wanted));
  if (std::holds_alternative<Typing>(known))
    return typing();
  aside(std::move(known));
}

void Session::refuse(const DecodeError& error) {
  const bool malformed = is_malformed(error.rejection.code);
  if (!malformed && !take_token()) // it costs what a command costs
    return reject(error.id, {Code::too_fast, {}, {}});
  reject(error.id, error.rejection);
  if (malformed && ++malformed_ >= limits::kMalformedMessages)
    socket_->close(CloseCode::too_many_errors);
}

// --- Rights ----------------------------------------------------------------------------------------

void Session::check_rights_later() {
  workshops_->part(shard_).executor->after(limits::kRightsInterval, [weak = std::weak_ptr(alive_)] {
    const auto self = weak.lock();
    if (!self)
      return;
    (*self)->check_rights();
    (*self)->check_rights_later();
  });
}

void Session::check_rights() {
  if (!visitor_.role_now)
    return;
  workshops_->readers().read([workshops = workshops_, shard = shard_, role_now = visitor_.role_now,
                              weak = std::weak_ptr(alive_)](store::Connection& connection) {
    std::optional<Role> role;
    try {
      role = role_now(connection);
    } catch (const std::exception& error) {
      // Asked again at the next turn: a disk that can't be read must not empty the hall's consoles.
      spdlog::error("a right could not be checked: {}", error.what());
      return;
    }
    workshops->part(shard).executor->run([weak, role] {
      if (const auto self = weak.lock())
        (*self)->role_is(role);
    });
  });
}

void Session::role_is(std::optional<Role> role) {
  if (!role)
    return socket_->close(CloseCode::not_permitted);
  visitor_.actor.role = *role;
}

// --- Joining ---------------------------------------------------------------------------------------

void Session::hello(const Hello& hello) {
  if (stage_ == Stage::joining)
    return; // one answer is on its way
  if (!take_token())
    return hello_later(hello);
  leave_room();
  stage_ = Stage::joining;
  workshops_->with(workshop_, [workshops = workshops_, shard = shard_, resume = hello.resume,
                               visitor = visitor_, id = workshop_,
                               weak = std::weak_ptr(alive_)](const std::shared_ptr<Workshop>& workshop) {
    auto& executor = *workshops->part(shard).executor;
    if (!workshop) // it exists, or this socket would not
      return executor.run([weak] {
        if (const auto self = weak.lock())
          (*self)->socket_->close(CloseCode::try_again_later);
      });
    auto joined = workshop->join(shard, resume, visitor);
    executor.run([weak, workshops, shard, id, joined = std::move(joined)] {
      if (const auto self = weak.lock())
        return (*self)->joined(joined);
      if (joined.subscribed) // it left while it was joining
        workshops->with(id, [shard](const std::shared_ptr<Workshop>& left) { left->leave(shard); });
    });
  });
}

/// Who says hello without end waits; refused, who just wrote a lot would wait for an answer for ever.
void Session::hello_later(const Hello& hello) {
  // Out of the room at once: nothing that happens there may change the stage while this waits.
  leave_room();
  const auto before = std::exchange(stage_, Stage::joining);
  workshops_->part(shard_).executor->after(kHelloPause, [weak = std::weak_ptr(alive_), before, hello] {
    if (const auto self = weak.lock(); self && (*self)->stage_ == Stage::joining) {
      (*self)->stage_ = before == Stage::live ? Stage::resyncing : before;
      (*self)->hello(hello);
    }
  });
}

void Session::joined(const Workshop::Joined& joined) {
  leave_room(); // nobody is in it twice
  say(joined.welcome);
  if (joined.then)
    say(joined.then);
  if (joined.signals)
    say(joined.signals);
  stage_ = joined.subscribed ? Stage::live : Stage::resyncing;
  if (!joined.subscribed)
    return;
  subscribed_ = true;
  auto& room = workshops_->part(shard_).rooms[workshop_];
  room.enter(*this);
  room.set_last(std::max(room.last(), joined.published));
  workshops_->presence_changed(workshop_, shard_);
}

void Session::leave_room() {
  if (!subscribed_)
    return;
  subscribed_ = false;
  workshops_->part(shard_).rooms[workshop_].leave(*this);
  workshops_->with(workshop_, [shard = shard_](const std::shared_ptr<Workshop>& workshop) {
    if (workshop)
      workshop->leave(shard);
  });
  workshops_->presence_changed(workshop_, shard_);
}

Audience Session::audience() const {
  return access::sees_staff_view(visitor_.actor.role) ? Audience::staff : Audience::room;
}

void Session::deliver(const net::SharedFrame& message) {
  if (socket_->queued_bytes() + message->bytes.size() <= limits::kQueueBytes)
    return socket_->send(message);
  // The client is too far behind to be helped by more: it fetches a snapshot when it can.
  socket_->drop_queued();
  leave_room();
  stage_ = Stage::resyncing;
  socket_->send(net::text_frame(R"({"type":"resync","snapshot":"/api/workshops/)" + workshop_.text() +
                                "/snapshot?audience=" + (audience() == Audience::staff ? "staff" : "room") +
                                R"(","reason":"too_slow"})"));
}

void Session::say_bye() {
  socket_->send(net::text_frame(R"({"type":"bye","reason":"restart","retry_after_ms":)" +
                                std::to_string(jittered_return_ms()) + "}"));
  socket_->close(CloseCode::service_restart);
}

// --- Commands ------------------------------------------------------------------------------------------

bool Session::take_token() {
  return allowance_->take(Clock::now());
}

void Session::command(Command command) {
  const auto id = command.id;
  if (stage_ == Stage::awaiting_hello)
    return reject(id, {Code::hello_expected, {}, {}});
  if (!take_token())
    return reject(id, {Code::too_fast, {}, {}});
  workshops_->with(workshop_, [workshops = workshops_, shard = shard_, actor = visitor_.actor, id,
                               command = std::move(command), weak = std::weak_ptr(alive_)](
                                  const std::shared_ptr<Workshop>& workshop) mutable {
    if (!workshop)
      return;
    workshop->submit(std::move(command), actor, [workshops, shard, id, weak](Workshop::Outcome outcome) {
      workshops->part(shard).executor->run([weak, id, outcome = std::move(outcome)] {
        if (const auto self = weak.lock())
          (*self)->answer(id, outcome);
      });
    });
  });
}

void Session::answer(const CommandId& id, const Workshop::Outcome& outcome) {
  if (const auto* rejection = std::get_if<Rejection>(&outcome)) {
    // Ids are made anew for each command: one that is another's costs the workshop what many commands cost.
    if (rejection->code == Code::id_reused)
      for (int i = 0; i < limits::kReusedIdCommands; ++i)
        (void)take_token();
    return reject(id, *rejection);
  }
  const auto& ack = std::get<Workshop::Ack>(outcome);
  say(net::text_frame(encode_ack(id, ack.seq, ack.receipt, ack.result)));
}

void Session::reject(const std::optional<CommandId>& id, const Rejection& rejection) {
  say(net::text_frame(encode_reject(id, rejection)));
}

/// What was asked can't be left out as events can: a client that asks on and takes no answer is closed.
void Session::say(net::SharedFrame answer) {
  if (socket_->queued_bytes() + answer->bytes.size() <= limits::kQueueBytes + limits::kAnswerBytes)
    return socket_->send(std::move(answer));
  socket_->drop_queued();
  socket_->close(CloseCode::slow);
}

/// Signals and what was seen: nothing waits for them, and nothing is answered.
void Session::aside(ClientMessage message) {
  if (stage_ != Stage::live || visitor_.actor.role == Role::screen || !take_token())
    return;
  workshops_->with(workshop_, [visitor = visitor_,
                               message = std::move(message)](const std::shared_ptr<Workshop>& workshop) {
    if (!workshop)
      return;
    if (const auto* signal = std::get_if<Signal>(&message))
      workshop->signal(visitor, *signal);
    else if (const auto* seen = std::get_if<Seen>(&message))
      workshop->seen(visitor.actor.id, seen->contributions);
  });
}

void Session::typing() {
  if (stage_ != Stage::live || !take_token())
    return;
  auto& part = workshops_->part(shard_);
  part.rooms[workshop_].typed(visitor_.actor.id, Clock::now());
  workshops_->presence_changed(workshop_, shard_);
  // Once more when it has lapsed, so that the count goes down by itself.
  part.executor->after(
      limits::kTypingTime + std::chrono::milliseconds(100),
      [workshops = workshops_, shard = shard_, id = workshop_] { workshops->presence_changed(id, shard); });
}

} // namespace warsha::live
