#pragma once

#include "protocol/messages.hpp"
#include "server/replay/http_client.hpp"

#include <functional>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

namespace boost::asio {
class io_context;
}

namespace warsha::replay {

/// One person's connection to one workshop, as the web client keeps it: resumes where it was, sends again
/// what was not acknowledged, and notices any gap. Lives on the thread of its io_context.
class LiveClient {
public:
  struct Settings {
    ServerAddress server;
    WorkshopId workshop;
    std::string cookie;
    bool staff = false;
  };
  /// All called on the client's thread.
  struct Observer {
    std::function<void(const CommandId&, const nlohmann::json& ack)> on_ack;
    std::function<void(const CommandId&, const std::string& code)> on_reject;
    std::function<void(const nlohmann::json& event)> on_event;
    std::function<void(const std::string& fault)> on_fault; // a gap, a disorder, a message that can't be
  };
  struct Figures {
    std::size_t events = 0;
    std::size_t reconnections = 0;
    std::size_t resyncs = 0;
  };

  LiveClient(boost::asio::io_context& context, Settings settings, Observer observer);
  ~LiveClient();

  void start();
  /// Keeps the command until it is acknowledged or rejected for good.
  void send(const Command& command);
  void send_typing();
  /// Closes for good.
  void stop();
  [[nodiscard]] Figures figures() const;

private:
  struct State;
  std::shared_ptr<State> state_;
};

} // namespace warsha::replay
