#pragma once

#include "protocol/codec.hpp"
#include "server/live/workshops.hpp"

#include <memory>

namespace warsha::live {

/// One live socket of one visitor. Lives on its socket's shard; what it asks of a workshop goes to the home
/// shard and comes back by post.
class Session final : public net::SocketHandler, public Room::Member {
public:
  Session(std::shared_ptr<Workshops> workshops, const WorkshopId& workshop, Visitor visitor,
          Executor& executor);
  ~Session() override;

  void on_open(net::Socket& socket) override;
  void on_message(std::string_view message) override;
  void on_close() override;

  [[nodiscard]] Audience audience() const override;
  [[nodiscard]] const access::Actor& actor() const override { return visitor_.actor; }
  void deliver(const net::SharedFrame& message) override;

  /// Closes, once a reader has looked, when the visitor has no right to be here any more.
  void check_rights();
  /// Tells the client to come back in a while, and closes.
  void say_bye();

private:
  enum class Stage : std::uint8_t { awaiting_hello, joining, live, resyncing };

  void refuse(const DecodeError& error);
  void check_rights_later();
  void role_is(std::optional<Role> role);
  void hello(const Hello& hello);
  void hello_later(const Hello& hello);
  void joined(const Workshop::Joined& joined);
  void command(Command command);
  void typing();
  void aside(ClientMessage message);
  void answer(const CommandId& id, const Workshop::Outcome& outcome);
  void reject(const std::optional<CommandId>& id, const Rejection& rejection);
  void say(net::SharedFrame answer);
  void leave_room();
  [[nodiscard]] bool take_token();

  std::shared_ptr<Workshops> workshops_;
  WorkshopId workshop_;
  Visitor visitor_;
  std::size_t shard_;
  net::Socket* socket_ = nullptr;
  Stage stage_ = Stage::awaiting_hello;
  bool subscribed_ = false; // counted at the home
  int malformed_ = 0;
  std::shared_ptr<Allowance> allowance_; // from on_open on
  /// What comes back from another shard finds the session by this, or finds it gone.
  std::shared_ptr<Session*> alive_ = std::make_shared<Session*>(this);
};

} // namespace warsha::live
