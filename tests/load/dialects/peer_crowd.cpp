#include "tests/load/dialects/peer_crowd.hpp"

#include <stdexcept>
#include <unistd.h>

namespace warsha::load {

namespace {

constexpr std::size_t kConnectingAtOnce = 256;
constexpr auto kPatience = std::chrono::seconds(120);

} // namespace

struct PeerCrowd::Room {
  Room(std::size_t number, Tally& tally)
      : ledger([&tally](TimePoint scheduled, TimePoint last, std::uint32_t deliveries) {
          tally.seen_by_all(scheduled, last, deliveries);
        }) {
    dialect.name = std::to_string(::getpid()) + "-" + std::to_string(number);
  }
  DialectRoom dialect;
  SeenLedger ledger;
  std::uint64_t said = 0;
  std::size_t members = 0;
};

class PeerCrowd::Member final : private WebSocket::Handler {
public:
  Member(PeerCrowd& crowd, Room& room, std::size_t number)
      : crowd_(crowd), room_(room), number_(number),
        dialect_(make_dialect(crowd.options_.target, room.dialect, room.members++)) {}

  void connect() {
    WebSocket::Settings settings;
    settings.target = dialect_->target();
    settings.stream.source = source_of(number_);
    socket_ = std::make_unique<WebSocket>(crowd_.loop_, crowd_.server_, std::move(settings),
                                          static_cast<WebSocket::Handler&>(*this));
    socket_->connect();
  }

  void submit(TimePoint scheduled) {
    const auto number = ++room_.said;
    (void)room_.ledger.know(number, scheduled); // numbers are given once
    crowd_.tally_.submitted(scheduled);
    const auto bytes = dialect_text_bytes(crowd_.options_.target, crowd_.options_.message_bytes);
    const auto frame = dialect_->say(number, crowd_.words_.next(bytes));
    socket_->send(frame.payload, frame.opcode);
  }

  void close() { socket_->close(); }

private:
  void on_open() override {
    for (const auto& frame : dialect_->greeting())
      socket_->send(frame.payload, frame.opcode);
    if (dialect_->ready_at_once())
      ready();
  }

  void on_message(std::string_view frame) override {
    heard_.clear();
    dialect_->hear(frame, heard_);
    if (!heard_.understood)
      crowd_.tally_.fault("participant " + std::to_string(number_) +
                          " was sent what is no message: " + std::string(frame.substr(0, 80)));
    for (const auto& reply : heard_.replies)
      socket_->send(reply.payload, reply.opcode);
    if (heard_.ready)
      ready();
    if (heard_.numbers.empty())
      return;
    const auto now = Clock::now();
    for (const auto number : heard_.numbers)
      room_.ledger.pass(number, number, now);
    crowd_.tally_.delivered(heard_.numbers.size());
  }

  void on_end(int code, const std::string& why) override {
    crowd_.tally_.fault("participant " + std::to_string(number_) +
                        " lost its connection: " + (code == 0 ? why : "closed with " + std::to_string(code)));
  }

  void ready() {
    if (ready_)
      return;
    ready_ = true;
    ++crowd_.ready_;
    room_.ledger.enter(0);
  }

  PeerCrowd& crowd_;
  Room& room_;
  std::size_t number_;
  std::unique_ptr<Dialect> dialect_;
  std::unique_ptr<WebSocket> socket_;
  Dialect::Heard heard_;
  bool ready_ = false;
};

PeerCrowd::PeerCrowd(EventLoop& loop, const Server& server, Tally& tally, const Options& options)
    : loop_(loop), server_(server), tally_(tally), options_(options), words_(options.seed) {
  for (std::size_t i = 0; i < options.rooms; ++i)
    rooms_.push_back(std::make_unique<Room>(i, tally));
  for (std::size_t i = 0; i < options.people; ++i)
    members_.push_back(std::make_unique<Member>(*this, *rooms_[i % rooms_.size()], i));
}
PeerCrowd::~PeerCrowd() = default;

void PeerCrowd::connect() {
  std::size_t started = 0;
  const bool all = loop_.run_until(
      [&] {
        while (started < members_.size() && started < ready_ + kConnectingAtOnce)
          members_[started++]->connect();
        show_progress("connecting", ready_, members_.size());
        return ready_ == members_.size() || tally_.fault_count() > 0;
      },
      Clock::now() + kPatience);
  end_progress();
  if (tally_.fault_count() > 0)
    throw std::runtime_error("connecting: " + tally_.faults().front());
  if (!all)
    throw std::runtime_error("connecting: only " + std::to_string(ready_) + " of " +
                             std::to_string(members_.size()) + " got into their rooms");
}

void PeerCrowd::submit(std::size_t person, TimePoint scheduled) {
  members_[person]->submit(scheduled);
}

void PeerCrowd::finish() {
  for (auto& member : members_)
    member->close();
}

} // namespace warsha::load
