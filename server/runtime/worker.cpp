#include "server/runtime/worker.hpp"

#include <condition_variable>
#include <deque>
#include <exception>
#include <mutex>
#include <pthread.h>
#include <spdlog/spdlog.h>
#include <thread>
#include <utility>

namespace warsha {

struct Worker::State {
  std::size_t queue_most;
  std::mutex mutex;
  std::condition_variable arrived;
  std::deque<std::function<void()>> queue;
  bool stopping = false;
  std::thread thread;

  void serve() {
    std::unique_lock lock(mutex);
    while (true) {
      arrived.wait(lock, [this] { return stopping || !queue.empty(); });
      if (stopping)
        return;
      auto work = std::move(queue.front());
      queue.pop_front();
      lock.unlock();
      try {
        work();
      } catch (const std::exception& error) {
        spdlog::error("a worker's work threw: {}", error.what());
      }
      work = nullptr; // what it holds is let go before the thread waits
      lock.lock();
    }
  }
};

Worker::Worker(std::string thread_name, std::size_t queue_most) : state_(std::make_unique<State>()) {
  state_->queue_most = queue_most;
  state_->thread = std::thread([state = state_.get(), thread_name = std::move(thread_name)] {
    pthread_setname_np(pthread_self(), thread_name.substr(0, 15).c_str());
    state->serve();
  });
}

Worker::~Worker() {
  {
    const std::lock_guard lock(state_->mutex);
    state_->stopping = true;
  }
  state_->arrived.notify_one();
  state_->thread.join();
}

bool Worker::try_run(std::function<void()> work) {
  {
    const std::lock_guard lock(state_->mutex);
    if (state_->queue.size() >= state_->queue_most)
      return false;
    state_->queue.push_back(std::move(work));
  }
  state_->arrived.notify_one();
  return true;
}

} // namespace warsha
