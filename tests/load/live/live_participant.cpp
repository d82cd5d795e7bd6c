#include "tests/load/live/live_participant.hpp"

#include <algorithm>
#include <stdexcept>

namespace warsha::load {

namespace {

using std::chrono::milliseconds;

constexpr auto kDeadAfter = std::chrono::seconds(35);
constexpr milliseconds kRetryRejected{500};
constexpr int kShortestReturnMs = 50;
constexpr int kLongestReturnMs = 700;

} // namespace

LiveParticipant::LiveParticipant(LiveSurroundings& around, LiveRoom& room, Identity identity)
    : around_(around), room_(room), identity_(std::move(identity)),
      log_number_(around.log ? around.log->add_client(room.workshop, identity_.staff) : 0) {}
LiveParticipant::~LiveParticipant() = default;

// --- Coming and going ------------------------------------------------------------------------------

void LiveParticipant::connect() {
  ++turn_;
  set_stage(Stage::connecting);
  told_to_return_after_.reset();
  heard_ = Clock::now();
  WebSocket::Settings settings;
  settings.target = "/live/" + room_.workshop + (identity_.staff ? "?as=staff" : "?as=participant");
  settings.subprotocol = "warsha.live.v1";
  settings.cookie = identity_.cookie;
  settings.stream = {source_of(identity_.number), identity_.narrow};
  socket_ = std::make_shared<WebSocket>(around_.loop, around_.server, std::move(settings),
                                        static_cast<WebSocket::Handler&>(*this));
  socket_->connect();
}

void LiveParticipant::set_stage(Stage stage) {
  around_.live += stage == Stage::live ? 1 : 0;
  around_.live -= stage_ == Stage::live ? 1 : 0;
  stage_ = stage;
}

void LiveParticipant::on_open() {
  hello();
}

void LiveParticipant::hello() {
  set_stage(Stage::greeting);
  if (around_.log)
    around_.log->hello(log_number_, !epoch_.empty(), seq_);
  std::string message = R"({"type":"hello","client":"load")";
  if (!epoch_.empty())
    message += R"(,"resume":{"epoch":")" + epoch_ + R"(","seq":)" + std::to_string(seq_) + "}";
  socket_->send(message + "}");
}

void LiveParticipant::leave(Leaving how) {
  ++turn_;
  set_stage(Stage::away);
  if (socket_ && how == Leaving::half_open) {
    socket_->stop_reading();
    half_open_.push_back(std::move(socket_));
  } else if (socket_) {
    how == Leaving::abruptly ? socket_->drop() : socket_->close();
    around_.loop.dispose(std::move(socket_));
  }
  socket_.reset();
  for (auto& waiting : unacknowledged_)
    waiting.interrupted = true;
  if (entered_)
    room_.ledger.leave(seq_);
  entered_ = false;
}

void LiveParticipant::forget() {
  if (around_.log)
    around_.log->forgot(log_number_);
  epoch_.clear();
  seq_ = 0;
}

void LiveParticipant::stop_reading() {
  reads_ = false;
  if (socket_)
    socket_->stop_reading();
}

void LiveParticipant::check_silence(TimePoint now) {
  if (stage_ == Stage::away || !reads_ || now - heard_ < kDeadAfter)
    return;
  around_.tally.note("a socket was silent for 35 s and given up");
  socket_->drop();
  lost();
}

void LiveParticipant::on_end(int code, const std::string& why) {
  const auto what = code == 0 ? why : "closed with " + std::to_string(code);
  ++around_.failures;
  if (!around_.comes_back)
    fault("lost its connection: " + what);
  else
    around_.tally.note("connection lost: " + what);
  lost();
}

void LiveParticipant::lost() {
  ++turn_;
  set_stage(Stage::away);
  around_.loop.dispose(std::move(socket_));
  socket_.reset();
  if (around_.comes_back)
    return come_back_after(told_to_return_after_.value_or(jitter(kShortestReturnMs, kLongestReturnMs)));
  if (entered_)
    room_.ledger.leave(seq_);
  entered_ = false;
}

void LiveParticipant::come_back_after(milliseconds delay) {
  around_.loop.after(delay, [this, turn = turn_] {
    if (turn == turn_)
      connect();
  });
}

milliseconds LiveParticipant::jitter(int least, int most) {
  return milliseconds(std::uniform_int_distribution<int>(least, most)(around_.random));
}

void LiveParticipant::fault(const std::string& what) {
  around_.tally.fault("participant " + std::to_string(identity_.number) + " of workshop " + room_.workshop +
                      " " + what);
}

// --- What the server says --------------------------------------------------------------------------

void LiveParticipant::on_message(std::string_view frame) {
  const auto now = Clock::now();
  heard_ = now;
  const auto turn = turn_;
  while (!frame.empty() && turn == turn_) {
    const auto end = frame.find('\n');
    on_one_message(frame.substr(0, end), now);
    frame = end == std::string_view::npos ? std::string_view{} : frame.substr(end + 1);
  }
}

void LiveParticipant::on_one_message(std::string_view text, TimePoint now) {
  if (!read_live_message(text, message_))
    return fault("was sent what is no message: " + std::string(text.substr(0, 80)));
  switch (message_.type) {
  case LiveMessage::Type::events:
    return on_events(message_, text, now);
  case LiveMessage::Type::ack:
    return on_ack(message_, now);
  case LiveMessage::Type::reject:
    return on_reject(message_);
  case LiveMessage::Type::welcome:
    return on_welcome(message_);
  case LiveMessage::Type::resync:
    around_.tally.note("resync: " + message_.reason);
    return fetch_snapshot(message_.snapshot);
  case LiveMessage::Type::status:
    around_.tally.note(message_.read_only ? "workshop turned read-only" : "workshop can be written again");
    if (!message_.read_only && stage_ == Stage::live)
      send_again();
    return;
  case LiveMessage::Type::tick:
    if (stage_ == Stage::live && message_.seq > seq_)
      fault("was told by a tick of seq " + std::to_string(message_.seq) + " and has only " +
            std::to_string(seq_));
    return;
  case LiveMessage::Type::bye:
    told_to_return_after_ = milliseconds(message_.retry_after_ms);
    return;
  case LiveMessage::Type::other:
    return;
  }
}

void LiveParticipant::on_welcome(const LiveMessage& message) {
  room_.highest_seq = std::max(room_.highest_seq, message.seq);
  if (around_.log)
    around_.log->actor(log_number_, message.id);
  if (epoch_.empty() || epoch_ != message.epoch || stage_ != Stage::greeting)
    return; // a resync follows
  set_stage(Stage::live);
  if (identity_.counts && !entered_) {
    entered_ = true;
    room_.ledger.enter(seq_);
  }
  send_again();
  if (around_.moved)
    around_.moved(*this);
}

void LiveParticipant::on_events(const LiveMessage& message, std::string_view text, TimePoint now) {
  if (stage_ != Stage::live)
    return;
  if (around_.log)
    around_.log->saw(log_number_, message.first, message.last, text);
  if (message.first > seq_ + 1 || message.last < message.first)
    return fault("got events " + std::to_string(message.first) + " to " + std::to_string(message.last) +
                 " after " + std::to_string(seq_));
  if (message.last <= seq_)
    return; // it has them
  move_to(message.last, now);
}

void LiveParticipant::move_to(std::uint64_t seq, TimePoint now) {
  if (identity_.counts)
    around_.tally.delivered(seq - seq_);
  if (entered_)
    room_.ledger.pass(seq_ + 1, seq, now);
  seq_ = seq;
  room_.highest_seq = std::max(room_.highest_seq, seq);
  if (around_.moved)
    around_.moved(*this);
}

void LiveParticipant::fetch_snapshot(const std::string& target) {
  set_stage(Stage::fetching);
  around_.snapshots->ask({"GET", target, {}, identity_.cookie, true},
                         [this, target, turn = turn_](const HttpReply& reply) {
                           if (turn == turn_)
                             on_snapshot(reply, target);
                         });
}

void LiveParticipant::on_snapshot(const HttpReply& reply, const std::string& target) {
  if (!reply.ok()) {
    ++around_.failures;
    around_.tally.note(reply.status == 0 ? "snapshot: " + reply.body
                                         : "snapshot: status " + std::to_string(reply.status));
    return around_.loop.after(jitter(100, 500), [this, target, turn = turn_] {
      if (turn == turn_)
        fetch_snapshot(target);
    });
  }
  try {
    const auto& point = room_.read_snapshot(reply.body, reply.gzip);
    epoch_ = point.epoch;
    if (entered_ && point.seq < seq_) { // encoded just before the last events that it got
      room_.ledger.leave(seq_);
      room_.ledger.enter(point.seq);
      around_.tally.note("a snapshot older than what its reader had");
    } else if (entered_) { // what the snapshot holds was not delivered as events, but it is seen
      room_.ledger.pass(seq_ + 1, point.seq, Clock::now());
    }
    seq_ = point.seq;
    if (around_.log)
      around_.log->snapshot(log_number_, seq_, epoch_, reply.gzip ? gunzip(reply.body) : reply.body);
    hello();
  } catch (const std::runtime_error& error) {
    fault(error.what());
  }
}

// --- Commands ----------------------------------------------------------------------------------------

void LiveParticipant::send(LiveCommand command, TimePoint scheduled) {
  around_.tally.submitted(scheduled);
  if (around_.log)
    around_.log->sent(log_number_, command.message);
  if (stage_ == Stage::live)
    socket_->send(command.message);
  unacknowledged_.push_back({std::move(command), scheduled, false});
}

void LiveParticipant::log_end() {
  if (around_.log && stage_ == Stage::live)
    around_.log->ended(log_number_, seq_);
}

void LiveParticipant::send_typing() {
  if (stage_ == Stage::live)
    socket_->send(R"({"type":"typing"})");
}

void LiveParticipant::send_again() {
  for (const auto& waiting : unacknowledged_)
    socket_->send(waiting.command.message);
}

std::deque<LiveParticipant::Unacknowledged>::iterator LiveParticipant::find(const std::string& id) {
  return std::find_if(unacknowledged_.begin(), unacknowledged_.end(),
                      [&](const Unacknowledged& waiting) { return waiting.command.id == id; });
}

void LiveParticipant::on_ack(const LiveMessage& message, TimePoint now) {
  if (around_.log)
    around_.log->acked(log_number_, message.id, message.seq, message.receipt);
  const auto found = find(message.id);
  if (found == unacknowledged_.end())
    return; // the second for a command that was sent again
  // What its author left behind has waited for the author, not for the server.
  const auto scheduled = found->interrupted ? TimePoint{} : found->scheduled;
  around_.tally.acked(scheduled, now);
  if (!room_.ledger.know(message.seq, scheduled))
    around_.tally.given_up();
  room_.highest_seq = std::max(room_.highest_seq, message.seq);
  if (!message.receipt.empty())
    room_.contributions.push_back({message.id, identity_.number});
  unacknowledged_.erase(found);
}

void LiveParticipant::on_reject(const LiveMessage& message) {
  around_.tally.note("reject: " + message.code);
  const bool temporary = message.code == "too_fast" || message.code == "read_only" || message.code == "busy";
  if (temporary)
    return around_.loop.after(kRetryRejected, [this, id = message.id, turn = turn_] {
      const auto waiting = find(id);
      if (turn == turn_ && stage_ == Stage::live && waiting != unacknowledged_.end())
        socket_->send(waiting->command.message);
    });
  if (around_.log)
    around_.log->rejected(log_number_, message.id, message.code);
  const auto found = find(message.id);
  if (found != unacknowledged_.end())
    unacknowledged_.erase(found);
  if (message.id == contribution)
    contribution.clear();
  if (around_.tolerated.contains(message.code))
    return around_.tally.given_up();
  fault("had command " + message.id + " rejected: " + message.code);
}

} // namespace warsha::load
