#include "server/runtime/shard.hpp"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <exception>
#include <pthread.h>
#include <spdlog/spdlog.h>
#include <thread>

namespace warsha {

namespace asio = boost::asio;

namespace {

/// Of the thread that runs; a shard's thread object itself may still be being started by another thread.
thread_local const void* running_shard = nullptr;

} // namespace

struct Shard::State {
  explicit State(std::string name) : thread_name(std::move(name)) {}

  std::string thread_name;
  asio::io_context context{1};
  asio::executor_work_guard<asio::io_context::executor_type> work{context.get_executor()};
  std::thread thread;

  void run() {
    running_shard = this;
    pthread_setname_np(pthread_self(), thread_name.substr(0, 15).c_str());
    for (;;) {
      try {
        context.run();
        return;
      } catch (const std::exception& error) {
        // What nobody mended ends here: the handler's own connection is gone with it, the shard goes on.
        spdlog::error("unexpected failure on {}: {}", thread_name, error.what());
      }
    }
  }
};

Shard::Shard(std::string thread_name) : state_(std::make_unique<State>(std::move(thread_name))) {}
Shard::~Shard() {
  stop();
}

void Shard::start() {
  state_->thread = std::thread([state = state_.get()] { state->run(); });
}

void Shard::stop() {
  state_->work.reset();
  state_->context.stop();
  if (state_->thread.joinable())
    state_->thread.join();
}

void Shard::post(std::function<void()> work) {
  asio::post(state_->context, std::move(work));
}

void Shard::after(std::chrono::milliseconds delay, std::function<void()> work) {
  auto timer = std::make_shared<asio::steady_timer>(state_->context, delay);
  timer->async_wait([timer, work = std::move(work)](boost::system::error_code error) {
    if (!error)
      work();
  });
}

bool Shard::is_current() const {
  return running_shard == state_.get();
}
asio::io_context& Shard::context() {
  return state_->context;
}

} // namespace warsha
