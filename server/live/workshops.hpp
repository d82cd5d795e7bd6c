#pragma once

#include "server/live/workshop.hpp"
#include "server/runtime/executor.hpp"

#include <atomic>
#include <functional>
#include <memory>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace warsha::live {

class Session;

/// What Directory holds: the part of every shard, and the way between them.
class Workshops final : public std::enable_shared_from_this<Workshops> {
public:
  /// Touched on its own shard only.
  struct Part {
    Executor* executor = nullptr;
    std::unordered_map<WorkshopId, Room> rooms;                                 // of sessions on this shard
    std::unordered_map<WorkshopId, std::shared_ptr<Workshop>> workshops;        // whose home this shard is
    std::unordered_map<WorkshopId, std::vector<std::function<void()>>> loading; // what waits for one
    std::unordered_set<Session*> sessions;
  };

  Workshops(std::vector<Executor*> shards, store::Writer& writer, store::Readers& readers);
  /// Starts the ticks.
  void start();

  [[nodiscard]] Part& part(std::size_t shard) { return parts_[shard]; }
  [[nodiscard]] std::size_t shard_of(const Executor& executor) const;
  [[nodiscard]] std::size_t size() const { return parts_.size(); }
  [[nodiscard]] store::Readers& readers() const { return readers_; }
  [[nodiscard]] bool draining() const { return draining_; }
  void drain() { draining_ = true; }

  /// Runs `work` on the workshop's home shard once it is loaded; with null when it doesn't exist or can't be
  /// read.
  void with(const WorkshopId& id, std::function<void(const std::shared_ptr<Workshop>&)> work);
  /// Tells the home how many of a shard's people are there and write, soon; many changes make one message.
  void presence_changed(const WorkshopId& id, std::size_t shard);

private:
  void load_then(const WorkshopId& id, std::size_t home, std::function<void()> retry);
  void tick(std::size_t shard, std::size_t slice);

  std::vector<Part> parts_;
  store::Writer& writer_;
  store::Readers& readers_;
  std::atomic<bool> draining_{false};
};

} // namespace warsha::live
