#include "server/live/workshops.hpp"

#include "protocol/limits.hpp"
#include "server/runtime/system.hpp"
#include "server/store/connection.hpp"
#include "server/store/readers.hpp"

#include <spdlog/spdlog.h>

namespace warsha::live {

namespace {

constexpr std::size_t kTickSlices = 15;

} // namespace

Workshops::Workshops(std::vector<Executor*> shards, store::Writer& writer, store::Readers& readers)
    : parts_(shards.size()), writer_(writer), readers_(readers) {
  for (std::size_t i = 0; i < shards.size(); ++i)
    parts_[i].executor = shards[i];
}

void Workshops::start() {
  for (std::size_t shard = 0; shard < parts_.size(); ++shard)
    tick(shard, 0);
}

std::size_t Workshops::shard_of(const Executor& executor) const {
  std::size_t shard = 0;
  while (parts_[shard].executor != &executor)
    ++shard;
  return shard;
}

void Workshops::with(const WorkshopId& id, std::function<void(const std::shared_ptr<Workshop>&)> work) {
  const auto home = std::hash<WorkshopId>{}(id) % parts_.size();
  parts_[home].executor->run([self = shared_from_this(), id, home, work = std::move(work)]() mutable {
    auto& part = self->parts_[home];
    if (const auto found = part.workshops.find(id); found != part.workshops.end())
      return work(found->second);
    self->load_then(id, home, [self, id, home, work = std::move(work)] {
      const auto& loaded = self->parts_[home].workshops;
      const auto found = loaded.find(id);
      work(found == loaded.end() ? nullptr : found->second);
    });
  });
}

void Workshops::load_then(const WorkshopId& id, std::size_t home, std::function<void()> retry) {
  auto& waiting = parts_[home].loading[id];
  waiting.push_back(std::move(retry));
  if (waiting.size() > 1)
    return;
  readers_.read([self = shared_from_this(), id, home](store::Connection& connection) {
    auto loaded = std::make_shared<std::optional<Loaded>>();
    try {
      *loaded = load(connection, id);
    } catch (const std::exception& error) {
      spdlog::error("{}", error.what());
    }
    self->parts_[home].executor->post([self, id, home, loaded] {
      auto& part = self->parts_[home];
      if (*loaded) {
        Workshop::Surroundings around{
            *part.executor, self->writer_, self->readers_, self->parts_.size(),
            [weak = self->weak_from_this(), id](std::size_t shard, std::function<void(Room&)> work) {
              const auto all = weak.lock();
              if (!all)
                return;
              all->parts_[shard].executor->run(
                  [all, id, shard, work = std::move(work)] { work(all->parts_[shard].rooms[id]); });
            }};
        part.workshops.emplace(id, std::make_shared<Workshop>(id, std::move(**loaded), std::move(around)));
      }
      const auto ready = std::move(part.loading[id]);
      part.loading.erase(id);
      for (const auto& go : ready)
        go();
    });
  });
}

void Workshops::presence_changed(const WorkshopId& id, std::size_t shard) {
  if (parts_[shard].rooms[id].presence_due())
    return;
  parts_[shard].executor->after(limits::kPresenceInterval / 2, [self = shared_from_this(), id, shard] {
    auto& room = self->parts_[shard].rooms[id];
    room.presence_reported();
    self->with(id, [shard, now = room.presence(std::chrono::steady_clock::now())](
                       const std::shared_ptr<Workshop>& workshop) {
      if (workshop)
        workshop->presence(shard, now);
    });
  });
}

/// A part of the rooms at a time: all of them at once would hold up the shard for as long as it takes to
/// write to everybody.
void Workshops::tick(std::size_t shard, std::size_t slice) {
  parts_[shard].executor->after(limits::kTickInterval / kTickSlices, [self = shared_from_this(), shard,
                                                                      slice] {
    if (self->draining_)
      return;
    self->tick(shard, (slice + 1) % kTickSlices); // first: whatever goes wrong below, the next comes
    auto& part = self->parts_[shard];
    const auto in_slice = [slice](const WorkshopId& id) {
      return (std::hash<WorkshopId>{}(id) >> 8) % kTickSlices == slice;
    };
    const auto now = std::chrono::steady_clock::now();
    for (auto entry = part.rooms.begin(); entry != part.rooms.end();) {
      auto& [id, room] = *entry;
      if (in_slice(id)) {
        room.publish_to_all(net::text_frame(R"({"type":"tick","time":)" + std::to_string(system::now_ms()) +
                                            R"(,"seq":)" + std::to_string(room.last()) + "}"));
        room.forget_full_allowances(now);
      }
      entry = room.is_empty() ? part.rooms.erase(entry) : std::next(entry);
    }
    std::erase_if(part.workshops,
                  [&](const auto& entry) { return in_slice(entry.first) && entry.second->is_at_rest(now); });
  });
}

} // namespace warsha::live
