#pragma once

#include "tests/load/crowd.hpp"
#include "tests/load/dialects/dialect.hpp"
#include "tests/load/live/words.hpp"
#include "tests/load/measure/seen_ledger.hpp"
#include "tests/load/net/websocket.hpp"
#include "tests/load/options.hpp"

#include <vector>

namespace warsha::load {

/// Participants of a server that sends on what it is sent, and promises nothing: the peers of
/// tests/load/peers.
class PeerCrowd final : public Crowd {
public:
  PeerCrowd(EventLoop& loop, const Server& server, Tally& tally, const Options& options);
  ~PeerCrowd() override;

  void prepare() override {}
  void connect() override;
  [[nodiscard]] std::vector<std::size_t> turns() const override { return everybody(members_.size()); }
  void submit(std::size_t person, TimePoint scheduled) override;
  void finish() override;

private:
  struct Room;
  class Member;

  EventLoop& loop_;
  const Server& server_;
  Tally& tally_;
  const Options& options_;
  Words words_;
  std::size_t ready_ = 0;
  std::vector<std::unique_ptr<Room>> rooms_;
  std::vector<std::unique_ptr<Member>> members_;
};

} // namespace warsha::load
