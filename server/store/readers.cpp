#include "server/store/readers.hpp"

#include "server/store/connection.hpp"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <spdlog/spdlog.h>
#include <thread>
#include <utility>
#include <vector>

namespace warsha::store {

namespace {

/// A transaction that reads nothing costs nothing, so work that only computes is run alike.
void run(Connection& connection, const std::function<void(Connection&)>& work) {
  try {
    at_one_moment(connection, [&] { work(connection); });
  } catch (const std::exception& exception) {
    spdlog::error("store: a read threw: {}", exception.what());
  }
}

} // namespace

struct Readers::State {
  State(const std::filesystem::path& file, std::size_t count) {
    // All connections before the first thread: when one can't be opened, there is nothing to stop.
    for (std::size_t i = 0; i < count; ++i)
      connections.emplace_back(file, Connection::Mode::read_only);
    for (auto& connection : connections)
      threads.emplace_back([this, &connection] { serve(connection); });
  }

  void stop() {
    {
      const std::lock_guard lock(mutex);
      stopping = true;
    }
    arrived.notify_all();
    for (auto& thread : threads)
      thread.join();
  }

  void serve(Connection& connection) {
    while (true) {
      std::function<void(Connection&)> work;
      {
        std::unique_lock lock(mutex);
        arrived.wait(lock, [this] { return stopping || !queue.empty(); });
        if (queue.empty())
          return;
        work = std::move(queue.front());
        queue.pop_front();
      }
      run(connection, work);
    }
  }

  std::vector<Connection> connections;
  std::mutex mutex;
  std::condition_variable arrived;
  std::deque<std::function<void(Connection&)>> queue;
  bool stopping = false;
  std::vector<std::thread> threads;
};

Readers::Readers(const std::filesystem::path& file, std::size_t threads)
    : state_(std::make_unique<State>(file, threads)) {}

Readers::~Readers() {
  state_->stop();
}

bool Readers::try_read(std::size_t waiting_most, std::function<void(Connection&)> work) {
  {
    const std::lock_guard lock(state_->mutex);
    if (state_->queue.size() >= waiting_most)
      return false;
    state_->queue.push_back(std::move(work));
  }
  state_->arrived.notify_one();
  return true;
}

void Readers::read(std::function<void(Connection&)> work) {
  {
    const std::lock_guard lock(state_->mutex);
    state_->queue.push_back(std::move(work));
  }
  state_->arrived.notify_one();
}

} // namespace warsha::store
