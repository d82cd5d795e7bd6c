#include "server/store/checkpointer.hpp"

#include "server/store/connection.hpp"

#include <condition_variable>
#include <mutex>
#include <spdlog/spdlog.h>
#include <sqlite3.h>
#include <thread>

namespace warsha::store {

struct Checkpointer::State {
  explicit State(const std::filesystem::path& file) : connection(file, Connection::Mode::read_write) {
    thread = std::thread([this] { serve(); });
  }

  void serve() {
    std::unique_lock lock(mutex);
    while (true) {
      arrived.wait(lock, [this] { return stopping || asked; });
      if (stopping)
        return;
      lock.unlock();
      const int result = sqlite3_wal_checkpoint_v2(connection.handle(), nullptr, SQLITE_CHECKPOINT_PASSIVE,
                                                   nullptr, nullptr);
      // Busy: the writer is at it.
      if (result != SQLITE_OK && result != SQLITE_BUSY && result != SQLITE_LOCKED)
        spdlog::error("store: a checkpoint failed: {}", sqlite3_errmsg(connection.handle()));
      lock.lock();
      asked = false;
    }
  }

  Connection connection; // of the thread
  mutable std::mutex mutex;
  std::condition_variable arrived;
  bool asked = false;
  bool stopping = false;
  std::thread thread;
};

Checkpointer::Checkpointer(const std::filesystem::path& file) : state_(std::make_unique<State>(file)) {}

Checkpointer::~Checkpointer() {
  {
    const std::lock_guard lock(state_->mutex);
    state_->stopping = true;
  }
  state_->arrived.notify_one();
  state_->thread.join();
}

void Checkpointer::wake() {
  {
    const std::lock_guard lock(state_->mutex);
    state_->asked = true;
  }
  state_->arrived.notify_one();
}

bool Checkpointer::rested() const {
  const std::lock_guard lock(state_->mutex);
  return !state_->asked;
}

} // namespace warsha::store
